"""Ask about notices: their lines in an order that tells nothing, whether a window is over, where they hung."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet, Value

from huigong.circulars.models import Campaign
from huigong.organisations.models import Officer
from huigong.organisations.queries import scope_of, serves_all
from huigong.publicnotices.models import NoticeCheck, NoticeLine, NoticePosting, PublicNotice


def notices_of(campaign: Campaign) -> list[PublicNotice]:
    return list(PublicNotice.objects.filter(campaign=campaign).order_by("number"))


def lines_of(notices: Iterable[PublicNotice]) -> list[NoticeLine]:
    """The lines by county and notice number: neither rank nor case number shows through."""
    rows = NoticeLine.objects.filter(notice__in=list(notices)).select_related("notice")
    return list(rows.order_by("county", "number"))


def past_window(campaign: Campaign, *, on: date) -> set[str]:
    """References whose window was over before a day: the last day itself still belongs to the public.

    A case that was put on notice again, after an objection was upheld, waits for its newest window.
    """
    lines = NoticeLine.objects.filter(notice__campaign=campaign).order_by().values("case_reference")
    over = lines.annotate(last=Max("notice__last_day")).filter(last__lt=on)
    return set(over.values_list("case_reference", flat=True))


def references_on(number: str) -> QuerySet[NoticeLine, str]:
    """The references on the notice of that number, as a question that other questions can hold."""
    return NoticeLine.objects.filter(notice__number=number).values_list("case_reference", flat=True)


def notices_on(references: Iterable[str]) -> dict[str, PublicNotice]:
    """For each of these cases the notice that it stands on; the newest, where it stood on several."""
    lines = NoticeLine.objects.filter(case_reference__in=list(references)).select_related("notice")
    return {line.case_reference: line.notice for line in lines.order_by("notice__number")}


def counts_on(notices: Iterable[PublicNotice], references: QuerySet[Any, Any]) -> dict[str, int]:
    """By the number of each notice: how many of these cases stand on it."""
    lines = NoticeLine.objects.filter(notice__in=list(notices), case_reference__in=references)
    return dict(lines.values_list("notice__number").annotate(Count("pk")).order_by())


def by_number(number: str) -> PublicNotice | None:
    rows = PublicNotice.objects.select_related("campaign__version", "campaign__federation")
    return rows.filter(number=number).first()


def lines_shown(notice: PublicNotice) -> list[NoticeLine]:
    """The lines in the order of their random numbers: the web shows no order that means anything."""
    return list(notice.lines.order_by("number"))


def shown_digest(lines: Iterable[NoticeLine]) -> str:
    """A digest of what the page shows, so that a check can say that it was this and nothing else."""
    told = "\n".join(
        f"{one.number}|{one.student}|{one.stage}|{one.shown_place}|{one.kind}"
        for one in sorted(lines, key=lambda one: one.number)
    )
    return hashlib.sha256(told.encode()).hexdigest()


def postings_of(notice: PublicNotice) -> QuerySet[NoticePosting]:
    return notice.postings.select_related("unit", "statement", "photograph")


def hung_for(reference: str, path: str) -> QuerySet[NoticePosting]:
    """Where the notices that a case stood on hung for the unit of that path: its own board, and the channels of those above."""
    notices = NoticeLine.objects.filter(case_reference=reference).values("notice")
    rows = NoticePosting.objects.filter(notice__in=notices).alias(here=Value(path))
    rows = rows.filter(here__startswith=F("unit__path")).select_related("statement", "photograph")
    return rows.order_by("notice__number", "kind", "id")


@dataclass(frozen=True, slots=True)
class Reached:
    """Between which moments the page was seen to be there, how often it was asked, and what was wrong with it."""

    first: datetime | None
    last: datetime | None
    times: int
    faults: Sequence[NoticeCheck]
    gone: datetime | None


def reached(notice: PublicNotice) -> Reached:
    checks = list(notice.checks.order_by("at"))
    shown = [one.at for one in checks if one.outcome == NoticeCheck.Outcome.SHOWN]
    faults = [one for one in checks if one.outcome in {NoticeCheck.Outcome.ALTERED, NoticeCheck.Outcome.UNREACHED}]
    gone = next((one.at for one in checks if one.outcome == NoticeCheck.Outcome.OVER), None)
    return Reached(shown[0] if shown else None, shown[-1] if shown else None, len(shown), faults, gone)


def hanging(officer: Officer, notices: Iterable[PublicNotice]) -> list[PublicNotice]:
    """A notice once for each place in the officer's scope where nobody took it down."""
    rows = NoticePosting.objects.filter(notice__in=list(notices), taken_down_on=None)
    if not serves_all(officer):
        rows = rows.filter(unit__in=scope_of(officer))
    return [one.notice for one in rows.select_related("notice")]


def boards_over(campaign: Campaign, *, on: date) -> list[NoticePosting]:
    """The boards of notices whose window was over before a day, and for which nobody gave a word."""
    rows = NoticePosting.objects.filter(notice__campaign=campaign, kind=NoticePosting.Kind.BOARD, word_by="")
    return list(rows.filter(notice__last_day__lt=on).select_related("notice", "unit").order_by("notice", "unit__code"))


def open_postings(notices: Iterable[PublicNotice]) -> QuerySet[NoticePosting]:
    """Where these notices hung and somebody still has something to do: a board's statement, or taking it down."""
    rows = NoticePosting.objects.filter(notice__in=list(notices)).select_related("notice", "unit")
    unproven = Q(kind=NoticePosting.Kind.BOARD, confirmed_by="")
    return rows.filter(unproven | Q(taken_down_on=None))
