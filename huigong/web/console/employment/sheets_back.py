"""带批注的原表: a list that was read comes back as it was sent, its faults marked, to whoever sent it and in the same sign-in."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from huigong.audit import actions as audit
from huigong.documents import actions as documents
from huigong.documents import queries as papers
from huigong.documents.models import Document
from huigong.employment import graduates_list, openings_list, reading
from huigong.organisations.queries import federation_of
from huigong.values.sentence import SaidError, Sentence
from huigong.web.console.asking import OfficerRequest, or_404
from huigong.web.console.employment.asking import year_asked

MOST_BYTES = 10_000_000
_SENT, _MOST = "lists", 20
_MARK = 16
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@contextmanager
def kept_list(request: OfficerRequest, pk: str) -> Iterator[Path]:
    """A list that this sign-in sent before, once more for as long as it is read."""
    form, name = request.session.get(_SENT, {}).get(pk, ("", ""))
    kept = or_404(Document.objects.filter(pk=pk).first() if form == graduates_list.FORM else None)
    with tempfile.TemporaryDirectory(prefix="huigong-") as folder:
        path = Path(folder) / f"list{PurePath(name).suffix.lower()}"
        path.write_bytes(papers.content(kept))
        yield path


@contextmanager
def sent_list(request: OfficerRequest) -> Iterator[Path]:
    """The list that a form sent, for as long as it is read. Raises SaidError where none was, or too large a one."""
    file = request.FILES.get("list")
    if not isinstance(file, UploadedFile) or not file.size or file.size > MOST_BYTES:
        raise SaidError(
            Sentence("list_missing", "请选一个 Excel 文件，不超过 10 MB。", "Choose a workbook of no more than 10 MB.")
        )
    with tempfile.TemporaryDirectory(prefix="huigong-") as folder:
        path = Path(folder) / Path(file.name or "list.xlsx").name[-120:]
        path.write_bytes(file.read())
        yield path


def keep(request: OfficerRequest, path: Path, form: str) -> UUID:
    """Keep a list that has faults, sealed, so that it can be given back marked; the sender's session knows it."""
    at, by = timezone.now(), request.user.username
    media = "application/octet-stream"
    kept = documents.store(path.read_bytes(), name=path.name, media_type=media, officer=by, at=at)
    sent = {**request.session.get(_SENT, {}), str(kept.pk): [form, path.name]}
    request.session[_SENT] = dict(list(sent.items())[-_MOST:])
    return kept.pk


def list_back(request: OfficerRequest) -> HttpResponse:
    """The annotated workbook; that it went out is recorded, since it holds plain numbers of people."""
    pk = request.GET.get("list", "")
    form, name = request.session.get(_SENT, {}).get(pk, ("", ""))
    if not form:
        raise Http404
    kept, today = or_404(Document.objects.filter(pk=pk).first()), timezone.localdate()
    with tempfile.TemporaryDirectory(prefix="huigong-") as folder:
        path = Path(folder) / f"list{PurePath(name).suffix.lower()}"
        path.write_bytes(papers.content(kept))
        out, batch = Path(folder) / "out", kept.sha256[:_MARK]
        if form == graduates_list.FORM:
            home = federation_of(request.user.organisation)
            made = reading.annotated(
                path, form, graduates_list.reader(home, year=year_asked(request), today=today), out, batch=batch
            )
        else:
            made = reading.annotated(path, form, openings_list.reader(today=today), out, batch=batch)
        content = made.read_bytes()
    told, by = {"form": form, "size": len(content)}, request.user.username
    audit.record("list.returned", subject=str(kept.pk), officer=by, at=timezone.now(), payload=told)
    file = _("%(name)s（带批注）.xlsx") % {"name": PurePath(name).stem}
    disposition = content_disposition_header(as_attachment=True, filename=file) or "attachment"
    return HttpResponse(content, content_type=_XLSX, headers={"Content-Disposition": disposition})
