"""UUIDv7 primary keys: made by the caller, sorted by time, known before the insert that encryption binds to."""

import secrets
import time
import uuid


def uuid7(*, milliseconds: int | None = None, randomness: int | None = None) -> uuid.UUID:
    """A UUID of version 7 (RFC 9562): 48 bits of milliseconds since 1970, then 74 random bits.

    It is the one value that may look at the clock by itself: models name it as the default of their key, and no
    meaning hangs on it. Pass both arguments to get the same key again.
    """
    stamp = time.time_ns() // 1_000_000 if milliseconds is None else milliseconds
    noise = secrets.randbits(74) if randomness is None else randomness
    value = (stamp & (1 << 48) - 1) << 80 | 0x7 << 76 | (noise >> 62 & 0xFFF) << 64 | 0b10 << 62 | noise & (1 << 62) - 1
    return uuid.UUID(int=value)
