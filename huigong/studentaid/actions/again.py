"""Pay again what the bank did not pay or gave back: only that, only after somebody dealt with the cause, as a new attempt.

What is not known yet is never paid again; the bank's word, or two people's reading of it, settles it first.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.circulars.models import Campaign
from huigong.ledger import actions as ledger
from huigong.ledger import queries as of_ledger
from huigong.organisations.hands import refuse_other_role, refuse_same_hands
from huigong.organisations.models import Appointment, Officer
from huigong.payments import actions as payments
from huigong.payments.fitting import profile_now, unfit
from huigong.payments.hands import signed_for
from huigong.payments.lifecycle import CAME_BACK
from huigong.payments.models import Hold, Payment
from huigong.payments.queries import held, latest
from huigong.registry import actions as registry
from huigong.studentaid.actions.fund_gate import hold_awards_refused_by_fund
from huigong.studentaid.actions.payees import CONFIRMABLE, hold_what_stands, refuse_unfit, refuse_who_wrote_payee
from huigong.studentaid.actions.release import confirmed_by, hold_changed_cards, hold_overlaps, order_of
from huigong.studentaid.actions.stopping import card_about
from huigong.studentaid.awards import standing_awards
from huigong.studentaid.digests import payee_of
from huigong.studentaid.lifecycle import RELEASED
from huigong.studentaid.models import Application, Award
from huigong.studentaid.money_line import refuse_unbalanced
from huigong.studentaid.queries import in_scope
from huigong.values.money import Fen
from huigong.values.sentence import SaidError, Sentence

# Sent again as it was, such a payment would come back again.
_NEEDS_A_CHANGE = frozenset(
    {Payment.Reason.NAME_DIFFERS, Payment.Reason.ACCOUNT_UNKNOWN, Payment.Reason.ACCOUNT_CLOSED}
)


class NotMendedError(SaidError):
    """Nothing came back, or the payee stands in the file as the bank refused it."""


@transaction.atomic
def confirm_payee(application: Application, *, officer: Officer, at: datetime) -> None:
    """Say that what made the bank refuse is dealt with, and that the payee in the file is the worker's own.

    Raises NotMendedError where nothing came back, or where the bank refused name or account and both are as they were.
    """
    refuse_other_role(officer, Appointment.Role.VERIFIER, at=at)
    one = (
        Application.objects.select_for_update(of=("self",))
        .select_related("household", "campaign")
        .get(pk=application.pk)
    )
    last = latest([one.reference]).get(one.reference)
    _refuse_not_mended(one, last)
    assert last is not None, "refused where nothing came back"
    award = standing_awards().filter(application=one).select_related("application__household").first()
    if award is None:
        raise _revoked(one)
    hold_what_stands(award, officer=officer.username, at=at)
    refuse_who_wrote_payee(one, officer)
    refuse_unfit(award)
    for reason in sorted({*CONFIRMABLE, Hold.Reason.BANK_RETURNED}):
        payments.lift(one.reference, reason=reason, officer=officer.username, at=at)
    told = {"attempt": last.attempt, "reason": last.reason, "about": card_about(one)}
    audit.record("payment.mended", subject=one.reference, officer=officer.username, at=at, payload=told)


@transaction.atomic
def pay_again(campaign: Campaign, *, officer: Officer, at: datetime) -> int:
    """Hand to the bank anew what came back and nothing stands against; returns how many payments.

    Raises OtherRoleError for who is not of finance, SameHandsError where the officer verified, approved or confirmed one.
    """
    refuse_other_role(officer, Appointment.Role.FINANCE, at=at)
    registry.lock_files(Application.objects.filter(campaign=campaign, status=RELEASED).values("household"))
    back = came_back(campaign, officer)
    refuse_unbalanced(campaign)
    awards = [award for award, _ in back]
    hold_changed_cards(awards, officer=officer.username, at=at)
    hold_overlaps(awards, campaign, officer=officer.username, at=at)
    hold_awards_refused_by_fund(awards, officer=officer.username, on=timezone.localdate(at), at=at)
    stopped = held(award.application.reference for award, _ in back)
    free = [(award, last) for award, last in back if award.application.reference not in stopped]
    ready = _fit(free, campaign, officer=officer.username, at=at)
    earlier = [name for award, _ in ready for name in (award.approved_by, award.application.verified_by)]
    references = {award.application.reference for award, _ in ready}
    hands = [*earlier, *confirmed_by(references), *signed_for(references)]
    refuse_same_hands(officer, hands, what="审核、审批或确认", what_en="verified, approved or confirmed")
    _promise(ready, officer=officer.username, at=at)
    made = 0
    for source in sorted({award.fund_source for award, _ in ready}):
        orders = [
            order_of(award, attempt=last.attempt + 1, transfer_reference=_reference(award, last))
            for award, last in ready
            if award.fund_source == source
        ]
        batches = payments.release(campaign, orders, fund_source=source, officer=officer.username, at=at)
        made += sum(batch.declared_count for batch in batches)
    assert made == len(ready), "what fits is released"
    return made


def _fit(
    free: Sequence[tuple[Award, Payment]], campaign: Campaign, *, officer: str, at: datetime
) -> list[tuple[Award, Payment]]:
    """Those that the bank's file can carry; the others are held before any money is promised anew, and stop nobody else."""
    profile, ready = profile_now(campaign), []
    for award, last in free:
        order = order_of(award)
        reason = unfit(profile, card=order.card, name=order.payee_name, fen=order.fen)
        if reason is None:
            ready.append((award, last))
        else:
            payments.hold(order.case_reference, reason=reason, officer=officer, at=at)
    return ready


