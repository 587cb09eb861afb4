"""Ask about notices: their lines in an order that tells nothing, and whether a window is over."""

from collections.abc import Iterable
from datetime import date

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


def is_over(notice: PublicNotice, *, on: date) -> bool:
    return notice.last_day < on
