"""签字档次的表: read one, and list those that a place has had.

A line is a limit and its boxes: `10000,handler finance deputy` or `10000	经办 财务 分管`; the last line has no limit.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import F, Value

from huigong.approvals.actions.bands import BandRow
from huigong.approvals.models import Band, Box
from huigong.approvals.queries import bands_of
from huigong.organisations.models import Organisation
from huigong.values import money
from huigong.values.sentence import SaidError, Sentence

_BETWEEN = re.compile(r"[\s、，,;；→/]+")
_CODES = {box.label: box.value for box in Box} | {box.value: box.value for box in Box}
_OPEN = frozenset({"", "-", "—", "再多", "以上"})


@dataclass(frozen=True, slots=True)
class BandTable:
    """The bands that a place laid down for a day. `state`: in force, to come, or before."""

    place: Organisation
    valid_from: date
    source: str
    by: str
    bands: Sequence[Band]
    state: str


def rows_of(text: str) -> list[BandRow]:
    """The bands of a table, with or without its headings. Raises SaidError that names the first line that cannot be read."""
    rows = list[BandRow]()
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if not line.strip() or line.strip().lower().startswith("up_to_yuan"):
            continue
        # From a spreadsheet a tab stands between them, and a comma may stand in the limit.
        limit, _, boxes = (part.strip() for part in line.partition("\t" if "\t" in line else ","))
        try:
            fen = None if limit in _OPEN else int(money.parse_yuan(limit))
            rows.append(BandRow(fen, tuple(_CODES[one] for one in _BETWEEN.split(boxes) if one)))
        except (KeyError, ValueError):
            raise SaidError(
                Sentence(
                    "bands_table",
                    f"第 {number} 行读不了：一行一档，先写到多少元，再写签字栏（{'、'.join(Box.labels)}），"
                    "栏名之间空一格；最后一档不写多少元。",
                    f"Line {number} cannot be read: a limit in yuan, then the boxes ({', '.join(Box.values)}) apart by a "
                    "blank; the last line has no limit.",
                )
            ) from None
    return rows


def tables_of(place: Organisation, *, on: date) -> list[BandTable]:
    """What this place and those above it have laid down, the newest first; the table that holds here is in force."""
    rows = Band.objects.alias(here=Value(place.path)).filter(here__startswith=F("place__path"))
    ordered = rows.select_related("place").order_by("-place__path", "-valid_from", F("up_to_fen").asc(nulls_last=True))
    holds = next(((one.place_id, one.valid_from) for one in bands_of(place, on=on)), None)
    found = []
    for (place_id, valid_from), part in groupby(ordered, key=lambda one: (one.place_id, one.valid_from)):
        bands = list(part)
        state = "in force" if (place_id, valid_from) == holds else "to come" if valid_from > on else "before"
        found.append(BandTable(bands[0].place, valid_from, bands[0].source, bands[0].by, bands, state))
    return found
