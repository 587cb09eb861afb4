"""Records of the cast for matching: 韦小雨, her twin, her brother, a namesake. Identity numbers are of 450499, which no district bears."""

import polars as pl

from huigong.matching.normalising import COLUMNS
from huigong.values.resident_id import check_digit


def number(born, order):
    body = f"450499{born}{order:03d}"
    return body + check_digit(body)


RAIN = number("19990312", 284)
FATHER, MOTHER = number("19701105", 115), number("19720820", 226)
XIAOYU = {
    "name": "韦小雨", "id_number": RAIN, "birth_date": "1999-03-12", "father_name": "韦国强", "father_id_number": FATHER,
    "mother_name": "陆秀兰", "mother_id_number": MOTHER, "phone": "13907740001", "unit": "第一茶厂", "school": "藤县第一中学",
    "year": "2017", "source": "工会",
}  # fmt: skip


def records(*people):
    """A table of records, numbered a, b, c …; every value that is not given is empty."""
    rows = [
        {"record_id": "abcdefghij"[at], **dict.fromkeys(COLUMNS[1:], ""), **person} for at, person in enumerate(people)
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String))


def changed(**values):
    return {**XIAOYU, **values}


def without(*columns):
    return {name: "" if name in columns else value for name, value in XIAOYU.items()}
