"""The commands of the README and of the tutorial run as they are written, and come out as the pages say."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest

from tests.architecture.house import HERE

pytestmark = pytest.mark.slow
BLOCK = re.compile(r"^```\n(.*?)^```$", re.DOTALL | re.MULTILINE)
BASH = shutil.which("bash")
PROGRAMS = {
    ".venv/bin/python": f'"{sys.executable}"',
    "python3 dev.py huigong": f'"{sys.executable}" -m huigong',
}
LONG_COMMANDS_OF_DEV = ("python3 dev.py run", "python3 dev.py test")


def blocks(page):
    """The commands of a page, block by block; a block that opens with ```text is only shown."""
    return BLOCK.findall((HERE / page).read_text(encoding="utf-8"))


def as_run_here(commands, folder):
    """The same commands with this Python and without the set-up of dev.py, writing into a folder of the test."""
    here = re.sub(r"(?<![\w/])out/", f"{folder}/", commands)
    return re.sub(r"\.venv/bin/python|python3 dev\.py huigong", lambda found: PROGRAMS[found[0]], here)


def run(page, folder):
    """Run every block of a page in one shell; the first command that fails ends it."""
    chosen = [block for block in blocks(page) if not block.startswith(LONG_COMMANDS_OF_DEV)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HUIGONG_")}
    done = subprocess.run(
        [BASH, "-e", "-c", as_run_here("\n".join(chosen), folder)],
        cwd=HERE,
        env=environment | {"PYTHONPATH": str(HERE), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def summary_of(folder):
    return json.loads((folder / "summary.json").read_text(encoding="utf-8"))


@pytest.mark.skipif(BASH is None, reason="no bash on this machine")
def test_the_campaign_of_the_readme_comes_out_as_it_says(tmp_path):
    run("README.md", tmp_path)
    told = summary_of(tmp_path / "campaign")
    assert told["stopped_at"] is None
    assert sum(told["rows"].values()) == 44
    assert told["statuses"] == {"incomplete": 9, "released": 19, "tied": 2, "to_settle": 2, "waiting": 3}
    assert told["money_fen"] == {"released": 4_650_000}
    assert (told["rows"]["returned"], told["rows"]["waiting"]) == (6, 3)


def test_both_readmes_give_the_same_commands():
    assert blocks("README.md") == blocks("README.zh-CN.md")
    assert len(blocks("README.md")) == 3


@pytest.mark.skipif(BASH is None, reason="no bash on this machine")
def test_the_tutorial_stops_where_it_says_and_ends_where_it_says(tmp_path):
    told = run("docs/tutorial/first-campaign.md", tmp_path)
    stops = re.findall("stopped [a-z ]+", told)
    assert [stop.strip() for stop in stops] == [
        "stopped before verification",
        "stopped before sharing",
        "stopped at the notice",
        "stopped before approval",
    ]
    end = summary_of(tmp_path / "tutorial" / "out")
    assert end["stopped_at"] is None
    assert end["statuses"] == {"incomplete": 11, "refused": 1, "released": 19, "tied": 2, "waiting": 4}
    assert end["money_fen"] == {"released": 4_800_000}
    assert "09-mended.xlsx" in {path.name for path in (tmp_path / "tutorial" / "forms").iterdir()}


def test_a_command_that_fails_is_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("```\nfalse\n```\n", encoding="utf-8")
    with pytest.raises(AssertionError):
        run(page, tmp_path)
