"""Annotate many forms in child processes: openpyxl holds a whole workbook, and one core is not enough for hundreds."""

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from huigong.annexes import definition as definitions
from huigong.annexes.annotating import annotate
from huigong.annexes.definition import FormDefinition
from huigong.annexes.readings import FormReading, packed, unpacked

_IN_HAND = 3


@dataclass(frozen=True, slots=True)
class Return:
    """An original, what was read in it, the batch that its annotated copy is to carry, and in which subfolder it goes."""

    path: Path
    reading: FormReading
    batch: str
    under: str = ""


def annotate_all(
    returns: Iterable[Return],
    definition: FormDefinition,
    folder: Path,
    *,
    workers: int,
    on_done: Callable[[], None],
) -> None:
    """Write the annotated copy of each into `folder`; only a few are in hand at a time."""
    table = dict(definition.table)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        jobs: deque[Future[None]] = deque()
        for one in returns:
            jobs.append(
                pool.submit(_annotate, table, str(one.path), packed(one.reading), str(folder / one.under), one.batch)
            )
            if len(jobs) >= _IN_HAND * workers:
                jobs.popleft().result()
                on_done()
        while jobs:
            jobs.popleft().result()
            on_done()


def _annotate(table: dict[str, Any], path: str, told: dict[str, Any], folder: str, batch: str) -> None:
    annotate(Path(path), unpacked(told), definitions.from_table(table), Path(folder), batch=batch)
