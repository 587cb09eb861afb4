"""Read a published circular back from its frozen texts; which campaigns an officer may see."""

from functools import lru_cache

from django.db.models import F, Q, QuerySet, Value

from huigong.circulars.models import Campaign, CircularVersion
from huigong.organisations.models import Officer
from huigong.rules import loading
from huigong.rules.circular import Circular


def circular_of(campaign: Campaign) -> Circular:
    """The circular that a campaign works under, as it was published."""
    return circular_of_version(campaign.version)


def circular_of_version(version: CircularVersion) -> Circular:
    return _built(version.digest, tuple(sorted(version.texts.items())), tuple(version.supplements))


def latest_versions() -> list[CircularVersion]:
    """The version published last of every circular."""
    latest = {row.slug: row for row in CircularVersion.objects.order_by("published_at")}
    return sorted(latest.values(), key=lambda row: row.slug, reverse=True)


def version_named(slug: str, *, digest: str = "") -> CircularVersion | None:
    """The circular of that name: the version whose digest begins so, else the one published last."""
    found = CircularVersion.objects.filter(slug=slug, digest__startswith=digest)
    return found.order_by("-published_at").first()


def campaigns_for(officer: Officer) -> QuerySet[Campaign]:
    """The campaigns of the federations above and below an officer's organisation; none for somebody who left."""
    if not officer.is_active:
        return Campaign.objects.none()
    mine = officer.organisation.path
    above = Q(here__startswith=F("federation__path"))
    return (
        Campaign.objects.select_related("federation", "version")
        .alias(here=Value(mine))
        .filter(above | Q(federation__path__startswith=mine))
    )


@lru_cache(maxsize=16)
def _built(digest: str, texts: tuple[tuple[str, str], ...], supplements: tuple[str, ...]) -> Circular:  # noqa: ARG001  the digest keys the cache
    return loading.from_texts(dict(texts), supplements)
