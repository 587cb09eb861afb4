"""Who hangs together: pairs closed over, so that A with B and B with C are one cluster of three."""

from collections.abc import Hashable, Iterable
from typing import TypeVar

One = TypeVar("One", bound=Hashable)


def clusters(pairs: Iterable[tuple[One, One]]) -> list[set[One]]:
    """Everybody who stands in a pair, each in one cluster, in the order in which they are met."""
    home: dict[One, set[One]] = {}
    for one, other in pairs:
        together = home.get(one, {one}) | home.get(other, {other})
        home |= dict.fromkeys(together, together)
    return list({id(one): one for one in home.values()}.values())
