"""派件: take a case, give cases to somebody, hand them on, put back what was given. Who has a case is no permission."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.casework.columns import ASSIGNED, ASSIGNMENT
from huigong.casework.models import Assignment, CaseAssignee
from huigong.casework.queries import names_of_assignees
from huigong.organisations import queries as organisations
from huigong.organisations.hands import refuse_other_role
from huigong.organisations.models import Appointment, Officer
from huigong.values.sentence import SaidError, Sentence

_How = Assignment.How


class NotYoursError(SaidError):
    """A case is somebody else's to give."""


class NothingToUndoError(SaidError):
    """An assignment that was put back already, or all of whose cases were given anew since."""


@transaction.atomic
def assign(campaign_code: str, to: Mapping[str, str], *, how: str, officer: Officer, at: datetime) -> Assignment | None:
    """Each case to the officer of that sign-in name; None where every one of them is there already.

    A leader (approver) gives any; a verifier takes what nobody has, and hands on what is theirs or of whom they stand in
    for. Raises OtherRoleError, NotYoursError.
    """
    refuse_other_role(officer, Appointment.Role.VERIFIER, Appointment.Role.APPROVER, at=at)
    audit.take_turn()
    before = dict.fromkeys(to, "") | names_of_assignees(to)
    changing = {reference: name for reference, name in to.items() if before[reference] != name}
    if not changing:
        return None
    _refuse_of_others(changing, before, officer, at)
    return _write(campaign_code, changing, before, how=how, by=officer.username, at=at)


@transaction.atomic
def hand_on(campaign_code: str, references: Collection[str], *, to: Officer, by: str, at: datetime) -> Assignment:
    """What somebody who leaves had in hand goes to the successor: by whoever enters the hand-over, whatever their role."""
    audit.take_turn()
    before = names_of_assignees(references)
    return _write(campaign_code, dict.fromkeys(references, to.username), before, how=_How.HANDED, by=by, at=at)


@transaction.atomic
def undo_assignment(assignment_id: UUID, *, officer: Officer, at: datetime) -> Assignment:
    """Put back as it was what nobody gave anew since; by whoever gave it, or a leader. Raises NothingToUndoError, NotYoursError."""
    refuse_other_role(officer, Appointment.Role.VERIFIER, Appointment.Role.APPROVER, at=at)
    audit.take_turn()
    given = Assignment.objects.get(pk=assignment_id)
    if given.given_by not in organisations.acts_for(officer) and not _leads(officer, at):
        raise NotYoursError(
            Sentence(
                "assignment_of_another",
                f"第 {given.number} 次派件不是您派的，由派件的人或负责人（审批）撤销。",
                f"Assignment {given.number} was not yours: whoever gave it or a leader (approver) takes it back.",
            )
        )
    rows = CaseAssignee.objects.filter(assignment=given)
    now = dict(rows.values_list("case_reference", "assignee"))
    if not now or Assignment.objects.filter(undoes=given).exists():
        raise NothingToUndoError(
            Sentence(
                "assignment_over",
                f"第 {given.number} 次派件已经撤销，或者这些件后来又派过，没有可退的。",
                f"Assignment {given.number} was put back already, or its cases were given anew since.",
            )
        )
    serving = organisations.serving_among(given.before.values())
    back = {reference: name if (name := given.before[reference]) in serving else "" for reference in now}
    return _write(given.campaign_code, back, now, how=_How.UNDONE, by=officer.username, at=at, undoes=given)


def _leads(officer: Officer, at: datetime) -> bool:
    return organisations.has_role(officer, Appointment.Role.APPROVER, on=timezone.localdate(at))


def _refuse_of_others(to: Mapping[str, str], before: Mapping[str, str], officer: Officer, at: datetime) -> None:
    if _leads(officer, at):
        return
    mine = {*organisations.acts_for(officer), *organisations.stands_in_for(officer, on=timezone.localdate(at))}
    for reference, name in sorted(to.items()):
        had = before[reference]
        if had and had not in mine:
            who = organisations.names_of([had]).get(had, had)
            raise NotYoursError(
                Sentence(
                    "case_of_another",
                    f"{reference} 在{who}手上，没有改。请{who}转交，或请负责人（审批）另派；您照样可以办这一件。",
                    f"{had} looks after {reference}: nothing was changed. They hand it on, or a leader (approver) gives it "
                    "anew; you may work on it all the same.",
                )
            )
        if not had and name != officer.username:
            raise NotYoursError(
                Sentence(
                    "case_of_nobody",
                    f"{reference} 还没有人办：您可以自己接，派给别人由负责人（审批）来。",
                    f"Nobody looks after {reference} yet: take it yourself; a leader (approver) gives it to others.",
                )
            )


def _write(
    campaign_code: str,
    to: Mapping[str, str],
    before: Mapping[str, str],
    *,
    how: str,
    by: str,
    at: datetime,
    undoes: Assignment | None = None,
) -> Assignment:
    made = Assignment.objects.create(
        campaign_code=campaign_code,
        number=Assignment.objects.filter(campaign_code=campaign_code).count() + 1,
        how=how,
        before={reference: before.get(reference, "") for reference in sorted(to)},
        given_by=by,
        at=at,
        undoes=undoes,
    )
    standing = CaseAssignee.objects.in_bulk(list(to), field_name="case_reference")
    rows = [
        standing.get(reference) or CaseAssignee(case_reference=reference, campaign_code=campaign_code)
        for reference in sorted(to)
    ]
    for row in rows:
        row.assignee, row.assignment = to[row.case_reference], made
    CaseAssignee.objects.bulk_create([row for row in rows if row.case_reference not in standing], batch_size=400)
    CaseAssignee.objects.bulk_update(standing.values(), ["assignee", "assignment"], batch_size=400)
    audit.record_all(_told(made, rows))
    return made


def _told(made: Assignment, rows: Sequence[CaseAssignee]) -> Iterator[audit.Entry]:
    """The events of one assignment: itself, and every case that it gave."""
    by, at = made.given_by, made.at
    columns = ASSIGNMENT.told(made)
    whole = {"number": made.number, "how": str(made.how), "cases": len(rows), "columns": columns}
    yield audit.Entry("cases.given", made.campaign_code, by, at, whole)
    for row in rows:
        told = {"number": made.number, "to": row.assignee, "columns": ASSIGNED.told(row)}
        yield audit.Entry("case.given", row.case_reference, by, at, told)
