"""The officers' desk at the size of a large city: pages over 200,000 households, 700,000 people and 60,000 applications.

    python3 dev.py bench desk [--home FOLDER] [--households 200000] [--applications 60000] [--times 40] [--json FILE]

Builds the city once in FOLDER (else in the system's temporary folder): a real campaign through `huigong campaign run`, then
invented files beside it and copies of its cases, deterministically; cut short, it goes on where it stood. Then it asks each
page through the whole stack of one process, as an officer of the city and as one of a county, and the same list of Django's
own admin beside it, and prints p50 and p95. On SQLite, or with HUIGONG_DATABASE_URL on PostgreSQL (an empty database of its
own).
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, default=Path(tempfile.gettempdir()) / "huigong-desk")
    parser.add_argument("--households", type=int, default=200_000)
    parser.add_argument("--applications", type=int, default=60_000)
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--json", type=Path, default=None)
    parser.add_argument("--build-only", action="store_true")
    asked = parser.parse_args(words)
    folder = asked.home / ("postgresql" if os.environ.get("HUIGONG_DATABASE_URL") else "sqlite")
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["HUIGONG_HOME"] = str(folder / "home")
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.desk.settings"
    if not (folder / "campaign-done").exists():
        _campaign(folder)
        (folder / "campaign-done").touch()
    import django  # the settings above come first  # noqa: PLC0415

    django.setup()
    from benchmarks.desk import city, pages  # noqa: PLC0415  after the settings

    city.build(households=asked.households, applications=asked.applications)
    return 0 if asked.build_only else pages.measure(times=asked.times, out=asked.json)


def _campaign(folder: Path) -> None:
    """A real campaign of 60 forms: its cases, forms and papers are what the others are copies of."""
    from benchmarks.campaign import OFFICERS, _huigong, _invent, _words  # noqa: PLC0415  with its Django

    if not (folder / "city").exists():
        _invent(folder / "city", 60, 30, 7)
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "huigong.web.settings"}
    for name, role in OFFICERS:
        _huigong(["officers", "add", name, "--role", role], environment)
    command = [sys.executable, "-m", "huigong", *_words(folder / "city", folder / "out")]
    subprocess.run(command, check=True, cwd=HERE, env=environment, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
