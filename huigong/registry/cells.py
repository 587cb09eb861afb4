"""Read one cell of a household file: the value, and what is wrong with it. None of these knows rows or places."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from huigong.annexes.contents import CellValue, as_text
from huigong.annexes.fields.identity_numbers import read_resident_id
from huigong.annexes.fields.people import read_gender, read_phone
from huigong.annexes.fields.said import Column, says_nothing
from huigong.registry import words
from huigong.registry.rows import ERROR, LOOK
from huigong.values import bank_card, money
from huigong.values.sentence import WrongValueError
from huigong.values.text import narrow, piles_marks, without_spaces

_EXACT_BELOW = 2**53
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[Ee]\+?\d+")
_YEAR = re.compile(r"((?:19|20)\d\d)(?:年.*|级|届|[-./]\d{1,2}.*|(?:0[1-9]|1[0-2]))?")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_MOST_FEN = 10**12
"""Ten thousand million yuan: no family's income, and still within the database's whole numbers."""


class Answer(NamedTuple):
    """The value of a cell; with `kind` something is wrong with it. An error leaves the value out, a look keeps it."""

    value: Any
    kind: str = ""
    severity: str = ""
    zh: str = ""
    en: str = ""


Reader = Callable[[CellValue], Answer]


def text(most: int) -> Reader:
    """A text of at most so many characters; a figure too long for a spreadsheet has lost its last digits."""

    def read(cell: CellValue) -> Answer:
        if is_lost(cell):
            return _lost("")
        said = narrow(as_text(cell))
        if says_nothing(said):
            return Answer("")
        if piles_marks(said):
            zh = "一个字上叠了两个以上的附加符号，看不出写的是什么，没有收。"
            return Answer("", "marks_piled", ERROR, zh, "more than two combining marks on one letter: not taken.")
        if len(said) > most:
            zh, en = f"有{len(said)}个字，最多{most}个，没有收。", f"{len(said)} characters, at most {most}: not taken."
            return Answer("", "too_long", ERROR, zh, en)
        return Answer(said)

    return read


def identity(cell: CellValue) -> Answer:
    """The identity number as written; a lost one is left out, a wrong one is kept and marked. A member may have none."""
    said = read_resident_id(cell, Column(true_zeros=True))
    number = str(said.values[0] or "")
    if said.kind == "id_precision_lost":
        return _lost("")
    if said.kind == "id_checksum":
        zh = f"{said.what}，照收并标记，发放前要核对。"
        return Answer(number, "id_checksum", LOOK, zh, f"{said.what_en}: kept and marked; payment waits.")
    return Answer(number)


def card(cell: CellValue) -> Answer:
    if is_lost(cell):
        return _lost("")
    number = bank_card.normalise(as_text(cell))
    if says_nothing(number):
        return Answer("")
    if not bank_card.is_valid(number):
        zh, en = (
            "卡号校验不对，照收并标记，发放前要对照原卡。",
            "the card fails its check: kept and marked, payment waits.",
        )
        return Answer(number, "card_invalid", LOOK, zh, en)
    return Answer(number)


def telephone(cell: CellValue) -> Answer:
    said = read_phone(cell, Column())
    number = str(said.values[0] or "")
    if said.kind:
        return Answer(number, "phone_invalid", LOOK, "不像电话号码，照收。", "no telephone number by its shape: kept.")
    return Answer(number)


def gender(cell: CellValue) -> Answer:
    return Answer(read_gender(cell, Column()).values[0] or "")


def whole(least: int, most: int) -> Reader:
    """A whole number between two, such as 3, 3.0 or 3人."""

    def read(cell: CellValue) -> Answer:
        written = without_spaces(as_text(cell))
        if says_nothing(written):
            return Answer(None)
        digits = written.removesuffix("年").removesuffix("人").removesuffix("口").removesuffix(".0")
        if digits.isascii() and digits.isdigit() and len(digits) < 9 and least <= int(digits) <= most:
            return Answer(int(digits))
        return _no_number(written, f"{least} 到 {most} 的整数", f"whole number from {least} to {most}")

    return read


def year(cell: CellValue) -> Answer:
    """A year, also where the month or a whole day stands with it."""
    if isinstance(cell, date):
        cell = str(cell.year)
    written = without_spaces(as_text(cell))
    if says_nothing(written):
        return Answer(None)
    found = _YEAR.fullmatch(written)
    if found and int(found[1]) >= 1950:
        return Answer(int(found[1]))
    return _no_number(written, "1950 年以后的年份", "year from 1950 on")


def day(cell: CellValue) -> Answer:
    """A day as the file keeps it: 2017-09-01, also where it is written 2017/9/1 or 2017年9月1日."""
    if isinstance(cell, date):
        return Answer(date(cell.year, cell.month, cell.day).isoformat())
    written = without_spaces(as_text(cell))
    if says_nothing(written):
        return Answer(None)
    parts = _DAY.fullmatch(written)
    try:
        return Answer(date(*map(int, parts.groups())).isoformat() if parts else date.fromisoformat(written).isoformat())
    except ValueError:
        return _no_number(written, "日期", "day")


def amount(cell: CellValue) -> Answer:
    """Yuan as fen. What a formula left behind the second decimal is rounded; a negative amount is none."""
    written = as_text(cell).strip()
    if says_nothing(written):
        return Answer(None)
    if isinstance(cell, float) and abs(cell) < _EXACT_BELOW:
        written = str(Decimal(repr(cell)).quantize(Decimal("0.01"), ROUND_HALF_UP))
    try:
        fen = money.parse_yuan(written)
    except WrongValueError:
        return _no_number(written, "金额", "amount")
    if fen < 0:
        return Answer(
            None,
            "negative_amount",
            ERROR,
            f"“{written}”是负数，按不清楚处理。",
            f"“{written}” is negative: taken as unknown.",
        )
    return Answer(fen) if fen <= _MOST_FEN else _no_number(written, "家庭的金额", "amount of a family's")


def yes_or_no(cell: CellValue) -> Answer:
    return _one_of({"是": True, "否": False, "有": True, "无": False, "不是": False, "非": False}, None)(cell)


def level(cell: CellValue) -> Answer:
    written = narrow(as_text(cell))
    known = words.level_of(written)
    if known or says_nothing(written):
        return Answer(known)
    return _unknown_word(written, "")


def review_state(cell: CellValue) -> Answer:
    written = narrow(as_text(cell))
    state = words.review_of(written).state
    return Answer(state) if state or says_nothing(written) else _unknown_word(written, "")


def review_half_year(cell: CellValue) -> Answer:
    return Answer(words.review_of(as_text(cell)).half_year)


def is_lost(cell: CellValue) -> bool:
    """Whether a long number went through a spreadsheet's float, as a figure or as the text of one."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return abs(cell) >= _EXACT_BELOW
    return isinstance(cell, str) and bool(_SCIENTIFIC.fullmatch(without_spaces(cell)))


def _one_of(known: Mapping[str, Any], otherwise: Any) -> Reader:
    def read(cell: CellValue) -> Answer:
        written = without_spaces(as_text(cell))
        if written in known or says_nothing(written):
            return Answer(known.get(written, otherwise))
        return _unknown_word(written, otherwise)

    return read


def _unknown_word(written: str, value: Any) -> Answer:
    shown = written[:20]
    zh, en = f"不认得“{shown}”，按不清楚处理。", f"“{shown}” is not a known word: taken as unknown."
    return Answer(value, "word_unknown", LOOK, zh, en)


def _lost(value: Any) -> Answer:
    zh = "号码被存成数字，后几位丢了，没有收；请把该列设成文本后重填。"
    en = "the number was stored as a figure and lost its last digits: not taken; make the column text."
    return Answer(value, "id_precision_lost", ERROR, zh, en)


def _no_number(written: str, zh: str, en: str) -> Answer:
    shown = written[:20]
    return Answer(
        None, "not_a_number", ERROR, f"“{shown}”不是{zh}，按不清楚处理。", f"“{shown}” is no {en}: taken as unknown."
    )
