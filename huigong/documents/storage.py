"""Where encrypted contents lie: HUIGONG_HOME/files/ab/abcdef…, written beside and renamed, so never half there."""

import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from huigong.documents.models import Document
from huigong.vault import keys
from huigong.vault.actions import secret_of


def path_of(document: Document) -> Path:
    return Path(settings.HUIGONG_HOME) / "files" / document.sha256[:2] / f"{document.sha256}.{document.id.hex[-8:]}"


def write(document: Document, content: bytes) -> None:
    path, nonce = path_of(document), os.urandom(keys.NONCE_BYTES)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{os.getpid()}.part")
    with beside.open("wb") as out:
        out.write(nonce + AESGCM(secret_of(document.data_key_id)).encrypt(nonce, content, document.sha256.encode()))
        out.flush()
        os.fsync(out.fileno())
    beside.replace(path)


def read(document: Document) -> bytes:
    """The content. Raises WrongKeyError where it was altered, FileNotFoundError where it is gone."""
    stored = path_of(document).read_bytes()
    try:
        return AESGCM(secret_of(document.data_key_id)).decrypt(
            stored[: keys.NONCE_BYTES], stored[keys.NONCE_BYTES :], document.sha256.encode()
        )
    except InvalidTag:
        raise keys.wrong_key() from None
