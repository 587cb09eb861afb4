"""草稿: what was typed on a page is kept while it is typed, and offered again; also out of a file that was saved.

A draft is its officer's own. Pages have a place (form:…, fill:…, desk:…, tell:…, graduate:…, opening:, file:…:part,
newfile:); the fields of a mended form are called row:value, those of a graduate's page, which has several forms, part:value.
"""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.messages import ERROR, SUCCESS
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import ResolverMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.intake import actions as intake
from huigong.intake.queries import draft_of
from huigong.organisations.models import Officer
from huigong.values.text import visible
from huigong.web.console.asking import OfficerRequest, campaign_or_404, form_or_404, tell

LARGEST_FILE = 1_000_000
_OURS = frozenset({"csrfmiddlewaretoken", "act", "next", "once", "version", "base", "chosen", "pasted"})
_LONGEST = 4000
PARTS = ("call", "plan", "serve", "outcome", "prove", "check", "lose", "start-up", "support")
"""The forms of a graduate's page, by the last word of the address that each is posted to."""
_PAGES = {
    "form": ("form", "form-draft"),
    "fill": ("forms-fill", "forms-fill-draft"),
    "desk": ("desk", "desk-draft"),
    "tell": ("application-tell", "tell-draft"),
    "graduate": ("graduate", "graduate-draft"),
    "opening": ("opening-new", "opening-draft"),
    "file": ("household-edit", "household-edit-draft"),
    "newfile": ("household-new", "household-new-draft"),
}
"""Of each kind of place: the page that is typed on, and the address that keeps it."""
_TYPED = {
    "forms-fill": ("fill", "code"),
    "forms-fill-draft": ("fill", "code"),
    "row-mend": ("form", "pk"),
    "form-draft": ("form", "pk"),
    "form-unit": ("form", "pk"),
    "desk-check": ("desk", "reference"),
    "desk-draft": ("desk", "reference"),
    "application-tell": ("tell", "reference"),
    "tell-draft": ("tell", "reference"),
    "graduate-draft": ("graduate", "pk"),
    "opening-new": ("opening", ""),
    "opening-draft": ("opening", ""),
    "household-edit": ("file", "pk part"),
    "household-edit-draft": ("file", "pk part"),
    "household-new": ("newfile", ""),
    "household-new-draft": ("newfile", ""),
    **{f"graduate-{part}": ("graduate", "pk") for part in PARTS},
}
"""The addresses that what was typed is posted to: of which kind of place, and which words of the address name it."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A draft that waits: when it was kept, its fields, where it is put back and thrown away, and whether it is in the page."""

    saved_at: datetime
    fields: Mapping[str, str]
    back: str
    keep: str
    is_shown: bool


def offered(request: OfficerRequest, place: str) -> Offered | None:
    """What the officer typed here before; `?draft=1` puts it into the page."""
    kept, page = draft_of(request.user, place), page_of(place)
    if kept is None:
        return None
    shown = request.GET.get("draft") == "1"
    return Offered(kept.saved_at, kept.fields, f"{page}?draft=1", keeper_of(place), shown)


