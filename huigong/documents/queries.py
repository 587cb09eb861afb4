"""Read a paper back, and ask what keeps papers and files from being erased."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from huigong.documents import storage
from huigong.documents.models import Document, Erasure, LegalHold
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


def erasure_of(document: Document) -> Erasure | None:
    """When and by which rule the content of a paper went, where it did."""
    return Erasure.objects.filter(document=document).first()


def standing_holds(document: Document, files: Collection[str]) -> QuerySet[LegalHold]:
    """The legal holds that keep a paper back: its own, and those of the household files that it belongs to."""
    return LegalHold.objects.filter(Q(document=document) | Q(file_number__in=files), lifted_by="")


def file_holds(file_number: str) -> QuerySet[LegalHold]:
    """The legal holds that stand on a household file itself."""
    return LegalHold.objects.filter(file_number=file_number, lifted_by="")
