"""One paper of a household file, opened for a purpose and on record."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from huigong.audit import actions as audit
from huigong.web.console.asking import OfficerRequest, or_404
from huigong.web.console.households.asking import file_or_404
from huigong.web.console.households.page import PURPOSES
from huigong.web.console.scanned import scan_shown, scan_type


@require_POST
def household_paper(request: OfficerRequest, pk: UUID, entry: UUID) -> HttpResponse:
    """The scan itself. What came in before papers were looked at, and is no scan, is only saved to a disk, never shown here."""
    found, purpose = file_or_404(request, pk), request.POST.get("purpose", "")
    kept = or_404(found.entries.filter(pk=entry, paper__isnull=False).select_related("paper").first())
    if purpose not in PURPOSES or kept.paper is None:
        raise Http404
    told, subject = {"kind": "paper", "purpose": purpose}, f"{found.file_number}:papers.{kept.pk}"
    audit.record("field.revealed", subject=subject, officer=request.user.username, at=timezone.now(), payload=told)
    answer = scan_shown(request, kept.paper, back=redirect("household", pk=pk))
    answer["Cache-Control"] = "no-store"
    if answer.status_code == 200 and scan_type(answer.content) != kept.paper.media_type:
        answer["Content-Type"], answer["Content-Disposition"] = "application/octet-stream", "attachment"
    return answer
