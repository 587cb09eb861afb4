"""Ask about objections and appeals: which are open, what stands against a case."""

from datetime import date

from django.db.models import Case, IntegerField, QuerySet, Value, When

from huigong.circulars.models import Campaign
from huigong.grievances.models import Grievance


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


def open_in(campaign: Campaign) -> QuerySet[Grievance]:
    return Grievance.objects.filter(campaign=campaign, answered_by="")


def overdue(campaign: Campaign, *, on: date) -> int:
    return open_in(campaign).filter(due_on__lt=on).count()
