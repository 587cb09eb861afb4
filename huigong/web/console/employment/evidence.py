"""凭据: the paper that comes with an outcome, kept sealed; its pages are drawn once the look stands on record with its purpose."""

from datetime import datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.documents import actions as documents
from huigong.documents import pictures
from huigong.documents import queries as papers
from huigong.documents.models import Document
from huigong.employment.models import Graduate, Outcome
from huigong.web.console.asking import OfficerRequest, or_404
from huigong.web.console.employment.asking import graduate_or_404

_SEEN, _MOST_SEEN = "evidence", 100


def kept(request: OfficerRequest, at: datetime) -> Document | None:
    """The paper that was sent with a form, opened once to see that it is one. Raises NotAPaperError; None where none was."""
    file = request.FILES.get("paper")
    if not isinstance(file, UploadedFile):
        return None
    content = file.read(pictures.MAX_BYTES + 1)
    media = pictures.opened(content).media_type
    return documents.store(
        content, name=(file.name or "paper")[-120:], media_type=media, officer=request.user.username, at=at
    )


def looked_at(request: OfficerRequest, one: Graduate, pk: str, *, purpose: str) -> tuple[Outcome, range]:
    """Put a look at an outcome's paper on record; the outcome, and its pages from one. 404 where there is none."""
    outcome = or_404(next((each for each in _with_papers(one) if str(each.pk) == pk), None))
    told, subject = {"kind": "evidence", "purpose": purpose}, f"{one.reference}:evidence.{outcome.number}"
    audit.record("field.revealed", subject=subject, officer=request.user.username, at=timezone.now(), payload=told)
    assert outcome.document is not None
    pages = pictures.opened(papers.content(outcome.document)).pages
    seen = {**request.session.get(_SEEN, {}), str(outcome.pk): pages}
    request.session[_SEEN] = dict(list(seen.items())[-_MOST_SEEN:])
    return outcome, range(1, pages + 1)


def graduate_evidence(request: OfficerRequest, pk: UUID, outcome: UUID, page: int) -> HttpResponse:
    """One page as a picture, for whoever said in this sign-in what for."""
    one = graduate_or_404(request, pk)
    pages = request.session.get(_SEEN, {}).get(str(outcome), 0)
    if not pages:
        return redirect("graduate", pk)
    found = or_404(next((each for each in _with_papers(one) if each.pk == outcome), None))
    if not 1 <= page <= pages or found.document is None:
        raise Http404
    drawn = pictures.page(papers.content(found.document), page, width=pictures.WIDTHS[0])
    return HttpResponse(drawn, content_type="image/png", headers={"Cache-Control": "no-store"})


def _with_papers(one: Graduate) -> list[Outcome]:
    return list(one.outcomes.exclude(document=None).select_related("document"))
