"""A scan that somebody sends with a paper: pdf, jpg or png by its first bytes, and no more than ten megabytes; and one shown."""

from dataclasses import dataclass
from typing import IO

from django.contrib.messages import ERROR
from django.http import HttpRequest, HttpResponse

from huigong.documents import queries as papers
from huigong.documents.models import Document
from huigong.values.sentence import SaidError
from huigong.web.console.asking import tell

MAX_BYTES = 10_000_000
_TYPES = {b"%PDF": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png"}


@dataclass(frozen=True, slots=True)
class Scanned:
    content: bytes
    media_type: str
    name: str


def scanned(sent: IO[bytes]) -> Scanned | None:
    """What was sent; None where it is no such file or too large."""
    content = sent.read(MAX_BYTES + 1)
    media = scan_type(content)
    return Scanned(content, media, (sent.name or "")[-120:]) if media and len(content) <= MAX_BYTES else None


def scan_type(content: bytes) -> str:
    """What a scan is by its first bytes; empty for what is no scan."""
    return next((media for start, media in _TYPES.items() if content.startswith(start)), "")


def scan_shown(request: HttpRequest, document: Document, *, back: HttpResponse) -> HttpResponse:
    """The scan itself; one that was erased in its time is told on the page it belongs to."""
    try:
        content = papers.content(document)
    except SaidError as error:
        tell(request, ERROR, error.sentence)
        return back
    return HttpResponse(content, content_type=document.media_type)
