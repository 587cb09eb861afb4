"""Make applications of the rows that were taken from a form: one a student and household, a second row is merged in."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from huigong.audit import actions as audit
from huigong.circulars.models import Campaign
from huigong.intake import actions as intake
from huigong.intake.lifecycle import ACCEPTED
from huigong.intake.models import FormReceived, FormRow
from huigong.lifecycle import actions as lifecycle
from huigong.organisations.models import Organisation
from huigong.organisations.queries import federation_of
from huigong.registry import queries as registry
from huigong.registry.models import Household
from huigong.studentaid import found_by
from huigong.studentaid.columns import DECIDED, OPENED
from huigong.studentaid.lifecycle import SUBMITTED
from huigong.studentaid.models import Application, Submission
from huigong.values import names
from huigong.values.case_reference import STUDENT_AID, CaseReference

_AT_A_TIME = 400


@transaction.atomic
def submit(form: FormReceived, *, officer: str, at: datetime) -> int:
    """Submit every accepted row of a form; returns how many applications are new.

    References are counted within federation and year, in the order of the rows. Forms are to be submitted in a declared
    order, so that the same forms give the same references.
    """
    campaign = Campaign.objects.select_for_update().get(pk=form.campaign_id)
    rows = list(form.rows.select_for_update().filter(status=ACCEPTED).order_by("number"))
    if not rows or form.unit is None:
        return 0
    for row in rows:
        row.form = form
    households = registry.households_by_parent(row.parent_index for row in rows)
    standing = _standing(campaign, rows)
    federation = federation_of(form.unit)
    number = _last_number(campaign, federation)
    made: list[Application] = []
    submissions: list[Submission] = []
    for row in rows:
        household = households.get(row.parent_index)
        key = (row.student_index, str(household.pk) if household else row.parent_index)
        one = standing.get(key)
        if one is None:
            number += 1
            reference = str(CaseReference(STUDENT_AID, federation.code, campaign.year, number))
            one = _application(campaign, form, row, household, federation, reference, key[1], at)
            standing[key] = one
            made.append(one)
            submissions.append(Submission(application=one, row=row, is_first=True))
        else:
            submissions.append(Submission(application=one, row=row, is_first=False))
    Application.objects.bulk_create(made, batch_size=_AT_A_TIME)
    found_by.follow(made)
    Submission.objects.bulk_create(submissions, batch_size=_AT_A_TIME)
    references: dict[object, str] = {submission.row.pk: submission.application.reference for submission in submissions}
    intake.mark_submitted(rows, references, officer=officer, at=at)
    audit.record_all(_entry(submission, officer=officer, at=at) for submission in submissions)
    return len(made)


def _standing(campaign: Campaign, rows: Sequence[FormRow]) -> dict[tuple[str, str], Application]:
    """Applications of this campaign for the students of these rows, by student and who claims.

    Who applied before the family had a file is found by that file too: the second row is still of the same household.
    """
    wanted = sorted({row.student_index for row in rows})
    own: list[Application] = []
    for start in range(0, len(wanted), _AT_A_TIME):
        part = Application.objects.filter(campaign=campaign, student_index__in=wanted[start : start + _AT_A_TIME])
        own += part.order_by("reference")
    files = registry.households_by_parent(one.claimant for one in own if one.household_id is None)
    found = {(one.student_index, one.claimant): one for one in own}
    for one in own:
        household = one.household_id or (files[one.claimant].pk if one.claimant in files else None)
        if household is not None:
            found.setdefault((one.student_index, str(household)), one)
    return found


def _last_number(campaign: Campaign, federation: Organisation) -> int:
    """Applications are never deleted, so their number is the last one given: of the year, whoever's campaign it is."""
    return Application.objects.filter(federation=federation, campaign__year=campaign.year).count()


def _application(
    campaign: Campaign,
    form: FormReceived,
    row: FormRow,
    household: Household | None,
    federation: Organisation,
    reference: str,
    claimant: str,
    at: datetime,
) -> Application:
    assert form.unit is not None
    one = Application(
        reference=reference,
        campaign=campaign,
        federation=federation,
        household=household,
        student_name=row.student_name,
        worker_name=household.worker_name if household else names.normalise(row.parent_name),
        unit=form.unit,
        unit_name=form.unit.name,
        student_index=row.student_index,
        claimant=claimant,
        data_key_id=household.data_key_id if household else form.data_key_id,
    )
    lifecycle.begin(one, SUBMITTED, at=at)
    return one


def _entry(submission: Submission, *, officer: str, at: datetime) -> audit.Entry:
    one, row = submission.application, submission.row
    told = {
        "row": intake.row_reference(row.form, row.number),
        "federation": one.federation.code,
        "file": one.household.file_number if one.household else "",
    }
    action = "application.submitted" if submission.is_first else "application.merged"
    if submission.is_first:
        told |= {"to": SUBMITTED, "columns": OPENED.told(one), "decided": DECIDED.told(one)}
    return audit.Entry(action, one.reference, officer, at, told)
