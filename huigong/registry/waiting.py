"""Files that wait for something: a review of the certificate, a yearly re-check, a key group, a measure, a transfer.

A list is counted up to COUNTED. Beyond that nobody works through it by its number, and counting a city's files for every
list would take longer than showing any of them.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value

from huigong.organisations.models import Officer, Organisation, SignedSheet
from huigong.organisations.queries import plain_unit
from huigong.registry import words
from huigong.registry.lifecycle import ENROLLED, ERASED, EXITED, MERGED, MOVING
from huigong.registry.models import ChildMark, FileEntry, Household, KeyGroup, Keying, Measure
from huigong.registry.queries import households_for
from huigong.values.school_year import last_finished

WORDS: Mapping[str, tuple[str, str]] = {
    "to-complete": ("待补", "to complete"),
    "no-group": ("没定重点群体", "no key group"),
    "no-measure": ("没有措施", "no measure"),
    "to-key": ("待录国家系统", "to key into the national system"),
    "overdue": ("措施过期", "measure overdue"),
    "review": ("优惠证这半年没审", "certificate not reviewed this half-year"),
    "re-check": ("今年还没复核", "not re-checked this year"),
    "on-the-way": ("转来等接收", "sent here, to take over"),
    "to-confirm": ("建档签字单待核对", "signed enrolment to be confirmed"),
    "past-schooling": ("在读、按学制已毕业", "at school, schooling over"),
    "keep-ends": ("原件到期", "originals' time is over"),
}
COUNTED = 1_000
"""So many are counted; one more says that there are more."""


def waiting(officer: Officer, which: str, *, today: date, union: Organisation | None = None) -> QuerySet[Household]:
    """One of these lists in the officer's scope, or of one union in it: by the day to complete, else by file number."""
    files = _LISTS[which](_of(officer, union), officer, today)
    order = ("complete_by", "file_number") if which == "to-complete" else ("file_number",)
    return files.select_related("federation", "unit").order_by(*order)


def counts(
    officer: Officer, names: Iterable[str] = WORDS, *, today: date, union: Organisation | None = None
) -> dict[str, int]:
    """How many each of these lists holds, up to COUNTED and one."""
    mine = _of(officer, union).order_by()
    return {which: _LISTS[which](mine, officer, today)[: COUNTED + 1].count() for which in names}


def _of(officer: Officer, union: Organisation | None) -> QuerySet[Household]:
    files = households_for(officer)
    return files.filter(of_union(union)) if union else files


def of_union(union: Organisation) -> Q:
    """The files of a federation, or those that a unit keeps or that name it as employer."""
    if union.kind == Organisation.Kind.FEDERATION:
        return Q(federation__path__startswith=union.path)
    return Q(unit=union) | Q(mark__unit_name=plain_unit(union.name))


_Files = QuerySet[Household]


def _enrolled(files: _Files) -> _Files:
    return files.filter(status=ENROLLED)


def _to_complete(files: _Files, _officer: Officer, _today: date) -> _Files:
    return files.filter(lacking__gt="").exclude(status__in=(EXITED, MERGED))


def _no_group(files: _Files, _officer: Officer, _today: date) -> _Files:
    return _enrolled(files).filter(~Exists(KeyGroup.objects.filter(household=OuterRef("pk"), valid_until=None)))


def _no_measure(files: _Files, _officer: Officer, _today: date) -> _Files:
    return _enrolled(files).filter(~Exists(Measure.objects.filter(household=OuterRef("pk")).exclude(status="dropped")))


def _to_key(files: _Files, _officer: Officer, _today: date) -> _Files:
    """On file, and never keyed whole."""
    return _enrolled(files).filter(~Exists(Keying.objects.filter(household=OuterRef("pk"), is_whole=True)))


def _overdue(files: _Files, _officer: Officer, today: date) -> _Files:
    return files.filter(pk__in=Measure.objects.filter(status="planned", due__lt=today).values("household"))


def _re_check(files: _Files, _officer: Officer, today: date) -> _Files:
    """On file, and neither enrolled nor re-checked since New Year."""
    this_year = FileEntry.objects.filter(
        household=OuterRef("pk"), kind__in=("enrolled", "yearly_check"), on__gte=date(today.year, 1, 1)
    )
    return _enrolled(files).filter(~Exists(this_year))


def _review(files: _Files, _officer: Officer, today: date) -> _Files:
    """On file with a certificate, which was not reviewed in this half-year."""
    return _enrolled(files).exclude(certificate_number="").exclude(certificate_reviewed_in=words.half_year(today))


def _on_the_way(files: _Files, officer: Officer, _today: date) -> _Files:
    return files.filter(status=MOVING, moving_to__path__startswith=officer.organisation.path)


def _to_confirm(files: _Files, officer: Officer, _today: date) -> _Files:
    """A leader signed the enrolment on paper; another clerk than the one who entered it compares and confirms."""
    sheets = SignedSheet.objects.filter(act=SignedSheet.Act.ENROL, confirmed_by="", rejected_by="")
    return files.filter(file_number__in=sheets.exclude(entered_by=officer.username).values("reference"))


def _past_schooling(files: _Files, _officer: Officer, today: date) -> _Files:
    """On file, with a child at school whose schooling is over by entry year and length: somebody asks where it went.

    Asked file by file, since a page and a bounded count need some of them: all children first cost both 0.2 s in a city.
    """
    over = Value(last_finished(today)) - F("member__length_years")
    at_school = ChildMark.objects.exclude(at_school="").filter(member__entry_year__lte=over)
    return files.filter(Exists(at_school.filter(household=OuterRef("pk"))))


def _keep_ends(files: _Files, _officer: Officer, today: date) -> _Files:
    """Left more than ten years ago, and nobody noted yet what became of the originals."""
    noted = FileEntry.objects.filter(household=OuterRef("pk"), kind="destroyed")
    return files.filter(Q(keep_until__lte=today), ~Exists(noted)).exclude(status=ERASED)


_LISTS: Mapping[str, Callable[[_Files, Officer, date], _Files]] = {
    "to-complete": _to_complete,
    "no-group": _no_group,
    "no-measure": _no_measure,
    "to-key": _to_key,
    "overdue": _overdue,
    "review": _review,
    "re-check": _re_check,
    "on-the-way": _on_the_way,
    "to-confirm": _to_confirm,
    "past-schooling": _past_schooling,
    "keep-ends": _keep_ends,
}
