"""Settle a question of a case by a sheet that a leader signed on paper: in the leader's name, both clerks beside it."""

from datetime import datetime

from django.db import transaction

from huigong.audit import actions as audit
from huigong.circulars.queries import circular_of
from huigong.organisations import actions as organisations
from huigong.organisations.models import Officer, SignedSheet
from huigong.studentaid.actions.decide import decide, gather
from huigong.studentaid.actions.settle import NotSettledError, settle
from huigong.studentaid.cases import surroundings
from huigong.studentaid.models import Application
from huigong.studentaid.queries import applications_of
from huigong.values.sentence import Sentence


@transaction.atomic
def settle_signed(sheet: SignedSheet, application: Application, *, version: int, clerk: Officer, at: datetime) -> None:
    """The second clerk confirms the sheet, and what the leader signed is settled. The reasons stand on the sheet.

    Raises SaidError, and nothing is confirmed, where the leader may not settle it, or it was settled already.
    """
    kept = organisations.confirm_sheet(sheet, clerk=clerk, at=at)
    reason = f"见签字单 {kept.number}（{kept.signed_on} 签）"
    if not settle(application, kept.matter, version=version, reason=reason, officer=kept.leader, at=at):
        raise NotSettledError(
            Sentence(
                "settled_before",
                f"{application.reference} 的这件事已经有人定了，这张签字单没有核对；不再需要的请退录。",
                f"This question of {application.reference} was settled already: the sheet was not confirmed. Reject it if it "
                "is not needed any more.",
            )
        )
    told = {"leader": kept.leader.username, "entered": kept.entered_by, "confirmed": clerk.username}
    audit.record("sheet.acted", subject=kept.number, officer=clerk.username, at=at, payload=told)
    decide_anew(application, by=kept.leader.username, at=at)


def decide_anew(application: Application, *, by: str, at: datetime) -> None:
    """Decide every open case of the student again, now that something was settled."""
    campaign = application.campaign
    students = applications_of(campaign).filter(student_index=application.student_index)
    gathered = gather(list(students), surroundings(campaign))
    decide(gathered, circular_of(campaign), campaign.version, officer=by, at=at)
