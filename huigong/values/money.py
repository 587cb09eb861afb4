"""Money in fen (分, 1/100 yuan): integers only, never a float."""

import re
from decimal import Decimal, InvalidOperation
from typing import NewType

from huigong.values.sentence import Sentence, WrongValueError
from huigong.values.text import without_spaces

Fen = NewType("Fen", int)

_DIGITS = re.compile(r"-?\d+(\.\d+)?")
_MOST = 10**16  # fen: a hundred million million yuan is a slip of the finger, and a column holds no more than 2**63


def yuan(amount: int | Decimal | str) -> Fen:
    """An exact amount of yuan as fen. Raises WrongValueError below one fen or where it is no number."""
    try:
        fen = Decimal(amount) * 100
    except InvalidOperation:
        raise _not_money(str(amount)) from None
    if fen != fen.to_integral_value():
        raise WrongValueError(
            Sentence(
                "below_one_fen",
                f"金额{amount}元小于分，请改成两位小数。",
                f"{amount} yuan has less than a fen: use two decimals.",
            )
        )
    if abs(fen) > _MOST:
        raise WrongValueError(
            Sentence(
                "more_than_money",
                "金额太大了，多半是多打了几位，请核对。",
                "The amount is larger than any: some digits too many, look at it again.",
            )
        )
    return Fen(int(fen))


def parse_yuan(text: str) -> Fen:
    """Read `8,000`, `¥8,000.50`, `1.2万元`, `3000元/年` as fen. Raises WrongValueError where it is no number."""
    plain = without_spaces(text).replace(",", "").lstrip("¥￥").removesuffix("/年").removesuffix("元")
    times = 10_000 if plain.endswith("万") else 1
    plain = plain.removesuffix("万")
    if not _DIGITS.fullmatch(plain):
        raise _not_money(text)
    return yuan(Decimal(plain) * times)


def in_yuan(fen: int) -> str:
    """`3000.00`: two decimals, no separators, as banks' files want it."""
    sign, rest = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{rest // 100}.{rest % 100:02d}"


def for_people(fen: int) -> str:
    """`3,000` or `3,000.50` yuan, without the unit: units stand in headings."""
    whole, part = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole:,}" + (f".{part:02d}" if part else "")


def _not_money(text: str) -> WrongValueError:
    return WrongValueError(
        Sentence("not_a_number", f"“{text}”不是金额，请填数字。", f"“{text}” is not an amount: please write a number.")
    )
