"""What history holds of the work at the desk."""

from huigong.audit.columns import Columns

CHECK = Columns(
    "check",
    ("case_reference", "criterion", "facts_digest", "outcome", "note", "data_key_id", "checked_by", "at"),
)
NOTICE = Columns(
    "one_time_notice",
    (
        "case_reference",
        "round",
        "sent_by",
        "at",
        "due_on",
        "facts_digest",
        "facts",
        "reason",
        "reasoned_by",
        "data_key_id",
    ),
)
POINT = Columns(
    "point",
    (
        "notice_id",
        "round",
        "position",
        "criterion",
        "fact",
        "clause",
        "ground",
        "reasoned_by",
        "said",
        "data_key_id",
    ),
)
ANSWER = Columns("answer", ("point_id", "answered_by", "at"))
DRAW = Columns("draw", ("campaign_code", "number", "seed", "size", "out_of", "pool_digest", "drawn_by", "at"))
DRAWN = Columns("drawn", ("draw_id", "position", "case_reference", "data_key_id"))
LOOK = Columns("look", ("opinion", "first_verdict", "note", "looked_by", "at"))
SLIP = Columns(
    "slip", ("number", "case_reference", "paper", "received_from", "received_by", "received_on", "due_back_on")
)
BACK = Columns("back", ("returned_to", "returned_by", "returned_on"))
SCAN = Columns("scan", ("case_reference", "paper", "document_id", "pages", "added_by", "at"))
BULK = Columns("bulk", ("campaign_code", "number", "references", "verified_by", "at", "data_key_id"))
ASSIGNMENT = Columns("assignment", ("campaign_code", "number", "how", "before", "given_by", "at", "undoes_id"))
ASSIGNED = Columns("case_assignee", ("case_reference", "campaign_code", "assignee", "assignment_id"))
UNDONE = Columns("undone", ("undone_by", "undone_at", "reason"))
