"""Whatever the records: left and right may change places, rows may be shuffled, ids renamed; the answers stay."""

from random import Random

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.matching.generate import invent
from huigong.matching import comparing, engine, places

RECORDS, _ = invent(profile="hard", records=600, seed=11)
few = settings(max_examples=15, deadline=None)


def told(records):
    found = engine.match(records).pairs
    ids = records["record_id"]
    return {
        (frozenset((ids[row["left"]], ids[row["right"]])), round(row["probability"], 9), row["answer"])
        for row in found.iter_rows(named=True)
    }


def sample(seed, size):
    return RECORDS[Random(seed).sample(range(RECORDS.height), size)]


@few
@given(st.integers(0, 10**6), st.integers(2, 300))
def test_the_order_of_rows_does_not_matter(seed, size):
    records = sample(seed, size)
    assert told(records) == told(records.sample(fraction=1, shuffle=True, seed=seed))


@few
@given(st.integers(0, 10**6), st.integers(2, 300))
def test_a_pair_is_judged_the_same_from_both_sides(seed, size):
    table = engine.ready(sample(seed, size))
    pairs = places.within(table).pairs
    turned = pairs.select(left="right", right="left")
    assert comparing.patterns(table, table, pairs).equals(comparing.patterns(table, table, turned))


@few
@given(st.integers(0, 10**6), st.integers(2, 300))
def test_renaming_the_records_renames_the_answers(seed, size):
    records = sample(seed, size)
    renamed = records.with_columns(record_id=pl.lit("x") + pl.col("record_id").str.reverse())
    assert {(frozenset("x" + name[::-1] for name in pair), *rest) for pair, *rest in told(records)} == told(renamed)


@few
@given(st.integers(0, 10**6), st.integers(4, 300))
def test_linking_two_lists_is_linking_them_the_other_way_round(seed, size):
    records = sample(seed, size)
    one, other = records[: size // 2], records[size // 2 :]
    there = {(row[0], row[1], round(row[3], 9)) for row in engine.link(one, other).pairs.iter_rows()}
    back = {(row[1], row[0], round(row[3], 9)) for row in engine.link(other, one).pairs.iter_rows()}
    assert there == back
