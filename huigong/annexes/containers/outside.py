"""A file that is no form of ours, such as another office's list, opened in a child with limits: one that bites costs the child."""

from pathlib import Path

from huigong.annexes.containers.opening import open_contents
from huigong.annexes.contents import Contents
from huigong.annexes.problems import UnreadableError, of_file
from huigong.annexes.readings import FileProblem
from huigong.values.confined import ChildDiedError, TooHeavyError, confined
from huigong.values.sentence import SaidError, Sentence

MEMORY_BYTES, SECONDS = 1_500_000_000, 60.0


def open_outside(path: Path) -> Contents:
    """Everything readable in a file. Raises SaidError with the sentence for whoever sent it."""
    try:
        found = confined(_contents_or_why, path, memory_bytes=MEMORY_BYTES, seconds=SECONDS)
    except (TooHeavyError, ChildDiedError):
        found = _sentence(of_file("too_large", "读它花的时间或内存太多", "reading it takes too long or too much"))
    if isinstance(found, Contents):
        return found
    raise SaidError(found)


def _contents_or_why(path: Path) -> Contents | Sentence:
    try:
        return open_contents(path)
    except UnreadableError as error:
        return _sentence(error.problem)


def _sentence(problem: FileProblem) -> Sentence:
    zh, en = f"{problem.message}{problem.remedy}", f"{problem.message_en} {problem.remedy_en}"
    return Sentence(f"file_{problem.kind}", zh, en)
