"""What is open in somebody's hands, or came into them by earlier hand-overs: what a hand-over lists and moves."""

from django.db.models import Q

from huigong.approvals.lifecycle import OPEN
from huigong.approvals.models import Approval
from huigong.casework import queries as casework
from huigong.casework.models import OriginalSlip, SavedView
from huigong.grievances.models import Grievance
from huigong.intake.lifecycle import READY, RETURNED, WAITING
from huigong.intake.models import Draft, FormReceived
from huigong.organisations.models import Officer, SignedSheet
from huigong.organisations.queries import acts_for
from huigong.registry.actions.plan import PLANNED
from huigong.registry.models import Measure
from huigong.studentaid.lifecycle import UNFINISHED
from huigong.studentaid.models import Application


def open_work_of(officer: Officer) -> list[tuple[str, str]]:
    """Kind and reference, in a fixed order.

    Forms with rows not done, cases looked after or verified, sheets to be confirmed, approval forms to be signed,
    objections and appeals to answer, originals that the office keeps, measures for families, saved lists, drafts.
    """
    names = acts_for(officer)
    forms = FormReceived.objects.filter(received_by__in=names, rows__status__in=(READY, RETURNED, WAITING))
    theirs = Q(verified_by__in=names) | Q(reference__in=casework.cases_of(officer.username))
    cases = Application.objects.filter(theirs, status__in=UNFINISHED)
    sheets = SignedSheet.objects.filter(Q(entered_by__in=names) | Q(leader=officer), confirmed_by="", rejected_by="")
    approvals = Approval.objects.filter(prepared_by__in=names, status=OPEN)
    grievances = Grievance.objects.filter(assigned_to=officer.username, answered_by="")
    slips = OriginalSlip.objects.filter(received_by__in=names, returned_on=None)
    planned = Measure.objects.filter(owner=officer, status=PLANNED).order_by("household__file_number", "due", "pk")
    measures = [f"{number} {kind}" for number, kind in planned.values_list("household__file_number", "kind")]
    views = SavedView.objects.filter(owner=officer.username).order_by("campaign_code", "name")
    lists = [f"{code} {name}" for code, name in views.values_list("campaign_code", "name")]
    drafts = Draft.objects.filter(officer=officer)
    found = (
        ("form", forms.order_by("name").values_list("name", flat=True).distinct()),
        ("case", cases.order_by("reference").values_list("reference", flat=True)),
        ("sheet", sheets.order_by("number").values_list("number", flat=True)),
        ("approval", approvals.order_by("number").values_list("number", flat=True)),
        ("grievance", grievances.order_by("number").values_list("number", flat=True)),
        ("slip", slips.order_by("number").values_list("number", flat=True)),
        ("measure", measures),
        ("list", lists),
        ("draft", drafts.order_by("place").values_list("place", flat=True)),
    )
    return [(kind, reference) for kind, references in found for reference in references]
