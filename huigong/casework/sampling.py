"""Which cases a seed draws: the same names for everybody who has the seed and the list, on any machine, for ever.

Cases go in the order of SHA-256(seed, reference); the first `size` are drawn. No library's random order is relied on.
"""

import hashlib
from collections.abc import Iterable


def drawn(references: Iterable[str], *, seed: str, size: int) -> list[str]:
    """The references that are drawn, in the order of drawing."""
    return sorted(set(references), key=lambda one: (hashlib.sha256(f"{seed}\n{one}".encode()).digest(), one))[:size]


def digest_of(references: Iterable[str]) -> str:
    """What names the list that was drawn from, whatever its order."""
    return hashlib.sha256("\n".join(sorted(set(references))).encode()).hexdigest()
