"""The proofs about money and history run as commands, small here; docs/reference/benchmarks.md has the large figures.

Each is shown able to fail: with one guard of the product taken out it must end with exit code 1.
"""

import os
import subprocess
import sys

import pytest

from benchmarks.money import PROOFS
from benchmarks.proof.installation import TEMPLATE, drop_template
from tests.ways.folders import ROOT

pytestmark = pytest.mark.own_database
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "huigong.web.settings"}


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """One new installation for all of them to copy."""
    folder = str(tmp_path_factory.mktemp("template"))
    command = [sys.executable, "-m", "benchmarks.proof.installation", folder]
    subprocess.run(command, check=True, cwd=ROOT, env=ENVIRONMENT, capture_output=True)
    yield ENVIRONMENT | {TEMPLATE: folder}
    drop_template(folder)


def proof(template, *words):
    command = [sys.executable, "-m", "benchmarks.money", *words]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=template, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("machine", "--runs", "2", "--steps", "15", "--seed", "5"), "0 violations"),
        (("way", "--runs", "4", "--steps", "30", "--seed", "3"), "0 violations"),
        (("kills", "--kills", "12", "--seed", "1"), "0 lost, 0 half applied, 0 paid twice"),
        (("double", "--submissions", "15", "--seed", "2"), "15 effects"),
        (("pages", "--submissions", "28", "--seed", "6"), "0 HTTP 500"),
        (("calls",), "nothing left behind"),
        (("places", "--clerks", "64", "--repeats", "1"), "1 won each time, issued = held"),
        (("edits", "--edits", "40", "--seed", "4"), "0 lost, every loser told"),
        (("tampering", "--tamperings", "21", "--seed", "3"), "21 of 21 found"),
        (("replies", "--lines", "200"), "200 lines"),
        (("chain", "--events", "3000"), "3,000 events"),
    ],
)
def test_a_proof_holds_and_prints_its_figures_and_seed(template, words, told):
    code, printed = proof(template, *words)
    assert (code, told in printed) == (0, True), printed
    first = next(line for line in printed.splitlines() if line.startswith(f"{words[0]} on "))
    assert "seed " in first or first.endswith("nothing drawn")


BROKEN = [
    ("machine", "one-transaction", ("--runs", "30", "--seed", "1")),
    ("machine", "overdraft", ("--runs", "30", "--seed", "1")),
    ("way", "asked-again", ("--runs", "60", "--seed", "1")),
    ("way", "holds", ("--runs", "60", "--seed", "1")),
    ("kills", "one-transaction", ("--kills", "60", "--seed", "5")),
    ("double", "known-reference", ("--submissions", "9", "--seed", "2")),
    ("pages", "once", ("--submissions", "28", "--seed", "1")),
    ("calls", "one-transaction", ()),
    ("places", "condition", ("--clerks", "8", "--repeats", "2")),
    ("edits", "version", ("--edits", "40", "--seed", "4")),
    ("tampering", "checkpoints", ("--tamperings", "14", "--seed", "3")),
    ("tampering", "time", ("--tamperings", "14", "--seed", "3")),
]


@pytest.mark.parametrize(("name", "guard", "words"), BROKEN)
def test_a_proof_fails_where_a_guard_is_gone(template, name, guard, words):
    code, printed = proof(template, name, *words, "--without", guard)
    assert (code, "BROKEN after" in printed) == (1, True), printed


@pytest.mark.parametrize(("name", "size"), [("replies", "--lines"), ("chain", "--events")])
def test_a_proof_that_takes_too_long_fails(template, name, size):
    code, printed = proof(template, name, size, "100", "--within", "0.0001")
    assert (code, "more than 0.0001 s" in printed) == (1, True), printed


def test_every_guard_is_tried_here_or_beside_the_machine():
    """Tests of the machine itself take the other two out (test_money_machine.py)."""
    guards = {(name, guard) for name, (_, _, _, guards) in PROOFS.items() for guard in guards}
    tried = {(name, guard) for name, guard, _ in BROKEN}
    assert guards - tried == {("machine", "paid"), ("machine", "hold")}
