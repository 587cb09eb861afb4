"""盖章页: print the form with a code of its data, read the stamped sheet that comes back, and say what changed since.

The scan is kept. Where the data is the same and a seal is seen the sheet counts; else a person may accept it by looking,
and says why.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib.messages import ERROR, SUCCESS, WARNING
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext_noop, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.annexes.containers.converted import as_pdf
from huigong.annexes.definition import FormDefinition
from huigong.annexes.problems import UnreadableError
from huigong.annexes.stamps import MOST_BYTES, Scan, read_scan
from huigong.annexes.writing import Checked, Filled, blank_document
from huigong.audit import actions as audit
from huigong.audit import queries as history
from huigong.intake import actions as intake
from huigong.intake.models import FormReceived
from huigong.intake.queries import STAMPED
from huigong.intake.stamping import Compared, printed, texts_of, told_of
from huigong.values.sentence import SaidError
from huigong.web.console.applications import papers
from huigong.web.console.asking import OfficerRequest, definition_of, form_or_404, tell
from huigong.web.console.forms.cells import label_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FAULTS = {
    "empty": gettext_noop("文件是空的，没有用它。请重新扫描或拍照。"),
    "too_large": gettext_noop("文件超过 25 MB，没有读。请用 200 点左右的分辨率扫描。"),
    "wrong_type": gettext_noop("这不是扫描件：请交 jpg、png 或 pdf。"),
    "unreadable": gettext_noop("这个文件打不开，可能没有传完或已损坏。请重新扫描或拍照。"),
    "too_long": gettext_noop("读这个文件花的时间太长，没有读完。请只扫盖章的那几页。"),
}
_OUTCOMES = {
    "no_code": gettext_noop("纸上没有读到方码：请拍正一些、近一些，四个角都在；不是从这里打印的，请审核看原件。"),
    "other_form": gettext_noop("这是另一份登记表的盖章页，不是这一份的。请到那一份去交。"),
    "foreign": gettext_noop("方码不是本系统出的，或被改过，不能作数。请重新打印、盖章。"),
    "incomplete": gettext_noop("这份表有几个方码，没有读全。请把每一页都扫进来，放在一个 pdf 里，或重拍清楚。"),
}


@dataclass(frozen=True, slots=True)
class LastScan:
    """What the last scan of a form came to, for its page."""

    at: datetime
    outcome: str
    said: str

    @property
    def is_same(self) -> bool:
        return self.outcome == "same"


def last_scan(form: FormReceived, definition: FormDefinition) -> LastScan | None:
    told = [one for one in history.history(intake.form_reference(form)) if one.action == intake.STAMP_COMPARED]
    return LastScan(told[-1].at, told[-1].payload["outcome"], _told(told[-1].payload, definition)) if told else None


@require_POST
def form_print(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    form = form_or_404(request, pk)
    if form.outcome != form.Outcome.READ:
        raise Http404
    kind = "pdf" if request.POST.get("as") == "pdf" else "docx"
    try:
        content = _sheet(form, kind, officer=request.user.username, at=timezone.now())
    except UnreadableError:
        tell(request, ERROR, _("这台服务器没有装 LibreOffice，出不了 pdf。请先用 Word 的那一份。"))
        return redirect("form", pk)
    name = _("%(form)s（盖章页）.%(kind)s") % {"form": Path(form.name).stem, "kind": kind}
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment"}
    return HttpResponse(content, content_type="application/pdf" if kind == "pdf" else DOCX, headers=headers)


@require_POST
def form_stamp_read(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    form, file = form_or_404(request, pk), request.FILES.get("scan")
    if form.outcome != form.Outcome.READ:
        raise Http404
    if not isinstance(file, UploadedFile):
        tell(request, ERROR, _("还没有选文件：请选盖章页的扫描件或照片。"))
        return redirect("form", pk)
    content = file.read(MOST_BYTES + 1)
    scan = read_scan(content)
    if scan.fault:
        tell(request, ERROR, _(_FAULTS[scan.fault]))
        return redirect("form", pk)
    try:
        _compare(request, form, scan, content, name=file.name or "scan")
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    return redirect("form", pk)


def _sheet(form: FormReceived, kind: str, *, officer: str, at: datetime) -> bytes:
    """The printed form; that plain numbers went out is recorded."""
    definition, filer = definition_of(form.campaign), Filled(on=form.filled_on)
    now, rows = printed(form, definition), texts_of(form, definition)
    words = {"female": "女", "male": "男"}
    texts = [{name: words.get(text, text) for name, text in row.items()} for row in rows.values()]
    unit, checked = form.unit_name, Checked(now.codes, now.short)
    content = blank_document(definition, unit=unit, rows=texts, filled=filer, checked=checked)
    content = as_pdf(content) if kind == "pdf" else content
    told = {"rows": len(rows), "codes": len(now.codes), "kind": kind}
    audit.record("form.printed", subject=intake.form_reference(form), officer=officer, at=at, payload=told)
    return content


def _compare(request: OfficerRequest, form: FormReceived, scan: Scan, content: bytes, *, name: str) -> None:
    """Keep the scan, say what it came to; the same data under a seal is the unit's stamped sheet."""
    definition, at, by = definition_of(form.campaign), timezone.now(), request.user.username
    told = intake.compare_stamped(form, scan, content, name=name, definition=definition, officer=by, at=at)
    is_same = told["outcome"] == "same"
    tell(request, SUCCESS if is_same else WARNING, _told(told, definition))
    if is_same and papers.asks_stamp_of(form):
        data = QueryDict(mutable=True)
        data.update({"kind": STAMPED, "copy_kept": "on", "seen_on": timezone.localdate(at).isoformat()})
        papers.note_stamped(request, form, data)


