"""What is open in somebody's hands: forms they sent in with rows not done, cases they verified that are not paid."""

from django.db.models import Q

from huigong.intake.lifecycle import READY, RETURNED, WAITING
from huigong.intake.models import FormReceived
from huigong.organisations.models import Officer, SignedSheet
from huigong.studentaid.lifecycle import REFUSED, RELEASED
from huigong.studentaid.models import Application


def open_work_of(officer: Officer) -> list[tuple[str, str]]:
    """Kind and reference, in a fixed order: what a hand-over lists."""
    forms = FormReceived.objects.filter(received_by=officer.username, rows__status__in=(READY, RETURNED, WAITING))
    cases = Application.objects.filter(verified_by=officer.username).exclude(status__in=(RELEASED, REFUSED))
    sheets = SignedSheet.objects.filter(Q(entered_by=officer.username) | Q(leader=officer), confirmed_by="")
    return [
        *(("form", name) for name in forms.order_by("name").values_list("name", flat=True).distinct()),
        *(("case", one) for one in cases.order_by("reference").values_list("reference", flat=True)),
        *(("sheet", one) for one in sheets.order_by("number").values_list("number", flat=True)),
    ]
