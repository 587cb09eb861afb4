"""Follow a table that divides places: what somebody above holds is issued and reclaimed, and only the top begins anew.

No table makes a place below somebody who holds places of the source: each difference is a move with its letter, or the
whole table is refused.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.db import transaction

from huigong.circulars.models import Campaign
from huigong.organisations.models import Organisation
from huigong.organisations.queries import by_code
from huigong.quotas.actions.allotting import allot
from huigong.quotas.actions.moving import Places, PlacesRefusedError, move
from huigong.quotas.models import Allotment, FundSource, PlaceMove
from huigong.quotas.queries import walked
from huigong.values.sentence import Sentence

_REASON = "照分配表调整"


@dataclass(slots=True)
class _Line:
    """A union of the table below somebody who holds places: how many more it is to hold, less where it is below zero."""

    unit: Organisation
    parent: Organisation
    more: int


def follow(
    campaign: Campaign,
    places: Mapping[str, int],
    *,
    fund_source: str,
    name: str,
    officer: str,
    at: datetime,
    in_use: Mapping[str, int] = MappingProxyType({}),
) -> list[PlaceMove]:
    """Bring each union (by code) to the places that the table says it holds, and tell the moves that did it.

    Between two below the same federation places are transferred; what is left is reclaimed to the federation above, then
    issued by it. Raises PlacesRefusedError, and changes nothing, where places are not there.
    """
    with transaction.atomic():  # its moves and `allot` record themselves
        Campaign.objects.select_for_update().get(pk=campaign.pk)
        source, _ = FundSource.objects.get_or_create(code=fund_source, defaults={"name": name})
        top, lines = _parted(campaign, source, places)
        moves = []

        def go(kind: PlaceMove.Kind, giver: Organisation, taker: Organisation, number: int) -> None:
            wanted = Places(kind, giver, taker, number, reason=_REASON, in_use=in_use.get(giver.code, 0))
            moves.append(move(campaign, source, wanted, officer=officer, at=at))

        for giver, taker, number in _between_siblings(lines):
            go(PlaceMove.Kind.TRANSFER, giver, taker, number)
        for line in reversed(lines):
            if line.more < 0:
                go(PlaceMove.Kind.RECLAIM, line.unit, line.parent, -line.more)
        moved = walked(campaign, source).moved  # a table names what is held, `allot` what it began with
        begins = {unit.code: number - moved[unit.pk] for unit, number in top}
        allot(campaign, begins, fund_source=fund_source, name=name, officer=officer, at=at, in_use=in_use)
        _refuse_beyond(campaign, source, lines, in_use)
        for line in lines:
            if line.more > 0:
                go(PlaceMove.Kind.ISSUE, line.parent, line.unit, line.more)
        return moves


def _parted(
    campaign: Campaign, source: FundSource, places: Mapping[str, int]
) -> tuple[list[tuple[Organisation, int]], list[_Line]]:
    """The unions above which nobody holds places of the source, and the differences of the others, from the top down."""
    standing = {
        row.organisation.path: row.places
        for row in Allotment.objects.filter(campaign=campaign, fund_source=source).select_related("organisation")
    }
    top, lines = [], []
    for unit in sorted((by_code(code) for code in places), key=lambda one: one.path):
        if not any(unit.path.startswith(path) for path in standing if path != unit.path):
            top.append((unit, places[unit.code]))
        elif unit.parent and (more := places[unit.code] - standing.get(unit.path, 0)):
            lines.append(_Line(unit, unit.parent, more))
    return top, lines


def _between_siblings(lines: list[_Line]) -> Iterator[tuple[Organisation, Organisation, int]]:
    """What goes straight from one to another below the same; the lines keep what is left to do."""
    for giver in lines:
        for taker in lines:
            number = min(-giver.more, taker.more)
            if giver.parent == taker.parent and number > 0:
                giver.more, taker.more = giver.more + number, taker.more - number
                yield giver.unit, taker.unit, number


def _refuse_beyond(campaign: Campaign, source: FundSource, lines: list[_Line], in_use: Mapping[str, int]) -> None:
    """Raises PlacesRefusedError where those directly above do not hold what the lines want of them, all lines together."""
    wanted: dict[Organisation, int] = defaultdict(int)
    more = {line.unit: line.more for line in lines if line.more > 0}
    for line in lines:
        wanted[line.parent] += max(line.more, 0)
    for parent, number in wanted.items():
        row = Allotment.objects.filter(campaign=campaign, fund_source=source, organisation=parent).first()
        held, issued = (row.places, row.issued) if row else (0, 0)
        held, used = held + more.get(parent, 0), in_use.get(parent.code, 0)
        free = max(0, held - issued - used)
        if number > free:
            raise PlacesRefusedError(
                Sentence(
                    "table_beyond_held",
                    f"{parent.name}有 {held} 个名额，已下达 {issued} 个，已用 {used} 个，还能下达 {free} 个；照这张表还要下达 {number} 个，"
                    f"一行也没有变。请核对原表；上级给{parent.name}新增了名额的，请在表里把它那一行写成新的总数（连同下达的）。",
                    f"{parent.name} holds {held} places, passed on {issued}, uses {used}: {free} can be issued, and the table "
                    f"wants {number} more. No line was changed. Compare with the original; where {parent.name} was given more "
                    "from above, write its new total (with what it passes on) into its line of the table.",
                    {"left": free, "wanted": number},
                )
            )
