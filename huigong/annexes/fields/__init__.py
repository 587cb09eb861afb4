"""Reading one cell: what an office wrote, as the value it means. One module a family of kinds; none of them knows rows."""

from collections.abc import Callable, Mapping

from huigong.annexes.contents import CellValue
from huigong.annexes.fields.admissions import read_admission, read_admission_date, read_school
from huigong.annexes.fields.amounts import read_income
from huigong.annexes.fields.counts import read_count
from huigong.annexes.fields.identity_numbers import read_resident_id
from huigong.annexes.fields.people import read_age, read_gender, read_name, read_phone
from huigong.annexes.fields.plain_texts import read_certificate, read_text
from huigong.annexes.fields.said import Column, Said
from huigong.values.text import piles_marks

READERS: Mapping[str, Callable[[CellValue, Column], Said]] = {
    "admission": read_admission,
    "admission_date": read_admission_date,
    "age": read_age,
    "certificate": read_certificate,
    "count": read_count,
    "gender": read_gender,
    "income_year": read_income,
    "name": read_name,
    "phone": read_phone,
    "relationship": read_text,
    "resident_id": read_resident_id,
    "school": read_school,
    "text": read_text,
}

_LONGEST_NAME = 50


def read_cell(kind: str, value: CellValue, column: Column) -> Said:
    """What a cell says by the reader of its kind; nothing where its text is none that a person writes, and why."""
    answer = READERS[kind](value, column)
    if isinstance(value, str) and piles_marks(value):
        return Said((None,) * len(answer.values), "marks_piled")
    name = answer.values[0]
    if kind == "name" and isinstance(name, str) and len(name) > _LONGEST_NAME:
        what = f"有{len(name)}个字，最多{_LONGEST_NAME}个", f"{len(name)} characters, at most {_LONGEST_NAME}"
        return Said((None,), "too_long", *what)
    return answer


__all__ = ["Column", "Said", "read_cell"]
