"""Edit one section of a file or one family member, held to the version that the page showed.

Where somebody changed the file meanwhile nothing is written: a page shows theirs beside mine, field by field.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.intake import actions as intake
from huigong.registry import actions as registry
from huigong.registry.file_form import Field, Section, form_on
from huigong.registry.lifecycle import CHECKED, ON_NOTICE
from huigong.registry.models import Household, Member
from huigong.values.sentence import SaidError
from huigong.web.console.asking import OfficerRequest, or_404, tell
from huigong.web.console.forms import drafts
from huigong.web.console.households.asking import file_in_hand_or_404
from huigong.web.console.households.inputs import Input, Typed, inputs_of, typed
from huigong.web.console.once import sent_once
from huigong.web.console.words import said

_NEW = "newfile:"
_SEEN = "seen_version"
"""The version under which a page was typed on, as a draft keeps it: `version` itself is of the post alone."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one edit page is about: a section of the file, or a member (`position` 0: of the file itself)."""

    section: Section
    owner: Household | Member
    title: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class Both:
    """One field on the page of a conflict: theirs as it stands now, mine as I typed it."""

    mine: Input
    theirs: Input
    moved: bool


def household_edit(request: OfficerRequest, pk: UUID, part: str) -> HttpResponse:
    found, today = file_in_hand_or_404(request, pk), timezone.localdate()
    about = _part(found, part, today)
    if request.method != "POST":
        if (draft := drafts.offered(request, _place(found, part))) and draft.is_shown:
            inputs = typed(about.owner, about.section.fields, draft.fields, today=today).inputs
            return _page(request, found, about, part, inputs, seen=draft.fields.get(_SEEN, ""))
        return _page(request, found, about, part, inputs_of(about.owner, about.section.fields, today=today))
    came = typed(about.owner, about.section.fields, request.POST, today=today)
    if not came.fits:
        return _page(request, found, about, part, came.inputs, status=422)
    return _save(request, found, about, part, came)


@require_POST
def household_edit_draft(request: OfficerRequest, pk: UUID, part: str) -> HttpResponse:
    """What was typed of one part of a file, while it is typed."""
    found = file_in_hand_or_404(request, pk)
    _part(found, part, timezone.localdate())
    return drafts.answered(request, _place(found, part))


@require_POST
def household_take_out(request: OfficerRequest, pk: UUID, position: int) -> HttpResponse:
    found = file_in_hand_or_404(request, pk)
    member = or_404(found.members.filter(position=position, is_in_file=True).first())
    try:
        registry.take_out(found, position, version=_version(request), officer=request.user.username, at=timezone.now())
        tell(request, messages.SUCCESS, _("已记下：%(name)s 不在这户了，原来的内容留着。") % {"name": member.name})
    except SaidError as error:
        tell(request, messages.ERROR, error.sentence)
    return redirect("household", pk=pk)


def household_new(request: OfficerRequest) -> HttpResponse:
    """A new file: the worker's first section; everything else is filled in on its page."""
    today = timezone.localdate()
    section, blank = form_on(today).of_household()[0], Household()
    came = typed(blank, section.fields, request.POST, today=today) if request.method == "POST" else None
    said_why = None
    if came and came.fits:
        try:
            return sent_once(request, partial(_begun, request, came.changed))
        except SaidError as error:
            said_why = error.sentence
    draft = None if came else drafts.offered(request, _NEW)
    if draft and draft.is_shown:
        came_back = typed(blank, section.fields, draft.fields, today=today)
    inputs = came.inputs if came else inputs_of(blank, section.fields, today=today)
    shown = {
        "inputs": came_back.inputs if draft and draft.is_shown else inputs,
        "title": _("新建档案"),
        "section": section,
        "why": said_why and said(said_why.zh, said_why.en),
        **_kept(draft, _NEW),
    }
    return render(request, "households/edit.html", shown, status=422 if came else 200)


@require_POST
def household_new_draft(request: OfficerRequest) -> HttpResponse:
    return drafts.answered(request, _NEW)


def _begun(request: OfficerRequest, values: Mapping[Field, Any]) -> str:
    """The page of a file that was begun with these values."""
    made = registry.draft(values, officer=request.user, at=timezone.now())
    intake.drop_draft(request.user, _NEW)
    return reverse("household", args=[made.pk])


def _save(request: OfficerRequest, found: Household, about: Part, part: str, came: Typed) -> HttpResponse:
    by, at = request.user.username, timezone.now()
    try:
        if not came.changed:
            tell(request, messages.INFO, _("没有改动。"))
        elif isinstance(about.owner, Member):
            registry.edit_member(found, about.position, came.changed, version=_version(request), officer=by, at=at)
        else:
            registry.edit(found, came.changed, version=_version(request), officer=by, at=at)
        intake.drop_draft(request.user, _place(found, part))
        if came.changed:
            tell(request, messages.SUCCESS, _("存好了，改了 %(n)s 项，已留痕。") % {"n": len(came.changed)})
        return redirect("household", pk=found.pk)
    except registry.StaleFileError as error:
        return _conflict(request, found, about, part, came, said(error.sentence.zh, error.sentence.en))
    except SaidError as error:
        return _page(
            request, found, about, part, came.inputs, why=said(error.sentence.zh, error.sentence.en), status=422
        )


def _conflict(request: OfficerRequest, found: Household, about: Part, part: str, came: Typed, why: str) -> HttpResponse:
    """Theirs and mine for each field that I changed; which of them it shall be is chosen one by one."""
    now = {one.field: one for one in inputs_of(about.owner, about.section.fields, today=timezone.localdate())}
    both = [
        Both(mine, now[mine.field], moved=now[mine.field].was != mine.was)
        for mine in came.inputs
        if mine.field in came.changed
    ]
    shown = {"one": found, "about": about, "part": part, "both": both, "why": why}
    return render(request, "households/conflict.html", shown, status=409)


def _page(
    request: OfficerRequest,
    found: Household,
    about: Part,
    part: str,
    inputs: Sequence[Input],
    *,
    why: str = "",
    seen: str = "",
    status: int = 200,
) -> HttpResponse:
    """`seen`: the version on which a draft was typed; the file may have moved on since."""
    version, place = request.POST.get("version", seen or found.version), _place(found, part)
    draft = drafts.offered(request, place) if request.method != "POST" else None
    shown = {"one": found, "title": about.title, "part": part, "inputs": inputs, "version": version, "why": why}
    shown |= {"checked": found.status in {CHECKED, ON_NOTICE}, **_kept(draft, place)}
    return render(request, "households/edit.html", shown, status=status)


def _kept(draft: drafts.Offered | None, place: str) -> dict[str, object]:
    """What a page needs to offer a draft and to keep one."""
    return {"draft": draft, "keep": drafts.keeper_of(place), "place": place}


def _place(found: Household, part: str) -> str:
    return f"file:{found.pk}:{part}"


def _part(found: Household, part: str, today: date) -> Part:
    form = form_on(today)
    if not part.startswith("member-"):
        section = or_404(next((one for one in form.of_household() if one.id == part), None))
        return Part(section, found, said(section.zh, section.en))
    number = part.removeprefix("member-")
    if number == "new":
        last = found.members.order_by("-position").values_list("position", flat=True).first() or 0
        fresh = Member(household=found, data_key_id=found.data_key_id, position=last + 1)
        return Part(form.of_members(), fresh, _("新的家庭成员"), last + 1)
    member = or_404(
        found.members.filter(position=int(number)).first() if number.isdecimal() and len(number) < 5 else None
    )
    return Part(form.of_members(), member, member.name, member.position)


def _version(request: OfficerRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else -1
