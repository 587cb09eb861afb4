"""Say that what kept an approved award from its payment is mended: a payee or card that changed, or one that no bank takes.

It is a verifier's word, of somebody who did not write the payee into the file; until then the payment stands still.
"""

from datetime import datetime

from django.db import transaction

from huigong.audit import actions as audit
from huigong.audit import queries as history
from huigong.organisations.hands import SameHandsError, refuse_other_role
from huigong.organisations.models import Appointment, Officer
from huigong.payments import actions as payments
from huigong.payments.fitting import UNFIT, profile_now, unfit
from huigong.payments.models import Hold
from huigong.payments.queries import reasons_held
from huigong.registry.models import Household
from huigong.studentaid.actions.release import hold_changed_cards, order_of
from huigong.studentaid.actions.stopping import card_about
from huigong.studentaid.awards import award_of
from huigong.studentaid.models import Application, Award
from huigong.values.sentence import SaidError, Sentence

CONFIRMABLE = frozenset({Hold.Reason.CARD_CHANGED, *UNFIT})
_PAYEE = frozenset({"worker_name", "card"})
_WRITES = frozenset({"household.amended", "household.imported"})
_CONFIRMED = frozenset({"payee.confirmed", "payment.mended"})


@transaction.atomic
def confirm_changed_payee(application: Application, *, officer: Officer, at: datetime) -> None:
    """Say that payee and card in the file are the worker's own, and fit the bank's file. The next change stops it anew.

    Raises SaidError where nothing of the kind stands against it, or the cause is not mended; SameHandsError for whoever
    wrote the payee into the file.
    """
    refuse_other_role(officer, Appointment.Role.VERIFIER, at=at)
    one = (
        Application.objects.select_for_update(of=("self",))
        .select_related("household", "campaign")
        .get(pk=application.pk)
    )
    award = award_of(one)
    if award is not None:
        hold_what_stands(award, officer=officer.username, at=at)
    standing = {reason for _, reason in reasons_held([one.reference])} & CONFIRMABLE
    if not standing:
        raise SaidError(
            Sentence(
                "payee_unchanged",
                f"{one.reference} 的收款人和卡号没有变，不用确认。",
                f"Payee and card of {one.reference} are as they were: there is nothing to confirm.",
            )
        )
    refuse_who_wrote_payee(one, officer)
    if award is not None:
        refuse_unfit(award)
    for reason in sorted(standing):
        payments.lift(one.reference, reason=reason, officer=officer.username, at=at)
    told = {"about": card_about(one), "reasons": sorted(standing)}
    audit.record("payee.confirmed", subject=one.reference, officer=officer.username, at=at, payload=told)


def hold_what_stands(award: Award, *, officer: str, at: datetime) -> None:
    """A hold of a changed payee is about the payee of this moment: that one is looked at when it is lifted."""
    one = award.application
    hold_changed_cards([award], officer=officer, at=at)
    if (one.reference, Hold.Reason.CARD_CHANGED) in reasons_held([one.reference]):
        payments.hold(one.reference, reason=Hold.Reason.CARD_CHANGED, about=card_about(one), officer=officer, at=at)


def refuse_unfit(award: Award) -> None:
    """Raises SaidError where the bank's file could not carry this award as it stands now, with what would mend it."""
    order, one = order_of(award), award.application
    reason = unfit(profile_now(one.campaign), card=order.card, name=order.payee_name, fen=order.fen)
    if reason is not None:
        zh, en = UNFIT[reason]
        raise SaidError(
            Sentence(
                "still_unfit",
                f"{one.reference} 还不能付：{reason.label}。{zh}，改好再来确认。",
                f"{one.reference} cannot be paid yet ({reason.value}): {en}, and confirm then.",
            )
        )


def refuse_who_wrote_payee(one: Application, officer: Officer) -> None:
    """Raises SameHandsError for whoever wrote the name or the card that stands in the file, unless another one confirmed it."""
    household = one.household
    if household is not None and officer.username in _writers(one, household):
        raise SameHandsError(
            Sentence(
                "payee_of_own_hand",
                f"档案 {household.file_number} 的收款人或卡号是{officer.name}写的，要由另一位审核人核实。",
                f"{officer.name} wrote payee or card into the file {household.file_number}: another verifier confirms it.",
            )
        )


def _writers(one: Application, household: Household) -> set[str]:
    """Who wrote the payee and who wrote the card, by hand or with a workbook, each the last since this case's was confirmed."""
    confirmed = [told.sequence for told in history.history(one.reference) if told.action in _CONFIRMED]
    since, last = max(confirmed, default=0), dict[str, str]()
    for told in history.history(household.file_number):
        if told.action in _WRITES and told.sequence > since:
            written = {*told.payload.get("fields", ()), told.payload.get("field", "")}
            last |= dict.fromkeys(_PAYEE & written, told.actor)
    return set(last.values())
