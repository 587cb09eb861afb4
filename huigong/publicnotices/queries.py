"""Ask about notices: their lines in an order that tells nothing, and whether a window is over."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from huigong.circulars.models import Campaign
from huigong.publicnotices.models import NoticeLine, PublicNotice


def notices_of(campaign: Campaign) -> list[PublicNotice]:
    return list(PublicNotice.objects.filter(campaign=campaign).order_by("number"))


def lines_of(notices: Iterable[PublicNotice]) -> list[NoticeLine]:
    """The lines by county and notice number: neither rank nor case number shows through."""
    return list(
        NoticeLine.objects.filter(notice__in=list(notices)).select_related("notice").order_by("county", "number")
    )


def past_window(campaign: Campaign, *, on: date) -> set[str]:
    """References whose window was over before a day: the last day itself still belongs to the public."""
    lines = NoticeLine.objects.filter(notice__campaign=campaign, notice__last_day__lt=on)
    return set(lines.values_list("case_reference", flat=True))


def references_on(number: str) -> QuerySet[NoticeLine, str]:
    """The references on the notice of that number, as a question that other questions can hold."""
    return NoticeLine.objects.filter(notice__number=number).values_list("case_reference", flat=True)


def notices_on(references: Iterable[str]) -> dict[str, PublicNotice]:
    """For each of these cases the notice that it stands on."""
    lines = NoticeLine.objects.filter(case_reference__in=list(references)).select_related("notice")
    return {line.case_reference: line.notice for line in lines}


def counts_on(notices: Iterable[PublicNotice], references: QuerySet[Any, Any]) -> dict[str, int]:
    """By the number of each notice: how many of these cases stand on it."""
    lines = NoticeLine.objects.filter(notice__in=list(notices), case_reference__in=references)
    return dict(lines.values_list("notice__number").annotate(Count("pk")).order_by())
