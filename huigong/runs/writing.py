"""Write a finished run into a folder: every paper, the bank's files, the forms that go back, and the summary for programs.

Each file is written beside and renamed, so that none is ever half there. What an earlier run wrote and this one does not
is taken away; what somebody else laid there stays: `.written` lists what is ours.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from huigong.figures.outputs import OUTPUTS
from huigong.figures.summary import summary
from huigong.payments import queries as payments
from huigong.runs.campaign import Finished
from huigong.runs.inputs import Inputs
from huigong.runs.returning import return_forms
from huigong.runs.steps import Progress, quiet
from huigong.values.sentence import SaidError, Sentence

_HALF = ".part"
_OURS = ".written"
_BANK, _RETURNED = "bank", "returned"


def prepare(inputs: Inputs, out: Path) -> None:
    """See that the results can be written, before the first step of the run. Raises SaidError where they cannot."""
    if out.resolve().is_relative_to(inputs.forms.resolve()):
        raise SaidError(
            Sentence(
                "out_among_forms",
                f"--out {out} 在登记表的文件夹里，下次运行会把结果当登记表读。请换一个文件夹。",
                f"--out {out} lies in the folder of forms, and the next run would read results as forms: choose another.",
            )
        )
    for folder in (out, out / _BANK, out / _RETURNED):
        there = next(one for one in (folder, *folder.absolute().parents) if one.exists())
        if not there.is_dir():
            raise _unwritable(there, "不是文件夹", "it is no folder")
        if not os.access(there, os.W_OK):
            raise _unwritable(there, "没有写的权限", "no permission to write there")


def write(finished: Finished, inputs: Inputs, out: Path, *, progress: Progress = quiet) -> None:
    """Write everything for the day `as_of`. The same campaign as of the same day gives the same bytes.

    Raises SaidError where the disk does not take it; what the run did is stored all the same.
    """
    with _said(out):
        _write(finished, inputs, out, progress=progress)


@contextmanager
def _said(out: Path) -> Iterator[None]:
    """What a disk refuses, in words: it is full, or the folder is no folder, or may not be written."""
    try:
        yield
    except OSError as error:
        raise _unwritable(error.filename or out, error.strerror or "", error.strerror or "") from error


def _unwritable(path: Path | str, zh: str, en: str) -> SaidError:
    return SaidError(
        Sentence(
            "out_unwritable",
            f"结果写不进 {path}：{zh}。已办的步骤都存好了。请腾出空间或换一个 --out，再运行一次。",
            f"Cannot write the results to {path}: {en}. Finished steps are kept; make room or name another --out, "
            "and run it again.",
        )
    )


def _write(finished: Finished, inputs: Inputs, out: Path, *, progress: Progress) -> None:
    standing, day = finished.standing, inputs.days.as_of
    out.mkdir(parents=True, exist_ok=True)
    _clear_halves(out)
    for number, output in enumerate(OUTPUTS, 1):
        _put(out / output.name, output.make(standing, day))
        progress("papers", number, len(OUTPUTS))
    with tempfile.TemporaryDirectory(dir=out, prefix=".", suffix=_HALF) as beside:
        made = Path(beside)
        for batch in (one for one in standing.batches if one.document_id):
            _put(made / _BANK / batch.file_name, [payments.file_of(batch)])
        return_forms(standing, made / _RETURNED, workers=inputs.workers, progress=progress)
        _lay(made, out)
    told = summary(standing, stopped_at=finished.stopped_at, why=finished.why, as_of=day.isoformat())
    _put(out / "summary.json", [json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"])


def _clear_halves(out: Path) -> None:
    """What a run that was killed left half written."""
    for left in out.glob(f".*{_HALF}"):
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink()


def _lay(made: Path, out: Path) -> None:
    """Move the bank's files and the forms that go back into place; take away only what an earlier run wrote."""
    fresh = {path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file()}
    earlier = _earlier(out)
    # Listed before they lie there: a run that is killed in between leaves nothing that the next one takes for another's.
    _put(out / _OURS, [_listed(earlier | fresh)])
    for name in sorted(fresh):
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).replace(out / name)
    for name in earlier - fresh:
        (out / name).unlink(missing_ok=True)
        _clear_empty((out / name).parent, out)
    _put(out / _OURS, [_listed(fresh)])


def _clear_empty(folder: Path, out: Path) -> None:
    """A subfolder of returned/ that holds nothing any more goes; returned/ itself and what others laid there stay."""
    while folder.parent.parent.is_relative_to(out) and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _earlier(out: Path) -> set[str]:
    """What the last run wrote, by its own list; a line that leads elsewhere is none of ours."""
    path = out / _OURS
    if not path.is_file():
        return set()
    lines = path.read_text(encoding="utf-8", errors="surrogateescape").split("\n")
    return {line for line in lines if line.startswith((f"{_BANK}/", f"{_RETURNED}/")) and ".." not in Path(line).parts}


def _listed(names: set[str]) -> bytes:
    return "".join(f"{name}\n" for name in sorted(names)).encode(errors="surrogateescape")


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
