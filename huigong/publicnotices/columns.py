"""What history holds of a public notice, of each line on it, of where it hung and of when it could be reached."""

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
    "line",
    ("notice_id", "case_reference", "number", "student", "stage", "county", "kind", "worker", "unit", "fen", "place"),
)
POSTING = Columns(
    "posting",
    (
        "notice_id",
        "kind",
        "unit_id",
        "place",
        "hung_on",
        "until",
        "objections",
        "statement_id",
        "photograph_id",
        "entered_by",
        "entered_at",
        "confirmed_by",
        "confirmed_at",
        "taken_down_on",
        "taken_down_by",
        "word",
        "word_by",
    ),
)
CHECK = Columns("notice_check", ("notice_id", "how", "slot", "outcome", "shown_digest", "at"))
