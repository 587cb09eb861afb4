"""A million prepared records kept ready, so that one new application is compared in milliseconds.

Every stage keeps its places sorted; a record knocks by binary search. The answers are those of `engine.link`.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from huigong.matching import comparing, engine, model, normalising, places
from huigong.matching.stages import STAGES, Key, Stage, sides
from huigong.matching.texts import Columns


@dataclass(frozen=True, slots=True)
class _Visit:
    """A key under which an asked record knocks, and who lives at the places of that stage."""

    stage: Stage
    key: Key
    doors: places.Doors


class Index:
    """Prepared records to look in. Building takes seconds; asking changes nothing."""

    def __init__(self, records: pl.DataFrame) -> None:
        self.table = engine.ready(records)
        self._columns, self._bits = places.arrays(self.table), places.row_bits(self.table.height)
        columns = sides(self._columns)
        self._visits = [visit for stage in STAGES for visit in self._visits_of(stage, columns)]
        self._names, self._bearers = np.unique(self._columns["name"], return_counts=True)

    def matches(self, records: pl.DataFrame) -> engine.Matches:
        """Judged pairs: `left` is a row of what is asked, `right` a row of the index."""
        asked = dict(normalising.prepared(records))
        asked["name_count"] = self._bearers_of(asked["name"])
        pairs = self._pairs(sides(asked))
        patterns = comparing.patterns_of(asked, self._columns, pairs)
        return engine.Matches(engine.judged(pairs.hstack([patterns]), model.shipped()), {})

    def _visits_of(self, stage: Stage, columns: Columns) -> list[_Visit]:
        homes = places.doors(columns, stage.key, self._bits)
        visits = [_Visit(stage, key, homes) for key in (*(() if stage.only_knocks else (stage.key,)), *stage.knocks)]
        # A record of the index may be the one that would knock: its other readings have doors too.
        knocking = [places.doors(columns, knock, self._bits) for knock in stage.knocks]
        return visits + [_Visit(stage, stage.key, doors) for doors in knocking]

    def _pairs(self, asked: Columns) -> pl.DataFrame:
        """Everybody who lives where the asked records knock, each pair once."""
        found = [np.zeros(0, np.uint64)]
        numbers = {key: places.mixed(asked, key) for key in {visit.key for visit in self._visits}}
        for visit in self._visits:
            callers, homes = places.visited(numbers[visit.key], visit.doors, visit.stage.most)
            found.append(callers.astype(np.uint64) << np.uint64(32) | homes)
        pairs = np.unique(np.concatenate(found))
        return pl.DataFrame({"left": (pairs >> np.uint64(32)).astype(np.uint32), "right": pairs.astype(np.uint32)})

    def _bearers_of(self, names: np.ndarray) -> np.ndarray:
        """How many bear each asked name, the asked record itself among them."""
        at = np.minimum(np.searchsorted(self._names, names), max(len(self._names) - 1, 0))
        known = self._names[at] == names if len(self._names) else np.zeros(len(names), bool)
        counts = self._bearers[at] if len(self._names) else 0
        return np.where(known, counts + 1, 1).astype(np.uint32)
