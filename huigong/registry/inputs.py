"""Read what a person typed into one field of a file. Raises SaidError: what is wrong, where, what to write."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from huigong.registry import words
from huigong.registry.code_lists import LISTS
from huigong.registry.file_form import Field
from huigong.registry.held_words import nearest
from huigong.values import bank_card, money, names, phone, resident_id
from huigong.values.sentence import SaidError, Sentence, WrongValueError
from huigong.values.text import piles_marks

_TEXT, _LONG = 100, 1000
_LEVELS = frozenset(words.LEVELS.values())
_MOST_FEN = 10**12
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


def read(field: Field, text: str, *, words: Mapping[str, Sequence[str]], standing: Any = "") -> Any:
    """The value of a typed text; None (or an empty text for a column of text) for nothing.

    `words` are those of the code lists on the day; the word that stands already may stay, whatever the lists say now.
    """
    said = names.normalise(text) if field.name in {"worker_name", "name"} else text.strip()
    if not said:
        return "" if field.kind in _TEXTUAL else None
    if piles_marks(said):
        raise _wrong(
            field,
            "一个字上叠了两个以上的附加符号，看不出写的是什么；请清空，照证件或纸上的字重新输入",
            "piles more than two combining marks on one letter and cannot be read; clear it and type it again",
        )
    if field.kind == "code":
        if said == standing or said in words.get(field.codes, ()):
            return said
        raise _unlisted(field, said[:20], words.get(field.codes, ()))
    return _READERS[field.kind](field, said)


def _unlisted(field: Field, said: str, known: Sequence[str]) -> SaidError:
    (zh, en), near = LISTS[field.codes], nearest(said, known)
    told = f"，最接近的词是{'、'.join(near)}" if near else ""
    told_en = f"; nearest: {', '.join(near)}" if near else ""
    return _wrong(field, f"“{said}”不在代码表“{zh}”里{told}", f": “{said}” is no word of the list “{en}”{told_en}")


def _text(field: Field, said: str) -> str:
    most = _LONG if field.kind == "long_text" else _LENGTHS.get(field.name, _TEXT)
    if len(said) > most:
        raise _wrong(field, f"最多{most}个字，这里有{len(said)}个", f"holds at most {most} characters, not {len(said)}")
    made = next((char for char in said if unicodedata.category(char) == "Co"), "")
    if made:
        raise _wrong(
            field,
            f"第{said.index(made) + 1}个字（U+{ord(made):04X}）是旧电脑上自造的字，别的机器显示不出；请用输入法按部首或笔画重新打这个字，"
            "字库里没有的，写大写拼音，照银行登记的写法",
            f": character {said.index(made) + 1} (U+{ord(made):04X}) was made up on an old computer and shows nowhere else; "
            "type it again, or write its pinyin in capitals as the bank does",
        )
    if any(not char.isprintable() for char in said.replace("\n", "").replace("\r", "").replace("\t", "")):
        raise _wrong(field, "有看不见的控制字符，请重新输入", "holds invisible control characters")
    return said


def _day(field: Field, said: str) -> str:
    try:
        day = date.fromisoformat(said)
    except ValueError:
        raise _wrong(field, "请写成 2017-09-01 这样的日期", "needs a day such as 2017-09-01") from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise _wrong(
            field,
            f"的年份不对，请核对（{_FIRST_YEAR} 到 {_LAST_YEAR} 年）",
            f": look at the year again ({_FIRST_YEAR} to {_LAST_YEAR})",
        )
    return day.isoformat()


def _fen(field: Field, said: str) -> int:
    try:
        fen = money.parse_yuan(said)
    except WrongValueError:
        raise _wrong(field, "请写金额，单位元，如 1200 或 1200.50", "needs an amount in yuan such as 1200.50") from None
    if not 0 <= fen <= _MOST_FEN:
        raise _wrong(field, "金额要在 0 和一百亿元之间", "needs an amount between 0 and ten thousand million yuan")
    return fen


def _whole(field: Field, said: str) -> int:
    least, most = (1950, 2100) if field.kind == "year" else (1, 50)
    if said.isascii() and said.isdigit() and len(said) < 5 and least <= int(said) <= most:
        return int(said)
    raise _wrong(field, f"请写 {least} 到 {most} 的整数", f"needs a whole number from {least} to {most}")


def _yes_no(field: Field, said: str) -> bool:
    if said in {"yes", "no"}:
        return said == "yes"
    raise _wrong(field, "请选是或否", "is yes or no")


def _one_of(known: frozenset[str]) -> Callable[[Field, str], str]:
    def chosen(field: Field, said: str) -> str:
        if said in known:
            return said
        raise _wrong(field, "请从列出的里面选", "is chosen from the list")

    return chosen


def _number(field: Field, said: str) -> str:
    """A number as written, kept also where its check digit is wrong (it is marked, and payment waits); a telephone number
    bears no mark, so that it has to look like one.
    """
    number = _NORMAL[field.kind](said)
    if len(number) > 30:
        raise _wrong(field, "太长了，请核对", "is too long")
    if field.kind == "phone" and not phone.is_valid(said):
        raise _wrong(
            field,
            f"“{said[:30]}”不像电话号码；手机是11位，固定电话带区号，没有就空着",
            f": “{said[:30]}” is no telephone number; a mobile has 11 digits, a landline an area code; leave it empty where there is none",
        )
    if not any(char.isdecimal() for char in number):
        raise _wrong(field, f"“{said[:30]}”里没有数字，请照证件填号码", f": “{said[:30]}” holds no digit")
    return number


def _wrong(field: Field, zh: str, en: str) -> SaidError:
    return SaidError(Sentence("field_unfit", f"{field.zh}：{zh}。", f"{field.en} {en}.", {"field": field.name}))


_NORMAL = {"resident_id": resident_id.normalise, "card": bank_card.normalise, "phone": phone.normalise}
_LENGTHS = {
    "file_number": 40, "worker_name": 50, "name": 50, "relationship": 20, "identity": 20, "county": 40,
    "hardship_category": 40, "certificate_number": 40, "occupation": 20, "hardship_cause": 60, "postcode": 10,
}  # fmt: skip
_TEXTUAL = frozenset({"text", "long_text", "code", "resident_id", "card", "phone", "gender", "level"})
_READERS: Mapping[str, Callable[[Field, str], Any]] = {
    "text": _text,
    "long_text": _text,
    "date": _day,
    "fen": _fen,
    "whole": _whole,
    "year": _whole,
    "yes_no": _yes_no,
    "gender": _one_of(frozenset({"female", "male"})),
    "level": _one_of(_LEVELS),
    "resident_id": _number,
    "card": _number,
    "phone": _number,
}
