"""Write the bank's batch file after a profile: deterministic bytes, no heading, no totals; what it cannot carry is refused."""

import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

from huigong.values import bank_card, money, names
from huigong.values.sentence import SaidError, Sentence

COLUMNS = frozenset({"position", "card", "name", "yuan", "remark", "reference"})


@dataclass(frozen=True, slots=True)
class BankProfile:
    """How one bank wants its file."""

    name: str
    encoding: str
    separator: str
    line_end: str
    max_rows: int
    remark: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BankLine:
    """One payment as the bank reads it. The card is plain here and nowhere else."""

    reference: str
    payee_name: str
    card: str
    fen: int


def default_profile() -> BankProfile:
    return profile_from((resources.files("huigong.payments") / "bank_profiles" / "default.toml").read_text("utf-8"))


def profile_from(text: str) -> BankProfile:
    """A profile from its TOML. Raises SaidError for a column that no payment has."""
    table = tomllib.loads(text)
    unknown = [column for column in table["columns"] if column not in COLUMNS]
    if unknown:
        raise SaidError(
            Sentence(
                "bank_column_unknown",
                f"银行文件格式里的列“{unknown[0]}”没有，可用：{'、'.join(sorted(COLUMNS))}。",
                f"The bank profile names a column “{unknown[0]}” that no payment has; use {', '.join(sorted(COLUMNS))}.",
            )
        )
    return BankProfile(**{**table, "columns": tuple(table["columns"])})


def carries(profile: BankProfile, name: str) -> bool:
    """Whether the file can hold this name as it is: every character encodes, comes back, and is none of the file's signs.

    Private-use characters are refused too: they encode, and the bank's screen shows another character.
    """
    plain = names.normalise(name)
    if not plain or profile.separator in plain or plain[0] in "=+-@＝＋－＠" or set(plain) & set("\r\n\t\"'"):
        return False
    if any(unicodedata.category(sign) in {"Co", "Cn", "Cs", "Cc", "Cf"} for sign in plain):
        return False
    try:
        return plain.encode(profile.encoding).decode(profile.encoding) == plain
    except UnicodeError:
        return False


def write(profile: BankProfile, lines: Sequence[BankLine]) -> bytes:
    """The file's bytes. Raises SaidError for a name or card that it cannot carry: nothing is replaced by a question mark."""
    if len(lines) > profile.max_rows:
        raise SaidError(
            Sentence(
                "too_many_payments",
                f"一个批次最多 {profile.max_rows} 笔，这里 {len(lines)} 笔，请分批。",
                f"A batch holds at most {profile.max_rows} payments, not {len(lines)}: split it.",
            )
        )
    return "".join(_line(profile, number, line) for number, line in enumerate(lines, 1)).encode(profile.encoding)


def _line(profile: BankProfile, number: int, line: BankLine) -> str:
    if not carries(profile, line.payee_name):
        raise SaidError(
            Sentence(
                "name_not_carried",
                f"第 {number} 笔（{line.reference}）收款人姓名里有银行文件装不下的字，请与银行商定后另行发放。",
                f"Payment {number} ({line.reference}): the payee's name has a character that the bank file cannot carry.",
            )
        )
    if not bank_card.is_valid(line.card):
        raise SaidError(
            Sentence(
                "card_invalid",
                f"第 {number} 笔（{line.reference}）卡号校验不对，请对照原卡。",
                f"Payment {number} ({line.reference}): the card number fails its check; compare with the card.",
            )
        )
    values = {
        "position": str(number),
        "card": bank_card.normalise(line.card),
        "name": names.normalise(line.payee_name),
        "yuan": money.in_yuan(line.fen),
        "remark": profile.remark,
        "reference": line.reference,
    }
    return profile.separator.join(values[column] for column in profile.columns) + profile.line_end
