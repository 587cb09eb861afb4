"""国家系统对照单: the file in the national system's own order, to be typed in; ticked when keyed, and what changed since."""

import re
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.audit import actions as audit
from huigong.registry import actions as registry
from huigong.registry.file_form import form_on
from huigong.registry.models import Household
from huigong.registry.national import Cell, cells_of, changed_since, digest_of
from huigong.registry.national_sheets import papers_of
from huigong.vault.fields import Secret
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, tell
from huigong.web.console.households.asking import file_in_hand_or_404, file_or_404
from huigong.web.console.households.page import PURPOSES
from huigong.web.console.households.shown import label, masked

_DIGEST = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Keyed:
    """One line of the sheet: `state` says whether it is to key, keyed, or changed since; `seen` what the sheet showed."""

    path: str
    person: str
    label: str
    text: str
    state: str
    seen: str


def household_national(request: OfficerRequest, pk: UUID) -> HttpResponse:
    """Masked until it is opened for a purpose; opening records a look at every sensitive field."""
    found, opened = file_or_404(request, pk), request.method == "POST"
    cells = _cells(found)
    if opened:
        note_looks(request, found, cells, request.POST.get("purpose", ""))
    last = found.keyings.last()
    keyed = last.keyed if last else {}
    changed, now = set(changed_since(cells, keyed)), digest_of(cells)
    rows = [
        Keyed(
            cell.path,
            cell.person,
            label(cell.field),
            cell.text if opened or not cell.field.sensitive else masked(cell.field, cell.text) if cell.text else "",
            "" if cell.path not in changed else "changed" if cell.path in keyed else "new",
            now.get(cell.path, ""),
        )
        for cell in cells
        if cell.text or cell.path in keyed
    ]
    shown = {"one": found, "rows": rows, "opened": opened, "last": last, "purposes": words.purposes(PURPOSES)}
    shown["papers"] = [told[:2] for told in papers_of(found)]
    return render(request, "households/national.html", shown | {"to_key": sum(bool(row.state) for row in rows)})


@require_POST
def household_keyed(request: OfficerRequest, pk: UUID) -> HttpResponse:
    """What the sheet showed is what was keyed: each tick carries its digest, so that a change behind the sheet is told."""
    found = file_in_hand_or_404(request, pk)
    ticks = (one.partition("=") for one in request.POST.getlist("path"))
    seen = {path: digest for path, _sign, digest in ticks if _DIGEST.fullmatch(digest)}
    made = registry.note_keyed(found, seen, seen=seen, officer=request.user.username, at=timezone.now())
    said = _("记下了：全部录完。") if made.is_whole else _("记下了 %(n)s 项，还没录完。") % {"n": len(made.keyed)}
    tell(request, messages.SUCCESS, said)
    now = digest_of(_cells(found))
    if behind := sum(digest != now.get(path) for path, digest in made.keyed.items()):
        late = _("其中 %(n)s 项在您打开这张单之后有人改过：录进去的是旧的，已标“录后改过”，请补录。")
        tell(request, messages.WARNING, late % {"n": behind})
    return redirect("household-national", pk=pk)


def _cells(found: Household) -> list[Cell]:
    today = timezone.localdate()
    return cells_of(found, found.members.order_by("position"), form_on(today), today=today)


def note_looks(request: OfficerRequest, found: Household, cells: list[Cell], purpose: str) -> None:
    """A look at every sensitive cell of a sheet that is opened whole; a purpose of no list opens nothing (404)."""
    now = timezone.now()
    if purpose not in PURPOSES:
        raise Http404
    for cell in cells:
        if cell.field.sensitive and cell.text:
            kind = cell.field.kind if cell.field.kind in {"resident_id", "card", "phone"} else "text"
            secret = Secret(kind=kind, binding=b"", key_id=None, plain=cell.text)
            subject = f"{found.file_number}:{cell.path}"
            audit.reveal(secret, officer=request.user.username, purpose=purpose, at=now, subject=subject)
