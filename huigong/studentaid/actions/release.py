"""Release approved awards to the bank: the worker's own card from the file, if it is still the one that was approved."""

from datetime import date, datetime

from django.db import transaction

from huigong.audit import queries as history
from huigong.circulars.models import Campaign
from huigong.lifecycle import actions as lifecycle
from huigong.organisations.hands import refuse_other_role, refuse_same_hands
from huigong.organisations.models import Appointment, Officer
from huigong.payments import actions as payments
from huigong.payments.actions import Order
from huigong.payments.hands import signed_for
from huigong.payments.models import Hold
from huigong.payments.queries import paid
from huigong.registry import actions as registry
from huigong.registry.actions import Aid
from huigong.rules.circular import Circular
from huigong.studentaid.actions.approve import attempt_of
from huigong.studentaid.actions.fund_gate import hold_awards_refused_by_fund
from huigong.studentaid.actions.stopping import card_about, overlaps_about
from huigong.studentaid.awards import standing_awards
from huigong.studentaid.cases import need_of
from huigong.studentaid.digests import payee_of
from huigong.studentaid.lifecycle import APPROVED, NEXT, RELEASED
from huigong.studentaid.models import Application, Award
from huigong.studentaid.money_line import refuse_unbalanced
from huigong.studentaid.queries import in_scope


@transaction.atomic
def release(campaign: Campaign, circular: Circular, *, officer: Officer, on: date, at: datetime) -> int:
    """Hand every approved award in the officer's scope that nothing stands against to the bank's file; returns how many.

    Raises OtherRoleError for who is not of finance, SameHandsError where the officer verified, approved or confirmed one.
    """
    assert circular.quota is not None, "a place is of one source of money"
    refuse_other_role(officer, Appointment.Role.FINANCE, at=at)
    waiting = Application.objects.filter(campaign=campaign, status=APPROVED)
    registry.lock_files(waiting.values("household"))
    awards = approved_in(campaign, officer)
    refuse_unbalanced(campaign)
    earlier = [name for award in awards for name in (award.approved_by, award.application.verified_by)]
    references = {award.application.reference for award in awards}
    earlier += (*confirmed_by(references), *signed_for(references))
    refuse_same_hands(officer, earlier, what="审核、审批或确认", what_en="verified, approved or confirmed")
    hold_changed_cards(awards, officer=officer.username, at=at)
    hold_overlaps(awards, campaign, officer=officer.username, at=at)
    hold_awards_refused_by_fund(awards, officer=officer.username, on=on, at=at)
    for source in sorted({award.fund_source for award in awards}):
        orders = [order_of(award) for award in awards if award.fund_source == source]
        payments.release(campaign, orders, fund_source=source, officer=officer.username, at=at)
    gone = paid(award.application.reference for award in awards)
    went = [award for award in awards if award.application.reference in gone]
    registry.give_all([aid_of(award, campaign) for award in went], on=on, officer=officer.username, at=at)
    lifecycle.advance_all(
        [
            lifecycle.Move(award.application, RELEASED, award.application.reference, "application.released")
            for award in went
        ],
        next_table=NEXT,
        officer=officer.username,
        at=at,
    )
    return len(went)


def approved_in(campaign: Campaign, officer: Officer) -> list[Award]:
    """The awards in the officer's scope that wait for their batch, locked."""
    awards = list(
        standing_awards()
        .select_for_update(of=("self",))
        .filter(application__campaign=campaign, application__status=APPROVED)
        .select_related("application", "application__household")
        .order_by("application__reference")
    )
    mine = {one.pk for one in in_scope(officer, (award.application for award in awards))}
    return [award for award in awards if award.application_id in mine]


def confirmed_by(references: set[str]) -> list[str]:
    """Who said of one of these that a payee or card is the worker's own: they do not send the money there."""
    return sorted(history.actors(references, "payment.mended", "payee.confirmed"))


def hold_changed_cards(awards: list[Award], *, officer: str, at: datetime) -> None:
    """A payee or card that was changed after approval is what fraud looks like: it waits until somebody confirmed it."""
    for award in awards:
        one = award.application
        if payee_of(one.household) != (award.payee_name, award.card_index):
            about = card_about(one)
            payments.hold(one.reference, reason=Hold.Reason.CARD_CHANGED, about=about, officer=officer, at=at)


def hold_overlaps(awards: list[Award], campaign: Campaign, *, officer: str, at: datetime) -> None:
    """The same need was met from elsewhere since approval: what is surely the student's holds whatever was lifted before."""
    for reference, about in overlaps_about([award.application for award in awards], campaign).items():
        payments.hold(reference, reason=Hold.Reason.SAME_NEED, about=about, officer=officer, at=at)


def order_of(award: Award, *, attempt: int = 0, transfer_reference: str = "") -> Order:
    """An award as it is handed to the bank: the card that stands in the file now. A further attempt has its own transfer.

    The first attempt of an award is the one that its transfer names: another award of the case may have had the first.
    """
    household = award.application.household
    assert household is not None, "an award rests on a file"
    return Order(
        case_reference=award.application.reference,
        payee_name=household.worker_name,
        card=household.card.plain() if household.card else "",
        data_key_id=household.data_key_id,
        fen=award.fen,
        transfer_reference=transfer_reference or award.transfer_reference,
        attempt=attempt or attempt_of(award.transfer_reference),
    )


def aid_of(award: Award, campaign: Campaign) -> Aid:
    application = award.application
    assert application.household_id is not None, "an award rests on a file"
    return Aid(
        household_id=application.household_id,
        person_index=application.student_index,
        need=need_of(campaign),
        fund_source=award.fund_source,
        fen=award.fen,
        case_reference=application.reference,
    )
