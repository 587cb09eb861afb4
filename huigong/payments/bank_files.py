"""Write the bank's batch file after a profile: deterministic bytes; what it cannot carry is refused, never a question mark."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from huigong.payments import bank_sheets
from huigong.payments.profiles import BankProfile, default_profile, profile_from
from huigong.values import bank_card, money, names
from huigong.values.sentence import SaidError, Sentence

__all__ = ["BankLine", "BankProfile", "carries", "carries_amount", "default_profile", "profile_from", "write"]

_FORMULA = "=+-@＝＋－＠"
_UNPRINTED = frozenset({"Co", "Cn", "Cs", "Cc", "Cf"})
_MEDIA = {"xls": "application/vnd.ms-excel", "text": "text/csv"}


@dataclass(frozen=True, slots=True)
class BankLine:
    """One payment as the bank reads it. The card is plain here and nowhere else."""

    reference: str
    payee_name: str
    card: str
    fen: int


def media_type(profile: BankProfile) -> str:
    return _MEDIA[profile.kind]


def name_as_written(profile: BankProfile, name: str) -> str:
    plain = names.normalise(name)
    return plain.replace(" ", "") if profile.spaces == "remove" else plain


def carries(profile: BankProfile, name: str) -> bool:
    """Whether the file can hold this name as it is: every character encodes, comes back, and is none of the file's signs.

    Private-use characters are refused too: they encode, and the bank's screen shows another character.
    """
    plain = name_as_written(profile, name)
    if not plain or plain[0] in _FORMULA or set(plain) & set("\r\n\t\"'"):
        return False
    if (profile.kind == "text" and profile.separator in plain) or (profile.spaces == "refuse" and " " in plain):
        return False
    if any(unicodedata.category(sign) in _UNPRINTED for sign in plain):
        return False
    try:
        return plain.encode(profile.encoding).decode(profile.encoding) == plain
    except UnicodeError:
        return False


def remark_as_written(profile: BankProfile, batch: str) -> str:
    """The remark of every payment of a batch: with its number where the profile says `{batch}`, by which the reply is known."""
    return profile.remark.replace("{batch}", batch).strip()


def carries_amount(profile: BankProfile, fen: int) -> bool:
    """Whether the file's decimals hold this amount: a bank that takes whole yuan takes no fen."""
    return profile.decimals == 2 or fen % 100 == 0


def write(profile: BankProfile, lines: Sequence[BankLine], *, batch: str = "") -> bytes:
    """The file's bytes. Raises SaidError for a name, card or amount that it cannot carry."""
    if len(lines) > profile.max_rows:
        raise SaidError(
            Sentence(
                "too_many_payments",
                f"一个批次最多 {profile.max_rows} 笔，这里 {len(lines)} 笔，请分批。",
                f"A batch holds at most {profile.max_rows} payments, not {len(lines)}: split it.",
            )
        )
    rows = [_cells(profile, number, line, batch) for number, line in enumerate(lines, 1)]
    if profile.kind == "xls":
        amounts = [place for place, column in enumerate(profile.columns) if column == "yuan"]
        return bank_sheets.written(profile.headings, rows, amounts=amounts)
    heading = [list(profile.headings)] if profile.headings else []
    text = "".join(profile.separator.join(row) + profile.line_end for row in [*heading, *rows])
    return text.encode(profile.encoding)


def _cells(profile: BankProfile, number: int, line: BankLine, batch: str) -> list[str]:
    if not carries(profile, line.payee_name):
        raise _refused(
            "name_not_carried",
            number,
            line,
            "收款人姓名里有银行文件装不下的字，请与银行商定后另行发放。",
            "the payee's name has a character that the bank file cannot carry.",
        )
    if not bank_card.is_valid(line.card):
        raise _refused(
            "card_invalid",
            number,
            line,
            "卡号校验不对，请对照原卡。",
            "the card number fails its check; compare with the card.",
        )
    if not carries_amount(profile, line.fen):
        raise _refused(
            "amount_not_carried",
            number,
            line,
            "这家银行只收整元，金额有角分。",
            "this bank takes whole yuan only, and the amount has fen.",
        )
    yuan = money.in_yuan(line.fen)
    values = {
        "position": str(number),
        "card": bank_card.normalise(line.card),
        "name": name_as_written(profile, line.payee_name),
        "yuan": yuan if profile.decimals else yuan.partition(".")[0],
        "fen": str(line.fen),
        "remark": remark_as_written(profile, batch),
        "reference": line.reference,
        "empty": "",
    }
    return [values[column] for column in profile.columns]


def _refused(code: str, number: int, line: BankLine, zh: str, en: str) -> SaidError:
    return SaidError(
        Sentence(code, f"第 {number} 笔（{line.reference}）{zh}", f"Payment {number} ({line.reference}): {en}")
    )