def came_back(campaign: Campaign, officer: Officer) -> list[tuple[Award, Payment]]:
    """Standing awards in the officer's scope whose last payment failed or came back, locked, each with that payment."""
    awards = list(
        standing_awards()
        .select_for_update(of=("self",))
        .filter(application__campaign=campaign, application__status=RELEASED)
        .select_related("application", "application__household")
        .order_by("application__reference")
    )
    mine = {one.pk for one in in_scope(officer, (award.application for award in awards))}
    last = latest(award.application.reference for award in awards)
    found = [(award, last[award.application.reference]) for award in awards if award.application_id in mine]
    return [(award, payment) for award, payment in found if payment.status in CAME_BACK]


def _promise(ready: Sequence[tuple[Award, Payment]], *, officer: str, at: datetime) -> None:
    """A pending transfer anew, between the accounts of the first: what came back stood on the fund again."""
    first: Mapping[str, of_ledger.TransferLine] = of_ledger.named([award.transfer_reference for award, _ in ready])
    ledger.post_all(
        [
            ledger.Entry(
                reference=_reference(award, last),
                debit=first[award.transfer_reference].debit,
                credit=first[award.transfer_reference].credit,
                fen=Fen(award.fen),
                code=first[award.transfer_reference].code,
                kind="pending",
            )
            for award, last in ready
        ],
        officer=officer,
        at=at,
    )


def _reference(award: Award, last: Payment) -> str:
    return f"{award.application.reference}:aid:{last.attempt + 1}:pending"


def _refuse_not_mended(one: Application, last: Payment | None) -> None:
    if last is None or last.status not in CAME_BACK:
        raise _nothing_back(one)
    if payee_of(one.household) == (last.payee_name, last.card_index) and last.reason in _NEEDS_A_CHANGE:
        raise NotMendedError(
            Sentence(
                "not_mended",
                f"{one.reference} 被银行退回（{last.get_reason_display()}），档案里的收款人和卡号还是原来的，再付还会退回。请先核实并改档案。",
                f"The bank gave {one.reference} back ({last.reason}), and payee and card in the file are as they were: mend the file first.",
            )
        )


def _revoked(one: Application) -> NotMendedError:
    return NotMendedError(
        Sentence(
            "award_revoked",
            f"{one.reference} 的批准已经撤销，不再付，不用确认。银行退回的，请财务在“追回”里记下，这一件才退回重新审核。",
            f"The award of {one.reference} was revoked: it is not paid again, so there is nothing to confirm. Let finance "
            "write down what the bank gave back, and the case goes back on its way.",
        )
    )


def _nothing_back(one: Application) -> NotMendedError:
    return NotMendedError(
        Sentence(
            "nothing_came_back",
            f"{one.reference} 没有银行没付成或退回的款，不用确认。",
            f"Nothing of {one.reference} failed or came back: there is nothing to confirm.",
        )
    )
