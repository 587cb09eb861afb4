"""Who may answer an objection or appeal: somebody who verifies or approves here or above, and had no hand in the case."""

from datetime import date

from huigong.approvals.queries import signers_of
from huigong.circulars.models import Campaign
from huigong.grievances.models import Grievance
from huigong.organisations import queries as organisations
from huigong.organisations.models import Appointment, Officer
from huigong.studentaid.models import Application, Award

_ROLES = (Appointment.Role.APPROVER, Appointment.Role.VERIFIER)


def decided_by(case: Application | None) -> set[str]:
    """Who verified the case, settled something in it, or wrote into a box of a form on which it stood."""
    if case is None:
        return set()
    approved = Award.objects.filter(application=case).values_list("approved_by", flat=True)
    settled = case.settlements.values_list("settled_by", flat=True)
    return {case.verified_by, *approved, *settled, *signers_of(case.reference)} - {""}


def who_answers(campaign: Campaign, *, on: date) -> list[Officer]:
    """Approvers and verifiers of the campaign's federation, then those of the federations above it, whose page it is as well."""
    places = [campaign.federation, *reversed(organisations.above(campaign.federation))]
    found = [one for place in places for role in _ROLES for one in organisations.holders_of(role, place, on=on)]
    return list({one.pk: one for one in found}.values())


def free_to_answer(grievance: Grievance, *, on: date) -> list[Officer]:
    """Those among them who had no hand in the case that it is about."""
    rows = Application.objects.filter(campaign=grievance.campaign_id, reference=grievance.case_reference)
    hands = decided_by(rows.first()) if grievance.case_reference else set()
    return [one for one in who_answers(grievance.campaign, on=on) if one.username not in hands]
