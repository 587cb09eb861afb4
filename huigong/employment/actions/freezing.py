"""Freeze the figures at a reporting date: what was reported stands for ever, a correction is a second return with its reason."""

from collections import Counter
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.circulars.models import Campaign
from huigong.circulars.queries import circular_of
from huigong.employment import beside, counting, kept_names
from huigong.employment.columns import RETURN
from huigong.employment.kept_names import Values
from huigong.employment.models import StatisticalReturn
from huigong.organisations.models import Organisation
from huigong.rules.employed import Counted, counts, groups_of, reading_that_holds
from huigong.values.sentence import SaidError, Sentence
from huigong.vault import actions as vault


@transaction.atomic
def freeze(
    campaign: Campaign, place: Organisation, *, as_of: date, reason: str = "", officer: str, at: datetime
) -> StatisticalReturn:
    """The return of a place as of a day, without what came after it; the second of the same day corrects the first.

    Raises SaidError for a day that has not come, for a correction without its reason, and where nothing changed.
    """
    locked = Organisation.objects.select_for_update().get(pk=place.pk)
    mine = StatisticalReturn.objects.filter(campaign=campaign, federation=locked)
    before = mine.filter(as_of=as_of).order_by("-number").first()
    _refuse(before, as_of=as_of, reason=reason, today=timezone.localdate(at))
    figures, cases, waiting = _stand(campaign, locked, as_of=as_of, today=timezone.localdate(at))
    if before and before.figures == figures and kept_names.by_case(before.cases) == kept_names.by_case(cases):
        raise SaidError(
            Sentence(
                "nothing_to_correct",
                "和已报的一样，不用更正。",
                "Nothing differs from what was reported: no correction is needed.",
            )
        )
    reading = reading_that_holds(circular_of(campaign))
    one = StatisticalReturn(
        campaign=campaign,
        federation=locked,
        number=mine.count() + 1,
        as_of=as_of,
        reading=reading.name if reading else "",
        figures=figures,
        cases=cases,
        beside=beside.counted(locked, since=campaign.first_day, until=as_of, waiting=waiting),
        corrects=before,
        data_key=vault.new_data_key(),
        by=officer,
        at=at,
    )
    one.reason = reason.strip()[:500] or None
    one.save(force_insert=True)
    told = {"number": one.number, "return": str(one.pk), "as_of": as_of.isoformat(), "columns": RETURN.told(one)}
    audit.record("return.frozen", subject=f"{campaign.code}:{locked.code}", officer=officer, at=at, payload=told)
    return one


def _stand(
    campaign: Campaign, place: Organisation, *, as_of: date, today: date
) -> tuple[dict[str, dict[str, int]], dict[str, Any], Counter[str]]:
    """Figures by office, every case by what it counts as, and of those who are not settled how many stand in each status."""
    stood, waiting = dict[str, dict[Values, list[str]]](), Counter[str]()
    for half in counting.halves(campaign, place):
        rows = half.filter(taken_in_on__lte=as_of)
        otherwise = counting.stood_otherwise(rows, on=as_of) if as_of < today else {}
        for reference, office, status, now in counting.cases(rows):
            values = (*now[:2], *otherwise[reference]) if reference in otherwise else now
            if "graduates_settled" not in groups_of(Counted(*values)):
                waiting[status] += 1
            stood.setdefault(office, {}).setdefault(values, []).append(reference)
    figures = {
        code: counts((Counted(*values), len(references)) for values, references in alike.items())
        for code, alike in sorted(stood.items())
    }
    return figures, kept_names.keep(stood), waiting


def _refuse(before: StatisticalReturn | None, *, as_of: date, reason: str, today: date) -> None:
    if as_of > today:
        raise SaidError(
            Sentence("return_in_future", f"{as_of} 还没到，到了再报。", f"{as_of} has not come yet: report it then.")
        )
    if before and not reason.strip():
        raise SaidError(
            Sentence(
                "correction_without_reason",
                f"截至 {as_of} 的报表已经报过（第 {before.number} 次）。要更正请写原因；原来的不改，两份都在。",
                f"The return as of {as_of} was made (number {before.number}). A correction says why; both stay.",
            )
        )
