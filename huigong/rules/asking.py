"""Ask conditions of one person's facts: each is a use of a circular's criterion, and all are answered in one pass.

A catalogue (doors.toml, policies.toml) has no clauses of its own circular, but its conditions mean what a circular's mean.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw
import polars as pl

from huigong.rules import criteria
from huigong.rules.facts import Facts, fact

_TYPES = {"bool": pl.Boolean, "int": pl.Int64, "fen": pl.Int64, "date": pl.Date, "text": pl.String}


def answers(conditions: Sequence[Mapping[str, Any]], facts: Facts) -> list[bool | None]:
    """Of each condition whether it is met; None where a fact that it asks for is not known. A frame of one row."""
    if not conditions:
        return []
    names = {name for given in conditions for name in criteria.VOCABULARY[given["criterion"]].reads(given)}
    row = pl.DataFrame({name: pl.Series([facts.get(name)], dtype=_TYPES[fact(name).kind]) for name in sorted(names)})
    frame: Any = nw.from_native(row)
    told = frame.select(
        *(criteria.expression(given["criterion"], given).alias(str(at)) for at, given in enumerate(conditions))
    ).to_dict(as_series=False)
    return [told[str(at)][0] for at in range(len(conditions))]
