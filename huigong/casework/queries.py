"""Ask about the work at the desk: what was checked, what was said, what is kept, who has a case open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from huigong.casework.models import (
    Assignment,
    BulkVerification,
    CaseAssignee,
    CaseLock,
    Check,
    DeskHabit,
    NoticePoint,
    OneTimeNotice,
    OriginalSlip,
    SavedView,
    Scan,
    SecondLook,
    SecondLookDraw,
)
from huigong.organisations.models import Officer

_AT_A_TIME = 500


def locked_by_others(references: Iterable[str], *, officer: Officer, at: datetime) -> frozenset[str]:
    """Those of these cases that somebody else has in hand."""
    locks = CaseLock.objects.filter(case_reference__in=list(references), until__gt=at).exclude(held_by=officer.username)
    return frozenset(locks.values_list("case_reference", flat=True))


def lock_on(case_reference: str, *, at: datetime) -> CaseLock | None:
    """Who has a case in hand, if anybody does by now."""
    return CaseLock.objects.filter(case_reference=case_reference, until__gt=at).first()


def checks_of(case_reference: str) -> dict[str, Check]:
    """The check that stands for each criterion, by criterion."""
    return {one.criterion: one for one in Check.objects.filter(case_reference=case_reference).order_by("at", "id")}


def against(digests: Mapping[str, str]) -> frozenset[str]:
    """Those of these cases (each with the digest of its facts) where the last look at one of those facts was not content."""
    wanted, last = sorted(digests), dict[tuple[str, str], bool]()
    for start in range(0, len(wanted), _AT_A_TIME):
        looks = Check.objects.filter(case_reference__in=wanted[start : start + _AT_A_TIME]).order_by("at", "id")
        for case, criterion, outcome, facts in looks.values_list(
            "case_reference", "criterion", "outcome", "facts_digest"
        ):
            last[case, criterion] = facts == digests[case] and outcome != Check.Outcome.FINE
    return frozenset(case for (case, _), is_against in last.items() if is_against)


def unanswered(references: Iterable[str]) -> frozenset[str]:
    """Those cases that were asked in an officer's own words, the last time, for something that nobody said came."""
    own = NoticePoint.objects.filter(criterion="", answer=None, notice__case_reference__in=list(references))
    last = Subquery(
        OneTimeNotice.objects.filter(case_reference=OuterRef("notice__case_reference"))
        .order_by("-round")
        .values("round")[:1]
    )
    return frozenset(own.filter(notice__round=last).values_list("notice__case_reference", flat=True))


def notices_of(case_reference: str) -> list[OneTimeNotice]:
    """The one-time notices of a case, the first first, with their points and answers."""
    told = OneTimeNotice.objects.filter(case_reference=case_reference).order_by("round")
    return list(told.prefetch_related("points__answer"))


def due_of(references: Iterable[str]) -> dict[str, date]:
    """Until when each case was told to supply; cases that were told nothing are left out."""
    wanted, found = sorted(set(references)), dict[str, date]()
    for start in range(0, len(wanted), _AT_A_TIME):
        rows = OneTimeNotice.objects.filter(case_reference__in=wanted[start : start + _AT_A_TIME])
        found.update(rows.order_by().values_list("case_reference").annotate(Max("due_on")))
    return found


def told_until(first: date | None, last: date | None) -> QuerySet[OneTimeNotice, str]:
    """The references of cases whose last notice asks until a day from `first` to `last`, either end open."""
    cases = OneTimeNotice.objects.order_by().values("case_reference").annotate(until=Max("due_on"))
    if first is not None:
        cases = cases.filter(until__gte=first)
    if last is not None:
        cases = cases.filter(until__lte=last)
    return cases.values_list("case_reference", flat=True)


def scans_of(case_reference: str) -> list[Scan]:
    return list(Scan.objects.filter(case_reference=case_reference).select_related("document").order_by("at", "id"))


def slips_among(references: QuerySet[Any], *, closed: bool) -> QuerySet[OriginalSlip]:
    """The slips of these cases: of originals that are still here, the longest due first, or of those that went back."""
    slips = OriginalSlip.objects.filter(case_reference__in=references, returned_on__isnull=not closed)
    return slips.order_by("-returned_on", "number") if closed else slips.order_by("due_back_on", "number")


def lists_of(officer: Officer, campaign_code: str) -> QuerySet[SavedView]:
    """The officer's own lists of a campaign, and those that colleagues of the same organisation share."""
    colleagues = Officer.objects.filter(organisation_id=officer.organisation_id).values("username")
    seen = Q(owner=officer.username) | Q(is_shared=True, owner__in=colleagues)
    return SavedView.objects.filter(seen, campaign_code=campaign_code).order_by("name", "owner")


def likes_it_dense(officer: Officer) -> bool:
    """Whether the officer likes lists in narrow rows."""
    return DeskHabit.objects.filter(owner=officer.username, is_dense=True).exists()


def names_of_assignees(references: Iterable[str]) -> dict[str, str]:
    """The sign-in name of who looks after each of these cases; cases that nobody ever had are left out."""
    found = CaseAssignee.objects.in_bulk(list(references), field_name="case_reference")
    return {reference: one.assignee for reference, one in found.items()}


def cases_of(username: str) -> QuerySet[CaseAssignee, str]:
    """The references of the cases that an officer looks after, as a part of another question."""
    return CaseAssignee.objects.filter(assignee=username).order_by().values_list("case_reference", flat=True)


def cases_of_somebody() -> QuerySet[CaseAssignee, str]:
    """The references of the cases that anybody looks after, as a part of another question."""
    return CaseAssignee.objects.exclude(assignee="").order_by().values_list("case_reference", flat=True)


def loads_of(campaign_code: str, references: QuerySet[Any]) -> dict[str, int]:
    """How many of these cases each officer looks after, by sign-in name."""
    given = CaseAssignee.objects.filter(campaign_code=campaign_code, case_reference__in=references)
    return dict(given.exclude(assignee="").order_by().values_list("assignee").annotate(Count("pk")))


def assignments_of(campaign_code: str) -> QuerySet[Assignment]:
    """Every time that cases of a campaign were given, the last first, with what undid it."""
    return Assignment.objects.filter(campaign_code=campaign_code).select_related("undone", "undoes").order_by("-number")


def bulks_of(campaign_code: str) -> QuerySet[BulkVerification]:
    return BulkVerification.objects.filter(campaign_code=campaign_code).order_by("-number")


@dataclass(frozen=True, slots=True)
class Agreement:
    """How second looks of a draw came out: given of drawn, and how many of those agree."""

    drawn: int
    given: int
    agree: int

    @property
    def percent(self) -> int | None:
        return 100 * self.agree // self.given if self.given else None


def draws_of(campaign_code: str) -> list[tuple[SecondLookDraw, Agreement]]:
    """The draws of a campaign, the last first, each with its agreement."""
    draws = SecondLookDraw.objects.filter(campaign_code=campaign_code).prefetch_related("looks").order_by("-number")
    return [(one, agreement(list(one.looks.all()))) for one in draws]


def agreement(looks: Iterable[SecondLook]) -> Agreement:
    told = list(looks)
    given = [one for one in told if one.opinion]
    return Agreement(len(told), len(given), sum(one.opinion == one.first_verdict for one in given))


def changed(then: Mapping[str, object], now: Mapping[str, object]) -> list[str]:
    """The names of facts that are not what they were."""
    return [name for name in sorted(then.keys() | now.keys()) if then.get(name) != now.get(name)]
