"""Build the demo city anew: beside the one that stands, in a process of its own, and then put into its place.

SQLite's own backup replaces the content of the standing database under its lock, so whoever reads or writes meanwhile
waits and then sees the fresh city; every session is gone with the old one.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from huigong.runs import demo
from huigong.runs.holding import is_taken, taken
from huigong.runs.steps import Progress, quiet
from huigong.values.sentence import SaidError, Sentence

_PATIENCE = 20
_DONE, _FAILED = "done", "failed"


@dataclass(frozen=True, slots=True)
class Told:
    """How far a rebuilding is: counted; or done, or failed with its reason."""

    step: str
    done: int = 0
    total: int = 0
    zh: str = ""
    en: str = ""

    @property
    def is_done(self) -> bool:
        return self.step == _DONE

    @property
    def has_failed(self) -> bool:
        return self.step == _FAILED


def rebuild(*, progress: Progress = quiet) -> None:
    """Build anew and replace. Raises SaidError where it cannot be done or is being done already."""
    _refuse_where_it_cannot_be()
    lock = taken(_lock_file())
    if lock is None:
        raise SaidError(
            Sentence(
                "demo_being_rebuilt", "演示城市正在重建，请等一等。", "The demo city is being rebuilt; please wait."
            )
        )
    with closing(lock):
        _rebuild(progress)


def begin() -> None:
    """Rebuild in the background, so that a page can tell how far it is; nothing where it is being done already."""
    _refuse_where_it_cannot_be()
    lock = taken(_lock_file())
    if lock is None:
        return
    _tell(Told("begin"))
    threading.Thread(target=_in_background, args=(lock,), daemon=True).start()


def running() -> bool:
    return is_taken(_lock_file())


def told() -> Told | None:
    """What was told last of a rebuilding; None where there was none."""
    try:
        return Told(**json.loads(_progress_file().read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def forget() -> None:
    _progress_file().unlink(missing_ok=True)


def _in_background(lock: sqlite3.Connection) -> None:
    try:
        _rebuild(lambda step, done, total: _tell(Told(step, done, total)))
        _tell(Told(_DONE))
    except (SaidError, OSError, sqlite3.Error) as error:
        said = error.sentence if isinstance(error, SaidError) else Sentence("", str(error), str(error))
        _tell(Told(_FAILED, zh=said.zh, en=said.en))
    finally:
        lock.close()


def _rebuild(progress: Progress) -> None:
    building = Path(settings.HUIGONG_HOME) / "demo.building"
    shutil.rmtree(building, ignore_errors=True)
    try:
        build_apart(building, progress=progress)
        progress("replace", 0, 1)
        _put_in_place(building, Path(settings.HUIGONG_HOME))
        progress("replace", 1, 1)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def build_apart(home: Path, *, progress: Progress = quiet) -> None:
    """Build in a process of its own (`huigong demo --only-build --json`), into the installation of that folder.

    One process has one database, chosen before Django starts; and a server must not be forked from a process that has
    decided cases, since the threads that count would be missing in it and it would wait for them for ever.
    """
    log_file = Path(settings.HUIGONG_HOME) / "demo.log"
    environment = os.environ | {
        "HUIGONG_HOME": str(home),
        "HUIGONG_KEYS": str(settings.HUIGONG_KEYS),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(settings.BASE_DIR), os.environ.get("PYTHONPATH")])),
        "PYTHONUTF8": "1",
    }
    with (
        log_file.open("w+", encoding="utf-8") as log,
        subprocess.Popen(
            [sys.executable, "-m", "huigong", "demo", "--only-build", "--json"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
            encoding="utf-8",
        ) as child,
    ):
        assert child.stdout is not None
        for line in child.stdout:
            step = json.loads(line)
            progress(step["step"], step["done"], step["total"])
        if child.wait():
            log.seek(0)
            why = log.read().strip().splitlines()[-1:] or [""]
            raise SaidError(
                Sentence(
                    "demo_not_rebuilt",
                    f"演示城市没有建成：{why[0]}（全文在 {log.name}）",
                    f"The demo city was not built: {why[0]} (the whole in {log.name})",
                )
            )
    log_file.unlink()


def _put_in_place(building: Path, home: Path) -> None:
    """Files first and old files last: killed anywhere between, every paper that the database names is there."""
    kept = _move_files(building / "files", home / "files")
    with (
        closing(sqlite3.connect(building / "huigong.sqlite3")) as fresh,
        closing(sqlite3.connect(home / "huigong.sqlite3", timeout=_PATIENCE)) as standing,
    ):
        fresh.backup(standing)
    for old in (home / "files").rglob("*"):
        if old.is_file() and old not in kept:
            old.unlink()


def _move_files(fresh: Path, files: Path) -> set[Path]:
    """Every paper is named by its bytes and its own id: none meets another."""
    moved = set()
    for file in [one for one in fresh.rglob("*") if one.is_file()]:
        to = files / file.relative_to(fresh)
        to.parent.mkdir(parents=True, exist_ok=True)
        file.replace(to)
        moved.add(to)
    return moved


def _refuse_where_it_cannot_be() -> None:
    if demo.standing() is None or connection.vendor != "sqlite":
        raise SaidError(
            Sentence(
                "demo_not_here",
                "这里不是 SQLite 上的演示城市，没有东西可重建。",
                "This is no demo city on SQLite: there is nothing to rebuild.",
            )
        )


def _lock_file() -> Path:
    return Path(settings.HUIGONG_HOME) / "demo.lock"


def _tell(now: Told) -> None:
    """Written beside and renamed, so that no page reads half of it."""
    beside = _progress_file().with_suffix(".part")
    beside.write_text(
        json.dumps({"step": now.step, "done": now.done, "total": now.total, "zh": now.zh, "en": now.en}), "utf-8"
    )
    beside.replace(_progress_file())


def _progress_file() -> Path:
    return Path(settings.HUIGONG_HOME) / "demo.progress.json"
