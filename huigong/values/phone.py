"""Telephone numbers: a mobile is 1[3-9] and nine digits; a landline has an area code or stands alone."""

import re

from huigong.values.text import without_spaces

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE_WITH_EXTENSION = re.compile(r"((0\d{2,3})?[2-9]\d{6,7})(?:转|x|ext\.?|-)\d{1,6}", re.IGNORECASE)
# Without its sign, 86 is the country only before a whole mobile number.
_COUNTRY = re.compile(r"^(?:(?:\+|00)86(?=\d{7})|86(?=1[3-9]\d{9}$))")
_SIGNS = re.compile(r"[-—–·.()]")


def normalise(text: str) -> str:
    """Digits only: spaces, dashes, brackets and the country code +86 taken out. Does not judge."""
    plain = _SIGNS.sub("", without_spaces(text))
    return _COUNTRY.sub("", plain)


def is_valid(text: str) -> bool:
    """A mobile number, or a landline with or without area code and extension."""
    plain = normalise(text)
    return bool(
        _MOBILE.fullmatch(plain)
        or re.fullmatch(r"(0\d{2,3})?[2-9]\d{6,7}", plain)
        or _LANDLINE_WITH_EXTENSION.fullmatch(without_spaces(text).replace("(", "").replace(")", ""))
    )


def masked(text: str) -> str:
    """`138****1234` for officers; never for publication."""
    number = normalise(text)
    return f"{number[:3]}****{number[-4:]}" if len(number) >= 10 else "*" * len(number)
