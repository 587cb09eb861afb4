"""发放: what is approved and waits, the batches, and what came back. Releasing and paying again are finance's."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.messages import ERROR, SUCCESS, WARNING
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.circulars import queries as circulars
from huigong.circulars.models import Campaign
from huigong.grievances import queries as grievances
from huigong.payments import profiles
from huigong.payments import queries as payments
from huigong.payments.lifecycle import CAME_BACK, UNKNOWN, WITHDRAWN, WORDS
from huigong.payments.models import Hold, Payment
from huigong.payments.queries import card_masked
from huigong.studentaid import actions
from huigong.studentaid import queries as studentaid
from huigong.studentaid.actions.payees import CONFIRMABLE
from huigong.studentaid.actions.stopping import card_about
from huigong.studentaid.awards import standing_awards
from huigong.studentaid.digests import payee_of
from huigong.studentaid.lifecycle import APPROVED, RELEASED
from huigong.studentaid.models import Application, Award
from huigong.studentaid.money_line import money_lines
from huigong.studentaid.queries import applications_for
from huigong.values.capital_amounts import in_capitals
from huigong.values.sentence import SaidError
from huigong.web import permissions
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, campaign_or_404, or_404, serves_whole, tell
from huigong.web.console.money.revoking import out_shown, written_off_shown
from huigong.web.console.money.standing_shown import Against, against, ends

_BY_A_WORD = frozenset({Hold.Reason.BANK_RETURNED, *CONFIRMABLE})
BATCH_TONES = {"released": "look", "settled": "done", "withdrawn": ""}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One award that waits for its batch: what stands against it, and whether a verifier's word or another fund ends some of it."""

    award: Award
    yuan: str
    against: Sequence[Against]
    confirmable: bool
    ruled: bool


@dataclass(frozen=True, slots=True)
class Returned:
    """One payment that failed or came back: why, and what is wanted before it is paid again."""

    payment: Payment
    case: Application
    status: str
    yuan: str
    reason: str
    tail: str
    now: str
    """Payee and card that stand in the file now, where it would be paid to another than it was."""
    against: Sequence[Against]
    confirmable: bool
    ruled: bool


def payments_page(request: OfficerRequest, code: str) -> HttpResponse:
    campaign = campaign_or_404(request, code)
    waiting, back = waiting_in(request, campaign), returned_in(request, campaign)
    ready = [one for one in waiting if not one.against]
    agreement = payments.agreement_of(campaign)
    total = sum(one.award.fen for one in ready)
    shown = {
        "campaign": campaign,
        "lines": money_lines(campaign),
        "ready": ready,
        "held": [one for one in waiting if one.against],
        "total": words.yuan(total),
        "capitals": in_capitals(total),
        "seen": seen(ready),
        "batches": [
            (one, words.yuan(one.declared_fen), words.said(*WORDS[one.status]), BATCH_TONES[one.status])
            for one in payments.batches_of(campaign)
        ],
        "back": back,
        "again": sum(not one.against for one in back),
        "seen_again": seen_again(back),
        "unknown": Payment.objects.filter(batch__campaign=campaign, status=UNKNOWN).select_related("batch"),
        "bank": profiles.profile_from(agreement.profile) if agreement else profiles.default_profile(),
        "may_bank": serves_whole(request.user, campaign),
        "may_release": bool(request.roles & permissions.asked("payments-release")),
        "out": out_shown(applications_for(request.user, campaign)),
        "written_off": written_off_shown(applications_for(request.user, campaign)),
        "today": timezone.localdate(),
        "may_write_off": bool(request.roles & permissions.asked("award-write-off")),
        "may_revoke": bool(request.roles & permissions.asked("award-revoke")),
        "unassigned": grievances.without_case(campaign),
        "may_see_grievances": bool(request.roles & permissions.asked("grievances")),
        "may_ask": bool(request.roles & permissions.asked("holds-ask")),
        "may_confirm": bool(request.roles & permissions.asked("payee-confirm")),
    }
    return render(request, "money/payments.html", shown)


@require_POST
def payments_release(request: OfficerRequest, code: str) -> HttpResponse:
    campaign, at = campaign_or_404(request, code), timezone.now()
    if request.POST.get("seen") != seen([one for one in waiting_in(request, campaign) if not one.against]):
        tell(request, WARNING, _("您打开以后有了变化，这次没有办。请再看一眼下面的，然后确认。"))
        return redirect("payments", code)
    circular = circulars.circular_of(campaign)
    try:
        count = actions.release(campaign, circular, officer=request.user, on=timezone.localdate(at), at=at)
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    else:
        tell(request, SUCCESS if count else WARNING, _("放进批次 %(n)s 笔。下一步：取银行文件。") % {"n": count})
    return redirect("payments", code)


@require_POST
def payments_again(request: OfficerRequest, code: str) -> HttpResponse:
    campaign = campaign_or_404(request, code)
    if request.POST.get("seen") != seen_again(returned_in(request, campaign)):
        tell(request, WARNING, _("您打开以后有了变化，这次没有办。请再看一眼下面的，然后确认。"))
        return redirect("payments", code)
    try:
        count = actions.pay_again(campaign, officer=request.user, at=timezone.now())
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    else:
        tell(request, SUCCESS if count else WARNING, _("再付 %(n)s 笔，在新的批次里。") % {"n": count})
    return redirect("payments", code)


