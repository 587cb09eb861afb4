"""The key folder: a master key that wraps data keys, an index key for blind indexes, a signing key for checkpoints.

It lies outside the data folder (HUIGONG_KEYS), so that a stolen database, backup or disk of files says nothing. A key is
made only for a database that holds nothing yet: for one that does, a missing key is a lost folder, and a new key would
hide the loss until nothing opens any more.
"""

import os
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from django.conf import settings

from huigong.values.sentence import SaidError, Sentence
from huigong.vault.models import DataKey

KEY_BYTES = 32
NONCE_BYTES = 12
# In the order in which they are made: where there is a master key there is an index key, even if the process was killed
# between the two, so that a missing one never means anything but a loss.
_TOGETHER = ("index.key", "master.key")


class WrongKeyError(SaidError):
    """The key folder does not belong to this database, is lost or damaged, or a ciphertext was moved or altered."""


def key_folder() -> Path:
    return Path(settings.HUIGONG_KEYS)


def wrap(data_key: bytes, *, name: bytes) -> bytes:
    """A data key sealed by the master key; `name` (the key's id) is bound to it."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(_secret("master.key")).encrypt(nonce, data_key, name)


def unwrap(wrapped: bytes, *, name: bytes) -> bytes | None:
    """None where the master key is another one, or the data key was made noise. Raises WrongKeyError without a master key."""
    try:
        return AESGCM(_secret("master.key")).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], name)
    except InvalidTag:
        return None


def index_key() -> bytes:
    return _secret("index.key")


def signing_key() -> Ed25519PrivateKey:
    """The key that signs checkpoints. Its public half is laid beside it, to be given to whoever checks them."""
    key = Ed25519PrivateKey.from_private_bytes(_secret("signing.key"))
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    _lay_down(key_folder() / "signing.pub", public, mode=0o644)
    return key


def public_key(file: Path | None = None) -> Ed25519PublicKey:
    """The public half: from a file that was kept, else from the key folder. Raises WrongKeyError where it is none."""
    chosen = file or key_folder() / "signing.pub"
    try:
        key = load_pem_public_key(chosen.read_bytes())
    except FileNotFoundError:
        if file is None and (key_folder() / "signing.key").exists():
            return signing_key().public_key()  # an installation from before the public half was kept
        raise _no_public_key(chosen) from None
    except (OSError, ValueError):
        raise _no_public_key(chosen) from None
    if not isinstance(key, Ed25519PublicKey):
        raise _no_public_key(chosen)
    return key


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
    _read.cache_clear()


def _secret(name: str) -> bytes:
    try:
        return _read(settings.HUIGONG_KEYS, name)
    except FileNotFoundError:
        pass
    file = key_folder() / name
    together = _TOGETHER if name in _TOGETHER else (name,)
    if together is _TOGETHER and DataKey.objects.exists():
        raise _lost(file)
    for one in together:
        _lay_down(key_folder() / one, os.urandom(KEY_BYTES), mode=0o600)
    return _read(settings.HUIGONG_KEYS, name)


@lru_cache(maxsize=16)
def _read(folder: Path | str, name: str) -> bytes:
    file = Path(folder) / name
    key = file.read_bytes()
    if len(key) != KEY_BYTES:
        raise _damaged(file, len(key))
    return key


def _lay_down(file: Path, content: bytes, *, mode: int) -> None:
    """Put a file where there is none: whole or not at all, and never over one that is there.

    It is written beside and linked into place, so that another process sees the whole key or none; of two that make the
    same key at once the second keeps the first one's.
    """
    if file.exists():
        return
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.link(beside, file)
    except FileExistsError:
        return
    finally:
        beside.unlink()


def _lost(file: Path) -> WrongKeyError:
    return WrongKeyError(
        Sentence(
            "key_lost",
            f"钥匙 {file} 不见了，而数据库里已有用它加密的内容；没有另造新钥匙，造了也解不开。请找回原来的钥匙文件夹（HUIGONG_KEYS）。",
            f"The key {file} is gone, and the database holds what it encrypts; no new key was made, since it would open nothing. Bring back the folder (HUIGONG_KEYS).",
        )
    )


def _damaged(file: Path, size: int) -> WrongKeyError:
    return WrongKeyError(
        Sentence(
            "key_damaged",
            f"钥匙 {file} 是坏的：{size} 字节，应为 {KEY_BYTES} 字节。请从备份找回原来的钥匙文件夹（HUIGONG_KEYS）。",
            f"The key {file} is damaged: {size} bytes, not {KEY_BYTES}. Bring back the folder from its backup (HUIGONG_KEYS).",
        )
    )


def _no_public_key(file: Path) -> WrongKeyError:
    return WrongKeyError(
        Sentence(
            "no_public_key",
            f"{file} 不是验签公钥。请用 --public-key 指明与检查点同存的 signing.pub。",
            f"{file} is no public key to verify with: name the signing.pub kept with the checkpoint (--public-key).",
        )
    )
