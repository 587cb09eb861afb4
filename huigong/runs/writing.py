"""Write a finished run into a folder: every paper, the bank's files, the forms that go back, and the summary for programs.

Each file is written beside and renamed, so that none is ever half there; what an earlier run wrote and this one does not
is taken away.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from huigong.figures.outputs import OUTPUTS
from huigong.figures.summary import summary
from huigong.payments import queries as payments
from huigong.runs.campaign import Finished
from huigong.runs.inputs import Inputs
from huigong.runs.returning import return_forms
from huigong.runs.steps import Progress, quiet

_HALF = ".part"


def write(finished: Finished, inputs: Inputs, out: Path, *, progress: Progress = quiet) -> None:
    """Write everything for the day `as_of`. The same campaign as of the same day gives the same bytes."""
    standing, day = finished.standing, inputs.days.as_of
    out.mkdir(parents=True, exist_ok=True)
    for left in out.rglob(f".*{_HALF}"):
        left.unlink()
    for number, output in enumerate(OUTPUTS, 1):
        _put(out / output.name, output.make(standing, day))
        progress("papers", number, len(OUTPUTS))
    _bank(finished, out / "bank")
    return_forms(standing, out / "returned", workers=inputs.workers, progress=progress)
    told = summary(standing, stopped_at=finished.stopped_at, why=finished.why, as_of=day.isoformat())
    _put(out / "summary.json", [json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"])


def _put(path: Path, chunks: Iterable[bytes]) -> None:
    """Write chunks to a file; none at all means that there is nothing to tell, and no file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=_HALF)
    size = 0
    with os.fdopen(handle, "wb") as file:
        for chunk in chunks:
            size += file.write(chunk)
    if size:
        Path(beside).chmod(0o644)
        Path(beside).replace(path)
    else:
        Path(beside).unlink()
        path.unlink(missing_ok=True)


def _bank(finished: Finished, folder: Path) -> None:
    """The files that went to the bank, byte for byte as they were released."""
    if folder.exists():
        shutil.rmtree(folder)
    for batch in finished.standing.batches:
        _put(folder / batch.file_name, [payments.file_of(batch)])
