"""Change the tree: a unit is made, renamed, moved to another line of command, merged, put under another centre.

What it was until that day is kept, so that a paper of an earlier day still shows the name of its day.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from huigong.audit import actions as audit
from huigong.organisations.actions.founding import centre_beside, path_of
from huigong.organisations.columns import CENTRE, CHANGE, ORGANISATION
from huigong.organisations.models import AidCentre, Appointment, Organisation, UnitChange
from huigong.values.sentence import SaidError, Sentence
from huigong.values.text import visible

What = UnitChange.What


@transaction.atomic
def add_unit(
    name: str, *, code: str, kind: str, level: str, parent: Organisation, officer: str, at: datetime
) -> Organisation:
    """A unit below another, a federation with its aid centre.

    Raises SaidError where its code or its name is taken there, and for a level above that of the unit it stands below.
    """
    parent = _open(parent)
    if Organisation.is_above(level, parent.level):
        word, above = Organisation.Level(level).label, parent.get_level_display()
        raise SaidError(
            Sentence(
                "level_above",
                f"“{parent.name}”是{above}，下面不能建{word}的单位：请改选层级，或者到上一级去建。",
                f"“{parent.name}” is of level {parent.level}: no unit of level {level} stands below it.",
            )
        )
    if Organisation.objects.filter(code=code).exists():
        raise SaidError(
            Sentence("code_taken", f"编码 {code} 已有单位在用，请换一个。", f"Code {code} is taken: choose another.")
        )
    name = _plain(name)
    _refuse_namesake(name, parent)
    made = Organisation.objects.create(
        code=code, name=name, kind=kind, level=level, parent=parent, path=path_of(parent, code)
    )
    told = {"level": level, "columns": ORGANISATION.told(made)}
    if kind == Organisation.Kind.FEDERATION:
        told["centre"] = CENTRE.told(centre_beside(made))
    audit.record("organisation.founded", subject=code, officer=officer, at=at, payload=told)
    return made


@transaction.atomic
def rename(unit: Organisation, name: str, *, on: date, paper: str, officer: str, at: datetime) -> Organisation:
    kept, name = _open(unit), _plain(name)
    if kept.parent:
        _refuse_namesake(name, kept.parent)
    change = _note(kept, What.RENAMED, on=on, paper=paper)
    kept.name = name
    kept.save(update_fields=["name"])
    return _record(kept, change, officer=officer, at=at)


@transaction.atomic
def move(unit: Organisation, parent: Organisation, *, on: date, paper: str, officer: str, at: datetime) -> Organisation:
    """Into another line of command, with all that stands below it. Raises SaidError where that would be a ring."""
    kept, parent = _open(unit), _open(parent)
    if kept.parent_id is None or parent.path.startswith(kept.path):
        raise SaidError(
            Sentence(
                "move_ring",
                f"“{kept.name}”不能移到“{parent.name}”下面：那是它自己或它的下级。",
                f"“{kept.name}” cannot move below “{parent.name}”: that is itself or stands below it.",
            )
        )
    _refuse_namesake(kept.name, parent)
    change = _note(kept, What.MOVED, on=on, paper=paper)
    _hang(kept, parent)
    return _record(kept, change, officer=officer, at=at)


@transaction.atomic
def merge(unit: Organisation, into: Organisation, *, on: date, paper: str, officer: str, at: datetime) -> Organisation:
    """The unit is closed and is part of another from that day; what stood below it stands below that one.

    Raises SaidError while somebody is appointed there: they are handed over first.
    """
    kept, into = _open(unit), _open(into)
    if into.path.startswith(kept.path) or kept.parent_id is None:
        raise SaidError(
            Sentence("merge_ring", "不能并入自己或自己的下级。", "A unit cannot merge into itself or below.")
        )
    serving = Appointment.objects.filter(organisation=kept, valid_until=None, officer__is_active=True)
    if serving.exists():
        names = "、".join(sorted({one.officer.name for one in serving.select_related("officer")}))
        raise SaidError(
            Sentence(
                "merge_people",
                f"“{kept.name}”还有人任职：{names}。请先办交接或改任，再并入。",
                f"{names} serve at “{kept.name}” still: hand over or appoint elsewhere first.",
            )
        )
    change = _note(kept, What.MERGED, on=on, paper=paper)
    for below in kept.children.order_by("code"):
        moved = _note(below, What.MOVED, on=on, paper=paper)
        _hang(below, into)
        _record(below, moved, officer=officer, at=at)
    kept.closed_on, kept.merged_into = on, into
    kept.save(update_fields=["closed_on", "merged_into"])
    return _record(kept, change, officer=officer, at=at)


@transaction.atomic
def place_under_centre(
    unit: Organisation, centre: AidCentre | None, *, on: date, paper: str, officer: str, at: datetime
) -> Organisation:
    """The centre that is competent by place (属地); none: that of the federation above."""
    kept = _open(unit)
    change = _note(kept, What.CENTRE, on=on, paper=paper)
    kept.competent_centre = centre
    kept.save(update_fields=["competent_centre"])
    return _record(kept, change, officer=officer, at=at)


def _open(unit: Organisation) -> Organisation:
    """The unit under a lock. Raises SaidError for one that was merged into another."""
    kept = Organisation.objects.select_for_update(of=("self",)).select_related("parent").get(pk=unit.pk)
    if kept.closed_on:
        raise SaidError(
            Sentence(
                "unit_closed",
                f"“{kept.name}”已于 {kept.closed_on} 撤并，不再变更。",
                f"“{kept.name}” was merged on {kept.closed_on} and changes no more.",
            )
        )
    return kept


def _plain(name: str) -> str:
    """A name as it is read: without signs that show nothing or turn the line about. Raises SaidError where none is left."""
    plain = visible(name).strip()
    if not plain:
        raise SaidError(Sentence("unit_unnamed", "单位要有名称。", "A unit needs a name."))
    return plain


def _refuse_namesake(name: str, parent: Organisation) -> None:
    if Organisation.objects.filter(parent=parent, name=name, closed_on=None).exists():
        raise SaidError(
            Sentence(
                "unit_namesake",
                f"“{parent.name}”下面已有叫“{name}”的单位。",
                f"There is a unit called “{name}” below “{parent.name}” already.",
            )
        )


def _note(unit: Organisation, what: str, *, on: date, paper: str) -> UnitChange:
    last = unit.changes.aggregate(last=Max("number"))["last"] or 0
    return UnitChange.objects.create(
        organisation=unit,
        number=last + 1,
        what=what,
        on=on,
        paper=paper,
        name_before=unit.name,
        parent_before=unit.parent,
    )


def _hang(unit: Organisation, parent: Organisation) -> None:
    """Below another parent, with every path that begins with the unit's."""
    before = unit.path
    unit.parent, unit.path = parent, path_of(parent, unit.code)
    unit.save(update_fields=["parent", "path"])
    for below in Organisation.objects.filter(path__startswith=before).exclude(pk=unit.pk):
        below.path = unit.path + below.path.removeprefix(before)
        below.save(update_fields=["path"])


def _record(unit: Organisation, change: UnitChange, *, officer: str, at: datetime) -> Organisation:
    told = {"what": change.what, "number": change.number, "on": change.on.isoformat()}
    told |= {"columns": ORGANISATION.told(unit), "change": CHANGE.told(change)}
    audit.record("organisation.changed", subject=unit.code, officer=officer, at=at, payload=told)
    return unit
