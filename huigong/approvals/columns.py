"""What history holds of approval forms: which cases, by which minutes, who wrote into which box."""

from huigong.audit.columns import Columns

BAND = Columns("band", ("place_id", "valid_from", "up_to_fen", "boxes", "source", "by"))
APPROVAL = Columns(
    "approval",
    (
        "number",
        "campaign_id",
        "fund_source",
        "minutes",
        "held_on",
        "attendees",
        "scan_id",
        "boxes",
        "declared_count",
        "declared_fen",
        "data_key_id",
        "prepared_by",
    ),
)
LINE = Columns("approval_line", ("approval_id", "position", "case_reference", "fen"))
OPINION = Columns(
    "opinion", ("approval_id", "position", "box", "given_by", "agrees", "words", "data_key_id", "sheet_id", "at")
)
SNAPSHOT = Columns("household_snapshot", ("approval_id", "case_reference", "content", "data_key_id", "at"))
