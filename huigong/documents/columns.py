"""What history holds of a paper that is kept."""

from huigong.audit.columns import Columns

DOCUMENT = Columns("document", ("sha256", "name", "media_type", "size", "data_key_id", "created_at"))
LEGAL_HOLD = Columns(
    "legal_hold", ("document_id", "reason", "reference", "set_by", "at", "lifted_by", "lifted_at", "file_number")
)
ERASURE = Columns("erasure", ("document_id", "rule", "erased_by", "at"))
