"""Identity numbers as they stand in cells: full-width, spaced, apostrophes, old fifteen digits, and the ones a spreadsheet ruined.

A number that went through a float is never passed on: eighteen digits do not fit in 53 bits, so the last ones are invented.
"""

import re

from huigong.annexes.contents import CellValue, as_text
from huigong.annexes.fields.said import Column, Said, says_nothing
from huigong.values.resident_id import ResidentId, normalise
from huigong.values.sentence import WrongValueError

_EXACT_BELOW = 2**53
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d+")
_RUINED_TEXT = re.compile(r"\d{15}000(\.0+)?|\d{17,19}\.0*")
_INSIDE = re.compile(r"(?<!\d)(\d{17}[0-9X])(?![0-9X])")
_LIKE_X = str.maketrans(
    {"Х": "X", "х": "X", "Χ": "X", "×": "X", "╳": "X", "✕": "X", "χ": "X", '"': "", "“": "", "”": "", "=": ""}
)


def read_resident_id(value: CellValue, column: Column) -> Said:
    """The number as printed on the card; kept as written where it cannot be right, null where it is lost or absent."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        if abs(value) >= _EXACT_BELOW:
            return Said((None,), "id_precision_lost")
        value = as_text(value)
    text = as_text(value)
    number = normalise(text.translate(_LIKE_X))
    if _SCIENTIFIC.fullmatch(number):
        return Said((None,), "id_precision_lost")
    if not any(character.isdigit() for character in number) or says_nothing(text):
        return Said((None,), "missing")
    inside = _INSIDE.findall(number)
    if len(inside) == 1:
        number = inside[0]
    return _judged(number, column)


def _judged(number: str, column: Column) -> Said:
    # By chance one ruined number in eleven has the right check digit, so a true 000 on a form is asked for as well.
    ruined = bool(_RUINED_TEXT.fullmatch(number))
    if ruined and not column.true_zeros:
        return Said((None,), "id_precision_lost")
    try:
        right = ResidentId.parse(number)
    except WrongValueError as error:
        if ruined:
            return Said((None,), "id_precision_lost")
        return Said((number,), "id_checksum", error.sentence.zh.rstrip("。"), error.sentence.en.rstrip("."))
    if right.born.year < 1900 or (column.year is not None and right.born.year > column.year):
        return Said(
            (number,),
            "id_checksum",
            f"里面的出生年份是{right.born.year}年",
            f"the birth year inside it is {right.born.year}",
        )
    return Said((right.plain(),))
