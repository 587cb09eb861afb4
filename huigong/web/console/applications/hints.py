"""请留意: what is unusual about a case beside its findings, each as a short word with why. A hint decides nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from huigong.circulars.models import Campaign
from huigong.registry.models import FileMark, SearchKey
from huigong.registry.sharing import sharing
from huigong.studentaid.models import Application, Submission
from huigong.web.console import words


@dataclass(frozen=True, slots=True)
class Hint:
    """A word for the list, and the sentence behind it."""

    word: str
    why: str


def hints_of(campaign: Campaign, cases: Sequence[Application]) -> dict[UUID, list[Hint]]:
    """For a page of cases: some six questions, however many there are."""
    homes = {one.household_id for one in cases if one.household_id}
    shared, came = sharing(homes), _came(cases)
    changed = dict(FileMark.objects.filter(household__in=homes).values_list("household_id", "changed_on"))
    new = _first_year(campaign, {one.unit_id for one in cases})
    found: dict[UUID, list[Hint]] = {}
    for one in cases:
        home, days = one.household_id, came.get(one.pk, [])
        own = _of_facts(one) + _of_forms(days) + (_of_numbers(shared.get(home, {})) if home else [])
        if home and days and changed.get(home, days[0]) > days[0]:
            own.append(_file_changed(changed[home], days[0]))
        if one.unit_id in new:
            own.append(Hint(_("首年报送"), _("这个单位以前的活动没有报过，请对照单位公章和经办人。")))
        if own:
            found[one.pk] = own
    return found


def _came(cases: Sequence[Application]) -> dict[UUID, list[date]]:
    """The days on which the forms behind each case came, the first form's first."""
    found: dict[UUID, list[date]] = {}
    rows = Submission.objects.filter(application__in=[one.pk for one in cases]).order_by("-is_first", "row__number")
    for case, day in rows.values_list("application_id", "row__form__received_on"):
        if day is not None:
            found.setdefault(case, []).append(day)
    return found


def _first_year(campaign: Campaign, units: set[UUID]) -> set[UUID]:
    """Units without a case in an earlier year; nobody where there is no earlier year to look at."""
    earlier = Campaign.objects.filter(programme=campaign.programme, year__lt=campaign.year)
    years = list(earlier.filter(federation=campaign.federation_id).values_list("pk", flat=True))
    if not years:
        return set()
    known = Application.objects.filter(unit__in=units, campaign__in=years).order_by()
    return units - set(known.values_list("unit_id", flat=True).distinct())


def _of_facts(one: Application) -> list[Hint]:
    if not one.verified_by or one.is_verified:
        return []
    return [Hint(_("审核后有变"), _("审核过以后事实变了：原来的审核不再算，请看过变化再审。"))]


def _of_forms(days: Sequence[date]) -> list[Hint]:
    if len(days) < 2:
        return []
    why = _("%(n)s 张登记表里都有这名学生，已并成一件；材料可能分在两处。") % {"n": len(days)}
    return [Hint(_("%(n)s 处报送") % {"n": len(days)}, why)]


def _of_numbers(others: dict[str, int]) -> list[Hint]:
    found = []
    if count := others.get(SearchKey.Kind.CARD):
        why = _("另有 %(n)s 户用同一张卡：一家人共用是常事，发放要用职工本人的卡，请核对。") % {"n": count}
        found.append(Hint(_("同卡"), why))
    if count := others.get(SearchKey.Kind.PHONE):
        why = _("另有 %(n)s 户留同一个手机号：多是亲属或同事代留，联系时先问清是谁。") % {"n": count}
        found.append(Hint(_("同手机号"), why))
    return found


def _file_changed(changed: date, came: date) -> Hint:
    told = {"day": words.day_word(changed), "came": words.day_word(came)}
    return Hint(_("报后改档"), _("登记表 %(came)s 交来，档案 %(day)s 又改过：请看改了什么。") % told)
