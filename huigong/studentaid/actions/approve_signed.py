"""Approve by a sheet that a leader signed on paper: it stands in the leader's name, with both clerks beside it."""

from datetime import date, datetime

from django.db import transaction

from huigong.approvals.queries import bands_of
from huigong.audit import actions as audit
from huigong.circulars.models import Campaign
from huigong.organisations import actions as organisations
from huigong.organisations.models import Officer, SignedSheet
from huigong.rules.circular import Circular
from huigong.studentaid.actions.approve import CollectiveDecision, approve
from huigong.values.sentence import SaidError, Sentence


@transaction.atomic
def approve_signed(
    sheet: SignedSheet, campaign: Campaign, circular: Circular, *, clerk: Officer, on: date, at: datetime
) -> int:
    """The second clerk confirms the sheet, and what the leader signed is done; returns how many were approved.

    Every award names the minutes and the sheet; the events are the leader's. Raises SaidError, and nothing is confirmed,
    where nobody waits for an approval, or the leader may not approve them.
    """
    if bands_of(campaign.federation, on=on):
        raise SaidError(
            Sentence(
                "form_wanted",
                "这里定了签字档次，几个人签要看总额：请写审批表，在表上签。",
                "Bands are laid down here, so the sum says how many sign: write an approval form and sign that.",
            )
        )
    kept = organisations.confirm_sheet(sheet, clerk=clerk, at=at)
    decision = CollectiveDecision(f"{kept.minutes}（签字单 {kept.number}）")
    count = approve(campaign, circular, decision, officer=kept.leader, on=on, at=at)
    if not count:
        raise SaidError(
            Sentence(
                "nothing_to_approve",
                "现在没有公示期满、等着审批的申请，这张签字单没有核对，先留着。",
                "No application is past its notice and waits for approval: the sheet stays unconfirmed.",
            )
        )
    told = {"leader": kept.leader.username, "entered": kept.entered_by, "confirmed": clerk.username, "approved": count}
    audit.record("sheet.acted", subject=kept.number, officer=clerk.username, at=at, payload=told)
    return count
