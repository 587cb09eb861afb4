"""国家系统: many files out as Excel in its field order, its export dropped in, and what differs, field by field."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.contrib.messages import ERROR, SUCCESS
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.annexes.plain_tables import plain_tables
from huigong.audit import actions as audit
from huigong.organisations import queries as organisations
from huigong.registry import actions as registry
from huigong.registry import differing, national_sheets
from huigong.registry.differing import Compared
from huigong.registry.file_form import form_on
from huigong.registry.models import Household, NationalDump
from huigong.registry.national import keyed_still
from huigong.registry.national_sheets import MOST, DumpRow
from huigong.registry.queries import on_file_for
from huigong.registry.waiting import COUNTED, counts, waiting
from huigong.values.sentence import SaidError, Sentence
from huigong.vault import actions as vault
from huigong.vault.fields import Secret
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, or_404, tell
from huigong.web.console.households.dumps_shown import shown_of
from huigong.web.console.households.lists import many
from huigong.web.console.households.page import PURPOSES
from huigong.web.uploads import Upload

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_A_PAGE = 40
_MOST_BYTES = 20_000_000


def national(request: OfficerRequest) -> HttpResponse:
    """Where files go out for the national system and its exports come in."""
    found = organisations.scope_of(request.user)
    dumps = NationalDump.objects.filter(organisation__in=found).select_related("organisation")[:20]
    names = words.people(one.by for one in dumps)
    shown = {
        "to_key": many(counts(request.user, ("to-key",), today=timezone.localdate())["to-key"]),
        "all": many(on_file_for(request.user).order_by()[: COUNTED + 1].count()),
        "most": MOST,
        "purposes": words.purposes(PURPOSES),
        "dumps": [(one, names[one.by]) for one in dumps],
    }
    return render(request, "households/national_files.html", shown)


@require_POST
def national_export(request: OfficerRequest) -> HttpResponse:
    purpose, now = or_404(_chosen(request.POST.get("purpose", ""), PURPOSES)), timezone.now()
    today, which = timezone.localdate(now), request.POST.get("which", "")
    files = on_file_for(request.user) if which == "all" else waiting(request.user, "to-key", today=today)
    chosen = list(files.prefetch_related("members", "entries__paper").order_by("file_number")[:MOST])
    _record(chosen, officer=request.user.username, purpose=purpose, at=now)
    title = _stamp(request, purpose, now)
    content = national_sheets.written(chosen, form_on(today), title=title, today=today)
    name = f"{_('国家系统对照')}-{today.isoformat()}.xlsx"
    kept = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=_XLSX, headers={"Content-Disposition": kept})


@require_POST
def national_drop(request: OfficerRequest) -> HttpResponse:
    try:
        file, now = _file(request), timezone.now()
        rows = _rows(file)
        dump = registry.keep_dump(rows, name=file.name or "", officer=request.user, at=now)
    except SaidError as error:
        tell(request, ERROR, error.sentence)
        return redirect("national")
    return redirect("national-dump", pk=dump.pk)


def national_dump(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    dump = _dump_or_404(request, pk)
    page = _page(request, dump)
    files = [shown_of(one) for one in _beside(request, page)]
    shown = {
        "one": dump,
        "page": page,
        "files": [one for one in files if not one.agrees],
        "agree": sum(one.agrees for one in files),
    }
    return render(request, "households/national_dump.html", shown)


@require_POST
def national_take(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    """The ticked fields of one file go into it as the national system has them."""
    dump, number = _dump_or_404(request, pk), request.POST.get("file", "")
    page, ticked = _page(request, dump), set(request.POST.getlist("path"))
    found = or_404(next((one for one in _beside(request, page) if one.file and str(one.file.pk) == number), None))
    chosen = [one for one in found.differences if one.path in ticked and one.may_be_taken]
    file, version = or_404(found.file), request.POST.get("version", "")
    seen = int(version) if version.isdecimal() and len(version) < 10 else -1
    try:
        registry.take_theirs(file, chosen, version=seen, officer=request.user.username, at=timezone.now())
        tell(request, SUCCESS, _("收进档案 %(n)s 项，已留痕。") % {"n": len(chosen)})
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    return _back(request, dump)


@require_POST
def national_agree(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    """What is the same on both sides counts as keyed; a file that agrees in every field is keyed whole."""
    dump, now = _dump_or_404(request, pk), timezone.now()
    today = timezone.localdate(now)
    form, noted, whole = form_on(today), 0, 0
    for one in _beside(request, _page(request, dump)):
        if one.file and one.agreeing:
            differing_now = {two.path for two in one.differences}
            paths = keyed_still(one.file, form, today=today) - differing_now | {*one.agreeing, "file_number"}
            made = registry.note_keyed(one.file, paths, officer=request.user.username, at=now)
            noted, whole = noted + 1, whole + made.is_whole
    tell(request, SUCCESS, _("%(n)s 户一样的项记作录好，其中 %(whole)s 户全部录完。") % {"n": noted, "whole": whole})
    return _back(request, dump)


def _record(chosen: Sequence[Household], *, officer: str, purpose: str, at: datetime) -> None:
    """That each file was looked at whole is on record, and its worker can be shown it."""
    vault.warm(one.data_key_id for one in chosen)
    for one in chosen:
        secret = Secret(kind="text", binding=b"", key_id=None, plain=one.file_number)
        audit.reveal(secret, officer=officer, purpose=purpose, at=at, subject=f"{one.file_number}:national")


def _stamp(request: OfficerRequest, purpose: str, at: datetime) -> str:
    return _("%(who)s 于 %(when)s 取用，用途：%(purpose)s。仅限本用途，不得外传。") % {
        "who": f"{request.user.organisation.name} {request.user.name}",
        "when": timezone.localtime(at).strftime("%Y-%m-%d %H:%M"),
        "purpose": words.said(*words.PURPOSES[purpose]),
    }


def _dump_or_404(request: OfficerRequest, pk: uuid.UUID) -> NationalDump:
    mine = NationalDump.objects.filter(organisation__in=organisations.scope_of(request.user))
    return or_404(mine.select_related("organisation").filter(pk=pk).first())


def _page(request: OfficerRequest, dump: NationalDump) -> Page[DumpRow]:
    rows = Paginator(differing.rows_in(dump), _A_PAGE)
    return rows.get_page(request.GET.get("page") or request.POST.get("page"))


def _beside(request: OfficerRequest, page: Page[DumpRow]) -> list[Compared]:
    today = timezone.localdate()
    return list(differing.compared(request.user, list(page.object_list), form_on(today), today=today))


def _rows(file: Upload) -> list[DumpRow]:
    tables = plain_tables(file.read(), suffix=Path(file.name or "").suffix[-12:])
    return national_sheets.rows_of(tables, form_on(timezone.localdate()))


def _file(request: OfficerRequest) -> Upload:
    file = request.FILES.get("dump")
    if not isinstance(file, Upload) or not file.size or file.size > _MOST_BYTES:
        raise SaidError(
            Sentence(
                "dump_absent",
                "请选国家系统导出的表（xlsx、xls、csv，最多 20 MB）。",
                "Choose the national system's export (xlsx, xls, csv; at most 20 MB).",
            )
        )
    return file


def _chosen(text: str, among: Sequence[str]) -> str | None:
    return text if text in among else None


def _back(request: OfficerRequest, dump: NationalDump) -> HttpResponse:
    page = request.POST.get("page", "")
    answer = redirect("national-dump", pk=dump.pk)
    if page.isdecimal() and len(page) < 7:
        answer["Location"] += f"?page={page}"
    return answer
