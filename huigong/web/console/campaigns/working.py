"""A step over a whole campaign while it is done: begun by a page, done in a thread of the server, told by real counts.

Leaving the page is safe. Every part is committed by itself, so what a stopped server broke off is kept, and the step goes
on from there when somebody says yes again. One step of a campaign is done at a time.
"""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.contrib.messages import ERROR
from django.db import connections
from django.urls import reverse
from django.utils.translation import get_language, gettext_noop, override
from django.utils.translation import gettext as _

from huigong.runs.holding import is_taken, taken
from huigong.runs.steps import Progress
from huigong.values.sentence import SaidError

Then = Literal["campaign", "step", "bulk"]
HOUSE = "-"
"""What is done for the whole installation stands under this word, which no campaign has as its code."""
WORDS = {
    "submit": gettext_noop("立案"),
    "verify": gettext_noop("审核并认定"),
    "bulk": gettext_noop("批量审核"),
    "undo": gettext_noop("撤销批量审核"),
    "chain": gettext_noop("验链、对账"),
    "share": gettext_noop("排序分名额"),
    "publish": gettext_noop("公示"),
}
_AT_ONCE = 1.5  # seconds within which a step is answered as if it had been done in the request


@dataclass(frozen=True, slots=True)
class Ended:
    """What a step came to: the sentence, how it is told, and where its reader goes on."""

    said: str
    level: int
    then: Then = "campaign"


@dataclass(frozen=True, slots=True)
class Work:
    """How far a step is. `phase` is looking, cases, decisions, moving, chain or books; a total of 0: all moves at once."""

    campaign: str
    step: str
    by: str
    query: str = ""
    phase: str = "looking"
    done: int = 0
    total: int = 0
    said: str = ""
    level: int = 0
    then: Then = "campaign"
    is_running: bool = False

    @property
    def word(self) -> str:
        return _(WORDS[self.step])

    @property
    def address(self) -> str:
        """Where its progress is told, and its end."""
        return reverse("events-now") if self.campaign == HOUSE else reverse("step-now", args=[self.campaign])

    @property
    def counted(self) -> str:
        return f"{self.done:,} / {self.total:,}" if self.total else ""

    @property
    def is_broken(self) -> bool:
        """The server stopped in the middle of it."""
        return not self.is_running and not self.said


def begin(code: str, step: str, *, by: str, query: str, act: Callable[[Progress], Ended]) -> bool:
    """Begin, and wait a moment for a short step to end. False where another step of that code is being done."""
    lock = taken(_lock_of(code))
    if lock is None:
        return False
    work, language = Work(code, step, by, query), get_language()
    _tell(work)

    def do() -> None:
        with override(language):
            ended = Ended(_("没有办完：服务出了错，原因在服务的日志里。已办的都存好了，可以再办一次。"), ERROR)
            try:
                ended = act(lambda phase, done, total: _tell(replace(work, phase=phase, done=done, total=total)))
            except SaidError as error:
                ended = Ended(error.sentence.in_language(language or ""), ERROR)
            finally:
                _tell(replace(work, said=ended.said, level=ended.level, then=ended.then))
                lock.close()

    apart(do)
    return True


def apart(do: Callable[[], None]) -> None:
    """Do something in a thread of its own, with database connections of its own."""

    def body() -> None:
        try:
            do()
        finally:
            connections.close_all()

    thread = threading.Thread(target=body, daemon=True)
    thread.start()
    thread.join(_AT_ONCE)


def work_of(code: str) -> Work | None:
    """The step that is being done in a campaign, or the last one whose end nobody was told yet."""
    running = is_taken(_lock_of(code))  # asked first: what ends meanwhile has told its end
    try:
        told = json.loads(_file_of(code).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Work(**told | {"is_running": running})


def all_work() -> Iterator[Work]:
    folder = _folder()
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        if work := work_of(path.stem):
            yield work


def forget(code: str) -> None:
    _file_of(code).unlink(missing_ok=True)


def _tell(work: Work) -> None:
    """Written beside and renamed, so that no page reads half of it."""
    beside = _file_of(work.campaign).with_suffix(".part")
    beside.write_text(json.dumps(asdict(work)), encoding="utf-8")
    beside.replace(_file_of(work.campaign))


def _folder() -> Path:
    return Path(settings.HUIGONG_HOME) / "steps"


def _file_of(code: str) -> Path:
    return _folder() / f"{code}.json"


def _lock_of(code: str) -> Path:
    return _folder() / f"{code}.lock"
