"""One household file: look at it, look at one masked field for a purpose, see and print who looked."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from huigong.audit import actions as audit
from huigong.audit import queries as history
from huigong.registry import details
from huigong.registry.file_form import form_on
from huigong.vault.fields import Secret
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest
from huigong.web.console.households.asking import field_or_404, file_or_404
from huigong.web.console.households.page import PURPOSES, page_of
from huigong.web.console.households.shown import in_plain, label
from huigong.web.permissions import HANDS_IN

SECONDS = 30


def household(request: OfficerRequest, pk: UUID) -> HttpResponse:
    shown = page_of(file_or_404(request, pk), today=timezone.localdate())
    said = {"page": shown, "purposes": words.purposes(PURPOSES), "may_edit": bool(request.roles & HANDS_IN)}
    return render(request, "households/household.html", said)


@require_POST
def household_reveal(request: OfficerRequest, pk: UUID) -> HttpResponse:
    found, now = file_or_404(request, pk), timezone.now()
    path, purpose = request.POST.get("field", "")[:60], request.POST.get("purpose", "")
    owner, field = field_or_404(found, form_on(timezone.localdate(now)), path)
    if purpose not in PURPOSES or not field.sensitive:
        raise Http404
    value = in_plain(field, details.value(owner, field, today=timezone.localdate(now)))
    kind = field.kind if field.kind in {"resident_id", "card", "phone"} else "text"
    secret = Secret(kind=kind, binding=b"", key_id=None, plain=value)
    subject = f"{found.file_number}:{path}"
    value = audit.reveal(secret, officer=request.user.username, purpose=purpose, at=now, subject=subject)
    back = reverse("household", args=[pk])
    shown = {"one": found, "label": label(field), "value": value, "seconds": SECONDS, "back": back, "here": back}
    answer = render(request, "households/revealed.html", shown)
    answer["Refresh"] = f"{SECONDS}; url={back}"
    return answer


def household_looks(request: OfficerRequest, pk: UUID) -> HttpResponse:
    found, form = file_or_404(request, pk), form_on(timezone.localdate())
    looked = history.looks(found.file_number)
    names = words.people(told.actor for told in looked)
    rows = []
    for told in looked:
        path = told.subject.rpartition(":")[2]
        field = form.field("member" if path.startswith("members.") else "household", path.rpartition(".")[2])
        purpose = words.PURPOSES.get(str(told.payload.get("purpose")), ("", ""))
        rows.append((told.at, names[told.actor], label(field) if field else path, words.said(*purpose)))
    return render(request, "households/looks.html", {"one": found, "rows": rows, "today": timezone.localdate()})
