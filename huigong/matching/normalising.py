"""Records as columns of numbers, ready to be compared: made once, when a record is written or a file is read.

0 stands for what is not known. Values in their plain form (nearly all) are taken over whole columns; the rest goes through
`values`, each different text once, so that there is one definition of a plain name, identity number and telephone.
"""

import hashlib
import re

import numpy as np
import polars as pl

from huigong.matching.numbers import Numbers, is_date
from huigong.matching.spelling import Names, whole_names
from huigong.matching.texts import Column, Columns, decimal, each
from huigong.values import phone
from huigong.values.text import without_spaces

COLUMNS = ("record_id", "name", "id_number", "birth_date", "father_name", "father_id_number", "mother_name", "mother_id_number",
           "phone", "unit", "school", "year", "source")  # fmt: skip
_SHAPE = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?$")
_BARE_DATE, _DATE, _DATE_DIGITS = 8, 10, (0, 1, 2, 3, 5, 6, 8, 9)  # 19990312, 1999-03-12
_SPELT_DATES = (15, 16, 17)  # 1999年3月2日, 1999年3月12日, 1999年10月12日 in UTF-8
_BETWEEN = np.isin(np.arange(256), np.frombuffer(b"-/.", np.uint8))
_FEW_PLACES = 5_000
_MOBILE_WIDTH, _SHORTEST_PHONE, _LONGEST_PHONE = 11, 10**6, 10**18
# How offices shorten a school's name; the longer ones first.
_SHORTER = (("职业中等专业学校", "职校"), ("中等专业学校", "中专"), ("职业技术学院", "职院"), ("师范学院", "师院"), ("师范大学", "师大"),
            ("理工大学", "理工"), ("高级中学", "高中"), ("第", ""), ("中学", "中"), ("小学", "小"))  # fmt: skip


def prepare(records: pl.DataFrame) -> pl.DataFrame:
    """One row a record, in the order given: numbers in place of texts. Absent columns count as empty."""
    return pl.DataFrame(dict(prepared(records)))


def prepared(records: pl.DataFrame) -> Columns:
    """The same as plain arrays."""
    column = {name: Column.of(records, name) for name in COLUMNS}
    own, named = Numbers.read(column["id_number"]), Names.read(column["name"])
    inside, said = own.born, _dates(column["birth_date"])
    return {
            "name": named.form, "sound": named.sound, "other_sound": named.other_sound, "masked": named.is_masked,
            "kind": own.kind, "id": own.code, "head": own.head, "tail": own.tail, "id_born": inside, "born_said": said,
            "father": whole_names(column["father_name"]), "mother": whole_names(column["mother_name"]),
            "father_id": Numbers.read(column["father_id_number"]).code, "mother_id": Numbers.read(column["mother_id_number"]).code,
            "phone": _phones(column["phone"]), "school": _places(column["school"]), "unit": _places(column["unit"]),
            "born": np.where(said > 0, said, inside), "surname_sound": named.sound >> np.uint64(48),
    }  # fmt: skip


def _dates(column: Column) -> np.ndarray:
    """Birth dates as yyyymmdd."""
    rest = column.filled()
    found = np.zeros(len(rest), np.uint32)
    for rows, signs in column.words(_BARE_DATE, _DATE):
        is_bare = signs.shape[1] == _BARE_DATE
        number, right = decimal(signs, *(range(_BARE_DATE) if is_bare else _DATE_DIGITS))
        if not is_bare:
            right &= _BETWEEN[signs[:, 4]] & _BETWEEN[signs[:, 7]]
        found[rows], rest[rows] = number * right, ~right
    for rows, signs in column.words(*_SPELT_DATES):
        number, right = _spelt_date(signs)
        found[rows], rest[rows] = number * right, ~right
    odd = np.flatnonzero(rest)
    found[odd] = each(column.said(odd), _date)
    return found * is_date(found)


def _spelt_date(signs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """1999年3月12日: the number, and whether it is written so; month and day have one digit or two each."""
    number, right = np.zeros(len(signs), np.uint64), np.zeros(len(signs), bool)
    month_has_two, end = signs[:, 8] - np.uint8(48) <= 9, signs.shape[1] - 3
    for month_ends in (8, 9):
        days = range(month_ends + 3, end)
        if len(days) in {1, 2}:
            rows = np.flatnonzero(month_has_two == (month_ends == 9))
            some = signs[rows]
            year, month, day = (decimal(some, *places) for places in (range(4), range(7, month_ends), days))
            number[rows] = year[0] * np.uint64(10_000) + month[0] * np.uint64(100) + day[0]
            right[rows] = year[1] & month[1] & day[1] & _stand(some, 年=4, 月=month_ends, 日=end)
    return number, right


def _stand(signs: np.ndarray, **places: int) -> np.ndarray:
    """Whether these characters stand at these bytes."""
    told = [
        (signs[:, at : at + 3] == np.frombuffer(sign.encode(), np.uint8)).all(axis=1) for sign, at in places.items()
    ]
    return np.logical_and.reduce(told)


def _date(text: str) -> int:
    found = _SHAPE.match(without_spaces(text).removesuffix("00:00:00"))
    return int(f"{found[1]}{int(found[2]):02d}{int(found[3]):02d}") if found else 0


def _phones(column: Column) -> np.ndarray:
    rest = column.filled()
    found = np.zeros(len(rest), np.uint64)
    for rows, signs in column.words(_MOBILE_WIDTH):
        number, right = decimal(signs, *range(_MOBILE_WIDTH))
        right &= signs[:, 0] == ord("1")
        found[rows], rest[rows] = number * right, ~right
    odd = np.flatnonzero(rest)
    found[odd] = each(column.said(odd), _phone)
    return found


def _phone(text: str) -> int:
    plain = phone.normalise(text)
    number = int(plain) if plain.isdecimal() and plain.isascii() else 0
    return number if _SHORTEST_PHONE <= number < _LONGEST_PHONE else 0


def _places(column: Column) -> np.ndarray:
    """A number for a school or unit in its short form."""
    if len(column.texts) <= _FEW_PLACES:
        return np.array(each(column.texts.to_list(), _place), np.uint64)
    hashed = pl.DataFrame({"text": column.texts, "mark": column.texts.hash(seed=1)})
    different = hashed.unique("mark")
    numbers = different.select("mark", number=pl.Series(each(different["text"].to_list(), _place), dtype=pl.UInt64))
    return hashed.select("mark").join(numbers, on="mark", how="left", maintain_order="left")["number"].to_numpy()


def _place(text: str) -> int:
    plain = without_spaces(text)
    for long, short in _SHORTER:
        plain = plain.replace(long, short)
    return int.from_bytes(hashlib.blake2b(plain.encode(), digest_size=8).digest()) if plain else 0
