"""A million prepared records kept ready, so that one new application is compared in milliseconds.

Every stage keeps its places sorted; a record knocks by binary search. The answers are those of `engine.link`.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

import polars as pl

from huigong.matching import comparing, engine, normalising, stages

_FEW = 8


@dataclass(frozen=True, slots=True)
class _Door:
    """The places of one stage, sorted, with the rows that live there."""

    stage: stages.Stage
    keys: pl.Series
    rows: pl.Series


class Index:
    """Prepared records to look in. Building takes seconds; asking changes nothing."""

    def __init__(self, records: pl.DataFrame) -> None:
        self.table = engine.ready(records)
        self._doors = [self._door(stage, stage.key) for stage in stages.STAGES]
        # A record of the index may be the one that would knock: its other readings have doors too.
        self._knocking = [[self._door(stage, knock) for knock in stage.knocks] for stage in stages.STAGES]
        bearers = self.table.group_by("name").len().drop_nulls().sort("name")
        self._names, self._bearers = bearers["name"], bearers["len"]

    def matches(self, records: pl.DataFrame) -> engine.Matches:
        """Judged pairs: `left` is a row of what is asked, `right` a row of the index."""
        asked = self._with_bearers(normalising.prepare(records))
        visits = [
            (stage.key, door) for stage, door in zip(stages.STAGES, self._doors, strict=True) if not stage.only_knocks
        ]
        for stage, door, others in zip(stages.STAGES, self._doors, self._knocking, strict=True):
            visits += [(knock, door) for knock in stage.knocks]
            visits += [(stage.key, other) for other in others]
        pairs = _few(asked, visits) if asked.height <= _FEW else _many(asked, visits)
        patterns = comparing.patterns(asked, self.table, pairs) if pairs.height else pl.Series("pattern", [], pl.UInt32)
        return engine.Matches(engine.judged(pairs.with_columns(pattern=patterns)), {})

    def _door(self, stage: stages.Stage, key: pl.Expr) -> _Door:
        places = stages.places(self.table, key).sort("key")
        return _Door(stage, places["key"], places["row"])

    def _with_bearers(self, asked: pl.DataFrame) -> pl.DataFrame:
        """How many bear each asked name, the asked record itself among them."""
        at = self._names.search_sorted(asked["name"].fill_null(0))
        nearest = at.clip(0, max(len(self._names) - 1, 0))
        known = self._names.gather(nearest) == asked["name"] if len(self._names) else pl.Series([False] * asked.height)
        counts = self._bearers.gather(nearest) if len(self._names) else pl.Series([0] * asked.height)
        return asked.with_columns(
            name_count=pl.when(known.fill_null(value=False)).then(counts + 1).otherwise(1).cast(pl.UInt32)
        )


def _few(asked: pl.DataFrame, visits: list[tuple[pl.Expr, _Door]]) -> pl.DataFrame:
    """One look a record and door: for a single record a search in Python costs less than planning a query."""
    keys = asked.select(key.alias(str(at)) for at, (key, _) in enumerate(visits))
    found = set[tuple[int, int]]()
    for row, values in enumerate(keys.iter_rows()):
        for key, (_, door) in zip(values, visits, strict=True):
            if key is None:
                continue
            first = bisect_left(door.keys, key)
            if first < len(door.keys) and door.keys[first] == key:
                last = bisect_right(door.keys, key, first, min(len(door.keys), first + door.stage.most + 1))
                if last - first <= door.stage.most:
                    found.update((row, at) for at in door.rows[first:last])
    return pl.DataFrame(sorted(found), schema={"left": pl.UInt32, "right": pl.UInt32}, orient="row")


def _many(asked: pl.DataFrame, visits: list[tuple[pl.Expr, _Door]]) -> pl.DataFrame:
    return pl.concat(_visited(asked, key, door) for key, door in visits).unique().sort("left", "right")


def _visited(asked: pl.DataFrame, key: pl.Expr, door: _Door) -> pl.DataFrame:
    """Who lives at the places where the asked records knock, crowded places left out."""
    callers = stages.places(asked, key)
    first, last = (
        door.keys.search_sorted(callers["key"], side="left"),
        door.keys.search_sorted(callers["key"], side="right"),
    )
    visits = (
        callers.select(left="row")
        .with_columns(first=first, many=last - first)
        .filter(pl.col("many").is_between(1, door.stage.most))
    )
    rows = visits.select("left", at=pl.int_ranges("first", pl.col("first") + pl.col("many"))).explode("at")
    return rows.select("left", right=door.rows.gather(rows["at"]))
