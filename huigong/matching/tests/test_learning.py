"""People's words held against the promised probabilities, and weights that follow them: only when there is something to learn."""

from random import Random

import numpy as np
import pytest

from benchmarks.matching.generate import invent
from huigong.matching import comparing, engine, learning, model
from huigong.matching.learning import Label
from huigong.values.sentence import WrongValueError


@pytest.fixture(scope="module")
def unsure():
    """Patterns on which people are asked, as often as they come."""
    records, _ = invent(profile="hard", records=12_000, seed=51)
    found = engine.match(records).pairs
    return found.filter(found["probability"].is_between(0.05, 0.998))["pattern"].to_list()


def labelled(patterns, chance):
    random = Random(5)
    return [Label(pattern, random.random() < chance(pattern)) for pattern in patterns]


def as_promised(pattern):
    return model.shipped().probability(pattern)


def other_schools_are_other_people(pattern):
    """A city where whoever is at another school is hardly ever the same person."""
    return as_promised(pattern) * (0.1 if comparing.read(pattern)["school"] == "different" else 1)


def test_words_as_promised_are_found_as_promised(unsure):
    labels = labelled(unsure, as_promised)
    for band in learning.bands(labels, model.shipped()):
        assert band.found == pytest.approx(band.promised, abs=4 * np.sqrt(band.pairs / 4))
    assert sum(band.pairs for band in learning.bands(labels, model.shipped())) == len(labels)


def test_there_is_little_to_learn_where_words_are_as_promised(unsure):
    learnt = learning.learn(labelled(unsure, as_promised), model.shipped())
    assert learnt.loss_after == pytest.approx(learnt.loss_before, rel=0.15)


def test_what_is_otherwise_in_this_city_is_learnt(unsure):
    labels = labelled(unsure, other_schools_are_other_people)
    learnt = learning.learn(labels, model.shipped())
    assert learnt.loss_after < 0.9 * learnt.loss_before
    moved = [
        learnt.model.probability(pattern) - as_promised(pattern)
        for pattern in set(unsure)
        if comparing.read(pattern)["school"] == "different"
    ]
    assert sum(moved) / len(moved) < -0.1


def test_few_words_teach_nothing_and_that_is_said(unsure):
    with pytest.raises(WrongValueError, match="太少"):
        learning.learn([Label(pattern, is_same=True) for pattern in unsure[:300]], model.shipped())


def test_labels_are_written_with_their_levels_and_read_again(unsure):
    labels = labelled(unsure[:50], as_promised)
    text = learning.written(labels)
    assert learning.read(text) == labels
    assert text.splitlines()[0].startswith("pattern,said,id,name,birth")


@pytest.mark.parametrize("line", ["17,perhaps", "韦小雨,same", f"{10**9},same", ",same"])
def test_a_file_of_another_kind_is_refused_with_its_line(line):
    with pytest.raises(WrongValueError, match="第 3 行"):
        learning.read(f"pattern,said\n17,same\n{line}\n")
