"""What history holds of an objection or appeal; the words in it are told by digest only."""

from huigong.audit.columns import Columns

GRIEVANCE = Columns(
    "grievance",
    (
        "number",
        "campaign_id",
        "kind",
        "channel",
        "submission",
        "notice_number",
        "case_reference",
        "is_named",
        "said",
        "person",
        "data_key_id",
        "received_at",
        "due_on",
        "due_rule",
        "recorded_by",
        "assigned_to",
        "assigned_by",
        "clauses",
        "answer",
        "answered_by",
        "answered_at",
    ),
)
