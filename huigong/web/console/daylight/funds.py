"""资金: each source as an account with its rules, gifts with their wish and receipt, and how many days money takes to the card."""

from dataclasses import dataclass
from datetime import date

from django.contrib.messages import ERROR, SUCCESS
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.figures.pace import paces
from huigong.ledger import queries as ledger
from huigong.ledger.queries import Balance
from huigong.quotas import actions as quotas
from huigong.quotas.models import FundRule, FundSource
from huigong.rules.fund_rules import WORDS
from huigong.studentaid.money_line import MoneyLine, money_lines
from huigong.values.sentence import SaidError
from huigong.web import permissions
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, a_day_sent, campaign_or_404, or_404, tell
from huigong.web.console.daylight import funds_received, gifts


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
        "gifts": gifts.gifts_shown(campaign),
        "money": [_sum_of(one) for one in money_lines(campaign)],
        "paces": [(one, words.yuan(one.approved_fen), words.yuan(one.paid_fen)) for one in paces(campaign)],
        "kinds": FundSource.Kind.choices,
        "rules": [(rule, words.said(*WORDS[rule])) for rule in FundRule.Rule.values],
        "today": today,
        "may_take": bool(request.roles & permissions.asked("fund-gift")),
        "may_see": bool(request.roles & permissions.asked("fund-money-seen")),
        "may_rule": bool(request.roles & permissions.asked("fund-rule")),
    }
    return render(request, "daylight/funds.html", shown)


@require_POST
def fund_kind(request: OfficerRequest, code: str) -> HttpResponse:
    campaign_or_404(request, code)
    source = or_404(FundSource.objects.filter(code=request.POST.get("source", "")).first())
    kind, citation = request.POST.get("kind", ""), request.POST.get("citation", "")
    if kind not in FundSource.Kind.values or not citation.strip():
        tell(request, ERROR, _("还没有记：请选一种性质，写明出处（文件和条款）。"))
        return redirect("funds", code)
    by, at = request.user.username, timezone.now()
    try:
        quotas.keep_source(source.code, name=source.name, kind=kind, citation=citation, officer=by, at=at)
        tell(request, SUCCESS, _("记下了。"))
    except SaidError as error:
        tell(request, ERROR, error.sentence)
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
            valid_from=a_day_sent(request, "day"),
            citation=sent.get("citation", ""),
            officer=request.user.username,
            at=timezone.now(),
        )
        tell(request, SUCCESS, _("记下了。"))
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    return redirect("funds", code)


def _fund(source: FundSource, came: int | None, balance: Balance | None, today: date) -> Fund:
    standing: dict[str, FundRule] = {}
    for one in source.rules.all():
        if one.valid_from <= today:
            standing[one.rule] = one
    rules = [(words.said(*WORDS[rule]), one) for rule, one in standing.items() if one.value]
    if balance is None:
        return Fund(source, "", "", "", "", False, rules)
    # What came back is no longer paid, and what was taken back never was: both are off what came less what stands.
    gone = balance.debits_posted if came is None else came - balance.posted
    promised, paid, left = (words.yuan(amount) for amount in (balance.debits_pending, gone, balance.available))
    return Fund(source, "" if came is None else words.yuan(came), promised, paid, left, balance.available < 0, rules)


def _sum_of(one: MoneyLine) -> tuple[MoneyLine, dict[str, str]]:
    """The line in yuan; what was not allotted as money is not known and shown as a dash."""
    amounts = ("allotted", "committed", "elsewhere", "left", "to_pay", "paid", "returned")
    return one, {name: words.yuan(getattr(one, name)) or "—" for name in amounts}
