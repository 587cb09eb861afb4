"""Look at every row beside its event, in a fixed order, and name the first that does not agree, with what differs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from huigong.audit import queries as audit
from huigong.audit.columns import Columns
from huigong.audit.queries import Told
from huigong.figures.books import (
    approving,
    cases,
    daylight,
    desk,
    employment,
    forms,
    households,
    money,
    offices,
    partners,
)
from huigong.figures.books.looking import Look, Now, is_erased, is_forgotten
from huigong.figures.books.words import english, in_words
from huigong.rules.problems import WrongCircularError
from huigong.values.names import GONE
from huigong.values.sentence import Sentence
from huigong.vault.fields import Secret
from huigong.vault.keys import WrongKeyError

_TABLES: tuple[Callable[[], Iterator[Look]], ...] = (
    *money.TABLES,
    *approving.TABLES,
    *cases.TABLES,
    *daylight.TABLES,
    *desk.TABLES,
    *employment.TABLES,
    *forms.TABLES,
    *households.TABLES,
    *partners.TABLES,
    *offices.TABLES,
)


@dataclass(frozen=True, slots=True)
class Held:
    """What holding the books against history found: rows looked at, and the first that does not agree.

    `not_held` counts rows of events from before digests were told: only what those say plainly was compared.
    """

    rows: int
    wrong: str | None
    sentence: Sentence
    not_held: int = 0

    @property
    def holds(self) -> bool:
        return self.wrong is None


def verify(*, looked: Callable[[int], None] = lambda _count: None) -> Held:
    """Compare every row with its event; name the first wrong one, or one that is gone. `looked` is told how far it is."""
    count = not_held = 0
    # Families whose key was erased in its time, as history says it: what was sealed under it opens for nobody.
    erased = {told.payload["key"] for told in audit.told_of("file.key_erased")}
    for table in _TABLES:
        for look in table():
            count += not look.again
            looked(count)
            difference = _difference(look, erased)
            if difference is not None:
                return _wrong(count, look, *difference)
            not_held += _is_not_held(look)
    return Held(count, None, _holds(count, not_held), not_held)


def _is_not_held(look: Look) -> bool:
    now, told = look.now, look.told
    return now is not None and told is not None and any(key not in told.payload for _, key, _ in now.sealed)


def _difference(look: Look, erased: set[str]) -> tuple[str, str] | None:
    now, told = look.now, look.told
    if now is None:
        return "留痕里有，账上没有了", "stands in history and is gone"
    if told is None:
        return "没有留痕", "has no event"
    try:
        return _in_plain(now, told, erased) or _in_digests(now, told, erased)
    except (
        WrongKeyError,
        WrongCircularError,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
    ):  # how a column that holds another thing fails
        return (
            f"有读不出的内容，和留痕第 {told.sequence} 条对不上",
            f"holds what cannot be read; see event {told.sequence}",
        )


def _in_plain(now: Now, told: Told, erased: set[str]) -> tuple[str, str] | None:
    try:
        pairs = list(now.pairs(told))
    except WrongKeyError:
        if not any(is_erased(row, erased) for _, _, rows in now.sealed for row in rows):
            raise
        pairs = []
    for name, value, said in pairs:
        if value != said:
            zh = f"的{in_words(name)}（{name}）现为 {value}，留痕第 {told.sequence} 条是 {said}"
            return zh, f"has {name} {value}; event {told.sequence} says {said}"
    return None


def _differing(columns: Columns, told: str, rows: tuple[Any, ...], erased: set[str]) -> tuple[str, ...]:
    gone = [row for row in rows if is_erased(row, erased)]
    closed = {name for name in columns.names for row in gone if isinstance(getattr(row, name), Secret)}
    # A name that went with the key says so; one that was overwritten with anything else is still found.
    closed |= {
        name for name in columns.names for row in rows if getattr(row, name) == GONE and is_forgotten(row, erased)
    }
    return columns.differing_in_the_open(told, closed, *rows) if closed else columns.differing(told, *rows)


def _in_digests(now: Now, told: Told, erased: set[str]) -> tuple[str, str] | None:
    for columns, key, rows in now.sealed:
        names = _differing(columns, told.payload[key], rows, erased) if key in told.payload else ()
        if names:
            zh = "、".join(in_words(name) for name in names)
            words = ", ".join(english(name) for name in names)
            return (
                f"的{zh}和留痕第 {told.sequence} 条不一样（内容不在此显示）",
                f"differs from event {told.sequence} in {words} (the values are not shown here)",
            )
    return None


def _holds(rows: int, not_held: int) -> Sentence:
    zh, en = f"对账通过：{rows} 行与留痕一致。", f"The books hold: {rows} rows agree with history."
    if not_held:
        zh += f"其中 {not_held} 行的留痕是早先版本记的，没有逐列摘要，只核对了留痕写明的内容。"
        en += f" {not_held} of them have events from before digests were told: only what those say plainly was held."
    return Sentence("books_hold", zh, en, {"rows": rows, "not_held": not_held})


def _wrong(rows: int, look: Look, what: str, what_en: str) -> Held:
    return Held(
        rows,
        look.subject,
        Sentence(
            "books_wrong",
            f"对账不过：{look.zh} {look.subject} {what}。请停止发放，取出备份核对。",
            f"The books do not hold: {look.en} {look.subject} {what_en}. Stop paying and compare with a backup.",
        ),
    )
