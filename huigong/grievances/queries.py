"""Ask about objections and appeals: which are open, what stands against a case."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, IntegerField, QuerySet, Value, When

from huigong.circulars.models import Campaign
from huigong.grievances.models import Grievance
from huigong.organisations.models import Appointment

SHOWN = ("overdue", "unassigned", "mine")
"""The lists that wait, as an address names them."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One that is open: who answers it, if anybody, and until when."""

    number: str
    assigned_to: str
    due_on: date


def of_campaign(campaign: Campaign) -> QuerySet[Grievance]:
    """Those without a case first, then by the day that they are due, then those that were answered."""
    urgency = Case(
        When(answered_by="", case_reference="", then=Value(0)),
        When(answered_by="", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return Grievance.objects.filter(campaign=campaign).alias(urgency=urgency).order_by("urgency", "due_on", "number")


def by_number(number: str) -> Grievance | None:
    rows = Grievance.objects.select_related("campaign__version", "campaign__federation")
    return rows.filter(number=number).first()


def about(reference: str) -> QuerySet[Grievance]:
    """Every objection to a case and every appeal of its family, the first first."""
    rows = Grievance.objects.filter(case_reference=reference).select_related("data_key")
    return rows.order_by("received_at", "number")


def open_in(campaign: Campaign) -> QuerySet[Grievance]:
    return Grievance.objects.filter(campaign=campaign, answered_by="")


def without_case(campaign: Campaign) -> int:
    """Open objections of which nobody said yet which case they are about: they hold nothing."""
    return open_in(campaign).filter(case_reference="", kind=Grievance.Kind.OBJECTION).count()


def overdue(campaign: Campaign, *, on: date) -> int:
    return open_in(campaign).filter(due_on__lt=on).count()


def waiting_in(campaign: Campaign) -> list[Waiting]:
    """What is open, without what it says."""
    rows = open_in(campaign).order_by("due_on", "number").values_list("number", "assigned_to", "due_on")
    return [Waiting(*row) for row in rows]


def shown_as(
    which: str, waiting: Sequence[Waiting], *, officer: str, roles: Collection[str], on: date
) -> list[Waiting]:
    """One of the lists SHOWN. What is overdue is its assignee's, and the approver's to see to; nothing stands in two lists."""
    sees_all = Appointment.Role.APPROVER in roles
    overdue = [one for one in waiting if one.due_on < on and (sees_all or one.assigned_to == officer)]
    if which == "overdue":
        return overdue
    rest = [one for one in waiting if one not in overdue]
    return [one for one in rest if one.assigned_to == ("" if which == "unassigned" else officer)]
