"""On invented records with their truth, of a seed that no weight was learnt on: right, sure of it, and asking little."""

import polars as pl
import pytest

from benchmarks.matching.generate import invent, pairs_of
from huigong.matching import engine


@pytest.fixture(scope="module", params=["hard", "easy"])
def judged(request):
    records, truth = invent(profile=request.param, records=12_000, seed=77)
    student, found = truth["student"], engine.match(records).pairs
    return (
        request.param,
        records,
        pairs_of(truth).height,
        found.with_columns(right_one=student[found["left"]] == student[found["right"]]),
    )


def test_pairs_are_found_and_are_right(judged):
    profile, _, true, found = judged
    likely = found.filter(pl.col("probability") >= 0.5)
    f1 = 2 * likely["right_one"].sum() / (likely.height + true)
    assert f1 >= {"hard": 0.985, "easy": 0.997}[profile]


def test_what_is_merged_by_itself_is_right(judged):
    merged = judged[3].filter(pl.col("answer") == "same")
    assert merged.height - merged["right_one"].sum() <= 1 + merged.height * 0.0005


def test_people_are_asked_about_few(judged):
    asked = judged[3].filter(pl.col("answer") == "review")
    assert pl.concat([asked["left"], asked["right"]]).n_unique() <= judged[1].height * 0.025


def test_probabilities_mean_what_they_say(judged):
    """Over all candidates the promised number of true pairs is the number of true pairs, within two in a hundred."""
    found = judged[3]
    assert found["probability"].sum() == pytest.approx(found["right_one"].sum(), rel=0.02)


def test_the_same_seed_invents_the_same_people():
    one, other = (invent(profile="hard", records=500, seed=5)[0] for _ in range(2))
    assert one.equals(other)
    assert not one.equals(invent(profile="hard", records=500, seed=6)[0])
