"""Read a paper back."""

from huigong.documents import storage
from huigong.documents.models import Document


def content(document: Document) -> bytes:
    """The bytes as they came. Raises WrongKeyError where the file was altered."""
    return storage.read(document)