@require_POST
def holds_ask(request: OfficerRequest, code: str) -> HttpResponse:
    """Ask anew what stands against what waits: a cause that was mended holds nobody any longer."""
    campaign, at = campaign_or_404(request, code), timezone.now()
    circular, day = circulars.circular_of(campaign), timezone.localdate(at)
    try:
        count = actions.ask_anew(campaign, circular, officer=request.user, on=day, at=at)
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    else:
        tell(
            request,
            SUCCESS if count else WARNING,
            _("查过了，放行 %(n)s 件；其余的原因还在，写在下面。") % {"n": count},
        )
    return redirect("approvals" if request.POST.get("back") == "approvals" else "payments", code)


@require_POST
def payee_confirm(request: OfficerRequest, reference: str) -> HttpResponse:
    """The verifier's word that the payee in the file is the worker's own: after a change, or after the bank gave it back."""
    found, at = or_404(studentaid.application_for(request.user, reference)), timezone.now()
    last = payments.latest([reference]).get(reference)
    confirm = actions.confirm_payee if last is not None and last.status in CAME_BACK else actions.confirm_changed_payee
    try:
        confirm(found, officer=request.user, at=at)
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    else:
        tell(request, SUCCESS, _("确认了，不再因此暂停。"))
    return redirect("approvals" if request.POST.get("back") == "approvals" else "payments", found.campaign.code)


def seen(ready: Sequence[Waiting]) -> str:
    """A digest of what release would pay: who, how much."""
    return _digest([(one.award.transfer_reference, one.award.fen) for one in ready])


def seen_again(back: Sequence[Returned]) -> str:
    """The same of paying again: which attempt of whose payment, how much, to whom as the file says now."""
    ready = [one for one in back if not one.against]
    return _digest([(one.payment.transfer_reference, one.payment.fen, *payee_of(one.case.household)) for one in ready])


def _digest(told: Sequence[tuple[str | int, ...]]) -> str:
    return hashlib.sha256(repr(list(told)).encode()).hexdigest()[:24]


def waiting_in(request: OfficerRequest, campaign: Campaign) -> list[Waiting]:
    mine = applications_for(request.user, campaign).filter(status=APPROVED).order_by().values("pk")
    awards = list(
        standing_awards()
        .filter(application__in=mine)
        .select_related("application__household", "application__unit", "application__federation")
        .order_by("application__reference")
    )
    cases = [one.application for one in awards]
    sources = {one.application.reference: one.fund_source for one in awards}
    told = against(cases, sources, on=timezone.localdate())
    return [_waiting(one, told.get(one.application.reference, [])) for one in awards]


def _waiting(award: Award, held: Sequence[Against]) -> Waiting:
    """What release would place stands here before: a payee that is another than was approved and that nobody confirmed."""
    changed = Hold.Reason.CARD_CHANGED
    standing = list(held)
    if not any(one.reason == changed for one in standing) and _is_new_payee(award):
        standing.append(Against(changed, _(changed.label), ends(changed)))
    reasons = {one.reason for one in standing}
    ruled = Hold.Reason.FUND_RULE in reasons
    return Waiting(award, words.yuan(award.fen), standing, bool(reasons & CONFIRMABLE), ruled)


def _now(row: Payment, case: Application) -> str:
    household = case.household
    if household is None or payee_of(household) == (row.payee_name, row.card_index):
        return ""
    return f"{household.worker_name} {household.card.masked if household.card else ''}"


def _is_new_payee(award: Award) -> bool:
    one, now = award.application, payee_of(award.application.household)
    if now == (award.payee_name, award.card_index):
        return False
    return not payments.was_lifted(one.reference, Hold.Reason.CARD_CHANGED, card_about(one))


def returned_in(request: OfficerRequest, campaign: Campaign) -> list[Returned]:
    """The last payment of each case that did not stay paid, and may be paid again: a revoked one is asked back (追回)."""
    mine = applications_for(request.user, campaign).filter(status=RELEASED)
    awards = standing_awards().filter(application__in=mine.order_by().values("pk"))
    sources = {one.application.reference: one.fund_source for one in awards.select_related("application")}
    cases = {one.reference: one for one in mine.filter(reference__in=sources).select_related("household")}
    last = {reference: row for reference, row in payments.latest(cases).items() if row.status in CAME_BACK}
    standing = against([cases[reference] for reference in last], sources, on=timezone.localdate())
    return [
        Returned(
            row,
            cases[reference],
            words.said(*WORDS[row.status]),
            words.yuan(row.fen),
            _(row.get_reason_display()) if row.status != WITHDRAWN else _("交出以前收回"),
            card_masked(row),
            _now(row, cases[reference]),
            standing.get(reference, ()),
            any(one.reason in _BY_A_WORD for one in standing.get(reference, ())),
            any(one.reason == Hold.Reason.FUND_RULE for one in standing.get(reference, ())),
        )
        for reference, row in sorted(last.items())
    ]
