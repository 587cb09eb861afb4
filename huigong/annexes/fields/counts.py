"""How many: 12, 12人, 十二, 无. A cell that holds a share, a sum or words is no count."""

import re

from huigong.annexes.contents import CellValue, as_text
from huigong.annexes.fields import numerals
from huigong.annexes.fields.said import Column, Said, says_nothing, with_plain_digits
from huigong.values.text import without_spaces

_COUNTED = re.compile(rf"(?:共|计|约)?([0-9][0-9,]*|[{numerals.CHARACTERS}]+)(?:\.0+)?(?:人|户|名|个)?")
_NOBODY = frozenset(["无", "没有", "-", "—", "——", "/"])
_MOST = 10_000_000


def read_count(value: CellValue, _: Column) -> Said:
    """A whole number of people or families; a stroke or 无 is none of them."""
    text = with_plain_digits(without_spaces(as_text(value)))
    if text in _NOBODY:
        return Said((0,))
    if says_nothing(text):
        return Said((None,), "missing")
    found = _COUNTED.fullmatch(text)
    number = numerals.number_of(found[1]) if found else None
    if number is None or number != number.to_integral_value() or number > _MOST:
        return Said((None,), "not_a_count", text[:30], text[:30])
    return Said((int(number),))
