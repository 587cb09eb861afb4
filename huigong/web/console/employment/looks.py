"""Looks at what is masked of a graduate, each on record: the call sheet with the number, one field, the paper of an outcome."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from huigong.audit import actions as audit
from huigong.employment import queries
from huigong.employment.evidence import kinds
from huigong.employment.models import Contact, Graduate
from huigong.vault.fields import Secret
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest
from huigong.web.console.employment import evidence, shown, typed
from huigong.web.console.employment.asking import graduate_or_404

SECONDS = 30
PURPOSES = ("work", "inspect", "audit")
_SECRETS = {
    "phone": ("手机号码", "telephone"),
    "id_number": ("身份证号码", "identity number"),
    "obstacles": ("难处", "obstacles"),
    "promise": ("答应的事", "promise"),
}


@require_POST
def graduate_sheet(request: OfficerRequest, pk: UUID) -> HttpResponse:
    """The call sheet, for a desk and for a phone: the number, what was said last and promised, what to offer. On record."""
    one, at = graduate_or_404(request, pk), timezone.now()
    last = one.contacts.exclude(note=None).order_by("-at").first()
    secrets = {"phone": one.phone, "promise": one.promise, "last": last.note if last else None}
    told = {
        name: audit.reveal(
            secret, officer=request.user.username, purpose="work", at=at, subject=f"{one.reference}:{name}"
        )
        for name, secret in secrets.items()
        if secret
    }
    fits = queries.suggestions(request.user, one, today=timezone.localdate(at))
    said = {
        "one": one,
        "last_on": last.on if last else None,
        "fits": [shown.fit_shown(each) for each in fits],
        "today": timezone.localdate(at),
        **told,
        "answers": shown.choices(Contact.Answer.values),
        **typed.told(request, one),
    }
    return render(request, "employment/call.html", said | {"here": reverse("graduate", args=[pk])})


@require_POST
def graduate_reveal(request: OfficerRequest, pk: UUID) -> HttpResponse:
    """One masked value for a purpose on record; a note of a contact and the paper of an outcome by their keys."""
    one, name, purpose = (
        graduate_or_404(request, pk),
        request.POST.get("field", "")[:60],
        request.POST.get("purpose", ""),
    )
    if purpose not in PURPOSES:
        raise Http404
    back = reverse("graduate", args=[pk])
    if name.startswith("paper."):
        outcome, pages = evidence.looked_at(request, one, name.removeprefix("paper."), purpose=purpose)
        told = {"one": one, "outcome": outcome, "pages": pages, "label": shown.evidence_word(kinds(), outcome)}
        return render(request, "employment/evidence.html", told | {"back": back, "here": back})
    label, secret = _looked_at(one, name)
    subject = f"{one.reference}:{name}"
    value = audit.reveal(secret, officer=request.user.username, purpose=purpose, at=timezone.now(), subject=subject)
    answer = render(
        request,
        "employment/revealed.html",
        {"one": one, "label": label, "value": value, "seconds": SECONDS, "back": back, "here": back},
    )
    answer["Refresh"] = f"{SECONDS}; url={back}"
    return answer


def _looked_at(one: Graduate, name: str) -> tuple[str, Secret]:
    if name in _SECRETS and getattr(one, name):
        return words.said(*_SECRETS[name]), getattr(one, name)
    contact = next((each for each in one.contacts.all() if f"contacts.{each.pk}" == name and each.note), None)
    if contact is None:
        raise Http404
    return words.said("说了什么", "what was said"), contact.note
