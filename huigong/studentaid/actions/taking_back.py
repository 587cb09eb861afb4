"""收回批次: a batch that nobody took goes back, and with it what was revoked while it lay there: none of that money ever left."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from huigong.organisations.models import Officer
from huigong.payments import actions as payments
from huigong.payments.models import PaymentBatch
from huigong.payments.queries import latest
from huigong.registry import actions as registry
from huigong.studentaid.actions.recovering import CameIn, back_whole
from huigong.studentaid.models import Application, Revocation


@transaction.atomic
def take_batch_back(batch: PaymentBatch, *, officer: Officer, at: datetime) -> int:
    """Returns how many payments were withdrawn. A case whose award was revoked meanwhile goes back on its way: there is nothing
    to ask the family for. Raises SaidError as `payments.undo_batch` does.
    """
    cases = Application.objects.filter(reference__in=batch.payments.values("case_reference"))
    registry.lock_files(cases.values("household"))
    known = {one.pk: one for one in cases.select_for_update(of=("self",)).order_by("reference")}
    count = payments.undo_batch(batch, officer=officer, at=at)
    last = latest(one.reference for one in known.values())
    came = CameIn(timezone.localdate(at), f"收回批次 {batch.number}")
    revoked = Revocation.objects.select_for_update(of=("self",)).select_related("award")
    for kept in revoked.filter(is_out=True, recovery=None, award__application__in=known).order_by("at"):
        one = kept.award.application = known[kept.award.application_id]
        if last[one.reference].batch_id == batch.pk:
            back_whole(kept, last[one.reference], came, 0, officer=officer.username, at=at)
    return count
