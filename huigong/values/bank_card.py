"""Bank cards (惠工卡 is one): the Luhn check (ISO/IEC 7812-1) tells a miscopied digit from a card."""

import re

from huigong.values.text import without_spaces

_CARD = re.compile(r"[0-9]{12,23}")
_BANK_CARD = re.compile(r"62[0-9]{14,17}")


def normalise(text: str) -> str:
    """Plain digits without spaces or dashes. Does not judge."""
    return without_spaces(text).replace("-", "")


def is_bank_card(text: str) -> bool:
    """Whether this is shaped like a UnionPay card (62…, 16 to 19 digits): tells it from a certificate number."""
    return bool(_BANK_CARD.fullmatch(normalise(text)))


def passes_luhn(number: str) -> bool:
    digits = [int(digit) for digit in reversed(number)]
    return (sum(digits[::2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])) % 10 == 0


def is_valid(text: str) -> bool:
    """Shaped like a card or passbook number of 12 to 23 digits and, where it is a UnionPay card, right by Luhn."""
    number = normalise(text)
    return bool(_CARD.fullmatch(number)) and (passes_luhn(number) or not is_bank_card(number))


def masked(text: str) -> str:
    """The last four digits, as officers speak of a card (尾号 0312)."""
    number = normalise(text)
    return f"**** {number[-4:]}" if len(number) > 8 else "*" * len(number)
