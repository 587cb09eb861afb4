"""A clause beside what rests on it: its name, and the address at which the circular shows that sentence."""

from dataclasses import dataclass
from urllib.parse import quote

from django.urls import reverse

from huigong.circulars.models import CircularVersion


@dataclass(frozen=True, slots=True)
class Cited:
    """A clause and where it stands."""

    clause: str
    address: str


def cited(version: CircularVersion, clause: str) -> Cited:
    """The clause in the circular as it was when this was decided, at that sentence."""
    page = reverse("circular", args=[version.slug])
    return Cited(clause, f"{page}?version={version.digest[:12]}#{quote(clause)}")
