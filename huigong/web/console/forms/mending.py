"""交表, what a person puts right in a form: a cell, a number out of the household file, the unit; and looks at a number."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from django.contrib.messages import ERROR, SUCCESS
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.intake import actions as intake
from huigong.intake.actions.rows import ChangedMeanwhileError
from huigong.intake.models import FormReceived, FormRow
from huigong.organisations import queries as organisations
from huigong.values.sentence import SaidError
from huigong.web.console.asking import OfficerRequest, definition_of, form_or_404, row_number, row_or_404, tell
from huigong.web.console.forms import drafts, received, revealing
from huigong.web.console.forms.cells import MASKS
from huigong.web.console.forms.mending_cells import Clash, chosen, refuse_long, typed, who_changed


@require_POST
def form_unit(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    found, name = form_or_404(request, pk), request.POST.get("unit", "")
    unit = organisations.unit_named(found.campaign.federation, name)
    if found.unit or unit is None or not organisations.scope_of(request.user).filter(pk=unit.pk).exists():
        said = _("单位表里没有“%(unit)s”，或者它不归您管。请照列出的名称选一个。")
        tell(request, ERROR, said % {"unit": name[:60]})
        return redirect("form", pk)
    try:
        intake.name_unit(found, unit, officer=request.user.username, at=timezone.now())
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    else:
        drafts.taken(request.user, drafts.form_place(pk), {"unit": name})
        tell(request, SUCCESS, _("记下了：这份表是%(unit)s的。") % {"unit": unit.name})
    return redirect("form", pk)


@require_POST
def row_mend(request: OfficerRequest, pk: uuid.UUID, number: int) -> HttpResponse:
    row = row_or_404(form_or_404(request, pk), number)
    definition, by = definition_of(row.form.campaign), request.user.username
    if not set(request.POST.getlist("name")) <= set(definition.value_names):
        raise Http404
    said = typed(chosen(request.POST), row, definition)
    if said.clashes:
        return _clashing(request, row, said.clashes)

    def act() -> FormRow:
        refuse_long(said.texts, definition)
        return intake.mend_cells(
            row, said.texts, version=said.version, definition=definition, officer=by, at=timezone.now()
        )

    try:
        return _put_right(request, row, act, said.texts)
    except ChangedMeanwhileError:
        again = row_or_404(row.form, number)
        return _clashing(request, again, typed(chosen(request.POST), again, definition).clashes)


@require_POST
def row_confirm(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    row = row_or_404(form_or_404(request, pk), row_number(request.POST.get("row", "")))
    definition, by = definition_of(row.form.campaign), request.user.username
    return _put_right(
        request, row, lambda: intake.confirm_repair(row, definition=definition, officer=by, at=timezone.now())
    )


@require_POST
def row_reveal(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    number, _colon, name = request.POST.get("cell", "").partition(":")
    row, purpose = row_or_404(form_or_404(request, pk), row_number(number)), request.POST.get("purpose", "")
    field = next((one for one in definition_of(row.form.campaign).fields if one.name == name), None)
    if field is None or field.kind not in MASKS or purpose not in revealing.PURPOSES:
        raise Http404
    by = request.user.username
    value = revealing.reveal(row, name, field.kind, purpose=purpose, officer=by, at=timezone.now())
    back = _place(row.form, row)  # the switch of languages leads there too: this page is posted
    shown = {"campaign": row.form.campaign, "row": row, "field": field, "value": value, "back": back, "here": back}
    answer = render(request, "forms/row_revealed.html", shown | {"seconds": revealing.SECONDS})
    answer["Refresh"] = f"{revealing.SECONDS}; url={back}"
    return answer


def _clashing(request: OfficerRequest, row: FormRow, clashes: Sequence[Clash]) -> HttpResponse:
    """Somebody changed the same cells meanwhile: both are shown side by side, and nothing that was typed is lost."""
    drafts.keep_beside(request.user, drafts.form_place(row.form_id), drafts.fields_of(request), at=timezone.now())
    shown = {
        "campaign": row.form.campaign,
        "row": row,
        "clashes": clashes,
        "who": who_changed(row),
        "back": _place(row.form, row),
        "here": _place(row.form, row),
    }
    return render(request, "forms/row_clash.html", shown, status=409)


def _put_right(
    request: OfficerRequest, row: FormRow, act: Callable[[], FormRow], texts: Mapping[str, str] = MappingProxyType({})
) -> HttpResponse:
    """Do it, say where the row stands now or why it could not be done, and go back to the row; the draft of it is over."""
    try:
        received.tell_mended(request, act())
    except ChangedMeanwhileError:
        raise
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    else:
        names = dict.fromkeys((f"{row.number}:{name}" for name in (*texts, *request.POST.getlist("name"))), "")
        drafts.taken(request.user, drafts.form_place(row.form_id), names)
    return redirect(_place(row.form, row))


def _place(form: FormReceived, row: FormRow) -> str:
    return f"{reverse('form', args=[form.pk])}?at={row.number}#row-{row.number}"
