"""One way from a file to its contents: sniff, check, hand to the reader of its kind."""

from pathlib import Path

from huigong.annexes.containers import converted, delimited, opendocument, word, workbooks
from huigong.annexes.containers.limits import MAX_BYTES
from huigong.annexes.containers.sniffing import kind_of
from huigong.annexes.contents import Contents
from huigong.annexes.problems import UnreadableError


def open_contents(path: Path) -> Contents:
    """Everything readable in a file. Raises UnreadableError with the sentence for the one who sent it."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise UnreadableError("too_large", f"有{size // 1_000_000} MB", f"it has {size // 1_000_000} MB")
    content = path.read_bytes()
    kind = kind_of(content)
    if kind.name == "old_word":
        content = converted.as_docx(path, content)
        kind = kind_of(content)
    if kind.name == "word":
        assert kind.package is not None
        return word.contents(kind.package)
    if kind.name == "workbook":
        assert kind.package is not None
        return workbooks.new_workbook(content, kind.package)
    if kind.name == "opendocument":
        assert kind.package is not None
        return opendocument.contents(content, kind.package)
    if kind.name == "old_workbook":
        return workbooks.old_workbook(content)
    return delimited.contents(content)
