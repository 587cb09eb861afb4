"""Forms of an office nobody has seen are read right: an invented city, every container and layout, held against its truth."""

import json
from random import Random

import pytest

from benchmarks.generate import write
from benchmarks.invented.city import Founder
from huigong.annexes import pool
from huigong.annexes.tests.forms import FORM


def founded(seed, folder):
    city = Founder(seed, mixed=True, mistakes=0.3).city(forms=14, rows=6)
    write(city, folder, random=Random(seed))
    return json.loads((folder / "forms" / "truth.json").read_text())


@pytest.mark.parametrize("seed", [101, 102, 103])
def test_every_cell_is_read_and_every_problem_reported(tmp_path, seed):
    truth = founded(seed, tmp_path)

    readings = list(pool.read_all([tmp_path / "forms" / form["file"] for form in truth["forms"]], FORM, workers=2))

    for form, reading in zip(truth["forms"], readings, strict=True):
        told = reading.as_json()
        values = [{name: row[name] for name in FORM.value_names} for row in form["rows"]]
        assert [{name: row[name] for name in FORM.value_names} for row in told["rows"]] == values, form["file"]
        assert (told["unit"], told["filled_on"]) == (form["unit"], form["filled_on"]), form["file"]
        assert (told["filler"], told["filler_phone"]) == (form["filler"], form["filler_phone"]), form["file"]
        reported = {(n, p["field"], p["kind"]) for n, row in enumerate(told["rows"], 1) for p in row["problems"]}
        assert reported == {(p["row"], p["field"], p["kind"]) for p in form["problems"]}, form["file"]


def test_the_same_seed_makes_the_same_bytes(tmp_path):
    for again in ("first", "second"):
        founded(7, tmp_path / again)

    files = sorted(path.relative_to(tmp_path / "first") for path in (tmp_path / "first").rglob("*.*"))

    assert len(files) == 20
    for file in files:
        assert (tmp_path / "first" / file).read_bytes() == (tmp_path / "second" / file).read_bytes(), file
