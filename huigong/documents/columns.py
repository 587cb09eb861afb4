"""What history holds of a paper that is kept."""

from huigong.audit.columns import Columns

DOCUMENT = Columns("document", ("sha256", "name", "media_type", "size", "data_key_id", "created_at"))
