"""What history holds of organisations, centres, officers and what they signed. A path follows from the parent's.

A column that came later stands last: an older event told fewer, and still holds.
"""

from huigong.audit.columns import Columns

ORGANISATION = Columns(
    "organisation",
    (
        "code",
        "name",
        "kind",
        "level",
        "parent_id",
        "division_code",
        "competent_centre_id",
        "closed_on",
        "merged_into_id",
    ),
)
CENTRE = Columns("centre", ("federation_id", "name", "telephone"))
CHANGE = Columns("unit_change", ("organisation_id", "number", "what", "on", "paper", "name_before", "parent_before_id"))
OFFICER = Columns("officer", ("username", "name", "organisation_id", "is_active", "left_on"))
PASSWORD = Columns("password", ("password",))
APPOINTMENT = Columns(
    "appointment", ("officer_id", "role", "organisation_id", "valid_from", "valid_until", "deputy_for_id")
)
INVITATION = Columns(
    "invitation",
    (
        "code_digest",
        "role",
        "organisation_id",
        "until",
        "issued_by",
        "issued_at",
        "expires_at",
        "used_at",
        "used_by_id",
    ),
)
HAND_OVER = Columns("hand_over", ("number", "leaver_id", "successor_id", "witness_id", "on", "items"))
SHEET = Columns(
    "signed_sheet",
    (
        "number",
        "act",
        "reference",
        "organisation_id",
        "leader_id",
        "signed_on",
        "minutes",
        "scan_id",
        "entered_by",
        "entered_at",
        "confirmed_by",
        "confirmed_at",
        "matter",
        "rejected_by",
        "rejected_at",
        "reason",
        "data_key_id",
    ),
)
FACTOR = Columns("second_factor", ("officer_id", "secret", "data_key_id", "enrolled_at"))
FACTOR_GONE = Columns("factor_gone", ("withdrawn_by", "withdrawn_at"))
