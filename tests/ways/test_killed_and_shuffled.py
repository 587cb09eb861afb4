"""Runs in installations of their own: whatever the order of the files, and killed anywhere, a campaign ends the same."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time

import pytest

from tests.ways.folders import EXAMPLES, OFFICERS, ROOT, contents, essence, words

KILLS = 6
APPOINT = "import sys; from huigong import commands; [commands.main(['officers', 'add', *one.split(':')]) for one in sys.argv[1:]]"


class Installation:
    """An installation in a folder of its own, called as a clerk's machine would call it."""

    def __init__(self, folder):
        self.home, self.out = folder / "home", folder / "out"
        self.environment = os.environ | {
            "HUIGONG_HOME": str(self.home),
            "HUIGONG_DATABASE_URL": "",
            "PYTHONPATH": str(ROOT),
        }
        self.environment.pop("HUIGONG_KEYS", None)
        named = [f"{name}:--role:{role}" for name, role in OFFICERS]
        subprocess.run([sys.executable, "-c", APPOINT, *named], check=True, env=self.environment, capture_output=True)

    def begin(self, **changes):
        command = [sys.executable, "-m", "huigong", *words(self.out, **changes)]
        # A group of its own: kill -9 takes the reading children along.
        return subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
        )

    def run(self, **changes):
        process = self.begin(**changes)
        _, told = process.communicate()
        assert process.returncode == 0, told.decode()
        return json.loads((self.out / "summary.json").read_text(encoding="utf-8"))

    def verify(self):
        for noun in ("audit", "books"):
            done = subprocess.run(
                [sys.executable, "-m", "huigong", noun, "verify"],
                env=self.environment,
                capture_output=True,
                check=False,
            )
            assert done.returncode == 0, done.stdout.decode()


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A run that nothing disturbed."""
    installation = Installation(tmp_path_factory.mktemp("whole"))
    installation.run()
    return installation


def test_files_in_another_order_give_the_same_decisions_ranks_and_payments(whole, tmp_path):
    shuffled = tmp_path / "forms"
    for number, path in enumerate(sorted((EXAMPLES / "forms").iterdir(), reverse=True)):
        (shuffled / f"{number:02d}").mkdir(parents=True)
        shutil.copy(path, shuffled / f"{number:02d}" / path.name)
    other = Installation(tmp_path)

    other.run(forms=shuffled)

    assert essence(other.out) == essence(whole.out)


def test_killed_anywhere_and_run_again_it_ends_as_if_it_had_never_stopped(whole, tmp_path):
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    chance, other, killed = random.Random(seed), Installation(tmp_path), 0
    while killed < KILLS:
        process = other.begin()
        time.sleep(chance.uniform(0.4, 2.6))
        done = process.poll() is not None
        if not done:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()  # closes the pipes, also of a run that ended by itself
        if done:
            break
        killed += 1

    told = other.run()

    assert killed >= 2
    assert essence(other.out) == essence(whole.out)
    assert len(told["batches"]) == 1
    assert not [name for name in contents(other.out) if name.endswith(".part")]
    other.verify()
