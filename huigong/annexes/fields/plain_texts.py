"""Texts that are taken as they stand (relationship, cause) and certificate numbers."""

import re

from huigong.annexes.contents import CellValue
from huigong.annexes.fields.said import Column, Said, as_written, says_nothing, with_plain_digits

_NONE_YET = re.compile(r"(?:无|没有?|未|尚未|还没|正在|待)(?:办理?|领)?证?(?:件|中)?|(?:办理|申请)中")


def read_text(value: CellValue, _column: Column) -> Said:
    text = as_written(value)
    return Said((None if says_nothing(text) else text,))


def read_certificate(value: CellValue, _column: Column) -> Said:
    """A certificate or file number: no spaces, plain digits, brackets as they were."""
    text = as_written(value)
    if says_nothing(text) or _NONE_YET.fullmatch(text):
        return Said((None,))
    return Said(("".join(with_plain_digits(text).split()),))
