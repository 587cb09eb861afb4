"""再查一次: ask anew what stands against money that waits, so that a cause which was mended holds nobody any longer.

Only causes that end by themselves are lifted (a number mended, the facts as before, the fund's rule met); what wants a
person's word waits for that person.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from huigong.approvals import queries as of_approvals
from huigong.audit import actions as audit
from huigong.circulars.models import Campaign
from huigong.organisations.hands import refuse_other_role
from huigong.organisations.models import Appointment, Officer
from huigong.payments.queries import held
from huigong.publicnotices.queries import past_window
from huigong.rules.circular import Circular
from huigong.studentaid.actions.again import came_back
from huigong.studentaid.actions.fund_gate import hold_awards_refused_by_fund, hold_refused_by_fund
from huigong.studentaid.actions.release import approved_in, hold_changed_cards, hold_overlaps
from huigong.studentaid.actions.stopping import stop_what_changed
from huigong.studentaid.lifecycle import ON_NOTICE
from huigong.studentaid.models import Application
from huigong.studentaid.queries import in_scope

_ROLE = Appointment.Role
_WHO = (_ROLE.VERIFIER, _ROLE.AID_CENTRE, _ROLE.APPROVER, _ROLE.FINANCE)


@transaction.atomic
def ask_anew(campaign: Campaign, circular: Circular, *, officer: Officer, on: date, at: datetime) -> int:
    """Of what waits for approval, payment or paying again in the officer's scope; returns how many are held no more."""
    refuse_other_role(officer, *_WHO, at=at)
    by = officer.username
    waiting, awards = past_notice(campaign, officer, on=on, on_forms=True), approved_in(campaign, officer)
    back = [award for award, _ in came_back(campaign, officer)]
    references = [one.reference for one in waiting] + [award.application.reference for award in (*awards, *back)]
    before = held(references)
    ask_before_approval(waiting, campaign, circular, officer=by, on=on, at=at)
    hold_changed_cards(awards, officer=by, at=at)
    hold_overlaps([*awards, *back], campaign, officer=by, at=at)
    hold_awards_refused_by_fund(awards, officer=by, on=on, at=at)
    freed = len(before - held(references))
    audit.record(
        "holds.asked", subject=campaign.code, officer=by, at=at, payload={"asked": len(references), "freed": freed}
    )
    return freed


def past_notice(campaign: Campaign, officer: Officer, *, on: date, on_forms: bool = False) -> list[Application]:
    """Cases in the officer's scope that are past their notice, held or not; those on a form that is open only where asked."""
    past, asked = past_window(campaign, on=on), set[str]() if on_forms else of_approvals.on_open_forms(campaign)
    rows = Application.objects.filter(campaign=campaign, status=ON_NOTICE, reference__in=past - asked)
    return in_scope(officer, rows.select_related("federation", "household", "member").order_by("reference"))


def ask_before_approval(
    waiting: Sequence[Application], campaign: Campaign, circular: Circular, *, officer: str, on: date, at: datetime
) -> None:
    """What holds a case before money is committed: its file, aid from elsewhere, its facts, and the rules of the quota's fund."""
    assert circular.quota is not None, "a place is of one source of money"
    stop_what_changed(waiting, campaign, circular, officer=officer, at=at)
    hold_refused_by_fund(circular.quota.fund_source, waiting, officer=officer, on=on, at=at)
