"""A scan that comes with a form about money is kept as a paper at once."""

from datetime import datetime
from typing import IO

from huigong.documents import actions as documents
from huigong.documents.models import Document
from huigong.web.console.scanned import scanned


def scan_or_none(sent: IO[bytes] | None, *, officer: str, at: datetime) -> Document | None:
    """The kept scan; None where nothing was sent, or what is no scan."""
    scan = scanned(sent) if sent is not None else None
    if scan is None:
        return None
    return documents.store(scan.content, name=scan.name, media_type=scan.media_type, officer=officer, at=at)
