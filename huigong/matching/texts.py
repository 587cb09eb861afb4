"""Columns of text as bytes. What stands in its plain form (nearly all) is read over whole columns, the rest once each in Python."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import polars as pl

_Made = TypeVar("_Made")
Columns = Mapping[str, np.ndarray]
_FEW = 64  # texts that are sooner looked at one by one


@dataclass(frozen=True)
class Column:
    """One column of a list, as it came; nothing is null."""

    texts: pl.Series

    @classmethod
    def of(cls, records: pl.DataFrame, name: str) -> "Column":
        """An absent column counts as empty."""
        if name not in records.columns:
            return cls(pl.Series([""]).new_from_index(0, records.height))
        texts = records[name]
        if texts.dtype != pl.String:
            texts = texts.cast(pl.String)
        return cls(texts.fill_null("") if texts.null_count() else texts)

    @cached_property
    def is_short(self) -> bool:
        return len(self.texts) <= _FEW

    @cached_property
    def lengths(self) -> np.ndarray:
        return self.texts.str.len_bytes().to_numpy()

    @cached_property
    def counts(self) -> np.ndarray:
        return self.texts.str.len_chars().to_numpy()

    def filled(self) -> np.ndarray:
        """Which rows hold a text, to be crossed off as they are read."""
        if self.is_short:
            return np.array([bool(text) for text in self.texts.to_list()], bool)
        return self.lengths != 0

    def words(self, *widths: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """For each width in bytes: the rows that have it, and their bytes, a row each. A short column leaves all to `said`."""
        for width in () if self.is_short else widths:
            has = self.lengths == width
            rows = np.flatnonzero(has)
            if len(rows):
                texts = self.texts if len(rows) == len(has) else self.texts.filter(pl.Series(has))
                yield rows, as_bytes(texts.str.join("").cast(pl.Binary).item(), width)

    def characters(self, *lengths: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """For each length: the rows with so many characters of three bytes each (as Han has), and their code points, a line
        each place. A character that UTF-16 writes in two units makes the count wrong: then that length is left to `said`.
        """
        for length in () if self.is_short else lengths:
            has = (self.lengths == 3 * length) & (self.counts == length)
            rows = np.flatnonzero(has)
            texts = self.texts if len(rows) == len(has) else self.texts.filter(pl.Series(has))
            points = np.frombuffer(texts.str.join("").item().encode("utf-16-le"), np.uint16)
            if len(rows) and len(points) == length * len(rows):
                yield rows, np.ascontiguousarray(points.reshape(-1, length).T)

    def said(self, rows: np.ndarray) -> list[str]:
        return (self.texts if len(rows) == len(self.texts) else self.texts.gather(rows)).to_list()


def as_bytes(joined: bytes, width: int) -> np.ndarray:
    return np.frombuffer(joined, np.uint8).reshape(-1, width)


def words_of(rows: np.ndarray, texts: Sequence[str], *widths: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """What `Column.words` gives, of texts that were made plain one by one."""
    for width in widths:
        has = [at for at, text in enumerate(texts) if len(text) == width and text.isascii()]
        if has:
            yield rows[has], as_bytes("".join(texts[at] for at in has).encode(), width)


def each(texts: Sequence[str], make: Callable[[str], _Made]) -> list[_Made]:
    """What `make` makes of every text, each different text once."""
    made = {text: make(text) for text in set(texts)}
    return [made[text] for text in texts]


def decimal(signs: np.ndarray, *places: int) -> tuple[np.ndarray, np.ndarray]:
    """The number that the digits at these places write, and whether all of them are digits."""
    number, right = np.zeros(len(signs), np.uint64), np.ones(len(signs), bool)
    for place in places:
        digit = signs[:, place] - np.uint8(48)
        right &= digit <= 9
        number *= np.uint64(10)
        number += digit
    return number, right
