"""A local Spark gives the pairs that the embedded engine gives. Skipped where pyspark or Java is not installed."""

import shutil

import polars as pl
import pytest

from benchmarks.matching.generate import invent
from huigong.matching import engine

pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed")
pytest.importorskip("pyarrow", reason="pyarrow is not installed")
pytestmark = [
    pytest.mark.enable_socket,  # Spark talks to its own workers
    pytest.mark.skipif(shutil.which("java") is None, reason="there is no Java to run Spark"),
    pytest.mark.filterwarnings("ignore"),
]
RECORDS = 100_000


def test_spark_and_the_embedded_engine_give_the_same_pairs(tmp_path):
    from huigong.matching import spark  # noqa: PLC0415  it needs pyspark

    records, _ = invent(profile="hard", records=RECORDS, seed=41)
    records.write_parquet(tmp_path / "people.parquet")
    settings = {"spark.sql.shuffle.partitions": "4", "spark.ui.enabled": "false", "spark.driver.memory": "4g"}
    builder = pyspark.sql.SparkSession.builder.master("local[2]").appName("huigong")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        spark.match(session.read.parquet(str(tmp_path / "people.parquet"))).write.parquet(str(tmp_path / "pairs"))
    finally:
        session.stop()
    assert told(pl.read_parquet(tmp_path / "pairs" / "*.parquet")) == told(ours(records))


def ours(records):
    pairs, ids = engine.match(records).pairs, records["record_id"]
    return pairs.with_columns(left=ids.gather(pairs["left"]), right=ids.gather(pairs["right"]))


def told(pairs):
    """Pairs that are not plainly different: one pair more that two keys on one place brought together changes nothing."""
    kept = pairs.filter(pl.col("answer") != engine.DIFFERENT).select("left", "right", "pattern", "answer")
    return {(*sorted((left, right)), pattern, answer) for left, right, pattern, answer in kept.iter_rows()}
