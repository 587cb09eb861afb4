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

__all__ = ["READERS", "Column", "Said"]
