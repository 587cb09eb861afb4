"""The same stages on Spark, for a province on many machines. Needs pyspark, which Huigong does not bring along.

Records are prepared and pairs are judged by the code of the embedded engine, in parts; only bringing together is Spark's own,
out of the same stages. Numbers are signed there: the bits are the same.
"""

from collections.abc import Iterable, Iterator
from functools import reduce

import numpy as np
import polars as pl
import pyarrow as pa
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as f

from huigong.matching import comparing, engine, model
from huigong.matching.normalising import prepared
from huigong.matching.stages import STAGES, sides
from huigong.matching.texts import Columns

_CONDITIONS = {key.only for stage in STAGES for key in (stage.key, *stage.knocks)} - {""}
_PARTS = {part for stage in STAGES for key in (stage.key, *stage.knocks) for part in key.parts}
_STORED = sorted({*_CONDITIONS, *_PARTS, *comparing.COLUMNS} - {"name_count"})
_FLAGS = _CONDITIONS | {"masked"}
_PREPARED = "record_id string, " + ", ".join(f"{name} {'boolean' if name in _FLAGS else 'long'}" for name in _STORED)
_PLACE = ["stage", "first", "second"]
_LIVED = "who string, knocks boolean, stage int, first long, second long"
_JUDGED = "left string, right string, pattern long, probability double, answer string"


def match(records: DataFrame) -> DataFrame:
    """Every pair of records that may be one person, by `record_id`, each pair once, with pattern, probability and answer."""
    table = ready(records).cache()
    return judged(table, candidates(table))


def ready(records: DataFrame) -> DataFrame:
    """Prepared columns, the columns that keys are made of, and how many bear the name."""
    made = records.mapInArrow(_prepared, _PREPARED)
    return made.withColumn("name_count", f.count("*").over(Window.partitionBy("name")))


def candidates(table: DataFrame) -> DataFrame:
    """Pairs that a stage brings together; crowded places are left out as they are elsewhere."""
    lived = table.mapInArrow(_lived, _LIVED)
    homes, callers = (lived.where(f.col("knocks") == knocks).drop("knocks") for knocks in (False, True))
    most = f.array(*(f.lit(stage.most) for stage in STAGES))[f.col("stage")]
    meets = f.array(*(f.lit(not stage.only_knocks) for stage in STAGES))[f.col("stage")]
    roomy = homes.join(homes.groupBy(_PLACE).count().where(f.col("count") <= most), _PLACE)
    shared = roomy.where((f.col("count") > 1) & meets).drop("count")
    asked = (shared, callers)
    met = (
        one.withColumnRenamed("who", "caller").join(home, _PLACE)
        for one, home in zip(asked, (shared, roomy), strict=True)
    )
    ordered = f.least("who", "caller").alias("left"), f.greatest("who", "caller").alias("right")
    return reduce(DataFrame.unionAll, [pairs.where("who != caller").select(*ordered) for pairs in met]).distinct()


def judged(table: DataFrame, pairs: DataFrame) -> DataFrame:
    """Patterns, probabilities and answers of pairs."""
    columns = ["record_id", *comparing.COLUMNS]
    left, right = (table.select([f.col(name).alias(f"{name}_{side}") for name in columns]) for side in "lr")
    both = pairs.join(left, pairs["left"] == left["record_id_l"]).join(right, pairs["right"] == right["record_id_r"])
    return both.mapInArrow(_judged, _JUDGED)


def _prepared(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        records = pl.DataFrame(pl.from_arrow(batch))
        columns = sides(prepared(records))
        made = {
            name: columns[name] if name in _FLAGS else columns[name].astype(np.uint64).view(np.int64)
            for name in _STORED
        }
        yield from pl.DataFrame({"record_id": records["record_id"], **made}).to_arrow(compat_level=_OLDEST).to_batches()


def _lived(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Who lives where, and who knocks where: a row for every key that a record has."""
    for batch in batches:
        table = pl.DataFrame(pl.from_arrow(batch))
        for number, stage in enumerate(STAGES):
            for key in (stage.key, *stage.knocks):
                has = pl.all_horizontal(
                    *(pl.col(part) != 0 for part in key.parts), *([pl.col(key.only)] if key.only else [])
                )
                rows = table.filter(has).select(
                    who="record_id", knocks=pl.lit(key is not stage.key), stage=pl.lit(number, pl.Int32),
                    first=key.parts[0], second=key.parts[-1],
                )  # fmt: skip
                yield from rows.to_arrow(compat_level=_OLDEST).to_batches()


def _judged(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        both = pl.DataFrame(pl.from_arrow(batch))
        rows = pl.DataFrame(
            {"left": np.arange(both.height, dtype=np.uint32), "right": np.arange(both.height, dtype=np.uint32)}
        )
        patterns = comparing.patterns_of(_side(both, "l"), _side(both, "r"), rows)
        told = engine.judged(both.select("left", "right").hstack([patterns]), model.shipped())
        yield from told.with_columns(pl.col("pattern").cast(pl.Int64)).to_arrow(compat_level=_OLDEST).to_batches()


def _side(both: pl.DataFrame, side: str) -> Columns:
    columns = {name: both[f"{name}_{side}"].to_numpy() for name in comparing.COLUMNS}
    return {name: column if name in _FLAGS else column.view(np.uint64) for name, column in columns.items()}


_OLDEST = pl.CompatLevel.oldest()  # texts as Spark's Arrow has them
