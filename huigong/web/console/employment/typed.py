"""What was typed on a graduate's page and is not noted yet: kept by form, put back into the page, gone once it is noted."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from huigong.employment.models import Graduate
from huigong.intake.queries import draft_of
from huigong.web.console.asking import OfficerRequest
from huigong.web.console.employment.asking import graduate_or_404
from huigong.web.console.forms import drafts

Typed = Mapping[str, Mapping[str, str]]
_TICKED = ("wanted_work", "skills", "needs")


def place_of(one: Graduate) -> str:
    return f"graduate:{one.pk}"


def told(request: OfficerRequest, one: Graduate) -> dict[str, object]:
    """For a page of a graduate: the draft, and its fields by form."""
    draft = drafts.offered(request, place_of(one))
    typed = dict[str, dict[str, str]]()
    for name, text in (draft.fields if draft else {}).items():
        part, _colon, word = name.partition(":")
        typed.setdefault(part.replace("-", "_"), {})[word] = text
    keep = drafts.keeper_of(place_of(one))
    return {"draft": draft, "typed": typed, "keep": keep, "place": place_of(one), "plan": _plan(one, typed)}


def _plan(one: Graduate, typed: Typed) -> dict[str, object]:
    """The plan's fields as they were typed last, else as they stand."""
    if words := typed.get("plan"):
        return {**words, **{name: words.get(name, "").split("\n") for name in _TICKED}}
    return {
        "major": one.major,
        "wanted_work": one.wanted_work,
        "skills": one.skills,
        "needs": one.needs,
        "other_skills": None,
        "wanted_places": "、".join(one.wanted_places),
        "lowest_pay": one.lowest_pay_fen // 100 if one.lowest_pay_fen else "",
        "goes_far": one.goes_far,
        "registered": {True: "yes", False: "no", None: ""}[one.registered],
        "registered_on": one.registered_on.isoformat() if one.registered_on else "",
    }


def refused(request: OfficerRequest, one: Graduate) -> None:
    """What could not be noted stays with whoever typed it."""
    fields = drafts.fields_of(request)
    if fields:
        drafts.keep_beside(request.user, place_of(one), fields, at=timezone.now())


def noted(request: OfficerRequest, one: Graduate) -> None:
    """A form's own fields leave the draft once they are noted."""
    kept, part = draft_of(request.user, place_of(one)), drafts.part_of(request.resolver_match)
    if kept and part:
        own = {name: text for name, text in kept.fields.items() if name.startswith(f"{part}:")}
        drafts.taken(request.user, place_of(one), own)


@require_POST
def graduate_draft(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return drafts.answered(request, place_of(graduate_or_404(request, pk)))
