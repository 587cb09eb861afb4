"""Read many forms in child processes with limits: a hostile file costs one child, never the program.

A child is kept for many files (a fresh one for each costs more than the reading) and replaced when it dies, takes too
long, or has read its share.
"""

import hashlib
import multiprocessing
import os
import resource
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from huigong.annexes import definition as definitions
from huigong.annexes import problems
from huigong.annexes.containers.limits import MAX_BYTES
from huigong.annexes.definition import FormDefinition
from huigong.annexes.reading import read
from huigong.annexes.readings import FormReading, packed, unpacked

MEMORY_BYTES = 1_500_000_000
"""Address space of a child, not what it uses: libraries that it loads count."""
SECONDS_PER_FILE = 20
SECONDS_PER_CONVERSION = 120
FILES_PER_CHILD = 400
_CONVERTED = {".doc", ".wps", ".rtf", ".odt"}
_OLD, _RICH = b"\xd0\xcf\x11\xe0", b"{\\rt"
Progress = Callable[[int, int], None]


def read_all(
    paths: Sequence[Path],
    definition: FormDefinition,
    *,
    workers: int = 2,
    received_on: date | None = None,
    on_progress: Progress | None = None,
) -> Iterator[FormReading]:
    """Readings in the order of the paths. The same bytes twice: the second is a duplicate of the first."""
    doubled = _doubled(paths)
    wanted = [number for number in range(len(paths)) if number not in doubled]
    readings: dict[int, FormReading] = {
        number: _duplicate(paths[number], paths[first]) for number, first in doubled.items()
    }
    following = 0
    for done, (number, reading) in enumerate(_read_in_children(paths, wanted, definition, workers, received_on), 1):
        readings[number] = reading
        if on_progress:
            on_progress(done, len(wanted))
        while following in readings:
            yield readings.pop(following)
            following += 1
    while following in readings:
        yield readings.pop(following)
        following += 1


def _read_in_children(
    paths: Sequence[Path], wanted: Sequence[int], definition: FormDefinition, workers: int, received_on: date | None
) -> Iterator[tuple[int, FormReading]]:
    waiting = list(reversed(wanted))
    children = [_Child(definition, received_on) for _ in range(max(1, min(workers, len(wanted))))] if wanted else []
    try:
        while waiting or any(child.reads is not None for child in children):
            for child in children:
                if child.reads is None and waiting:
                    number = waiting.pop()
                    child.send(number, paths[number])
            ready = wait([child.pipe for child in children if child.reads is not None], timeout=0.5)
            for child in children:
                if child.reads is None:
                    continue
                number = child.reads
                if child.pipe in ready:
                    yield number, child.receive(paths[number])
                elif child.is_late():
                    child.replace()
                    yield number, _refused(paths[number], "读它花的时间太长", "reading it takes too long")
    finally:
        for child in children:
            child.stop()


class _Child:
    """One reading process and the file that it is at."""

    def __init__(self, definition: FormDefinition, received_on: date | None) -> None:
        self._told = (dict(definition.table), received_on)
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, *self._told), daemon=True)
        self._process.start()
        theirs.close()
        self.reads: int | None = None
        self._since, self._patience, self._files = 0.0, 0.0, 0

    def send(self, number: int, path: Path) -> None:
        self.reads, self._since = number, time.monotonic()
        self._patience = SECONDS_PER_CONVERSION if _may_be_converted(path) else SECONDS_PER_FILE
        self._files += 1
        self.pipe.send(str(path))

    def receive(self, path: Path) -> FormReading:
        """The reading; or, where the child died over the file, the sentence for it."""
        try:
            reading = unpacked(self.pipe.recv())
        except (EOFError, ConnectionError):
            self.replace()
            return _refused(path, "读它要的内存太多", "reading it takes too much memory")
        self.reads = None
        if self._files >= FILES_PER_CHILD:
            self.replace()
        return reading

    def is_late(self) -> bool:
        return time.monotonic() - self._since > self._patience

    def replace(self) -> None:
        self.stop()
        self._start()

    def stop(self) -> None:
        # With LibreOffice, if it started that: a child leads a group of its own as soon as it serves.
        if self._process.pid:  # group 0 would be one's own
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.join()
        self.pipe.close()


def _serve(pipe: "Connection[Any, Any]", table: dict[str, Any], received_on: date | None) -> None:
    """The life of a child: read what is asked until the pipe closes."""
    os.setsid()
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, hard))
    definition = definitions.from_table(table)
    while True:
        try:
            path = pipe.recv()
        except EOFError:
            return
        pipe.send(packed(read(Path(path), definition, received_on=received_on)))


def _may_be_converted(path: Path) -> bool:
    """By its name, or by its first bytes: an old document may be called .xls."""
    if path.suffix.lower() in _CONVERTED:
        return True
    if not path.is_file():
        return False  # opening a pipe would never end
    with path.open("rb") as content:
        return content.read(len(_OLD)) in {_OLD, _RICH}


def _refused(path: Path, what: str, what_en: str) -> FormReading:
    return FormReading(file=str(path), problems=(problems.of_file("too_large", what, what_en),))


def _duplicate(path: Path, first: Path) -> FormReading:
    return FormReading(file=str(path), problems=(problems.of_file("duplicate", first.name),))


def _doubled(paths: Sequence[Path]) -> dict[int, int]:
    """For each file with the bytes of an earlier one: which. Files too large to be read are not compared."""
    seen: dict[str, int] = {}
    doubled = {}
    for number, path in enumerate(paths):
        if path.stat().st_size > MAX_BYTES:
            continue
        content = path.read_bytes()
        first = seen.setdefault(hashlib.sha256(content).hexdigest(), number)
        if first != number and content.strip():
            doubled[number] = first
    return doubled