@require_POST
def form_draft(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    return answered(request, form_place(form_or_404(request, pk).pk))


@require_POST
def forms_fill_draft(request: OfficerRequest, code: str) -> HttpResponse:
    return answered(request, fill_place(campaign_or_404(request, code).code))


def answered(request: OfficerRequest, place: str) -> HttpResponse:
    """Kept, thrown away, or taken out of a file. A script gets the time; without one the page comes again."""
    if request.POST.get("act") == "drop":
        intake.drop_draft(request.user, place)
        return redirect(page_of(place))
    saved = request.FILES.get("saved")
    if isinstance(saved, UploadedFile):
        return _out_of_a_file(request, place, saved)
    at = timezone.now()
    if not intake.keep_draft(request.user, place, fields_of(request), at=at):
        return HttpResponse(status=413)
    if request.headers.get("X-Requested-With") == "keep":
        return HttpResponse(f"{timezone.localtime(at):%H:%M}", content_type="text/plain")
    tell(request, SUCCESS, _("先存着了，%(time)s。") % {"time": f"{timezone.localtime(at):%H:%M}"})
    return redirect(f"{page_of(place)}?draft=1")


def _out_of_a_file(request: OfficerRequest, place: str, file: "UploadedFile[Any]") -> HttpResponse:
    """A file that the page saved when the server was away, also on another computer; of this very page only."""
    content = file.read(LARGEST_FILE + 1)
    told = _read(content) if len(content) <= LARGEST_FILE else None
    if told is None or told.get("place") != place:
        tell(request, ERROR, _("这不是这一页存下的文件，没有用它。请选名字像“惠工-没交上-….json”的那一个。"))
        return redirect(page_of(place))
    intake.keep_draft(request.user, place, told["fields"], at=timezone.now())
    tell(request, SUCCESS, _("文件里的都填回来了，请看一遍再交。"))
    return redirect(f"{page_of(place)}?draft=1")


def _read(content: bytes) -> dict[str, Any] | None:
    try:
        told = json.loads(content)
        fields = {str(name)[:80]: visible(str(text))[:_LONGEST] for name, text in told["fields"].items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return {"place": told.get("place"), "fields": fields}


def form_place(pk: uuid.UUID) -> str:
    return f"form:{pk}"


def fill_place(code: str) -> str:
    return f"fill:{code}"


def page_of(place: str) -> str:
    kind, _colon, key = place.partition(":")
    return reverse(_PAGES[kind][0], args=key.split(":") if key else [])


def keeper_of(place: str) -> str:
    kind, _colon, key = place.partition(":")
    return reverse(_PAGES[kind][1], args=key.split(":") if key else [])


def place_of(match: ResolverMatch) -> str | None:
    """The page that a request types on, where what is typed there can be kept."""
    kind, named_by = _TYPED.get(match.url_name or "", ("", ""))
    return f"{kind}:{':'.join(str(match.kwargs[word]) for word in named_by.split())}" if kind else None


def part_of(match: ResolverMatch | None) -> str:
    """Which form of a graduate's page a request is from; empty for pages of one form."""
    name = (match.url_name or "").removeprefix("graduate-") if match else ""
    return name if match and match.url_name == f"graduate-{name}" and name in PARTS else ""


def fields_of(request: HttpRequest) -> dict[str, str]:
    """What was typed: of a grid all fields, of a mended row each value under its row."""
    match = request.resolver_match
    if match is not None and match.url_name == "row-mend":
        pairs = zip(request.POST.getlist("name"), request.POST.getlist("text"), strict=False)
        return {f"{match.kwargs['number']}:{name}"[:80]: text[:_LONGEST] for name, text in pairs}
    if part := part_of(match):
        lists = {name: "\n".join(map(str, texts)) for name, texts in request.POST.lists() if name not in _OURS}
        return {f"{part}:{name}"[:80]: text[:_LONGEST] for name, text in lists.items() if text}
    told = {name: str(text)[:_LONGEST] for name, text in request.POST.items() if name not in _OURS}
    return told if any(text for name, text in told.items() if name != "rows") else {}


def keep_beside(officer: Officer, place: str, fields: Mapping[str, str], *, at: datetime) -> None:
    """Add fields to what is kept of a page already: a post that came too late is one row of it."""
    before = draft_of(officer, place)
    rows = place.startswith(("form:", "graduate:"))
    intake.keep_draft(officer, place, {**(before.fields if before and rows else {}), **fields}, at=at)


def taken(officer: Officer, place: str, names: Mapping[str, str]) -> None:
    """What was saved for good leaves the draft; with the last of it the draft is gone."""
    before = draft_of(officer, place)
    if before is None:
        return
    left = {name: text for name, text in before.fields.items() if name not in names}
    intake.keep_draft(officer, place, left, at=before.saved_at)
