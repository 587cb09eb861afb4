"""The key folder: a master key that wraps data keys, an index key for blind indexes, a signing key for checkpoints.

It lies outside the data folder (HUIGONG_KEYS), so that a stolen database, backup or disk of files says nothing.
"""

import os
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from huigong.values.sentence import SaidError, Sentence

KEY_BYTES = 32
NONCE_BYTES = 12


class WrongKeyError(SaidError):
    """The key folder does not belong to this database, or a ciphertext was moved or altered."""


def key_folder() -> Path:
    return Path(settings.HUIGONG_KEYS)


def wrap(data_key: bytes, *, name: bytes) -> bytes:
    """A data key sealed by the master key; `name` (the key's id) is bound to it."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(_secret("master.key")).encrypt(nonce, data_key, name)


def unwrap(wrapped: bytes, *, name: bytes) -> bytes:
    """Raises WrongKeyError where the master key is another one."""
    try:
        return AESGCM(_secret("master.key")).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], name)
    except InvalidTag:
        raise wrong_key() from None


def index_key() -> bytes:
    return _secret("index.key")


def signing_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(_secret("signing.key"))


def wrong_key() -> WrongKeyError:
    return WrongKeyError(
        Sentence(
            "wrong_key",
            f"解不开密文：钥匙文件夹 {key_folder()} 不是这个数据库的，或密文被动过。请找回原来的钥匙文件夹（HUIGONG_KEYS）。",
            f"Cannot decrypt: the key folder {key_folder()} is not this database's, or the ciphertext was altered. Bring back the right folder (HUIGONG_KEYS).",
        )
    )


def forget() -> None:
    """Drop keys from memory, so that the folder is read again."""
    _read_or_make.cache_clear()


def _secret(name: str) -> bytes:
    return _read_or_make(key_folder() / name)


@lru_cache(maxsize=16)
def _read_or_make(file: Path) -> bytes:
    """The key in a file; made at first use, readable by its owner only."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_bytes()
    with os.fdopen(descriptor, "wb") as out:
        out.write(os.urandom(KEY_BYTES))
    return file.read_bytes()
