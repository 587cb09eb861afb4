"""A new table of 签字档次 beside the one that would hold without it: who signs for which sums now, and who would."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from huigong.approvals.queries import USUAL, bands_of
from huigong.organisations.models import Organisation

_Pair = tuple[int | None, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sums above one limit and up to the next (None: whatever they are): who signs now, and who would."""

    above_fen: int
    up_to_fen: int | None
    now: tuple[str, ...]
    then: tuple[str, ...]

    @property
    def is_new(self) -> bool:
        return self.now != self.then

    @property
    def is_less(self) -> bool:
        """A box of now is not asked any more."""
        return not set(self.now) <= set(self.then)


def beside(place: Organisation, then: Sequence[_Pair], *, on: date) -> list[Stretch]:
    """The new bands beside those that would hold on a day without them, limit by limit."""
    now = [(one.up_to_fen, tuple(one.boxes)) for one in bands_of(place, on=on)] or [(None, USUAL)]
    limits = sorted({limit for limit, _ in (*now, *then) if limit is not None})
    return [
        Stretch(above, up_to, _for(now, up_to), _for(then, up_to))
        for above, up_to in zip([0, *limits], [*limits, None], strict=True)
    ]


def _for(bands: Sequence[_Pair], fen: int | None) -> tuple[str, ...]:
    """The boxes of a sum; None is more than any limit."""
    fitting = (boxes for limit, boxes in bands if limit is None or (fen is not None and fen <= limit))
    return next(fitting, bands[-1][1])
