"""Keep a paper: once for the same bytes, encrypted, recorded."""

import hashlib
from datetime import datetime

from django.db import IntegrityError, transaction

from huigong.audit import actions as audit
from huigong.documents import storage
from huigong.documents.columns import DOCUMENT
from huigong.documents.models import Document, Erasure
from huigong.values.sentence import SaidError, Sentence
from huigong.vault import actions as vault


@transaction.atomic
def store(content: bytes, *, name: str, media_type: str, officer: str, at: datetime) -> Document:
    """The document of this content: the one that is kept already, else a new one (its event names the digest).

    Raises SaidError where these very bytes were erased in their time: their key is gone, so nothing would be kept.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    kept = Document.objects.filter(sha256=sha256).first()
    if kept:
        _refuse_erased(kept)
        return kept
    try:
        with transaction.atomic():
            document = Document(
                sha256=sha256,
                name=name[-255:],
                media_type=media_type,
                size=len(content),
                data_key=vault.new_data_key(),
                created_at=at,
            )
            document.save(force_insert=True)
    except IntegrityError:  # the same bytes, sent twice at once: the first one's are kept by now
        return Document.objects.get(sha256=sha256)
    storage.write(document, content)
    audit.record(
        "document.stored",
        subject=str(document.id),
        officer=officer,
        at=at,
        payload={"sha256": sha256, "size": len(content), "columns": DOCUMENT.told(document)},
    )
    return document


def _refuse_erased(kept: Document) -> None:
    if Erasure.objects.filter(document=kept).exists():
        raise SaidError(
            Sentence(
                "stored_after_erasure",
                "这份材料已到期销毁，同样的文件不能再存；请重新扫描。",
                "This very paper was erased in its time: scan it anew.",
            )
        )
