"""到款: money of a source that came, by the paper it came with; a wrong entry is taken back, and both stay to be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.messages import ERROR, SUCCESS
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.circulars.models import Campaign
from huigong.giving import actions as giving
from huigong.giving import queries as of_giving
from huigong.giving.actions import Came
from huigong.giving.models import Appropriation, Donation, MoneySeen
from huigong.quotas.models import FundSource
from huigong.values import money
from huigong.values.sentence import SaidError
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, campaign_or_404, tell


@dataclass(frozen=True, slots=True)
class Received:
    """One line of what came: the number in its number, the sum in yuan, what took it back, who saw it."""

    place: int
    row: Appropriation
    yuan: str
    back: Appropriation | None
    seen: MoneySeen | None


def received(campaign: Campaign) -> list[Received]:
    """Newest first; what takes another back stands beside it and not as a line of its own."""
    rows = list(campaign.appropriations.select_related("fund_source", "seen").order_by("at", "id"))
    backs = {one.takes_back_id: one for one in rows if one.takes_back_id}
    found = [
        Received(
            int(one.number.rpartition("-F")[2]), one, words.yuan(one.fen), backs.get(one.pk), getattr(one, "seen", None)
        )
        for one in rows
        if not one.takes_back_id
    ]
    return found[::-1]


def sums() -> Mapping[str, int]:
    """Fen that came and stand, by the code of the source; a source of which nothing was written down is absent."""
    found: dict[str, int] = {}
    for rows in (of_giving.standing_appropriations(), of_giving.standing_donations()):
        for code, fen in rows.order_by().values_list("fund_source__code").annotate(Sum("fen")):
            found[code] = found.get(code, 0) + fen
    return found


def choices() -> list[tuple[str, str]]:
    """Sources to book into: those that are there, and each kind (but gifts, which have a receipt) that has none yet."""
    rows = list(FundSource.objects.exclude(kind=FundSource.Kind.DONATION).order_by("code"))
    kinds = {one.kind for one in rows} | {FundSource.Kind.DONATION.value}
    new = [
        (value, _("%(kind)s（新开）") % {"kind": _(label)})
        for value, label in FundSource.Kind.choices
        if value not in kinds
    ]
    return [(one.code, one.name) for one in rows] + new


@require_POST
def fund_money(request: OfficerRequest, code: str) -> HttpResponse:
    campaign, sent, at = campaign_or_404(request, code), request.POST, timezone.now()
    try:
        fen, day = money.parse_yuan(sent.get("yuan", "")), date.fromisoformat(sent.get("day", ""))
        came = Came(sent.get("source", ""), fen, sent.get("paper", ""), day)
        made = giving.appropriate(campaign, came, officer=request.user, at=at)
        tell(request, SUCCESS, _("记下了，到款号 %(number)s；另一个人核对以后才能用来批准。") % {"number": made.number})
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    except ValueError:
        tell(request, ERROR, _("还没有记：金额（元）和到账日期都要有。"))
    return redirect("funds", code)


@require_POST
def fund_money_seen(request: OfficerRequest, code: str, number: int) -> HttpResponse:
    """Another officer has seen that it is there."""
    campaign = campaign_or_404(request, code)
    entry = campaign.appropriations.select_related("fund_source").filter(number=f"{code}-F{number:03d}").first()
    return see(request, code, entry, nothing=_("没有这一号到款。"))


def see(request: OfficerRequest, code: str, entry: Appropriation | Donation | None, *, nothing: str) -> HttpResponse:
    if entry is None:
        tell(request, ERROR, nothing)
        return redirect("funds", code)
    try:
        giving.see(entry, officer=request.user, at=timezone.now())
        tell(request, SUCCESS, _("核对了，%(number)s 的钱可以用来批准了。") % {"number": entry.number})
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    return redirect("funds", code)


@require_POST
def fund_money_back(request: OfficerRequest, code: str, number: int) -> HttpResponse:
    campaign, at = campaign_or_404(request, code), timezone.now()
    first = campaign.appropriations.filter(number=f"{code}-F{number:03d}").first()
    if first is None:
        tell(request, ERROR, _("没有这一号到款。"))
        return redirect("funds", code)
    try:
        made = giving.take_back(first, reason=request.POST.get("reason", ""), officer=request.user, at=at)
        tell(request, SUCCESS, _("冲回了，记为 %(number)s。") % {"number": made.number})
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    return redirect("funds", code)
