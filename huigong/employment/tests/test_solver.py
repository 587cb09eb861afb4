"""The solver's process: the best assignment with its proof, zero-employment households first; small ones against every possibility."""

import itertools
import random

import pytest

from huigong.employment.assigning import assign
from huigong.employment.fitting import fit
from huigong.employment.models import Graduate, Opening

solver = pytest.importorskip("huigong.employment.solver", reason="OR-Tools is not installed: python3 dev.py check")


def problem(seed):
    chance = random.Random(seed)
    people, openings = chance.randint(1, 5), chance.randint(1, 4)
    points = [[chance.choice([-1, 0, 10, 30]) for _ in range(openings)] for _ in range(people)]
    return {
        "tables": [{"code": "x", "points": points, "wanted": list(range(people)), "offered": list(range(openings))}],
        "priority": [chance.choice([1_000, 2_000]) for _ in range(people)],
        "places": [chance.randint(0, 2) for _ in range(openings)],
        "apart": [[who, what] for who in range(people) for what in range(openings) if chance.random() < 0.2],
    }


def best(told):
    """By trying every assignment."""
    points, places = told["tables"][0]["points"], told["places"]
    found = 0
    for choice in itertools.product(range(-1, len(places)), repeat=len(points)):
        used = [choice.count(what) for what in range(len(places))]
        worth = [
            told["priority"][who] + points[who][what]
            if points[who][what] >= 0 and [who, what] not in told["apart"]
            else None
            for who, what in enumerate(choice)
            if what >= 0
        ]
        if None not in worth and all(one <= most for one, most in zip(used, places, strict=True)):
            found = max(found, sum(worth))
    return found


@pytest.mark.parametrize("seed", range(60))
def test_it_is_the_best_and_the_bound_says_so(seed):
    told = problem(seed)
    answer = solver.solve(told)
    assert answer["value"] == best(told)
    assert answer["bound"] == answer["value"]


def people(zero, many, work):
    return [Graduate(zero_employment=n < zero, level="undergraduate", wanted_work=[work]) for n in range(many)]


def test_zero_employment_households_come_first_whatever_the_points():
    """Three places, five people: both of the zero-employment households are in, though the others would fit better."""
    graduates = [*people(2, 2, "sales"), *people(0, 3, "office")]
    done = assign(graduates, [Opening(work="office", place="")], [3])
    placed = [graduates[who] for who, _ in done.chosen]
    assert sum(one.zero_employment for one in placed) == 2
    assert (len(placed), done.gap, done.pairs) == (3, 0, 5)
    assert all(fit(one, Opening(work="office", place="")).fits for one in placed)


def test_nobody_is_sent_where_they_cannot_go():
    done = assign([Graduate(level="higher_vocational")], [Opening(level="undergraduate", place="")], [4])
    assert (done.chosen, done.pairs) == ((), 0)
