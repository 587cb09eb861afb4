"""Annotate forms in child processes with limits: openpyxl makes what a hostile workbook says there is, row by row.

A workbook that is too large for it comes back as a plain one with the same cells. Many forms share a few children: one
core is not enough for hundreds, and a fresh child for each costs more than the annotating.
"""

import resource
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from types import FrameType
from typing import Any
from zipfile import BadZipFile, ZipFile

from huigong.annexes import definition as definitions
from huigong.annexes.annotating import annotate, copy_name
from huigong.annexes.definition import FormDefinition
from huigong.annexes.marks import MARKS_SHEET
from huigong.annexes.pool import MEMORY_BYTES
from huigong.annexes.readings import FormReading, packed, unpacked
from huigong.values.confined import ChildDiedError, TooHeavyError, confined

SECONDS_PER_FILE = 20
"""Of the processor."""
_AGAIN = 1.0
_PATIENCE = 180
_IN_HAND = 3
_Work = tuple[dict[str, Any], str, dict[str, Any], str, str, str]


class _LateError(BaseException):
    """No Exception: a library that goes on after any fault would go on after this one."""


@dataclass(frozen=True, slots=True)
class Return:
    """An original, what was read in it, the batch and name that its annotated copy is to bear, and in which subfolder it goes."""

    path: Path
    reading: FormReading
    batch: str
    under: str = ""
    name: str = ""


def annotate_all(
    returns: Iterable[Return],
    definition: FormDefinition,
    folder: Path,
    *,
    workers: int,
    on_done: Callable[[], None],
) -> None:
    """Write the annotated copy of each into `folder`; only a few are in hand at a time."""
    jobs: deque[tuple[_Work, Future[None] | None]] = deque()

    def finish() -> None:
        work, job = jobs.popleft()
        try:
            if job is not None:
                job.result()
        except BrokenProcessPool:
            job = None
        if job is None:  # some file killed a child, and the pool with it: from here on each has a child of its own
            _alone(work)
        on_done()

    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_limit) as pool:
        for one in returns:
            work = _work(one, definition, folder)
            try:
                jobs.append((work, pool.submit(_annotate, work)))
            except BrokenProcessPool:
                jobs.append((work, None))
            if len(jobs) >= _IN_HAND * workers:
                finish()
        while jobs:
            finish()


def annotate_one(one: Return, definition: FormDefinition, folder: Path) -> Path:
    """Write the annotated copy of one form, in a child of its own, and return its path."""
    _alone(_work(one, definition, folder))
    return folder / one.under / (one.name or copy_name(one.path))


def names_of_copies(paths: Sequence[Path], folder: Path) -> list[str]:
    """What the copies are called in a folder: numbered where two files have one name, or where a stranger's file lies.

    A copy of an earlier round is written anew.
    """
    names: list[str] = []
    for path in paths:
        own = Path(copy_name(path))
        numbered = (own.name if n == 1 else f"{own.stem} ({n}){own.suffix}" for n in count(1))
        names.append(next(name for name in numbered if name not in names and _is_free(folder / name)))
    return names


def _is_free(place: Path) -> bool:
    if not place.exists():
        return True
    try:
        with ZipFile(place) as archive:
            return MARKS_SHEET.encode() in archive.read("xl/workbook.xml")
    except (BadZipFile, KeyError, OSError):
        return False


def _work(one: Return, definition: FormDefinition, folder: Path) -> _Work:
    return dict(definition.table), str(one.path), packed(one.reading), str(folder / one.under), one.batch, one.name


def _alone(work: _Work) -> None:
    try:
        confined(_annotate, work, memory_bytes=MEMORY_BYTES, seconds=_PATIENCE)
    except (ChildDiedError, TooHeavyError):
        confined(_plainly, work, memory_bytes=MEMORY_BYTES, seconds=_PATIENCE)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _annotate(work: _Work) -> None:
    """In a child: with the workbook's own formatting, or plainly where that cannot be had."""
    try:
        with _within(SECONDS_PER_FILE):
            _write(work, plain=False)
    except (Exception, _LateError):  # noqa: BLE001  openpyxl refuses right workbooks with errors of every kind
        signal.setitimer(signal.ITIMER_PROF, 0)
        _plainly(work)


def _plainly(work: _Work) -> None:
    _write(work, plain=True)


def _write(work: _Work, *, plain: bool) -> None:
    table, path, told, folder, batch, name = work
    form = definitions.from_table(table)
    annotate(Path(path), unpacked(told), form, Path(folder), batch=batch, name=name, plain=plain)


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    """Raise where it takes more of the processor, whatever else the machine has to do."""

    def late(_number: int, _frame: FrameType | None) -> None:
        raise _LateError

    signal.signal(signal.SIGPROF, late)
    # Again and again: an error that is raised while something is thrown away (a finaliser, a weak reference) is swallowed.
    signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
