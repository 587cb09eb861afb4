"""What history holds of a form, of what a row says, and of the papers that came. Where a row stands is told by its moves."""

from huigong.audit.columns import Columns

FORM = Columns(
    "form",
    (
        "campaign_id",
        "name",
        "sha256",
        "document_id",
        "outcome",
        "unit_name",
        "unit_id",
        "filled_on",
        "received_on",
        "received_by",
        "received_at",
        "data_key_id",
        "about",
        "corrects_id",
    ),
)
ROW = Columns(
    "row",
    (
        "form_id",
        "number",
        "data_key_id",
        "student_name",
        "parent_name",
        "student_index",
        "parent_index",
        "errors",
        "looks",
        "content",
        "proposal",
        "unstamped",
    ),
)
PAPER = Columns(
    "paper", ("campaign_id", "form_name", "row_number", "kind", "original_seen", "copy_kept", "seen_by", "seen_on")
)
