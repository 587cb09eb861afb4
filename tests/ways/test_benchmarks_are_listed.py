"""`dev.py bench` lists benchmarks and nothing else, and says in a line each what they measure."""

import subprocess
import sys

from tests.ways.folders import ROOT


def test_every_listed_name_is_a_command_and_says_what_it_measures():
    done = subprocess.run(
        [sys.executable, "dev.py", "bench", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    listed = dict(line.split(maxsplit=1) for line in done.stdout.splitlines()[1:])
    assert {"campaign", "desk", "matching", "money"} <= listed.keys()
    for name, told in listed.items():
        assert told.endswith((".", "…")), name
        file = ROOT / "benchmarks" / f"{name}.py"
        source = (file if file.exists() else ROOT / "benchmarks" / name / "__main__.py").read_text(encoding="utf-8")
        assert '__name__ == "__main__"' in source, f"{name} helps others and is none itself"


def test_a_name_that_there_is_none_of_is_told_with_the_list():
    done = subprocess.run(
        [sys.executable, "dev.py", "bench", "desk_pages"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "  money " in done.stderr
