"""An installation from before what came back was taken off the record of aid: made good at `huigong setup` (decision 413)."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.audit.queries import history
from huigong.payments.models import Payment
from huigong.payments.queries import payments_of
from huigong.registry import actions as registry
from huigong.registry.models import AidGiven, AidReturn
from huigong.studentaid.actions.approve import attempt_of
from huigong.studentaid.actions.release import aid_of
from huigong.studentaid.actions.revoking import take_aid_off
from huigong.studentaid.awards import awards_on_the_books
from huigong.studentaid.models import Application, Award


@transaction.atomic
def make_aid_good(*, officer: str, at: datetime) -> int:
    """Write what the record of aid lacks of cases with a revoked award; returns how many lines. Again it finds nothing.

    Such a case may have been given aid anew since, which nobody wrote while what came back seemed to stand.
    """
    cases = Application.objects.filter(pk__in=Award.objects.filter(revocation__isnull=False).values("application"))
    registry.lock_files(cases.values("household"))
    return sum(_make_good(one, officer=officer, at=at) for one in cases.select_related("campaign"))


def _make_good(one: Application, *, officer: str, at: datetime) -> int:
    """Award by award, as it would have been written; the n-th that went to the bank is the n-th aid of the case."""
    made = 0
    for number, (award, sent) in enumerate(_sent(one), 1):
        if not AidGiven.objects.filter(case_reference=one.reference, number=number).exists():
            day = timezone.localdate(history(sent[0].batch.number)[0].at)
            registry.give_all([aid_of(award, one.campaign)], on=day, officer=officer, at=at)
            made += 1
        came_back = not awards_on_the_books().filter(pk=award.pk).exists()
        if came_back and not AidReturn.objects.filter(aid__case_reference=one.reference, aid__number=number).exists():
            recovery = getattr(award.revocation, "recovery", None)
            day = recovery.received_on if recovery else timezone.localdate(award.revocation.at)
            take_aid_off(award, sent[-1], on=day, officer=officer, at=at)
            made += 1
    if made:
        audit.record("aid.made_good", subject=one.reference, officer=officer, at=at, payload={"lines": made})
    return made


def _sent(one: Application) -> Iterator[tuple[Award, list[Payment]]]:
    """The awards of a case that went to the bank, in order, with their payments: the attempts before the next award's first."""
    awards = list(one.awards.order_by("at").select_related("revocation__recovery", "application"))
    firsts = [attempt_of(award.transfer_reference) for award in awards]
    payments = list(payments_of(one.reference))
    for award, first, before in zip(awards, firsts, [*firsts[1:], None], strict=True):
        mine = [row for row in payments if first <= row.attempt and (before is None or row.attempt < before)]
        if mine:
            yield award, mine
