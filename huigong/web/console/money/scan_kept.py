"""A scan that comes with a form about money is kept as a paper at once."""

from datetime import datetime

from django.contrib.messages import ERROR

from huigong.documents import actions as documents
from huigong.documents.models import Document
from huigong.values.sentence import SaidError
from huigong.web.console.asking import OfficerRequest, tell
from huigong.web.console.scanned import scanned


def scan_or_none(request: OfficerRequest, *, at: datetime) -> Document | None:
    """The kept scan; None where nothing was sent, what is no scan, or what was erased before, which is told."""
    sent, by = request.FILES.get("scan"), request.user.username
    scan = scanned(sent) if sent is not None else None
    if scan is None:
        return None
    try:
        return documents.store(scan.content, name=scan.name, media_type=scan.media_type, officer=by, at=at)
    except SaidError as error:
        tell(request, ERROR, error.sentence)
        return None
