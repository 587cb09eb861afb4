"""What history holds of organisations, aid centres, officers and appointments. A path follows from the parent's."""

from huigong.audit.columns import Columns

ORGANISATION = Columns(
    "organisation", ("code", "name", "kind", "level", "parent_id", "division_code", "competent_centre_id")
)
CENTRE = Columns("centre", ("federation_id", "name", "telephone"))
OFFICER = Columns("officer", ("username", "name", "organisation_id", "is_active"))
APPOINTMENT = Columns("appointment", ("officer_id", "role", "organisation_id", "valid_from", "valid_until"))
