"""盖章页的扫描件: beside each cell that was changed since, the cell as it stands on the paper; and the page whole.

Who may put a scan against a form may look at it; the first look of a sign-in at a scan is recorded, before it is shown.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.messages import ERROR
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from huigong.annexes.cut_outs import Piece, Rows, Seen, cut, rows_of, seen_in
from huigong.annexes.definition import FormDefinition
from huigong.audit import actions as audit
from huigong.audit import queries as history
from huigong.documents import queries as documents
from huigong.documents.models import Document
from huigong.intake import actions as intake
from huigong.intake.contents import row_read
from huigong.intake.models import FormReceived, FormRow
from huigong.intake.stamping import Compared, compared
from huigong.values.sentence import SaidError
from huigong.web.console.asking import OfficerRequest, definition_of, form_or_404, or_404, tell
from huigong.web.console.forms.cells import NO_REMEDY, cells
from huigong.web.console.forms.stamping import in_words

_MOST_ROWS = 12
_MOST_CELLS = 3
"""Each picture is a child process that opens the scan: with more cells than these the row as a whole is one to look at."""
_SIDES = ("turn", "left", "top", "right", "bottom")


@dataclass(frozen=True, slots=True)
class Pair:
    """A cell that was changed since the stamp: the piece of the paper, and what the data says now.

    `picture` is empty where the row as a whole is shown instead; `masked` names the cell to `row-reveal` where its number is shown masked.
    """

    label: str
    picture: str
    now: str
    masked: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row that differs: the whole of it on the paper, and its cells that may."""

    number: int
    who: str
    picture: str
    pairs: Sequence[Pair]
    is_gone: bool


@require_safe
def form_scan(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    """The scan that was read last, held against the data as it is now."""
    form = form_or_404(request, pk)
    definition, document = definition_of(form.campaign), or_404(_scan_of(form))
    _record_once(request, form, document)
    try:
        content = documents.content(document)
    except SaidError as error:
        tell(request, ERROR, error.sentence)
        return redirect("form", pk)
    seen = seen_in(content, [float(field.width) for field in definition.printed])
    found = compared(seen.codes, form, definition)
    return render(request, "forms/form_scan.html", _shown(form, definition, seen, found))


@require_safe
def form_scan_page(request: OfficerRequest, pk: uuid.UUID, number: int) -> HttpResponse:
    """A page of it as a picture: whole, or the piece that the address names."""
    form = form_or_404(request, pk)
    document, piece = or_404(_scan_of(form)), or_404(_piece(request.GET, number))
    _record_once(request, form, document)
    try:
        drawn = cut(documents.content(document), piece)
    except SaidError:
        drawn = b""
    return HttpResponse(or_404(drawn or None), content_type="image/png")


def _shown(form: FormReceived, definition: FormDefinition, seen: Seen, found: Compared) -> dict[str, object]:
    rows = rows_of(seen, len(found.stamped))
    differing = sorted({*found.rows, *found.gone})
    return {
        "form": form,
        "campaign": form.campaign,
        "found": found,
        "said": in_words(found, definition),
        "lines": list(_lines(form, definition, found, rows)) if rows else [],
        "no_grid": bool(differing) and rows is None,
        "rest": max(0, len(differing) - _MOST_ROWS) if rows else 0,
        "pages": [(n, reverse("form-scan-page", args=[form.pk, n])) for n in range(1, len(seen.grids) + 1)],
    }


def _lines(form: FormReceived, definition: FormDefinition, found: Compared, rows: Rows) -> Iterator[Line]:
    order = {number: place for place, number in enumerate(found.stamped)}
    kept = {row.number: row for row in form.rows.filter(number__in=order)}
    for number in sorted({*found.rows, *found.gone})[:_MOST_ROWS]:
        row, gone = kept.get(number), number in found.gone
        pairs = [] if row is None or gone else _pairs(row, definition, found, rows, order[number])
        who = " → ".join(filter(None, (row.parent_name, row.student_name))) if row else ""
        yield Line(number, who, _address(form, rows.line(order[number])), pairs, gone)


def _pairs(row: FormRow, definition: FormDefinition, found: Compared, rows: Rows, place: int) -> list[Pair]:
    """The cells of a row in the columns that differ."""
    english = (get_language() or "").startswith("en")
    now = cells(row_read(row), definition, english=english, entries="none", remedy=NO_REMEDY)
    differing = [
        (column, cell)
        for column, (cell, field) in enumerate(zip(now, definition.printed, strict=True))
        if field.name in found.columns
    ]
    alone = len(differing) <= _MOST_CELLS
    return [
        Pair(
            cell.label,
            _address(row.form, rows.cell(place, column)) if alone else "",
            cell.text,
            f"{row.number}:{cell.masked}" if cell.masked else "",
        )
        for column, cell in differing
    ]


def _address(form: FormReceived, piece: Piece) -> str:
    told = {name: getattr(piece, name) for name in _SIDES}
    return f"{reverse('form-scan-page', args=[form.pk, piece.page])}?{urlencode(told)}"


def _piece(told: Mapping[str, str], page: int) -> Piece | None:
    """The piece that an address names, the whole page where it names none; None for what is no piece of a page."""
    if not told:
        return Piece(page, 0.0, 0.0, 0.0, 1.0, 1.0)
    try:
        turn, left, top, right, bottom = (float(told.get(name, "")[:12]) for name in _SIDES)
    except ValueError:
        return None
    whole = all(0 <= side <= 1 for side in (left, top, right, bottom)) and -360 <= turn <= 360
    return Piece(page, turn, left, top, right, bottom) if whole else None


def _scan_of(form: FormReceived) -> Document | None:
    """The scan of the last comparison of a form."""
    told = [one for one in history.history(intake.form_reference(form)) if one.action == intake.STAMP_COMPARED]
    return Document.objects.filter(pk=told[-1].payload["document"]).first() if told else None


def _record_once(request: OfficerRequest, form: FormReceived, document: Document) -> None:
    seen = request.session.get("scans", [])
    if str(document.pk) in seen:
        return
    told = {"document": str(document.pk)}
    subject, by = intake.form_reference(form), request.user.username
    audit.record("form.scan_shown", subject=subject, officer=by, at=timezone.now(), payload=told)
    request.session["scans"] = [*seen, str(document.pk)][-200:]
