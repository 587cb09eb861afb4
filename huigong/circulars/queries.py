"""Read a published circular back from its frozen texts."""

from functools import lru_cache

from huigong.circulars.models import Campaign, CircularVersion
from huigong.rules import loading
from huigong.rules.circular import Circular


def circular_of(campaign: Campaign) -> Circular:
    """The circular that a campaign works under, as it was published."""
    return circular_of_version(campaign.version)


def circular_of_version(version: CircularVersion) -> Circular:
    return _built(version.digest, tuple(sorted(version.texts.items())), tuple(version.supplements))


@lru_cache(maxsize=16)
def _built(digest: str, texts: tuple[tuple[str, str], ...], supplements: tuple[str, ...]) -> Circular:  # noqa: ARG001  the digest keys the cache
    return loading.from_texts(dict(texts), supplements)
