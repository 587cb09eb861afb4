"""Numbers as people write them: 8,000, 1.2万, 一万二千, 1万2, 壹万贰仟, 二〇一七."""

import re
from decimal import Decimal

_DIGITS = {
    character: digit
    for digit, characters in enumerate(
        ["〇零○", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"]
    )
    for character in characters
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_TEN_THOUSAND = {"万", "萬", "w", "W"}
_TOKEN = re.compile(r"\d+(?:\.\d+)?|.")

CHARACTERS = "".join(_DIGITS) + "".join(_UNITS) + "".join(_TEN_THOUSAND)
_ONLY_DIGITS = str.maketrans({character: str(digit) for character, digit in _DIGITS.items()})


def digits_only(text: str) -> str:
    """Chinese digits as plain ones, position by position: 二〇一七 → 2017. Units (十) are left alone."""
    return text.translate(_ONLY_DIGITS)


def small_number(text: str) -> int | None:
    """A whole number up to two digits: 9, 09, 九, 十二, 二十三."""
    number = number_of(text)
    return int(number) if number is not None and number == number.to_integral_value() else None


def number_of(text: str) -> Decimal | None:
    """A number in figures, in Chinese, or mixed. None where it is not one."""
    if not text:
        return None
    if not any(character in _UNITS or character in _TEN_THOUSAND for character in text):
        plain = digits_only(text).replace(",", "")
        return Decimal(plain) if re.fullmatch(r"\d+(\.\d+)?", plain) else None
    return _with_units(text.replace(",", ""))


def _with_units(text: str) -> Decimal | None:
    total = section = Decimal(0)
    number: Decimal | None = None
    last_unit = 0
    after_zero = False
    for token in _TOKEN.findall(text):
        if token[0].isascii() and token[0].isdigit():
            if number is not None:
                return None
            number = Decimal(token)
        elif token in _DIGITS:
            after_zero = after_zero or _DIGITS[token] == 0
            number = Decimal(_DIGITS[token]) if not number else number * 10 + _DIGITS[token]
        elif token in _UNITS:
            section += (number if number is not None else Decimal(1)) * _UNITS[token]
            number, last_unit, after_zero = None, _UNITS[token], False
        elif token in _TEN_THOUSAND:
            total += (section + (number or 0)) * 10_000
            section, number, last_unit, after_zero = Decimal(0), None, 10_000, False
        else:
            return None
    if number is not None:
        # 一万二 and 1万2 mean 12,000: a last digit without its unit counts in tenths of the unit before.
        short = last_unit >= 100 and number < 10 and not after_zero
        section += number * last_unit / 10 if short else number
    return total + section
