"""Share scarce places: never more than there are, in the declared order; a full tie across the line goes to a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huigong.rules.ranking import Ranked

PLACED, WAITING, TIED = "placed", "waiting", "tied"


@dataclass(frozen=True, slots=True)
class Shared:
    """What sharing gave one application: a place, a turn in the waiting list, or a tie that a person breaks."""

    reference: str
    federation_code: str
    rank: int
    outcome: str


def share(
    ranked: Sequence[Ranked], places: Mapping[str, int], *, taken: Mapping[str, int] | None = None
) -> list[Shared]:
    """Give each federation's places to its first ranks. `taken` counts places that are held already.

    A group of equal rank that would need more places than are left gets none of them: all are tied.
    """
    shared: list[Shared] = []
    for federation in sorted({row.federation_code for row in ranked}):
        left = places.get(federation, 0) - (taken or {}).get(federation, 0)
        own = sorted(
            (row for row in ranked if row.federation_code == federation), key=lambda row: (row.rank, row.reference)
        )
        closed = False
        for rank in sorted({row.rank for row in own}):
            group = [row for row in own if row.rank == rank]
            if not closed and len(group) <= left:
                outcome, left = PLACED, left - len(group)
            elif not closed and left > 0:
                outcome, closed = TIED, True
            else:
                outcome, closed = WAITING, True
            shared += [Shared(row.reference, federation, row.rank, outcome) for row in group]
    return shared
