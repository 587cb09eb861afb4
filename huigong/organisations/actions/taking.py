"""Take units or people in from a sheet that was read and looked at: all of it, or nothing."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.organisations.actions.appointing import add_officer
from huigong.organisations.actions.tree import add_unit, place_under_centre
from huigong.organisations.importing import PersonLine, UnitLine
from huigong.organisations.models import AidCentre, Officer, Organisation
from huigong.organisations.queries import within
from huigong.values.sentence import SaidError, Sentence


@transaction.atomic
def take_units(lines: Sequence[UnitLine], *, paper: str, by: Officer, at: datetime) -> int:
    """Every unit of a sheet, parents first. Raises SaidError, and nothing is made, where the tree changed meanwhile."""
    for line in lines:
        parent = _own(by, line.parent)
        unit = add_unit(
            line.name, code=line.code, kind=line.kind, level=line.level, parent=parent, officer=by.username, at=at
        )
        if line.centre:
            centre = AidCentre.objects.get(federation__code=line.centre)
            place_under_centre(unit, centre, on=timezone.localdate(at), paper=paper, officer=by.username, at=at)
    _record("units", len(lines), by=by, at=at)
    return len(lines)


@transaction.atomic
def take_people(lines: Sequence[PersonLine], *, by: Officer, at: datetime) -> int:
    """Every officer of a sheet with their role. Raises SaidError, and nobody is appointed, where one may not be."""
    for line in lines:
        until = date.fromisoformat(line.until) if line.until else None
        where = _own(by, line.organisation)
        add_officer(line.name, role=line.role, organisation=where, until=until, by=by.username, at=at)
    _record("people", len(lines), by=by, at=at)
    return len(lines)


def _record(what: str, lines: int, *, by: Officer, at: datetime) -> None:
    told = {"what": what, "lines": lines}
    audit.record("sheet.imported", subject=by.organisation.code, officer=by.username, at=at, payload=told)


def _own(by: Officer, code: str) -> Organisation:
    found = within(by.organisation).filter(code=code, closed_on=None).first()
    if found is None:
        raise SaidError(
            Sentence(
                "import_changed",
                f"编码为 {code} 的单位现在不在您的范围里，这次什么都没有导入。请重新读一遍表。",
                f"The unit {code} is not yours now; nothing was imported. Read the sheet again.",
            )
        )
    return found
