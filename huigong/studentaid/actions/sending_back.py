"""退回重新审核: a case goes back over the whole way, and its place is free. An upheld objection, aid from elsewhere and money that
is back do it (`reopen`), and a verifier for what is on notice and whose facts are others now (`send_back`).

Approved it would be what the notice did not show; held for ever it would keep a place from the next family.
"""

from datetime import datetime

from django.db import transaction

from huigong.approvals.queries import on_open_forms
from huigong.lifecycle import actions as lifecycle
from huigong.organisations.hands import refuse_other_role
from huigong.organisations.models import Appointment, Officer
from huigong.payments import actions as payments
from huigong.payments.models import Hold
from huigong.payments.queries import reasons_held
from huigong.registry import actions as registry
from huigong.studentaid.lifecycle import NEXT, ON_NOTICE, SUBMITTED
from huigong.studentaid.models import Application
from huigong.values.sentence import SaidError, Sentence


@transaction.atomic
def send_back(application: Application, *, officer: Officer, at: datetime) -> None:
    """Raises SaidError unless its facts changed since the notice, and while it stands on an approval form that is open."""
    refuse_other_role(officer, Appointment.Role.VERIFIER, at=at)
    registry.lock_files(Application.objects.filter(pk=application.pk).values("household"))
    one = Application.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=application.pk)
    changed = (one.reference, Hold.Reason.FACTS_CHANGED) in reasons_held([one.reference])
    if not changed or one.status != ON_NOTICE or one.reference in on_open_forms(one.campaign):
        raise SaidError(
            Sentence(
                "facts_not_changed",
                f"{one.reference} 没有退回：公示着、因为事实变了暂停的才退回；在还没签完的审批表上的，先收回那张表。",
                f"{one.reference} was not sent back: only what is on notice and held since its facts changed goes back; take an "
                "open approval form back first.",
            )
        )
    reopen(one, told={"because": "facts_changed"}, officer=officer.username, at=at)
    payments.lift(one.reference, reason=Hold.Reason.FACTS_CHANGED, officer=officer.username, at=at)


def reopen(one: Application, *, told: dict[str, str], officer: str, at: datetime) -> None:
    """Back on the way: its facts are nobody's word any more, and it has neither rank nor place."""
    one.verified_by = one.verified_digest = ""
    one.rank = None
    move = lifecycle.Move(one, SUBMITTED, one.reference, "application.reopened", told)
    also = ("verified_by", "verified_digest", "rank")
    lifecycle.advance_all([move], next_table=NEXT, officer=officer, at=at, also=also)
