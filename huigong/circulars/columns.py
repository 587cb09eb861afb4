"""What history holds of a circular as it was published, and of a campaign under it."""

from huigong.audit.columns import Columns

VERSION = Columns("version", ("slug", "number", "digest", "texts", "supplements", "published_at"))
PARAMETER = Columns("parameter", ("name", "place_id", "value", "valid_from", "source", "by"))
CAMPAIGN = Columns(
    "campaign",
    ("code", "version_id", "federation_id", "programme", "year", "first_day", "last_day", "received_on", "notice_from"),
)
CALENDAR_DAY = Columns("calendar_day", ("day", "number", "kind", "name", "source", "kept_by", "at"))
PLAN = Columns(
    "plan", ("campaign_id", "federation_id", "number", "paper", "filed_on", "provisions", "scan_id", "filed_by")
)
