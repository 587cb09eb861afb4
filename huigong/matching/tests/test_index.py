"""A record asked of the index gets the answers that linking two lists gives, one at a time or many at once."""

import polars as pl

from benchmarks.matching.generate import invent
from huigong.matching import engine
from huigong.matching.index import Index

RECORDS, _ = invent(profile="hard", records=4_000, seed=21)
MANY, NEW = RECORDS.head(3_700), RECORDS.tail(300)
INDEX = Index(MANY)


def told(pairs, *, left=0):
    likely = pairs.filter(pl.col("probability") >= 0.1)
    return {
        (row["left"] + left, row["right"], row["answer"], round(row["probability"], 2))
        for row in likely.iter_rows(named=True)
    }


def test_many_at_once_are_answered_as_two_lists_are():
    asked, linked = (
        found.pairs.filter(pl.col("answer") == "same").select("left", "right")
        for found in (INDEX.matches(NEW), engine.link(NEW, MANY))
    )
    apart = (
        asked.join(linked, on=["left", "right"], how="anti").height
        + linked.join(asked, on=["left", "right"], how="anti").height
    )
    # A name's bearers are counted with the one that asks, not with all of its list: hardly an answer hangs on that.
    assert apart <= 2
    assert asked.height > 80


def test_one_at_a_time_is_the_same_as_many_at_once():
    alone = set().union(*(told(INDEX.matches(NEW[at : at + 1]).pairs, left=at) for at in range(60)))
    assert alone == told(INDEX.matches(NEW.head(60)).pairs)


def test_a_stranger_meets_nobody():
    assert INDEX.matches(pl.DataFrame({"record_id": ["x"], "name": ["令狐不群"]})).pairs.height == 0


def test_an_empty_index_knows_nobody():
    assert Index(MANY.head(0)).matches(NEW.head(1)).pairs.height == 0
