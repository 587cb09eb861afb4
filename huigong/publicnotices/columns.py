"""What history holds of a public notice and of each line on it."""

from huigong.audit.columns import Columns

NOTICE = Columns(
    "notice",
    (
        "campaign_id",
        "number",
        "first_day",
        "last_day",
        "working_days",
        "clause",
        "rule",
        "objections_to",
        "chain_sequence",
        "chain_digest",
    ),
)
LINE = Columns(
    "line", ("notice_id", "case_reference", "number", "student", "stage", "county", "kind", "worker", "unit", "fen")
)
