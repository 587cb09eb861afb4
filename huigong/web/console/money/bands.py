"""签字档次: how many sign for which sum, since when and after what; a new table is looked at beside the one in force first."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.messages import ERROR, SUCCESS
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.approvals import actions, band_tables
from huigong.approvals.actions import BandRow
from huigong.approvals.actions.bands import fault_of
from huigong.approvals.band_tables import BandTable
from huigong.approvals.stretches import Stretch, beside
from huigong.organisations.queries import federation_of
from huigong.values.sentence import SaidError, Sentence
from huigong.values.text import whole
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, a_day_sent, federation_or_403, tell
from huigong.web.console.money.approvals_shown import box_word
from huigong.web.permissions import asked
from huigong.web.uploads import table_text

_GOOD_FOR = 60 * 60  # seconds between looking and laying down
_MOST = 20_000
_STATES = {
    "in force": ("现行", "in force", "done"),
    "to come": ("还没开始", "to come", "now"),
    "before": ("以前的", "before", ""),
}


def signature_bands(request: OfficerRequest) -> HttpResponse:
    return render(request, "money/bands.html", _shown(request))


@require_POST
def signature_bands_look(request: OfficerRequest) -> HttpResponse:
    """A table that was pasted or dropped in, beside the one that would hold on its first day; nothing is laid down yet."""
    place = federation_or_403(request)
    file, pasted = request.FILES.get("table"), request.POST.get("pasted", "")[:_MOST]
    typed = {name: request.POST.get(name, "") for name in ("pasted", "valid_from", "source")}
    try:
        rows = band_tables.rows_of(table_text(file, most=_MOST) if file else pasted)
        first, source = a_day_sent(request, "valid_from"), whole(typed["source"], 200, "出处", "the source")
        _refuse(rows, source)
    except SaidError as error:
        told = {"wrong": words.said(error.sentence.zh, error.sentence.en), "typed": typed}
        return render(request, "money/bands.html", _shown(request) | told, status=422)
    then = [(row.up_to_fen, row.boxes) for row in rows]
    sealed = {"rows": then, "from": first.isoformat(), "source": source}
    looked = {
        "looked": [_stretch(one) for one in beside(place, then, on=first)],
        "first": first,
        "source": source,
        "sealed": signing.dumps(sealed, salt=_salt(request), compress=True),
    }
    return render(request, "money/bands.html", _shown(request) | looked)


@require_POST
def signature_bands_lay(request: OfficerRequest) -> HttpResponse:
    """What was looked at counts from its first day on."""
    place = federation_or_403(request)
    try:
        told = signing.loads(request.POST.get("sealed", ""), salt=_salt(request), max_age=_GOOD_FOR)
        rows = [BandRow(limit, tuple(boxes)) for limit, boxes in told["rows"]]
        first, by = date.fromisoformat(told["from"]), request.user.username
        actions.lay_bands(place, rows, valid_from=first, source=told["source"], officer=by, at=timezone.now())
        tell(request, SUCCESS, _("定下了，从 %(day)s 起写的审批表照这张签。") % {"day": first.isoformat()})
    except signing.BadSignature:
        tell(request, ERROR, _("看过的表过期了，请再贴一次。"))
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    return redirect("signature-bands")


def _refuse(rows: Sequence[BandRow], source: str) -> None:
    if fault := fault_of(rows):
        raise SaidError(fault)
    if not source:
        raise SaidError(
            Sentence("bands_source", "请写出处：文件和条款。", "Say where it is written: paper and clause.")
        )


def _shown(request: OfficerRequest) -> dict[str, Any]:
    place, day = federation_of(request.user.organisation), timezone.localdate()
    tables = band_tables.tables_of(place, on=day)
    names = words.people(one.by for one in tables)
    return {
        "place": place,
        "tables": [(one, *_state(one), _lines(one), names[one.by]) for one in tables],
        "any_in_force": any(one.state == "in force" for one in tables),
        "may": bool(request.roles & asked("signature-bands-lay")) and place.pk == request.user.organisation_id,
        "today": day,
    }


def _state(table: BandTable) -> tuple[str, str]:
    zh, en, tone = _STATES[table.state]
    return words.said(zh, en), tone


def _lines(table: BandTable) -> list[tuple[str, str]]:
    return [(words.yuan(one.up_to_fen) if one.up_to_fen is not None else "", _boxes(one.boxes)) for one in table.bands]


def _stretch(one: Stretch) -> tuple[str, str, str, str, bool]:
    above = words.yuan(one.above_fen) if one.above_fen else ""
    up_to = words.yuan(one.up_to_fen) if one.up_to_fen is not None else ""
    return above, up_to, _boxes(one.now), _boxes(one.then), one.is_new


def _boxes(boxes: Sequence[str]) -> str:
    return " → ".join(box_word(box) for box in boxes)


def _salt(request: OfficerRequest) -> str:
    return f"signature-bands:{request.user.username}"
