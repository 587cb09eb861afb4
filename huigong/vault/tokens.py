"""What was typed, in an address that tells nobody: sealed under this installation's key, for one reader and a few hours.

A search is posted and answered with an address, so that it can be gone back to and opened again; what stands in logs and
in the browser's history is this token, never a name or a number.
"""

import base64
import binascii
import hashlib
import os
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from huigong.vault import keys

_TIME_BYTES = 6


def seal(text: str, *, reader: str, at: datetime) -> str:
    nonce = os.urandom(keys.NONCE_BYTES)
    body = int(at.timestamp()).to_bytes(_TIME_BYTES, "big") + text.encode()
    return base64.urlsafe_b64encode(nonce + AESGCM(_key()).encrypt(nonce, body, reader.encode())).decode().rstrip("=")


def opened(token: str, *, reader: str, at: datetime, seconds: int) -> str | None:
    """The text, if the token was sealed here for this reader and is not older than so many seconds; else None."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        body = AESGCM(_key()).decrypt(raw[: keys.NONCE_BYTES], raw[keys.NONCE_BYTES :], reader.encode())
    except (InvalidTag, binascii.Error, ValueError):
        return None
    age = at.timestamp() - int.from_bytes(body[:_TIME_BYTES], "big")
    return body[_TIME_BYTES:].decode() if age <= seconds else None


def _key() -> bytes:
    """A key of its own, so that no digest and no token are ever made with the same."""
    return hashlib.sha256(b"huigong.tokens.v1\n" + keys.index_key()).digest()
