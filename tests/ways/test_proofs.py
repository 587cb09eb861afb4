"""The proofs about money and history run as commands, small here; docs/reference/benchmarks.md has the large figures."""

import os
import subprocess
import sys

import pytest

from tests.ways.folders import ROOT


def proof(*words):
    environment = os.environ | {"PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "huigong.web.settings"}
    command = [sys.executable, str(ROOT / "benchmarks" / "money.py"), *words]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("kills", "--kills", "12", "--seed", "1"), "0 lost, 0 half applied, 0 paid twice"),
        (("double", "--submissions", "15", "--seed", "2"), "15 effects"),
        (("places", "--clerks", "64", "--repeats", "1"), "1 won each time, issued = held"),
        (("edits", "--edits", "40", "--seed", "4"), "0 lost, every loser told"),
        (("tampering", "--tamperings", "21", "--seed", "3"), "21 of 21 found"),
        (("replies", "--lines", "200"), "200 lines"),
        (("chain", "--events", "3000"), "3000 events"),
    ],
)
def test_a_proof_holds_and_prints_its_figures(words, told):
    assert told in proof(*words)
