"""Confirm a payee whose name or card changed after approval: until then the payment stands still."""

from datetime import datetime

from django.db import transaction

from huigong.audit import actions as audit
from huigong.organisations.hands import refuse_other_role
from huigong.organisations.models import Appointment, Officer
from huigong.payments import actions as payments
from huigong.payments.models import Hold
from huigong.payments.queries import reasons_held
from huigong.studentaid.actions.release import hold_changed_cards
from huigong.studentaid.actions.stopping import card_about
from huigong.studentaid.models import Application, Award
from huigong.values.sentence import SaidError, Sentence


@transaction.atomic
def confirm_changed_payee(application: Application, *, officer: Officer, at: datetime) -> None:
    """Say that the payee and card in the file are the worker's own. The next change stops the payment anew."""
    refuse_other_role(officer, Appointment.Role.VERIFIER, at=at)
    one = Application.objects.select_for_update(of=("self",)).select_related("household").get(pk=application.pk)
    award = Award.objects.filter(application=one).select_related("application__household").first()
    if award is not None:
        hold_changed_cards([award], officer=officer.username, at=at)
    if (one.reference, Hold.Reason.CARD_CHANGED) not in reasons_held([one.reference]):
        raise SaidError(
            Sentence(
                "payee_unchanged",
                f"{one.reference} 的收款人和卡号没有变，不用确认。",
                f"Payee and card of {one.reference} are as they were: there is nothing to confirm.",
            )
        )
    payments.lift(one.reference, reason=Hold.Reason.CARD_CHANGED, officer=officer.username, at=at)
    told = {"about": card_about(one)}
    audit.record("payee.confirmed", subject=one.reference, officer=officer.username, at=at, payload=told)
