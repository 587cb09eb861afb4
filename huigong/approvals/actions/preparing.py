"""Write an approval form: the cases, the sum, and the collective decision that they were put to; or take it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from huigong.approvals.columns import APPROVAL, LINE
from huigong.approvals.lifecycle import NEXT, OPEN, WITHDRAWN
from huigong.approvals.models import Approval, ApprovalLine
from huigong.approvals.queries import boxes_for, on_open_forms
from huigong.audit import actions as audit
from huigong.circulars.models import Campaign
from huigong.documents.models import Document
from huigong.lifecycle import actions as lifecycle
from huigong.organisations.hands import refuse_other_role
from huigong.organisations.models import Appointment, Officer
from huigong.organisations.queries import acts_for
from huigong.values.sentence import SaidError, Sentence
from huigong.vault import actions as vault


@dataclass(frozen=True, slots=True)
class Minutes:
    """集体研究: the minutes by number, the day, who was there, and the scan."""

    number: str
    held_on: date
    attendees: str
    scan: Document


@dataclass(frozen=True, slots=True)
class Asked:
    """One case that is put to the decision, and the sum asked for it."""

    case_reference: str
    fen: int


@transaction.atomic
def prepare(
    campaign: Campaign, asked: Sequence[Asked], minutes: Minutes, *, fund_source: str, officer: Officer, at: datetime
) -> Approval:
    """A form with these cases; the sum says which boxes it has. Raises SaidError where that cannot be."""
    refuse_other_role(officer, Appointment.Role.VERIFIER, Appointment.Role.AID_CENTRE, at=at)
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    today = timezone.localdate(at)
    _refuse(campaign, asked, minutes, today=today)
    fen = sum(one.fen for one in asked)
    form = Approval(
        number=f"{campaign.code}-SP{Approval.objects.filter(campaign=campaign).count() + 1:03d}",
        campaign=campaign,
        fund_source=fund_source,
        minutes=minutes.number,
        held_on=minutes.held_on,
        attendees=minutes.attendees,
        scan=minutes.scan,
        boxes=list(boxes_for(campaign.federation, fen, on=today)),
        declared_count=len(asked),
        declared_fen=fen,
        data_key=vault.new_data_key(),
        prepared_by=officer.username,
    )
    lifecycle.begin(form, OPEN, at=at)
    form.save(force_insert=True)
    ordered = sorted(asked, key=lambda one: one.case_reference)
    lines = [
        ApprovalLine(approval=form, position=position, case_reference=one.case_reference, fen=one.fen)
        for position, one in enumerate(ordered, 1)
    ]
    ApprovalLine.objects.bulk_create(lines, batch_size=400)
    told = {"to": OPEN, "count": len(asked), "fen": fen, "columns": APPROVAL.told(form), "lines": LINE.told(*lines)}
    audit.record("approval.prepared", subject=form.number, officer=officer.username, at=at, payload=told)
    return form


@transaction.atomic
def withdraw(approval: Approval, *, officer: Officer, at: datetime) -> None:
    """Take a form back that nobody but its writer has signed; whoever took over from the writer may too."""
    form = Approval.objects.select_for_update().get(pk=approval.pk)
    others = form.opinions.exclude(given_by=form.prepared_by).exists()
    if form.prepared_by not in acts_for(officer) or others:
        raise SaidError(
            Sentence(
                "form_not_yours",
                "审批表由填表人收回，别人签过以后就不能收回了，请由还没签的人写不同意。",
                "Whoever wrote a form takes it back, and only before others have signed.",
            )
        )
    lifecycle.advance(
        form,
        WITHDRAWN,
        next_table=NEXT,
        officer=officer.username,
        at=at,
        action="approval.withdrawn",
        subject=form.number,
    )


def _refuse(campaign: Campaign, asked: Sequence[Asked], minutes: Minutes, *, today: date) -> None:
    if not asked:
        raise SaidError(
            Sentence(
                "nothing_to_approve",
                "现在没有公示期满、没有暂停的申请，不用写审批表。",
                "No application is past its notice with nothing against it: there is nothing to approve.",
            )
        )
    if not minutes.number.strip() or not minutes.attendees.strip() or minutes.held_on > today:
        raise SaidError(
            Sentence(
                "minutes_wanted",
                "集体研究要写明纪要文号、参加人和日期，日期不能在今天以后。",
                "A collective decision names its minutes, who was there, and a day that is not ahead.",
            )
        )
    if twice := on_open_forms(campaign) & {one.case_reference for one in asked}:
        raise SaidError(
            Sentence(
                "on_a_form",
                f"{min(twice)} 等 {len(twice)} 件已在另一张没签完的审批表上。",
                f"{min(twice)} and others ({len(twice)}) stand on another form that is not signed yet.",
            )
        )