def in_words(found: Compared, definition: FormDefinition) -> str:
    """What a comparison came to, whatever was seen of a seal."""
    return _told(told_of(found, found.outcome, ""), definition)


def _told(told: Mapping[str, Any], definition: FormDefinition) -> str:
    """What a comparison came to, in words: rows and columns by their names."""
    if told["outcome"] == "same":
        return _("盖章页和现在的数据一样，一格也没有改过。")
    if told["outcome"] == "unsealed":
        return _("数据一样，但没有看到红章：没盖章，或是黑白扫描。请彩色再扫一次，或由审核看原件。")
    if told["outcome"] != "changed":
        return _(_OUTCOMES[told["outcome"]])
    mark = ", " if (get_language() or "").startswith("en") else "、"
    rows = [one for one in told["rows"].split(",") if one]
    columns = [label_of_column(definition, one) for one in told["columns"].split(",") if one]
    where = {"rows": mark.join(rows), "columns": mark.join(columns)}
    said = []
    if rows and min(len(rows), len(columns)) == 1:
        n = max(len(rows), len(columns))
        said.append(
            ngettext(
                "盖章以后改过 %(n)s 格：第 %(rows)s 行 %(columns)s。",
                "盖章以后改过 %(n)s 格：第 %(rows)s 行 %(columns)s。",
                n,
            )
            % (where | {"n": n})
        )
    elif rows:
        said.append(_("盖章以后改过几格：在第 %(rows)s 行，%(columns)s 这几栏里。") % where)
    if told["added"]:
        said.append(_("盖章以后加了第 %(rows)s 行。") % {"rows": told["added"].replace(",", mark)})
    if told["gone"]:
        said.append(_("盖章以后少了第 %(rows)s 行。") % {"rows": told["gone"].replace(",", mark)})
    return "".join(said) + _("请照现在的重新打印、盖章；或者改回去。")


def label_of_column(definition: FormDefinition, name: str) -> str:
    return label_of(definition, name) if name in {field.name for field in definition.fields} else name
