"""交表, a long form leaf by leaf: which rows a leaf holds, how many of them are ready, to be looked at, or not to be taken.

A leaf has a fixed number of rows, so that a row stays on its leaf while its neighbours are mended.
"""

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator

from huigong.intake.lifecycle import READY, RETURNED, WAITING
from huigong.intake.models import FormRow

A_LEAF = 30
_AROUND = 3


@dataclass(frozen=True, slots=True)
class Leaf:
    """Rows `first` to `last`, by where they stand; `troubled` where one of them has something to mend or to look at."""

    number: int
    first: int
    last: int
    ready: int
    look: int
    stop: int
    waiting: int
    troubled: bool


@dataclass(frozen=True, slots=True)
class Leaves:
    """The leaf that is open, those to offer beside it (None where some are left out), and where problems go on."""

    here: Leaf
    count: int
    offered: tuple[Leaf | None, ...]
    before: Leaf | None
    """The leaf with the problems before those of this leaf, round the end; None where no other leaf has any."""
    after: Leaf | None

    @property
    def back(self) -> int:
        return self.here.number - 1

    @property
    def on(self) -> int:
        return self.here.number + 1 if self.here.number < self.count else 0


def leaves_of(rows: Sequence[FormRow], *, troubled: Container[int], page: str, holding: int) -> Leaves:
    """All leaves of these rows, opened where row `holding` stands, else at `page` as an address asks for it."""
    paginator = Paginator(rows, A_LEAF)
    leaves = [_leaf(number, list(paginator.page(number).object_list), troubled) for number in paginator.page_range]
    held = next((leaf for leaf in leaves if holding and leaf.first <= holding <= leaf.last), None)
    here = held or leaves[paginator.get_page(page).number - 1]
    others = [leaf for leaf in leaves if leaf.troubled and leaf is not here]
    behind = [leaf for leaf in others if leaf.number > here.number]
    ahead = [leaf for leaf in others if leaf.number < here.number]
    return Leaves(
        here=here,
        count=len(leaves),
        offered=_offered(leaves, here.number),
        before=next(reversed(ahead or behind), None),
        after=next(iter(behind or ahead), None),
    )


def _leaf(number: int, rows: Sequence[FormRow], troubled: Container[int]) -> Leaf:
    where = Counter("look" if row.status == READY and row.looks else row.status for row in rows)
    return Leaf(
        number=number,
        first=rows[0].number if rows else 0,
        last=rows[-1].number if rows else 0,
        ready=where[READY],
        look=where["look"],
        stop=where[RETURNED],
        waiting=where[WAITING],
        troubled=any(row.number in troubled for row in rows),
    )


def _offered(leaves: Sequence[Leaf], here: int) -> tuple[Leaf | None, ...]:
    """The first, the last and those around; one None stands for each run that is left out."""
    kept = [leaf for leaf in leaves if leaf.number in {1, len(leaves)} or abs(leaf.number - here) <= _AROUND]
    offered: list[Leaf | None] = []
    for leaf in kept:
        if offered and (last := offered[-1]) is not None and leaf.number > last.number + 1:
            offered.append(None)
        offered.append(leaf)
    return tuple(offered)
