"""What history holds of a circular as it was published, and of a campaign under it."""

from huigong.audit.columns import Columns

VERSION = Columns("version", ("slug", "number", "digest", "texts", "supplements", "published_at"))
CAMPAIGN = Columns(
    "campaign",
    ("code", "version_id", "federation_id", "programme", "year", "first_day", "last_day", "received_on", "notice_from"),
)
