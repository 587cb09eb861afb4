"""Papers of a file: the whole sheet, to be signed and stamped, for a purpose on record; the notice for the unit's board."""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from huigong.audit import actions as audit
from huigong.documents.official import OfficialPaper
from huigong.organisations.queries import centre_of
from huigong.registry import this_time
from huigong.registry.file_form import form_on
from huigong.registry.file_papers import board_notice, file_sheet
from huigong.registry.lifecycle import ON_NOTICE
from huigong.registry.models import FileEntry, Household
from huigong.registry.national import cells_of
from huigong.web.console.asking import OfficerRequest
from huigong.web.console.households.asking import file_or_404
from huigong.web.console.households.keying import note_looks
from huigong.web.console.households.page import PURPOSES

_NAMES = {"file-sheet": "档案表", "board-notice": "公示"}
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_POST
def household_print(request: OfficerRequest, pk: UUID) -> HttpResponse:
    """Everything in plain: a look at every sensitive field is recorded, and that the paper was made."""
    found, now, purpose = file_or_404(request, pk), timezone.now(), request.POST.get("purpose", "")
    if purpose not in PURPOSES:
        raise Http404
    today = timezone.localdate(now)
    form, members = form_on(today), list(found.members.filter(is_in_file=True).order_by("position"))
    note_looks(request, found, cells_of(found, members, form, today=today, whole=True), purpose)
    paper = file_sheet(found, members, form, today=today)
    return _handed_out(request, found, paper, "file-sheet", purpose, now)


@require_POST
def household_board(request: OfficerRequest, pk: UUID) -> HttpResponse:
    found, now = file_or_404(request, pk), timezone.now()
    hung = this_time.last_of(list(found.entries.all()), FileEntry.Kind.NOTICE)
    if found.status != ON_NOTICE or hung is None:
        raise Http404
    centre, today = centre_of(found.federation), timezone.localdate(now)
    paper = board_notice(found, hung, telephone=centre.telephone if centre else "", today=today)
    return _handed_out(request, found, paper, "board-notice", "work", now)


def _handed_out(
    request: OfficerRequest, found: Household, paper: OfficialPaper, name: str, purpose: str, at: datetime
) -> HttpResponse:
    content = paper.content()
    told = {"name": f"{name}.docx", "purpose": purpose, "size": len(content)}
    audit.record("output.downloaded", subject=found.file_number, officer=request.user.username, at=at, payload=told)
    kept = content_disposition_header(as_attachment=True, filename=f"{found.file_number}-{_NAMES[name]}.docx")
    return HttpResponse(content, content_type=_DOCX, headers={"Content-Disposition": kept or "attachment"})
