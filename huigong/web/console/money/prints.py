"""A paper as it goes out: docx to be edited and stamped, or PDF/A to be kept. Where a PDF cannot be made, that is told."""

from django.contrib.messages import ERROR
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from huigong.documents.official import OfficialPaper
from huigong.values.sentence import SaidError
from huigong.web.console.asking import OfficerRequest, or_404, tell
from huigong.web.console.desk.letters import DOCX

_TYPES = {"docx": DOCX, "pdf": "application/pdf"}


def printed(request: OfficerRequest, paper: OfficialPaper, name: str, kind: str, *, back: HttpResponse) -> HttpResponse:
    media = or_404(_TYPES.get(kind))
    try:
        content = paper.pdf() if kind == "pdf" else paper.content()
    except SaidError as error:
        tell(request, ERROR, error.sentence)
        return back
    kept = content_disposition_header(as_attachment=True, filename=f"{name}.{kind}")
    return HttpResponse(content, content_type=media, headers={"Content-Disposition": kept or "attachment"})
