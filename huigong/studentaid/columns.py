"""What history holds of an application: what it was opened with, and what each decision set. The rest its events say plainly."""

from huigong.audit.columns import Columns

OPENED = Columns(
    "application",
    (
        "reference",
        "campaign_id",
        "federation_id",
        "student_name",
        "unit_id",
        "unit_name",
        "student_index",
        "claimant",
        "data_key_id",
    ),
)
DECIDED = Columns(
    "decided",
    (
        "household_id",
        "member_id",
        "worker_name",
        "education_level",
        "student_kind",
        "facts_digest",
        "verdict",
        "amount_fen",
        "open_points",
    ),
)
SETTLEMENT = Columns("settlement", ("application_id", "about", "settled_by", "reason", "data_key_id", "at"))
REVOCATION = Columns("revocation", ("award_id", "why", "grievance", "clauses", "is_out", "revoked_by", "at"))
RECOVERY = Columns("recovery", ("revocation_id", "fen", "received_on", "paper", "recorded_by", "at"))
PART = Columns(
    "part_recovery", ("revocation_id", "fen", "received_on", "paper", "transfer_reference", "recorded_by", "at")
)
WRITE_OFF = Columns("write_off", ("revocation_id", "fen", "decided_on", "paper", "reason", "written_off_by", "at"))
