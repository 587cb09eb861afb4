"""Read a paper back."""

from huigong.documents import storage
from huigong.documents.models import Document, Erasure
from huigong.values.sentence import SaidError, Sentence


def content(document: Document) -> bytes:
    """The bytes as they came. Raises WrongKeyError where the file was altered, SaidError where it was erased in its time."""
    if gone := Erasure.objects.filter(document=document).first():
        raise SaidError(
            Sentence(
                "document_erased",
                f"这份材料已按“{gone.rule}”到期销毁，只留摘要 {document.sha256[:16]}。",
                f"This paper was erased when its time was over; only its digest {document.sha256[:16]} is left.",
            )
        )
    return storage.read(document)


def is_erased(document: Document) -> bool:
    return Erasure.objects.filter(document=document).exists()
