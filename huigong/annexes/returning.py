"""Annotate many forms in child processes: openpyxl holds a whole workbook, and one core is not enough for hundreds."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from huigong.annexes import definition as definitions
from huigong.annexes.annotating import annotate
from huigong.annexes.definition import FormDefinition
from huigong.annexes.readings import FormReading, packed, unpacked


@dataclass(frozen=True, slots=True)
class Return:
    """An original, what was read in it, and the batch that its annotated copy is to carry."""

    path: Path
    reading: FormReading
    batch: str


def annotate_all(
    returns: Sequence[Return],
    definition: FormDefinition,
    folder: Path,
    *,
    workers: int,
    on_progress: Callable[[int, int], None],
) -> None:
    """Write the annotated copy of each into `folder`. One alone is written here, without a child."""
    if len(returns) <= 1:
        for one in returns:
            annotate(one.path, one.reading, definition, folder, batch=one.batch)
        return
    with ProcessPoolExecutor(min(workers, len(returns)), mp_context=get_context("spawn")) as pool:
        table = dict(definition.table)
        jobs = [
            pool.submit(_annotate, table, str(one.path), packed(one.reading), str(folder), one.batch) for one in returns
        ]
        for number, job in enumerate(jobs, 1):
            job.result()
            on_progress(number, len(jobs))


def _annotate(table: dict[str, Any], path: str, told: dict[str, Any], folder: str, batch: str) -> None:
    annotate(Path(path), unpacked(told), definitions.from_table(table), Path(folder), batch=batch)
