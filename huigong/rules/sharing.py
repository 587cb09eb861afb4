"""Share scarce places: never more than there are, in the declared order; a full tie across the line goes to a person."""

from collections.abc import Collection, Mapping, Sequence
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
    ranked: Sequence[Ranked],
    places: Mapping[str, int],
    *,
    taken: Mapping[str, int] | None = None,
    preferred: Collection[str] = (),
) -> list[Shared]:
    """Give each federation's places to its first ranks. `taken` counts places that are held already.

    A group of equal rank that would need more places than are left gets none of them: all are tied, but for those that a
    person put first (`preferred`, by reference).
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
            outcomes = _of_group(group, 0 if closed else left, preferred)
            left -= sum(outcome == PLACED for outcome in outcomes)
            closed = closed or PLACED not in outcomes or len(set(outcomes)) > 1
            shared += [
                Shared(row.reference, federation, row.rank, outcome)
                for row, outcome in zip(group, outcomes, strict=True)
            ]
    return shared


def _of_group(group: Sequence[Ranked], left: int, preferred: Collection[str]) -> list[str]:
    """What a group of equal rank gets while so many places are left."""
    if len(group) <= left:
        return [PLACED] * len(group)
    if left <= 0:
        return [WAITING] * len(group)
    first = [row.reference in preferred for row in group]
    if not any(first) or sum(first) > left:
        return [TIED] * len(group)
    others = WAITING if sum(first) == left else TIED
    return [PLACED if chosen else others for chosen in first]
