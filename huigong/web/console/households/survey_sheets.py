"""The sheet of a survey (摸底表): printed for the stamp, by union or for all, and taken back as the union filled it in."""

import tempfile
import uuid
from pathlib import Path

from django.contrib.messages import ERROR, SUCCESS
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from huigong.annexes import pool
from huigong.annexes.readings import FormReading
from huigong.annexes.writing import Filled, blank_document, blank_workbook
from huigong.documents import actions as documents
from huigong.registry import actions as registry
from huigong.registry import surveying
from huigong.values.sentence import SaidError, Sentence
from huigong.web.console.asking import OfficerRequest, or_404, tell
from huigong.web.console.households.surveys import survey_or_404
from huigong.web.uploads import Upload

_WRITERS = {"docx": blank_document, "xlsx": blank_workbook}
_MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_MOST_BYTES = 20_000_000


def survey_sheet(request: OfficerRequest, pk: uuid.UUID, kind: str) -> HttpResponse:
    """The sheet of one union (`?union=` its code), or of every union that is the reader's to see."""
    found, write = survey_or_404(request, pk), or_404(_WRITERS.get(kind))
    code = request.GET.get("union", "")
    mine = surveying.lines_for(request.user, found)
    lines = or_404([line for line in mine if code in {"", line.union.code}] or None)
    unit = lines[0].union.name if code else found.federation.name
    rows = [surveying.as_row(line) for line in lines]
    content = write(surveying.form(), unit=unit, rows=rows, filled=Filled(on=found.on))
    name = f"{unit} 摸底表 {found.on}.{kind}"
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment"}
    return HttpResponse(content, content_type=_MEDIA[kind], headers=headers)


@require_POST
def survey_answer(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    found, at, by = survey_or_404(request, pk), timezone.now(), request.user.username
    try:
        file = _file(request)
        reading = _read(file)
        media = file.content_type or "application/octet-stream"
        file.seek(0)
        sheet = documents.store(file.read(), name=file.name or "", media_type=media[:100], officer=by, at=at)
        made = registry.take_back(surveying.lines_for(request.user, found), reading, sheet, officer=by, at=at)
    except SaidError as error:
        tell(request, ERROR, error.sentence)
        return redirect("survey", pk=pk)
    differ = sum(bool(surveying.answers(one.line, one)) for one in made)
    if differ:
        said = ngettext(
            "收下了，%(n)s 个工会的数和档案不一样，列在下面。",
            "收下了，%(n)s 个工会的数和档案不一样，列在下面。",
            differ,
        )
        tell(request, SUCCESS, said % {"n": differ})
    else:
        tell(request, SUCCESS, _("收下了，和档案的数一样。"))
    return redirect("survey", pk=pk)


def _file(request: OfficerRequest) -> Upload:
    file = request.FILES.get("sheet")
    if not isinstance(file, Upload) or not file.size or file.size > _MOST_BYTES:
        raise SaidError(
            Sentence(
                "survey_sheet_absent",
                "请选填好的摸底表（docx、xlsx、doc、csv，最多 20 MB）。",
                "Choose the filled-in sheet (docx, xlsx, doc, csv; at most 20 MB).",
            )
        )
    return file


def _read(file: Upload) -> FormReading:
    """The sheet as the reader takes it, in a child process. Raises SaidError with what is wrong and how to mend it."""
    with tempfile.TemporaryDirectory(prefix="huigong-") as folder:
        path = Path(folder) / f"sheet{Path(file.name or '').suffix[-12:]}"
        path.write_bytes(file.read())
        (reading,) = pool.read_all([path], surveying.form(), workers=1)
    problem = next(iter(reading.problems), None) if reading.stopped or not reading.rows else None
    if problem:
        zh, en = f"{problem.message}{problem.remedy}", f"{problem.message_en} {problem.remedy_en}"
        raise SaidError(Sentence("survey_sheet_unreadable", zh, en))
    faults = [(row, one) for row in reading.rows for one in row.problems if one.severity == "error"]
    if faults:
        row, fault = faults[0]
        zh = f"第 {row.number} 行：{fault.message}{fault.remedy}整张还没有收。"
        en = f"Row {row.number}: {fault.message_en} {fault.remedy_en} Nothing was taken yet."
        raise SaidError(Sentence("survey_sheet_faulty", zh, en))
    return reading
