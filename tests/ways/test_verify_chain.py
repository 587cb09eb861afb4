"""The verifier that needs nothing of Huigong: eighty lines at most, and it finds what `huigong audit verify` finds."""

import os
import shutil
import sqlite3
import subprocess
import sys

import pytest

from tests.ways.folders import ROOT

VERIFIER = ROOT / "examples" / "verify_chain.py"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A small installation with a checkpoint outside, and its database and exported events."""
    tmp_path = tmp_path_factory.mktemp("made")
    home = os.environ | {
        "HUIGONG_HOME": str(tmp_path / "home"),
        "HUIGONG_KEYS": str(tmp_path / "keys"),
        "PYTHONPATH": str(ROOT),
    }
    home.pop("HUIGONG_DATABASE_URL", None)

    def huigong(*words):
        command = [sys.executable, "-m", "huigong", *words]
        return subprocess.run(command, env=home, capture_output=True, text=True, check=True, cwd=ROOT).stdout

    for name, role in (("黄", "verifier"), ("覃", "approver"), ("陈", "finance")):
        huigong("officers", "add", name, "--role", role)
    (tmp_path / "checkpoint").write_text(huigong("audit", "checkpoint"))
    (tmp_path / "events.jsonl").write_text(huigong("audit", "export"), encoding="utf-8")
    return tmp_path


@pytest.fixture
def kept(made, tmp_path):
    """One of its own to alter."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path


def verify(kept, source="home/huigong.sqlite3", *, checkpoint="checkpoint"):
    words = [kept / source, kept / checkpoint, "--public-key", kept / "keys" / "signing.pub"]
    # Nothing but the interpreter's own packages: the product is not on its path.
    done = subprocess.run(
        [sys.executable, "-I", str(VERIFIER), *map(str, words)], capture_output=True, text=True, check=False, cwd=kept
    )
    return done.returncode, done.stdout + done.stderr


def altered(kept, statement):
    database = sqlite3.connect(kept / "home" / "huigong.sqlite3")
    for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        database.execute(f"DROP TRIGGER {name}")
    database.execute(statement)
    database.commit()
    database.close()


def test_it_is_short_and_imports_nothing_of_the_product():
    source = VERIFIER.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 80
    assert not any(line.startswith(("import huigong", "from huigong", "import django")) for line in source.splitlines())


@pytest.mark.parametrize("source", ["home/huigong.sqlite3", "events.jsonl"])
def test_an_untouched_chain_holds(kept, source):
    code, told = verify(kept, source)
    assert (code, "the chain holds" in told) == (0, True), told


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE audit_event SET actor = 'mo' WHERE sequence = 2", "event 2 "),
        ("UPDATE audit_event SET at = '2017-01-01 00:00:00' WHERE sequence = 2", "event 2 "),
        ("UPDATE audit_event SET payload = payload || ' ' WHERE sequence = 2", "event 2 "),
        ("UPDATE audit_event SET payload = 'nothing that is JSON' WHERE sequence = 2", "event 2 "),
        ("UPDATE audit_event SET at = 7 WHERE sequence = 2", "event 2 "),
        ("DELETE FROM audit_event WHERE sequence = 2", "event 2 "),
        ("DELETE FROM audit_event WHERE sequence > 2", "the chain ends at 2"),
    ],
)
def test_what_was_altered_is_named(kept, statement, named):
    altered(kept, statement)
    code, told = verify(kept)
    assert code == 1
    assert named in told


def test_a_checkpoint_signed_by_somebody_else_is_no_checkpoint(kept):
    (kept / "false").write_text((kept / "checkpoint").read_text().replace("\n", "\n0", 1))
    assert verify(kept, checkpoint="false")[0] != 0


def test_two_checkpoints_that_say_different_things_of_one_place_never_both_hold(kept):
    lines = (kept / "checkpoint").read_text().splitlines()
    (kept / "other").write_text("\n".join([*lines[:2], "0" * 64, lines[3]]))
    words = [str(kept / name) for name in ("home/huigong.sqlite3", "other", "checkpoint")]
    done = subprocess.run([sys.executable, "-I", str(VERIFIER), *words], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"event {lines[1]} is not what the checkpoint says" in done.stdout
