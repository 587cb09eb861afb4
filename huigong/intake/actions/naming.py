"""Say by hand which column of a form is which: remembered for the office, and used when it hands in the next."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from huigong.audit import actions as audit
from huigong.intake.models import HeadingName
from huigong.organisations.models import Officer


@transaction.atomic
def name_headings(officer: Officer, form_id: str, names: Mapping[str, str], *, at: datetime) -> None:
    """The office's word for these headings from now on; a heading without a field is forgotten."""
    office = officer.organisation
    standing = HeadingName.objects.filter(organisation=office, form_id=form_id)
    standing.filter(heading__in=[heading for heading, field in names.items() if not field]).delete()
    said = {heading: field for heading, field in names.items() if field}
    for heading, field in said.items():
        HeadingName.objects.update_or_create(
            organisation=office,
            form_id=form_id,
            heading=heading,
            defaults={"field": field, "named_by": officer.username, "at": at},
        )
    told = {"form": form_id, "names": len(said)}
    audit.record("headings.named", subject=f"organisation:{office.code}", officer=officer.username, at=at, payload=told)
