"""The demo as an installation of its own: built by the command, rebuilt in place, altered in a copy, and started twice."""

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings as installed

from huigong.runs import altered_copy, demo, demo_reset
from huigong.runs.holding import taken
from huigong.values.sentence import SaidError

ROOT = Path(installed.BASE_DIR)


def huigong(folder, *words):
    kept = {name: value for name, value in os.environ.items() if name != "HUIGONG_DATABASE_URL"}
    own = {"HUIGONG_HOME": str(folder / "home"), "HUIGONG_KEYS": str(folder / "keys"), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "huigong", *words], env=kept | own, cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    done = huigong(folder, "demo", "--only-build", "--json")
    assert done.returncode == 0, done.stderr
    steps = [json.loads(line) for line in done.stdout.splitlines()]
    assert {step["step"] for step in steps} == {"forms", "cases", "decisions"}
    return folder


@pytest.fixture
def installation(built, tmp_path, settings, monkeypatch):
    """A copy that this test may change, seen by this process as its own."""
    shutil.copytree(built, tmp_path / "own")
    settings.HUIGONG_HOME, settings.HUIGONG_KEYS = tmp_path / "own" / "home", tmp_path / "own" / "keys"
    monkeypatch.setattr(demo, "standing", lambda: demo.Demo("SA-450400-2017", None))
    monkeypatch.delenv("HUIGONG_DATABASE_URL", raising=False)
    monkeypatch.setattr(demo_reset.connection, "vendor", "sqlite")
    return tmp_path / "own"


def told(folder, question):
    with closing(sqlite3.connect(folder / "home" / "huigong.sqlite3")) as database:
        return database.execute(question).fetchone()[0]


def head(folder):
    return told(folder, "SELECT digest FROM audit_chainhead")


def papers(folder):
    return {path.name for path in (folder / "home" / "files").rglob("*") if path.is_file()}


def test_a_second_start_builds_nothing(installation):
    before = head(installation)
    again = huigong(installation, "demo", "--only-build")
    assert (again.returncode, head(installation)) == (0, before)
    assert "没有再建" in again.stdout


def test_a_busy_port_is_said_and_nothing_is_built(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = huigong(tmp_path, "demo", "--port", port)
    assert done.returncode == 1
    assert f"127.0.0.1:{port} 用不了" in done.stderr
    assert told(tmp_path, "SELECT count(*) FROM audit_event") == 0


def test_other_data_are_left_alone_by_the_command(tmp_path):
    assert huigong(tmp_path, "officers", "add", "黄", "--role", "verifier").returncode == 0
    done = huigong(tmp_path, "demo", "--port", "0")
    assert done.returncode == 1
    assert "已有别的数据" in done.stderr


def test_rebuilding_takes_away_what_a_visitor_did_and_signs_everybody_out(installation):
    before, old = head(installation), papers(installation)
    with closing(sqlite3.connect(installation / "home" / "huigong.sqlite3")) as database:
        database.execute("INSERT INTO django_session VALUES ('somebody', 'x', '2099-01-01')")
        database.execute("UPDATE studentaid_application SET student_name = '改过'")
        database.commit()
    steps = []

    demo_reset.rebuild(progress=lambda step, done, total: steps.append((step, done, total)))

    assert steps[0][0] == "forms"
    assert steps[-1] == ("replace", 1, 1)
    assert head(installation) != before
    assert told(installation, "SELECT count(*) FROM django_session") == 0
    assert told(installation, "SELECT count(*) FROM studentaid_application WHERE student_name = '改过'") == 0
    assert len(papers(installation)) == len(old)
    assert not papers(installation) & old
    assert not (installation / "home" / "demo.building").exists()
    assert huigong(installation, "audit", "verify", "--books").returncode == 0


def test_two_rebuildings_do_not_meet(installation):
    lock = taken(demo_reset._lock_file())
    with closing(lock), pytest.raises(SaidError) as refused:
        demo_reset.rebuild()
    assert refused.value.sentence.code == "demo_being_rebuilt"
    assert not demo_reset.running()


def test_what_cannot_be_built_leaves_the_city_standing_and_says_why(installation, monkeypatch):
    before = head(installation)
    monkeypatch.setenv("HUIGONG_MODE", "production")
    lock = taken(demo_reset._lock_file())
    demo_reset._in_background(lock)
    assert demo_reset.told().has_failed
    assert "production" in demo_reset.told().en
    assert head(installation) == before
    assert not demo_reset.running()


def test_an_altered_amount_in_a_copy_is_named_and_the_books_stay(installation):
    before = (installation / "home" / "huigong.sqlite3").read_bytes()
    found = altered_copy.altered_copy()
    assert not found.holds
    assert found.reference in found.books.zh
    assert (found.before, found.after) == ("1,500", "2,500")
    assert "250000" in found.books.en
    assert (installation / "home" / "huigong.sqlite3").read_bytes() == before


def test_a_copy_that_was_not_altered_holds(installation, monkeypatch):
    monkeypatch.setattr(altered_copy, "MORE_FEN", 0)
    assert altered_copy.altered_copy().holds


def test_without_transfers_there_is_nothing_to_alter(tmp_path, settings):
    settings.HUIGONG_HOME = tmp_path / "home"
    assert huigong(tmp_path, "setup").returncode == 0
    with pytest.raises(SaidError) as refused:
        altered_copy.altered_copy()
    assert refused.value.sentence.code == "no_altered_copy"
