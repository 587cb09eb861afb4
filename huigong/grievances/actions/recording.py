"""Record what somebody says, with a name or without; an objection to a known case holds its approval and payment at once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.circulars.models import Campaign
from huigong.grievances.columns import GRIEVANCE
from huigong.grievances.due import due_of
from huigong.grievances.lifecycle import RECEIVED
from huigong.grievances.models import Grievance
from huigong.lifecycle import actions as lifecycle
from huigong.payments import actions as payments
from huigong.payments.models import Hold
from huigong.values.sentence import SaidError, Sentence
from huigong.values.text import whole
from huigong.vault import actions as vault

SHORTEST, LONGEST = 4, 2000


@dataclass(frozen=True, slots=True)
class Told:
    """What came in: of which kind and how, what it says, who says it (or nobody), about which notice and case, if known."""

    kind: str
    channel: str
    said: str
    person: str = ""
    notice_number: str = ""
    case_reference: str = ""


@transaction.atomic
def record(campaign: Campaign, told: Told, *, submission: UUID, officer: str, at: datetime) -> Grievance:
    """The same submission again is the same grievance. Raises SaidError where it says nothing, or no rule sets a day."""
    Campaign.objects.select_for_update().get(pk=campaign.pk)  # numbers go one after the other
    kept = Grievance.objects.filter(submission=submission).first()
    if kept is not None:
        return kept
    said = told.said.strip()
    _refuse_length(said)
    due = due_of(campaign, received=timezone.localdate(at))
    made = Grievance(
        number=f"{campaign.code}-G{campaign.grievances.count() + 1:03d}",
        campaign=campaign,
        kind=told.kind,
        channel=told.channel,
        submission=submission,
        notice_number=told.notice_number,
        case_reference=told.case_reference,
        is_named=bool(told.person.strip()),
        data_key=vault.new_data_key(),
        received_at=at,
        due_on=due.on,
        due_rule=due.rule,
        recorded_by=officer,
    )
    made.said, made.person = said, whole(told.person, 200, "谁说的", "who says it")
    lifecycle.begin(made, RECEIVED, at=at)
    made.save(force_insert=True)
    payload = {"to": RECEIVED, "kind": made.kind, "columns": GRIEVANCE.told(made)}
    audit.record("grievance.recorded", subject=made.number, officer=officer, at=at, payload=payload)
    hold_case(made, officer=officer, at=at)
    return made


def hold_case(grievance: Grievance, *, officer: str, at: datetime) -> None:
    """An open objection stands against approval and payment of its case; an appeal is about a case that gets nothing."""
    if grievance.kind == Grievance.Kind.OBJECTION and grievance.case_reference:
        payments.hold(grievance.case_reference, reason=Hold.Reason.OBJECTION, officer=officer, at=at)


def _refuse_length(said: str) -> None:
    if not SHORTEST <= len(said) <= LONGEST:
        raise SaidError(
            Sentence(
                "grievance_says_nothing",
                f"请写清楚哪里不对，{SHORTEST} 到 {LONGEST} 个字。",
                f"Please say what is not right, in {SHORTEST} to {LONGEST} characters.",
            )
        )
