"""How one bank wants its file, as TOML: shipped ones by name, others by path. What no bank could mean is told at loading."""

import codecs
import tomllib
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from huigong.payments.reply_profiles import reply_from
from huigong.values.sentence import SaidError, Sentence

COLUMNS = frozenset({"position", "card", "name", "yuan", "fen", "remark", "reference", "empty"})
KINDS = frozenset({"text", "xls", "none"})
SPACES = frozenset({"keep", "remove", "refuse"})
_LISTS = ("columns", "headings")


@dataclass(frozen=True, slots=True)
class BankProfile:
    """How one bank wants its file. `kind` is text, xls, or none: paid by the treasury, no file goes to a bank."""

    name: str
    max_rows: int
    columns: tuple[str, ...]
    remark: str = ""
    title: str = ""
    kind: str = "text"
    encoding: str = "utf-8"
    separator: str = ","
    line_end: str = "\r\n"
    suffix: str = "csv"
    headings: tuple[str, ...] = ()
    decimals: int = 2
    spaces: str = "keep"
    """Spaces inside names: kept, taken out, or a reason to hold the payment."""


def default_profile() -> BankProfile:
    return profile_from(text_of("default"))


def shipped() -> list[str]:
    """Names of the profiles that come with the product."""
    folder = resources.files("huigong.payments") / "bank_profiles"
    return sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml"))


def text_of(name: str) -> str:
    """The TOML of a shipped profile, or of a file. Raises SaidError where there is neither."""
    if name in shipped():
        return (resources.files("huigong.payments") / "bank_profiles" / f"{name}.toml").read_text("utf-8")
    try:
        return Path(name).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong(
            "bank_profile_missing",
            f"没有叫“{name}”的银行文件格式，也读不到这个文件。自带的有：{'、'.join(shipped())}。",
            f"There is no bank profile “{name}”, and no such file; shipped are {', '.join(shipped())}.",
        ) from error


@lru_cache(maxsize=32)
def profile_from(text: str) -> BankProfile:
    """A profile from its TOML; one text is read once, since every release and every page of a batch asks.

    Raises SaidError for what no payment has and no bank could mean.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _wrong(
            "bank_profile_no_toml",
            f"银行文件格式读不了：{error}。请对照自带的格式改。",
            f"The bank profile is no TOML: {error}.",
        ) from error
    if "reply" in table:
        reply_from(text)
    table.pop("reply", None)
    _refuse_strangers(table)
    given: dict[str, Any] = {name: tuple(value) if name in _LISTS else value for name, value in table.items()}
    try:
        profile = BankProfile(**given)
    except TypeError as error:
        lacking = sorted({"name", "max_rows", "columns"} - given.keys())
        raise _wrong(
            "bank_profile_lacks",
            f"银行文件格式缺少：{'、'.join(lacking)}。",
            f"The bank profile lacks {', '.join(lacking)}.",
        ) from error
    _refuse_impossible(profile)
    return profile


def _refuse_strangers(table: dict[str, Any]) -> None:
    if unknown := [column for column in table.get("columns", ()) if column not in COLUMNS]:
        raise _wrong(
            "bank_column_unknown",
            f"银行文件格式里的列“{unknown[0]}”没有，可用：{'、'.join(sorted(COLUMNS))}。",
            f"The bank profile names a column “{unknown[0]}” that no payment has; use {', '.join(sorted(COLUMNS))}.",
        )
    if strange := sorted(table.keys() - {field.name for field in fields(BankProfile)}):
        raise _wrong(
            "bank_setting_unknown",
            f"银行文件格式里的“{strange[0]}”不认识，请对照自带的格式改。",
            f"The bank profile has a setting “{strange[0]}” that is not known.",
        )


def _refuse_impossible(profile: BankProfile) -> None:
    wrong = [
        name
        for name, fits in (
            ("kind", profile.kind in KINDS),
            ("spaces", profile.spaces in SPACES),
            ("decimals", profile.decimals in {0, 2}),
            ("max_rows", profile.max_rows > 0),
            ("encoding", _is_encoding(profile.encoding)),
            ("separator", profile.separator != "" and not profile.separator.isalnum()),
            ("headings", not profile.headings or len(profile.headings) == len(profile.columns)),
        )
        if not fits
    ]
    if wrong:
        raise _wrong(
            "bank_setting_wrong",
            f"银行文件格式里的“{wrong[0]}”写得不对，请对照自带的格式改。",
            f"The bank profile's “{wrong[0]}” cannot be: compare with a shipped profile.",
        )


def _is_encoding(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True


def _wrong(code: str, zh: str, en: str) -> SaidError:
    return SaidError(Sentence(code, zh, en))
