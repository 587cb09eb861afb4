"""Keep the school register: the list that ships, and lists that an office imports."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from huigong.audit import actions as audit
from huigong.registry.columns import SCHOOL
from huigong.registry.models import School
from huigong.registry.schools import SchoolRow, plain_name


def in_order(schools: Iterable[School]) -> list[School]:
    """The register as its digest takes it."""
    return sorted(schools, key=lambda school: (school.plain_name, school.level, school.pk))


@transaction.atomic
def keep_schools(rows: Iterable[SchoolRow], *, source: str, officer: str, at: datetime) -> int:
    """Add the schools that are new and the days that changed; returns how many were. The same list changes nothing."""
    known = {(school.plain_name, school.level): school for school in School.objects.all()}
    fresh, dated = [], []
    for row in rows:
        key = (plain_name(row.name), row.level)
        standing = known.get(key)
        if standing is None:
            known[key] = School(
                name=row.name,
                plain_name=key[0],
                level=row.level,
                valid_from=row.valid_from,
                valid_until=row.valid_until,
                source=row.source[:200],
            )
            fresh.append(known[key])
        elif row.valid_from or row.valid_until:
            # A list without days, as the ministry publishes them, says nothing about the days that stand.
            days = (row.valid_from, row.valid_until)
            if not standing._state.adding and (standing.valid_from, standing.valid_until) != days:
                standing.valid_from, standing.valid_until, standing.source = *days, row.source[:200]
                dated.append(standing)
    School.objects.bulk_create(fresh, batch_size=500)
    School.objects.bulk_update(dated, ["valid_from", "valid_until", "source"], batch_size=200)
    if fresh or dated:
        # One digest over the whole register as it stands now: a list says nothing of a single school.
        told = {"schools": len(fresh), "dated": len(dated), "columns": SCHOOL.told(*in_order(known.values()))}
        audit.record("schools.kept", subject=f"schools:{source}"[:96], officer=officer, at=at, payload=told)
    return len(fresh) + len(dated)
