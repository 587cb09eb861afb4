"""The list that a reader came from, kept while going from one application to the next."""

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from huigong.circulars.models import Campaign
from huigong.organisations.models import Officer
from huigong.studentaid import queries
from huigong.studentaid.lifecycle import OPEN
from huigong.studentaid.models import NOT_VERIFIED, Application
from huigong.web.console.applications.filters import A_PAGE, Asked, narrowed, ordered

_NEAR = 200


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The list that the reader came from, and who stands before and behind in it."""

    list: str
    query: str
    before: str
    behind: str
    position: int
    of: int


def neighbours(officer: Officer, application: Application, asked: Asked, *, page: str = "application") -> Neighbours:
    """Before and behind in the list as it was asked for, on a page of cases; without them where the case has left that list."""
    rows = ordered(narrowed(queries.applications_for(officer, application.campaign), asked), asked)
    before, behind, position, of = _AROUND[asked.sort](rows, application.reference)
    query = asked.query if asked != Asked() else ""
    there = f"{query}{'&' if query else '?'}page={(position - 1) // A_PAGE + 1}" if position > A_PAGE else query

    def address(reference: str) -> str:
        return reverse(page, args=[reference]) + query if reference else ""

    return Neighbours(
        list=reverse("applications", args=[application.campaign.code])
        + there
        + (f"#{application.reference}" if position else ""),
        query=query,
        before=address(before),
        behind=address(behind),
        position=position,
        of=of,
    )


def _by_reference(rows: QuerySet[Application], reference: str) -> tuple[str, str, int, int]:
    """One step to each side in the index, and two counts in it: a city's list is never fetched."""
    names = rows.select_related(None).values_list("reference", flat=True)
    of = names.order_by().count()
    if not names.filter(reference=reference).exists():
        return "", "", 0, of
    before = names.filter(reference__lt=reference)
    behind = names.filter(reference__gt=reference)
    return (
        before.order_by("-reference").first() or "",
        behind.order_by("reference").first() or "",
        before.order_by().count() + 1,
        of,
    )


def _by_easiest(rows: QuerySet[Application], reference: str) -> tuple[str, str, int, int]:
    """As by reference, in an order of two columns; what was not decided yet stands behind the rest."""
    names = rows.select_related(None).order_by().values_list("reference", flat=True)
    of, here = names.count(), names.filter(reference=reference).values_list("open_points", flat=True).first()
    if not names.filter(reference=reference).exists():
        return "", "", 0, of
    decided = Q(open_points__isnull=False)
    less = decided if here is None else Q(open_points__lt=here)
    more = Q(pk__in=()) if here is None else Q(open_points__gt=here) | ~decided
    same = Q(open_points=here) if here is not None else ~decided
    before = names.filter(less | same & Q(reference__lt=reference))
    behind = names.filter(more | same & Q(reference__gt=reference))
    easiest = F("open_points").asc(nulls_last=True)
    hardest = F("open_points").desc(nulls_first=True)
    return (
        before.order_by(hardest, "-reference").first() or "",
        behind.order_by(easiest, "reference").first() or "",
        before.count() + 1,
        of,
    )


def _by_rank(rows: QuerySet[Application], reference: str) -> tuple[str, str, int, int]:
    names = list(rows.select_related(None).values_list("reference", flat=True))
    if reference not in names:
        return "", "", 0, len(names)
    here = names.index(reference)
    before = names[here - 1] if here else ""
    return before, names[here + 1] if here + 1 < len(names) else "", here + 1, len(names)


_AROUND = {"reference": _by_reference, "easiest": _by_easiest, "rank": _by_rank}


def waiting_after(officer: Officer, application: Application, asked: Asked) -> list[str]:
    """Some cases of the list that wait for a verification: those behind this one first, then those before it."""
    names, here = _waiting(officer, application.campaign, asked), application.reference
    if asked.sort != "reference":  # without a verification there is no rank to stand behind
        return [one for one in names[:_NEAR] if one != here]
    return [*names.filter(reference__gt=here)[:_NEAR], *names.filter(reference__lt=here)[:_NEAR]]


def first_waiting(officer: Officer, campaign: Campaign, asked: Asked) -> str:
    """The address of the first case of a list that waits for a verification, on the desk; empty where none does."""
    first = _waiting(officer, campaign, asked).first()
    return reverse("desk", args=[first]) + (asked.query if asked != Asked() else "") if first else ""


def _waiting(officer: Officer, campaign: Campaign, asked: Asked) -> QuerySet[Application, str]:
    rows = ordered(narrowed(queries.applications_for(officer, campaign), asked), asked)
    waiting = rows.filter(NOT_VERIFIED, status__in=OPEN)
    return waiting.select_related(None).values_list("reference", flat=True)
