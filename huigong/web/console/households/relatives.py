"""查重与关联: other files that look like the same household, why, and three outcomes: merge, not one, later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.registry import actions as registry
from huigong.registry import queries
from huigong.registry.aid_standing import standing_aid
from huigong.registry.choosing import choosable
from huigong.registry.file_form import Field
from huigong.registry.models import Household, Kinship, Merge
from huigong.registry.related import CASES, Related, related_to
from huigong.values.sentence import SaidError
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, or_404, tell
from huigong.web.console.households.asking import file_or_404
from huigong.web.console.households.shown import field_shown, label
from huigong.web.roles import KEEPS_FILES

_TAKE = "take-"
_SIDE_BY_SIDE: Mapping[str, tuple[str, str]] = {
    "file_number": ("职工编号", "File number"),
    "worker_name": ("姓名", "Name"),
    "id_number": ("身份证号码", "Identity number"),
    "hardship_category": ("困难类别", "Hardship category"),
    "employer": ("工作单位", "Employer"),
    "phone": ("手机号码", "Phone"),
    "card": ("卡号", "Card"),
    "size": ("家庭人口", "People"),
    "file_status": ("档案状态", "State"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One field of both files; `differs` where they do. `name` only where one may choose between them."""

    label: str
    mine: str
    theirs: str
    differs: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class RelatedShown:
    """One other file: why it was found, both side by side, what merging would bring in, what was last said."""

    file: Household
    cases: Sequence[tuple[str, str]]
    rows: Sequence[Row]
    choices: Sequence[Row]
    aid: int
    said: str
    why: str


def household_related(request: OfficerRequest, pk: UUID) -> HttpResponse:
    found = file_or_404(request, pk)
    merges = Merge.objects.filter(kept=found).select_related("absorbed").order_by("at")
    shown = {
        "one": found,
        "related": [_shown(found, one) for one in related_to(found, request.user)],
        "merges": merges,
        "into": found.merged_by.filter(undone_at=None).select_related("kept").first(),
        "may": bool(request.roles & KEEPS_FILES),
    }
    return render(request, "households/related.html", shown)


@require_POST
def household_merge(request: OfficerRequest, pk: UUID) -> HttpResponse:
    found, other = file_or_404(request, pk), _other_or_404(request)
    try:
        registry.merge(
            found,
            other,
            theirs=[name.removeprefix(_TAKE) for name, said in request.POST.items() if said == "theirs"],
            versions=(_number(request, "version"), _number(request, "other_version")),
            reason=request.POST.get("reason", ""),
            officer=request.user.username,
            at=timezone.now(),
        )
        tell(request, messages.SUCCESS, _("并好了。两份原来的样子都存着，可以撤销。"))
    except SaidError as error:
        tell(request, messages.ERROR, error.sentence)
    return redirect("household-related", pk=pk)


@require_POST
def household_apart(request: OfficerRequest, pk: UUID) -> HttpResponse:
    found = file_or_404(request, pk)
    made = or_404(
        next((one for one in Merge.objects.filter(kept=found) if str(one.pk) == request.POST.get("merge")), None)
    )
    try:
        registry.take_apart(made, officer=request.user.username, at=timezone.now())
        tell(request, messages.SUCCESS, _("撤销了，两份档案和并档前一样。"))
    except SaidError as error:
        tell(request, messages.ERROR, error.sentence)
    return redirect("household-related", pk=pk)


@require_POST
def household_say(request: OfficerRequest, pk: UUID) -> HttpResponse:
    found, other = file_or_404(request, pk), _other_or_404(request)
    outcome, why = request.POST.get("outcome", ""), request.POST.get("why", "")
    if outcome in Kinship.Outcome.values and why in CASES:
        registry.say_of(found, other, outcome, why, officer=request.user.username, at=timezone.now())
        tell(request, messages.SUCCESS, _("记下了。"))
    return redirect("household-related", pk=pk)


def _shown(found: Household, one: Related) -> RelatedShown:
    rows = []
    for name, word in _SIDE_BY_SIDE.items():
        mine, theirs = getattr(found, name), getattr(one.file, name)
        rows.append(Row(words.said(*word), _masked(mine), _masked(theirs), mine != theirs))
    return RelatedShown(
        file=one.file,
        cases=[(words.said(zh, en), words.said(why, why_en)) for zh, en, why, why_en in (CASES[c] for c in one.cases)],
        rows=rows,
        choices=_choices(found, one.file),
        aid=standing_aid().filter(household=one.file).count(),
        said=words.said(*_SAID[one.last.outcome]) if one.last else "",
        why=one.cases[0],
    )


def _choices(found: Household, other: Household) -> list[Row]:
    """The fields on which both files have a value of their own, masked on both sides."""
    today = timezone.localdate()
    return [
        Row(
            label(field),
            _shown_value(found, field, today),
            _shown_value(other, field, today),
            differs=True,
            name=field.name,
        )
        for field in choosable(found, other, today=today)
    ]


def _shown_value(file: Household, field: Field, today: date) -> str:
    return field_shown(file, field, today=today).value


_SAID = {"not_same": ("看过：不是同一家", "seen: not one household"), "later": ("先放着", "left for later")}


def _masked(value: object) -> str:
    """A value as both sides show it: numbers stay masked, also here."""
    return "" if value in (None, "") else str(value)


def _other_or_404(request: OfficerRequest) -> Household:
    number = request.POST.get("other", "")[:40]
    return or_404(queries.households_for(request.user).filter(file_number=number).first())


def _number(request: OfficerRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else -1
