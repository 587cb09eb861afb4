"""捐助: a gift with its wish and receipt; a wrong entry is taken back, its receipt void, and both papers stay to be printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.messages import ERROR, SUCCESS
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.circulars.models import Campaign
from huigong.giving import actions as giving
from huigong.giving.actions import Gift
from huigong.giving.models import Donation, MoneySeen
from huigong.giving.receipt import receipt
from huigong.values import money
from huigong.values.sentence import SaidError
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, campaign_or_404, tell
from huigong.web.console.daylight.funds_received import see
from huigong.web.console.desk.letters import DOCX
from huigong.web.console.once import once


@dataclass(frozen=True, slots=True)
class GiftShown:
    """One gift: the number in its number, the sum in yuan, what took it back with the number in that."""

    place: int
    row: Donation
    yuan: str
    back: Donation | None
    back_place: int
    seen: MoneySeen | None


def gifts_shown(campaign: Campaign) -> Sequence[GiftShown]:
    """Newest first; what takes a gift back stands beside it and not as a line of its own."""
    rows = list(campaign.donations.select_related("seen").order_by("at", "id"))
    backs = {one.takes_back_id: one for one in rows if one.takes_back_id}
    found = [
        GiftShown(_place(one), one, words.yuan(one.fen), back, _place(back) if back else 0, getattr(one, "seen", None))
        for one, back in ((one, backs.get(one.pk)) for one in rows if not one.takes_back_id)
    ]
    return found[::-1]


@require_POST
def fund_gift(request: OfficerRequest, code: str) -> HttpResponse:
    """A donation: booked, with its receipt numbered."""
    campaign, sent, at = campaign_or_404(request, code), request.POST, timezone.now()
    back = reverse("funds", args=[code])

    def do() -> str:
        fen, day = money.parse_yuan(sent.get("yuan", "")), date.fromisoformat(sent.get("day", ""))
        gift = Gift(sent.get("donor", ""), fen, sent.get("wish", ""), day)
        made = giving.take_in(campaign, gift, officer=request.user, at=at)
        tell(request, SUCCESS, _("记下了，收据号 %(number)s；另一个人核对以后才能用来批准。") % {"number": made.number})
        return back

    try:
        return once(request, do, back=back)
    except ValueError:
        tell(request, ERROR, _("还没有记：捐助人、金额（元）和收到日期都要有。"))
        return redirect(back)


@require_POST
def fund_gift_seen(request: OfficerRequest, code: str, number: int) -> HttpResponse:
    """Another officer has seen that it is there."""
    found = _numbered(campaign_or_404(request, code), number)
    return see(request, code, found, nothing=_("没有这一号收据。"))


@require_POST
def fund_gift_back(request: OfficerRequest, code: str, number: int) -> HttpResponse:
    campaign, at = campaign_or_404(request, code), timezone.now()
    first = _numbered(campaign, number)
    if first is None:
        tell(request, ERROR, _("没有这一号收据。"))
        return redirect("funds", code)
    try:
        made = giving.take_gift_back(first, reason=request.POST.get("reason", ""), officer=request.user, at=at)
        told = {"first": first.number, "number": made.number}
        tell(request, SUCCESS, _("冲回了，记为 %(number)s，收据 %(first)s 作废；应记的请再记一笔。") % told)
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    return redirect("funds", code)


def fund_receipt(request: OfficerRequest, code: str, number: int) -> HttpResponse:
    found = _numbered(campaign_or_404(request, code), number)
    if found is None:
        tell(request, ERROR, _("没有这一号收据。"))
        return redirect("funds", code)
    name = content_disposition_header(as_attachment=True, filename=f"{found.number}.docx") or "attachment"
    return HttpResponse(receipt(found), content_type=DOCX, headers={"Content-Disposition": name})


def _numbered(campaign: Campaign, number: int) -> Donation | None:
    rows = campaign.donations.select_related("campaign__federation", "fund_source", "takes_back")
    return rows.filter(number=f"{campaign.code}-D{number:03d}").first()


def _place(one: Donation) -> int:
    return int(one.number.rpartition("-D")[2])
