"""Names, sex, age and telephone of a person, as written in a cell."""

import re

from huigong.annexes.contents import CellValue, as_text
from huigong.annexes.fields import numerals
from huigong.annexes.fields.said import Column, Said, as_written, says_nothing
from huigong.values import names, phone
from huigong.values.text import narrow, without_spaces

_REMARK = re.compile(r"[(（\[【〔][^)）\]】〕]*[)）\]】〕]?$")
_GENDERS = {
    **dict.fromkeys(
        [
            "男",
            "男性",
            "男生",
            "男孩",
            "男孩子",
            "男士",
            "先生",
            "儿子",
            "子",
            "m",
            "male",
            "man",
            "boy",
            "♂",
            "1男",
            "1",
        ],
        "male",
    ),
    **dict.fromkeys(
        [
            "女",
            "女性",
            "女生",
            "女孩",
            "女孩子",
            "女士",
            "小姐",
            "女儿",
            "f",
            "female",
            "woman",
            "girl",
            "♀",
            "2女",
            "2",
        ],
        "female",
    ),
}
# 1 and 2 are the codes of GB/T 2261.1, which household files and school registers export.
_TICKED = re.compile("[√✓✔☑■●]([男女])|([男女])[√✓✔☑■●]")
_AGE = re.compile(
    rf"(?:年龄|虚岁|周岁|满|现年|约)*:?([0-9]{{1,3}}|[{numerals.CHARACTERS}]+)(?:\.\d+)?(?:周?岁半?|虚岁|周)?"
)
_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_BETWEEN_PHONES = re.compile(r"[/、,;\n或]+")


def read_name(value: CellValue, _column: Column) -> Said:
    """A name without remarks in brackets behind it and without spaces between Chinese characters."""
    text = as_written(value)
    if text.isalpha():
        return Said((None if says_nothing(text) else text,))
    plain = names.normalise(_REMARK.sub("", text).strip() or text)
    return Said((None if says_nothing(plain) else plain,))


def read_gender(value: CellValue, _column: Column) -> Said:
    text = without_spaces(as_text(value)).lower()
    if text not in _GENDERS and (ticked := _TICKED.findall(text)):
        text = "".join(ticked[0]) if len(ticked) == 1 else text
    return Said((_GENDERS.get(text),))


def read_age(value: CellValue, _column: Column) -> Said:
    """Whole years, or null where nothing between 1 and 129 is said: an age is never a reason to return a row."""
    if isinstance(value, int | float):
        return Said((int(value) if 0 < value < 130 else None,))
    found = _AGE.match(without_spaces(_REMARK.sub("", as_text(value).strip())))
    age = numerals.small_number(found[1]) if found else None
    return Said((age if age is not None and 0 < age < 130 else None,))


def read_phone(value: CellValue, _column: Column) -> Said:
    """A mobile as eleven digits, a landline with its dash; of several numbers the first that can be one."""
    written = without_spaces(as_text(value))
    if says_nothing(written):
        return Said((None,))
    if beside := _PHONE.findall(narrow(as_text(value))):
        return Said((beside[0],))
    first = ""
    for part in _BETWEEN_PHONES.split(written):
        number = told_phone(part)
        first = first or number
        if phone.is_valid(number):
            return Said((number,))
    mobiles = _PHONE.findall(phone.normalise(written))
    if mobiles:
        return Said((mobiles[0],))
    return Said((first or written,), "phone_invalid", first or written, first or written)


def told_phone(text: str) -> str:
    """One number as it is kept: digits for a mobile, else what was written without brackets around the area code."""
    plain = re.sub(r"^[(（](0\d{2,3})[)）]-?", r"\1-", without_spaces(text))
    plain = re.sub(r"[(（][^)）]*\D[^)）]*[)）]?", "", plain)
    plain = re.sub(r"^[^\d+]+|[^\d]+$", "", plain)
    digits = phone.normalise(plain)
    return digits if not digits.startswith("0") else plain.replace("—", "-").replace("–", "-").replace("--", "-")
