"""One piece of work on bytes from outside, done in a child process with limits: a hostile file costs that child only."""

import multiprocessing
import resource
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


Given = TypeVar("Given")
Told = TypeVar("Told")


class TooHeavyError(Exception):
    """The child took longer than it may."""


class ChildDiedError(Exception):
    """The child died over the work: of its limit of memory, or of a fault in a library."""


def confined(work: Callable[[Given], Told], given: Given, *, memory_bytes: int, seconds: float) -> Told:
    """What `work(given)` returns; `work` is a function of a module, what goes in and out can be pickled.

    `memory_bytes` is address space, to which the libraries that a child loads count. Raises TooHeavyError, ChildDiedError.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_serve, args=(theirs, memory_bytes), daemon=True)
    child.start()
    theirs.close()
    try:
        ours.send((work, given))
        if not ours.poll(seconds):
            raise TooHeavyError
        told: Told = ours.recv()
    except (EOFError, ConnectionError):
        raise ChildDiedError from None
    else:
        return told
    finally:
        child.kill()
        child.join()
        ours.close()


def _serve(pipe: "Connection[Any, Any]", memory_bytes: int) -> None:
    """The life of a child: one piece of work. What it does not catch ends it."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, resource.getrlimit(resource.RLIMIT_AS)[1]))
    work, given = pipe.recv()
    pipe.send(work(given))
