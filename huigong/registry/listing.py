"""The list of files: a page of it is counted off in the narrow marks, and only its fifty files are read whole.

No list counts all that it could show: past ten thousand it says so. Page a thousand is as far in the index as page one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from huigong.organisations import queries as organisations
from huigong.organisations.models import Officer, Organisation
from huigong.registry.models import FileMark, Household

A_PAGE = 50
COUNTED = 10_000
"""So many are counted; what is beyond is told as more than that."""
_A_YEAR = timedelta(days=365)
MARKS = ("stale", "unaided", "incomplete")
_COLUMNS = (
    "file_number",
    "worker_name",
    "employer",
    "hardship_category",
    "enrolment_level",
    "size",
    "file_status",
    "federation__name",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list was asked for. `mark` is one of MARKS or empty; `stands` is yes, no or empty."""

    federation: str = ""
    mark: str = ""
    stands: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: files with their marks, how many there are (up to COUNTED, then `is_more`), and whether another follows."""

    number: int
    lines: tuple[tuple[Household, FileMark], ...]
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
    chosen = list(marks[(number - 1) * A_PAGE : number * A_PAGE + 1])
    if not chosen and number > 1:
        return page(officer, wanted, number=1, today=today)
    count = marks.order_by()[: COUNTED + 1].count()
    return Page(number, _read(chosen[:A_PAGE]), min(count, COUNTED), count > COUNTED, len(chosen) > A_PAGE, homes)


def every(officer: Officer, wanted: Wanted, *, today: date, most: int) -> Iterator[tuple[Household, FileMark]]:
    """The files of the whole list, up to so many, some hundred at a time."""
    chosen = list(_marked(officer, homes_of(officer), wanted, today=today)[:most])
    for start in range(0, len(chosen), 10 * A_PAGE):
        yield from _read(chosen[start : start + 10 * A_PAGE])


def _marked(
    officer: Officer, within: Sequence[Organisation], wanted: Wanted, *, today: date
) -> QuerySet[FileMark, UUID]:
    """The ids of the files that are asked for, in the order of the list: the oldest change first where that is asked."""
    marks = FileMark.objects.all() if officer.is_active else FileMark.objects.none()
    homes = [one.pk for one in within if wanted.federation in {"", one.code}]
    if not within:
        marks = marks.filter(household__unit__in=organisations.scope_of(officer))
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
    return marks.order_by(*order).values_list("household_id", flat=True)


def _read(chosen: list[UUID]) -> tuple[tuple[Household, FileMark], ...]:
    rows = Household.objects.filter(pk__in=chosen).select_related("federation", "mark")
    # `mark` whole, the file without its encrypted columns: nothing here is opened.
    found = {one.pk: one for one in rows.only(*_COLUMNS, *(f"mark__{c.name}" for c in FileMark._meta.concrete_fields))}
    return tuple((found[pk], found[pk].mark) for pk in chosen)
