"""One household file: look at it, look at one masked field for a purpose, see and print who looked."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from huigong.audit import actions as audit
from huigong.audit import queries as history
from huigong.documents.queries import file_holds
from huigong.organisations import queries as organisations
from huigong.organisations.models import Officer
from huigong.registry import code_lists, details
from huigong.registry.file_form import form_on
from huigong.registry.joined import absorbed_by, kept_in
from huigong.registry.lifecycle import ERASED, MERGED, ON_NOTICE
from huigong.registry.models import Household
from huigong.registry.national import still_to_key
from huigong.registry.queries import file_for
from huigong.vault.fields import Secret
from huigong.web import permissions
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, or_404
from huigong.web.console.households.asking import entry_of, field_or_404, file_or_404, measure_of
from huigong.web.console.households.page import PURPOSES, page_of
from huigong.web.console.households.plan_shown import plan_of
from huigong.web.console.households.shown import in_plain, label
from huigong.web.console.households.steps import in_hand, offered, reviewed_at
from huigong.web.console.offices.signed_matters import Act, leaders_over, waiting_about
from huigong.web.roles import HANDS_IN, KEEPS_FILES

SECONDS = 30


def household(request: OfficerRequest, pk: UUID) -> HttpResponse:
    found, today = file_or_404(request, pk), timezone.localdate()
    if found.status == ERASED:
        return render(request, "households/erased.html", {"page": page_of(found, today=today)})
    elsewhere = reviewed_at(found, officer=request.user, today=today)
    serves = request.user.organisation.path
    held = in_hand(found, serves) and found.status != MERGED
    into, absorbed = kept_in(found)[-1], absorbed_by(found)
    said = {
        "page": page_of(found, today=today),
        "purposes": words.purposes(PURPOSES),
        "into": into if into != found else None,
        "into_seen": into != found and file_for(request.user, into.pk) is not None,
        "absorbed": absorbed,
        "may_edit": held and bool(request.roles & HANDS_IN),
        "may_keep": held and bool(request.roles & KEEPS_FILES),
        "elsewhere": elsewhere,
        "steps": offered(found, roles=request.roles, serves=serves, today=today, elsewhere=elsewhere is not None),
        "leaders": _leaders(request, found),
        "levels": code_lists.words_on(today).get("enrolment_level", []),
        "sheets": waiting_about(request, found.file_number, Act.ENROL),
        "unions": organisations.federations_beside(found.federation),
        "plan": plan_of(found, absorbed=absorbed, today=today),
        "to_key": still_to_key(found, form_on(today), today=today) if found.is_enrolled else 0,
        "kept_back": list(file_holds(found.file_number)) if found.keep_until else [],
        "may_keep_back": bool(found.keep_until and request.roles & permissions.asked("keeping")),
        "today": today,
        "counted": (today,),  # a public notice begun here is counted in working days
    }
    return render(request, "households/household.html", said)


def _leaders(request: OfficerRequest, found: Household) -> list[Officer]:
    """Who could have signed the enrolment on paper, for a clerk who may enter that."""
    may = found.status == ON_NOTICE and bool(request.roles & permissions.asked("household-sheet"))
    return leaders_over(found.federation) if may else []


@require_POST
def household_reveal(request: OfficerRequest, pk: UUID) -> HttpResponse:
    found, now = file_or_404(request, pk), timezone.now()
    path, purpose = request.POST.get("field", "")[:60], request.POST.get("purpose", "")
    name, kind, value = _looked_at(found, path, timezone.localdate(now))
    if purpose not in PURPOSES:
        raise Http404
    secret = Secret(kind=kind, binding=b"", key_id=None, plain=value)
    subject = f"{found.file_number}:{path}"
    value = audit.reveal(secret, officer=request.user.username, purpose=purpose, at=now, subject=subject)
    back = reverse("household", args=[pk])
    shown = {"one": found, "label": name, "value": value, "seconds": SECONDS, "back": back, "here": back}
    answer = render(request, "households/revealed.html", shown)
    answer["Refresh"] = f"{SECONDS}; url={back}"
    return answer


def _looked_at(found: Household, path: str, today: date) -> tuple[str, str, str]:
    """What a path leads to: its word, its kind, its value in plain. Only what the page masks is looked at."""
    if path.startswith("entries."):
        entry = or_404(entry_of(found, path.removeprefix("entries.")))
        return entry.get_kind_display(), "text", entry.note.plain()
    if path.startswith("measures."):
        measure = or_404(measure_of(found, path.removeprefix("measures.")))
        return measure.kind, "text", measure.what.plain()
    owner, field = field_or_404(found, form_on(today), path)
    if not field.sensitive:
        raise Http404
    kind = field.kind if field.kind in {"resident_id", "card", "phone"} else "text"
    return label(field), kind, in_plain(field, details.value(owner, field, today=today))


def household_looks(request: OfficerRequest, pk: UUID) -> HttpResponse:
    found, form = file_or_404(request, pk), form_on(timezone.localdate())
    looked = history.looks(found.file_number)
    names = words.people(told.actor for told in looked)
    rows = []
    for told in looked:
        path = told.subject.rpartition(":")[2]
        if path == "national":
            path = words.said("国家系统对照，整份导出", "whole file, for the national system")
        if path.startswith(("entries.", "measures.")):
            measured = path.startswith("measures.")
            path = words.said("帮扶措施", "measure") if measured else words.said("经办说明", "note of an entry")
        if path.startswith("papers."):
            path = words.said("附件", "paper")
        field = form.field("member" if path.startswith("members.") else "household", path.rpartition(".")[2])
        purpose = words.PURPOSES.get(str(told.payload.get("purpose")), ("", ""))
        rows.append((told.at, names[told.actor], label(field) if field else path, words.said(*purpose)))
    return render(request, "households/looks.html", {"one": found, "rows": rows, "today": timezone.localdate()})
