"""How an officer's organisation stands to the one that something belongs to: plain comparisons, no database.

Permission is asked by role and by this relation (web.permissions).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Relation = Literal["own", "below", "competent", "above", "beside", "none"]
RELATIONS: tuple[Relation, ...] = ("own", "below", "competent", "above", "beside", "none")
"""From the nearest to the farthest. `below`: the thing's organisation stands below the officer's, `above` above it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something belongs: the path of its organisation, and that of the federation whose centre is competent by place."""

    path: str
    competent: str = ""


def relation(mine: str, place: Place) -> Relation:
    """How the organisation of the path `mine` stands to a place."""
    if place.path == mine:
        return "own"
    if place.path.startswith(mine):
        return "below"
    if place.competent and place.competent.startswith(mine):
        return "competent"
    if mine.startswith(place.path):
        return "above"
    return "beside" if _root(mine) == _root(place.path) else "none"


def nearest(mine: str, places: Iterable[Place]) -> Relation:
    """The nearest relation to any of several places; none to nothing."""
    return min((relation(mine, place) for place in places), key=RELATIONS.index, default="none")


def _root(path: str) -> str:
    return path.split("/")[1]
