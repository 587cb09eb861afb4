"""资金: each source as an account with its rules, gifts with their wish and receipt, and how many days money takes to the card."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.messages import ERROR, SUCCESS
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.figures.pace import paces
from huigong.giving import actions as giving
from huigong.giving.actions import Gift
from huigong.giving.models import Donation
from huigong.giving.receipt import receipt
from huigong.ledger import queries as ledger
from huigong.ledger.queries import Balance
from huigong.quotas import actions as quotas
from huigong.quotas.models import FundRule, FundSource
from huigong.rules.fund_rules import WORDS
from huigong.studentaid.money_line import MoneyLine, money_lines
from huigong.values import money
from huigong.values.sentence import SaidError
from huigong.web import permissions
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, campaign_or_404, or_404, tell
from huigong.web.console.daylight import funds_received
from huigong.web.console.desk.letters import DOCX


@dataclass(frozen=True, slots=True)
class Fund:
    """One source: its account and the rules that stand today. `received` is what was written down as having come."""

    source: FundSource
    received: str
    promised: str
    paid: str
    left: str
    is_short: bool
    rules: list[tuple[str, FundRule]]


def funds_page(request: OfficerRequest, code: str) -> HttpResponse:
    campaign, today = campaign_or_404(request, code), timezone.localdate()
    balances, came = {one.code: one for one in ledger.trial_balance()}, funds_received.sums()
    sources = list(FundSource.objects.prefetch_related("rules").order_by("code"))
    shown = {
        "campaign": campaign,
        "funds": [_fund(one, came.get(one.code), balances.get(f"fund:{one.code}"), today) for one in sources],
        "received": funds_received.received(campaign),
        "choices": funds_received.choices(),
        "gifts": [(n, one, words.yuan(one.fen)) for n, one in enumerate(_gifts(code), 1)],
        "money": [_sum_of(one) for one in money_lines(campaign)],
        "paces": [(one, words.yuan(one.approved_fen), words.yuan(one.paid_fen)) for one in paces(campaign)],
        "kinds": FundSource.Kind.choices,
        "rules": [(rule, words.said(*WORDS[rule])) for rule in FundRule.Rule.values],
        "today": today,
        "may_take": bool(request.roles & permissions.asked("fund-gift")),
        "may_rule": bool(request.roles & permissions.asked("fund-rule")),
    }
    return render(request, "daylight/funds.html", shown)


@require_POST
def fund_gift(request: OfficerRequest, code: str) -> HttpResponse:
    """A donation: booked, with its receipt numbered."""
    campaign, sent, at = campaign_or_404(request, code), request.POST, timezone.now()
    try:
        gift = Gift(
            sent.get("donor", ""),
            money.parse_yuan(sent.get("yuan", "")),
            sent.get("wish", ""),
            _day(sent.get("day", "")),
        )
        made = giving.take_in(campaign, gift, officer=request.user, at=at)
        tell(request, SUCCESS, _("记账了，收据号 %(number)s。") % {"number": made.number})
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    except ValueError:
        tell(request, ERROR, _("还没有记：捐助人、金额（元）和收到日期都要有。"))
    return redirect("funds", code)


@require_POST
def fund_kind(request: OfficerRequest, code: str) -> HttpResponse:
    campaign_or_404(request, code)
    source = or_404(FundSource.objects.filter(code=request.POST.get("source", "")).first())
    kind = request.POST.get("kind", "")
    if kind not in FundSource.Kind.values:
        tell(request, ERROR, _("还没有记：请选一种性质。"))
        return redirect("funds", code)
    quotas.keep_source(source.code, name=source.name, kind=kind, officer=request.user.username, at=timezone.now())
    tell(request, SUCCESS, _("记下了。"))
    return redirect("funds", code)


@require_POST
def fund_rule(request: OfficerRequest, code: str) -> HttpResponse:
    campaign_or_404(request, code)
    sent = request.POST
    source = or_404(FundSource.objects.filter(code=sent.get("source", "")).first())
    number = sent.get("value", "")
    if sent.get("rule") not in FundRule.Rule.values or not (
        number.isascii() and number.isdecimal() and len(number) < 4
    ):
        tell(request, ERROR, _("还没有记：请选一条规则，写几个月（是为 1，0 为不再适用）。"))
        return redirect("funds", code)
    try:
        quotas.keep_rule(
            source,
            sent["rule"],
            int(number),
            valid_from=_day(sent.get("day", "")),
            citation=sent.get("citation", ""),
            officer=request.user.username,
            at=timezone.now(),
        )
        tell(request, SUCCESS, _("记下了。"))
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    except ValueError:
        tell(request, ERROR, _("还没有记：请写从哪天起。"))
    return redirect("funds", code)


def fund_receipt(request: OfficerRequest, code: str, number: int) -> HttpResponse:
    campaign_or_404(request, code)
    found = _gifts(code).filter(number=f"{code}-D{number:03d}").first()
    if found is None:
        tell(request, ERROR, _("没有这一号收据。"))
        return redirect("funds", code)
    name = content_disposition_header(as_attachment=True, filename=f"{found.number}.docx") or "attachment"
    return HttpResponse(receipt(found), content_type=DOCX, headers={"Content-Disposition": name})


def _fund(source: FundSource, came: int | None, balance: Balance | None, today: date) -> Fund:
    standing: dict[str, FundRule] = {}
    for one in source.rules.all():
        if one.valid_from <= today:
            standing[one.rule] = one
    rules = [(words.said(*WORDS[rule]), one) for rule, one in standing.items() if one.value]
    if balance is None:
        return Fund(source, "", "", "", "", False, rules)
    amounts = (balance.debits_pending, balance.debits_posted, balance.available)
    promised, paid, left = (words.yuan(amount) for amount in amounts)
    return Fund(source, "" if came is None else words.yuan(came), promised, paid, left, balance.available < 0, rules)


def _sum_of(one: MoneyLine) -> tuple[MoneyLine, dict[str, str]]:
    """The line in yuan; what was not allotted as money is not known and shown as a dash."""
    amounts = ("allotted", "committed", "left", "to_pay", "paid", "returned")
    return one, {name: words.yuan(getattr(one, name)) or "—" for name in amounts}


def _gifts(code: str) -> Any:
    return Donation.objects.filter(campaign__code=code).select_related("campaign__federation", "fund_source")


def _day(text: str) -> date:
    """Raises ValueError."""
    return date.fromisoformat(text)
