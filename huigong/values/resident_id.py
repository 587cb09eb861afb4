"""居民身份证号码 (GB 11643-1999): check digit, birth date and sex are hard facts; the region is only a hint."""

import re
from dataclasses import dataclass
from datetime import date

from huigong.values.sentence import Sentence, WrongValueError
from huigong.values.text import without_spaces

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
_OLD_SHAPE = re.compile(r"[0-9]{15}")
_LENGTH = 18
_SEPARATORS = re.compile("[-\u2010-\u2015'`\u2018\u2019\u02b9]")


def normalise(text: str) -> str:
    """The number as it would be printed on the card: plain digits, no spaces or dashes, a capital X. Does not judge it."""
    return _SEPARATORS.sub("", without_spaces(text)).upper()


def check_digit(first_seventeen: str) -> str:
    """The eighteenth character for seventeen digits (GB 11643-1999, ISO 7064 MOD 11-2)."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(first_seventeen, WEIGHTS, strict=True)) % 11]


@dataclass(frozen=True, slots=True)
class ResidentId:
    """A valid eighteen-character identity number. Prints masked; `.plain()` is for writers of bank files and forms."""

    _number: str

    @classmethod
    def parse(cls, text: str) -> "ResidentId":
        """Read a number; a fifteen-digit one is lengthened. Raises WrongValueError saying what is wrong with it."""
        number = normalise(text)
        if _OLD_SHAPE.fullmatch(number):
            longer = number[:6] + "19" + number[6:]
            number = longer + check_digit(longer)
        if len(number) == _LENGTH and not _SHAPE.fullmatch(number):
            raise WrongValueError(
                Sentence(
                    "id_shape",
                    "身份证号应是17位数字，末位是数字或X，这里混有别的字符。",
                    "An identity number is 17 digits and a digit or X; this one has other characters.",
                )
            )
        if not _SHAPE.fullmatch(number):
            raise WrongValueError(
                Sentence(
                    "id_shape",
                    f"身份证号应为18位，这里是{len(number)}位。",
                    f"An identity number has 18 characters; this has {len(number)}.",
                )
            )
        if birth_date(number) is None:
            raise WrongValueError(
                Sentence(
                    "id_birth_date",
                    "身份证号里的出生日期不存在。",
                    "The birth date inside the identity number does not exist.",
                )
            )
        if check_digit(number[:17]) != number[17]:
            raise WrongValueError(
                Sentence(
                    "id_checksum",
                    "身份证号末位校验不对，有一位抄错了。",
                    "The identity number's check digit is wrong: one character was miscopied.",
                )
            )
        return cls(number)

    @property
    def born(self) -> date:
        born = birth_date(self._number)
        assert born is not None
        return born

    @property
    def gender(self) -> str:
        """`female` or `male`, from the seventeenth digit."""
        return "male" if int(self._number[16]) % 2 else "female"

    @property
    def region_code(self) -> str:
        return self._number[:6]

    def plain(self) -> str:
        return self._number

    def __str__(self) -> str:
        return masked(self._number)

    __repr__ = __str__


def birth_date(number: str) -> date | None:
    """The birth date inside an 18-character number, or None where no such day exists."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def masked(number: str) -> str:
    """First four and last three or four characters for an officer's screen; never for publication (trust.md, finding 3)."""
    return f"{number[:4]}{'*' * 10}{number[-4:]}" if len(number) >= 15 else "*" * len(number)
