"""哪一栏是什么: the clerk says which column is which in a file whose headings nobody knew; it is read again, and remembered."""

import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.contrib.messages import ERROR, SUCCESS
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from huigong.annexes import pool
from huigong.annexes.naming import Column, columns_of
from huigong.annexes.wording import plain
from huigong.circulars.queries import circular_of
from huigong.circulars.routing import OtherDeskError, refuse_other_desk
from huigong.documents import storage
from huigong.intake import actions as intake
from huigong.intake import queries
from huigong.intake.models import FormReceived
from huigong.organisations.queries import unit_named
from huigong.web.console.asking import OfficerRequest, definition_of, form_or_404, tell
from huigong.web.console.forms.handing_in import definition_for
from huigong.web.console.words import said


def form_columns(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    found = form_or_404(request, pk)
    if found.outcome != FormReceived.Outcome.REFUSED:  # it was read: its columns are known
        return redirect("form", pk)
    definition = definition_of(found.campaign)
    with _file(found) as path:
        columns = columns_of(path, definition)
        if request.method == "POST":
            return _read_again(request, found, path, columns)
    remembered = queries.headings_of(request.user, definition.id)
    shown = {
        "form": found,
        "campaign": found.campaign,
        "columns": [(one, one.field or remembered.get(plain(one.heading), "")) for one in columns],
        "fields": [(field.name, said(field.label, field.label_en)) for field in definition.fields],
        "labels": {field.name: said(field.label, field.label_en) for field in definition.fields},
    }
    return render(request, "forms/columns.html", shown)


def _read_again(request: OfficerRequest, form: FormReceived, path: Path, columns: Sequence[Column]) -> HttpResponse:
    """Under the names that were said; what they are is remembered whether or not this file can be read with them."""
    definition, at = definition_of(form.campaign), timezone.now()
    known = {field.name for field in definition.fields}
    told = {plain(one.heading): request.POST.get(f"field-{number}", "") for number, one in enumerate(columns)}
    unlisted = {plain(one.heading) for one in columns if not one.field}
    names = {heading: field for heading, field in told.items() if heading in unlisted and field in {"", *known}}
    chosen = [field for field in (*names.values(), *(one.field for one in columns)) if field]
    if len(chosen) != len(set(chosen)):
        tell(request, ERROR, _("有两栏选了同一项，没有存：一项只能是一栏。"))
        return redirect("form-columns", form.pk)
    intake.name_headings(request.user, definition.id, names, at=at)
    hint = min(form.received_on or timezone.localdate(at), form.campaign.last_day)
    reading = next(pool.read_all([path], definition_for(form.campaign, request.user), received_on=hint))
    if reading.stopped:
        tell(request, ERROR, _("记住了，但还是读不出行：至少要认出四栏，其中要有学生姓名或身份证号。"))
        return redirect("form-columns", form.pk)
    try:
        unit = unit_named(form.campaign.federation, reading.unit or "")
        refuse_other_desk(circular_of(form.campaign), form.campaign, request.user.organisation, unit)
    except OtherDeskError as error:
        tell(request, ERROR, error.sentence)
        return redirect("form", form.pk)
    by = request.user.username
    intake.receive(form.campaign, path, reading, received_on=form.received_on, officer=by, at=at, name=form.name)
    tell(request, SUCCESS, _("读出来了：%(n)s 行。这些叫法记住了，您单位下次交表直接认。") % {"n": len(reading.rows)})
    return redirect("form", form.pk)


@contextmanager
def _file(form: FormReceived) -> Iterator[Path]:
    """The original as it came, in a folder of its own that goes again."""
    with tempfile.TemporaryDirectory(prefix="huigong-") as folder:
        path = Path(folder) / f"form{Path(form.name).suffix[-12:]}"
        path.write_bytes(storage.read(form.document))
        yield path
