"""Keep the picture of a paper with its case."""

from datetime import datetime

from django.db import transaction

from huigong.audit import actions as audit
from huigong.casework.columns import SCAN
from huigong.casework.models import Scan
from huigong.documents import actions as documents
from huigong.documents import pictures
from huigong.organisations.models import Officer


def add_scan(case_reference: str, content: bytes, *, paper: str, name: str, officer: Officer, at: datetime) -> Scan:
    """The scan of these bytes in this case, opened once to see that it is a paper. Raises NotAPaperError."""
    return _keep(case_reference, content, pictures.opened(content), paper=paper, name=name, officer=officer, at=at)


@transaction.atomic
def _keep(
    case_reference: str,
    content: bytes,
    opened: pictures.Paper,
    *,
    paper: str,
    name: str,
    officer: Officer,
    at: datetime,
) -> Scan:
    by = officer.username
    document = documents.store(content, name=name, media_type=opened.media_type, officer=by, at=at)
    kept = Scan.objects.filter(case_reference=case_reference, document=document).first()
    if kept:
        return kept
    scan = Scan.objects.create(
        case_reference=case_reference, paper=paper, document=document, pages=opened.pages, added_by=by, at=at
    )
    told = {"scan": str(scan.pk), "paper": paper, "sha256": document.sha256, "columns": SCAN.told(scan)}
    audit.record("scan.added", subject=case_reference, officer=by, at=at, payload=told)
    return scan
