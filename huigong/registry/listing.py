"""The list of files: a page of it is counted off in the narrow marks, and of its fifty files only what it shows is read.

No list counts all that it could show: past ten thousand it says so. Page a thousand is as far in the index as page one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from huigong.organisations import queries as organisations
from huigong.organisations.models import Officer, Organisation
from huigong.registry.employing import marks_of_employer
from huigong.registry.models import FileMark

A_PAGE = 50
COUNTED = 10_000
"""So many are counted; what is beyond is told as more than that."""
_A_YEAR = timedelta(days=365)
MARKS = ("stale", "unaided", "incomplete")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list was asked for. `mark` is one of MARKS or empty; `stands` is yes, no or empty."""

    federation: str = ""
    mark: str = ""
    stands: str = ""


class Line(NamedTuple):
    """What a list shows of one file. Nothing encrypted is in it, so nothing has to be opened."""

    household_id: UUID
    file_number: str
    worker_name: str
    employer: str
    federation: str
    hardship_category: str
    enrolment_level: str
    size: int | None
    file_status: str
    stands: bool
    is_complete: bool
    changed_on: date
    aided_on: date | None


_COLUMNS = (
    "household_id",
    "file_number",
    "household__worker_name",
    "household__employer",
    "federation__name",
    "household__hardship_category",
    "household__enrolment_level",
    "household__size",
    "household__file_status",
    "stands",
    "is_complete",
    "changed_on",
    "aided_on",
)
"""Where each part of a Line stands, in its order."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its lines, how many there are (up to COUNTED, then `is_more`), and whether another page follows."""

    number: int
    lines: Sequence[Line]
    count: int
    is_more: bool
    has_next: bool
    homes: Sequence[Organisation]
    """The federations that the list can be narrowed to."""

    @property
    def last(self) -> int:
        """The last page, where all are counted."""
        return max(1, -(-self.count // A_PAGE))


def homes_of(officer: Officer) -> list[Organisation]:
    """The federations whose files an officer may see, the officer's own first."""
    mine = organisations.scope_of(officer).filter(kind=Organisation.Kind.FEDERATION)
    return list(mine.order_by("path").only("code", "name", "path"))


def page(officer: Officer, wanted: Wanted, *, number: int, today: date) -> Page:
    """Page `number`, counted from one; the first where there is no such page."""
    homes = homes_of(officer)
    marks = _marked(officer, homes, wanted, today=today)
    before = (number - 1) * A_PAGE
    lines = _lines(marks, before, before + A_PAGE + 1)
    if not lines and number > 1:
        return page(officer, wanted, number=1, today=today)
    # Whoever stands beyond COUNTED has been counted past already.
    count = COUNTED + 1 if before >= COUNTED else marks.order_by()[: COUNTED + 1].count()
    return Page(number, lines[:A_PAGE], min(count, COUNTED), count > COUNTED, len(lines) > A_PAGE, homes)


def every(officer: Officer, wanted: Wanted, *, today: date, most: int) -> list[Line]:
    """The files of the whole list, up to so many."""
    return _lines(_marked(officer, homes_of(officer), wanted, today=today), 0, most)


def _marked(officer: Officer, within: Sequence[Organisation], wanted: Wanted, *, today: date) -> QuerySet[FileMark]:
    """The marks of the files that are asked for, in the order of the list: the oldest change first where that is asked."""
    marks = FileMark.objects.all() if officer.is_active else FileMark.objects.none()
    homes = [one.pk for one in within if wanted.federation in {"", one.code}]
    if not within:
        named = marks_of_employer(officer).values("household")
        marks = marks.filter(Q(household__unit__in=organisations.scope_of(officer)) | Q(household__in=named))
    elif wanted.federation or not organisations.serves_all(officer):
        marks = marks.filter(federation=homes[0]) if len(homes) == 1 else marks.filter(federation__in=homes)
    if wanted.stands:
        marks = marks.filter(stands=wanted.stands == "yes")
    if wanted.mark == "stale":
        marks = marks.filter(changed_on__lt=today - _A_YEAR)
    elif wanted.mark == "unaided":
        marks = marks.filter(aided_on=None)
    elif wanted.mark == "incomplete":
        marks = marks.filter(is_complete=False)
    order = ("changed_on", "file_number") if wanted.mark == "stale" else ("file_number",)
    return marks.order_by(*order)


def _lines(marks: QuerySet[FileMark], first: int, last: int) -> list[Line]:
    """These lines of a list. The index of the marks tells which; wide rows of files are read for them and no others."""
    chosen = marks.values("household_id")[first:last]
    lines = FileMark.objects.filter(household__in=chosen).order_by(*marks.query.order_by)
    return [Line(*told) for told in lines.values_list(*_COLUMNS)]
