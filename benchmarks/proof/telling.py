"""How a proof tells how far it is: a line at least every twenty seconds, whatever it does, and its cost at the end."""

import resource
import time
from threading import Event, Thread
from types import TracebackType
from typing import Self

_EVERY = 20.0


class Telling:
    """Counts what was done; a thread of its own prints, so that a long verification is not silent either."""

    def __init__(self, every: float = _EVERY) -> None:
        self.every, self.doing, self.done, self.whole = every, "making an installation", 0, 0
        self.began, self.cpu_began, self._over = time.monotonic(), _cpu(), Event()
        self._thread = Thread(target=self._tell, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def begin(self, doing: str, whole: int = 0) -> None:
        """A new stage, whose clock begins now: `doing` names what is counted."""
        self.doing, self.done, self.whole = doing, 0, whole
        self.began, self.cpu_began = time.monotonic(), _cpu()

    def one(self, count: int = 1) -> None:
        self.done += count

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    @property
    def cost(self) -> str:
        """Wall and processor of this process and its children; a database server's processor is not in it."""
        return f"{self.seconds:.1f} s (processor {_cpu() - self.cpu_began:.1f} s)"

    def _tell(self) -> None:
        while not self._over.wait(self.every):
            far = f"{self.done:,} of {self.whole:,} {self.doing}" if self.whole else self.doing
            print(f"  … {far}, {self.cost}", flush=True)


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)
