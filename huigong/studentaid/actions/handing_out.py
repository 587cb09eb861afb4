"""交出: what pays leaves the house. Right before it does for the first time, it is asked once more whether it may.

Between the batch and its file another office may have met the need, or somebody may have changed payee or card in the file.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from huigong.organisations.models import Officer
from huigong.payments import actions as payments
from huigong.payments.hands import refuse_who_decided
from huigong.payments.lifecycle import RELEASED
from huigong.payments.models import Hold, PaymentBatch
from huigong.payments.queries import handed_out_on, held
from huigong.registry import actions as registry
from huigong.studentaid.actions.release import hold_overlaps
from huigong.studentaid.actions.stopping import card_about
from huigong.studentaid.awards import standing_awards
from huigong.studentaid.digests import payee_of
from huigong.studentaid.models import Application
from huigong.values.sentence import SaidError, Sentence


def hand_out(batch: PaymentBatch, *, officer: Officer, at: datetime) -> bytes:
    """The bank's file, or the list by which the treasury pays. What is found against it stays held.

    Raises SaidError as taking does, and where a payee of the batch is no longer the one in the file.
    """
    refuse_who_decided(batch, officer, at=at)
    take = payments.take_file if batch.document_id else payments.take_list
    with transaction.atomic():
        others = _hold_what_changed(batch, officer=officer.username, at=at)
        if not others and not held(batch.payments.filter(status=RELEASED).values_list("case_reference", flat=True)):
            return take(batch, officer=officer, at=at)
    if others:
        raise _other_payees(batch, others)
    return take(batch, officer=officer, at=at)  # now that the holds stand, it says which cases they are on


def _hold_what_changed(batch: PaymentBatch, *, officer: str, at: datetime) -> list[str]:
    """Place what stands against its cases by now; returns those whose payee in the batch is not the file's any more.

    Nothing of a batch that left already, or that nobody is paid by any more: asked once two presses stand in line.
    """
    cases = Application.objects.filter(reference__in=batch.payments.values("case_reference"))
    registry.lock_files(cases.values("household"))
    if handed_out_on(batch) or not PaymentBatch.objects.filter(pk=batch.pk, status=RELEASED).exists():
        return []
    awards = standing_awards().filter(application__in=cases).select_related("application__household")
    by_case = {award.application.reference: award for award in awards.select_for_update(of=("self",))}
    rows = batch.payments.filter(status=RELEASED, case_reference__in=by_case).order_by("position")
    others = [
        row.case_reference
        for row in rows
        if (row.payee_name, row.card_index) != payee_of(by_case[row.case_reference].application.household)
    ]
    for reference in others:
        about = card_about(by_case[reference].application)
        payments.hold(reference, reason=Hold.Reason.CARD_CHANGED, about=about, officer=officer, at=at)
    hold_overlaps(list(by_case.values()), batch.campaign, officer=officer, at=at)
    return others


def _other_payees(batch: PaymentBatch, cases: Sequence[str]) -> SaidError:
    return SaidError(
        Sentence(
            "batch_payee_changed",
            f"批次 {batch.number} 做好以后，{'、'.join(cases)} 的收款人或卡号在档案里改了，文件没有交出。请收回这个批次；"
            "改过的由审核确认以后再付，其余的可以再付。",
            f"Since batch {batch.number} was made, payee or card of {', '.join(cases)} changed in the file: nothing was handed "
            "out. Take the batch back; what changed is paid once a verifier confirmed it, the others may be paid again.",
        )
    )
