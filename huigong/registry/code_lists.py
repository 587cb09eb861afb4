"""Read code lists: the ones that ship, and a table that an office brings. Ask which words hold on a day."""

import csv
import io
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources

from huigong.registry.held_words import DatedLists, Span
from huigong.registry.models import CodeWord
from huigong.values.sentence import SaidError, Sentence
from huigong.values.text import whole

HEADINGS = ("list", "code", "word", "valid_from", "valid_until", "source", "english")
"""The last may be absent: a list shows the Chinese word where it has no other."""
LISTS: Mapping[str, tuple[str, str]] = {
    "hardship_category": ("困难类别", "Hardship category"),
    "political_status": ("政治面貌", "Political status"),
    "health": ("健康状况", "Health"),
    "disability": ("残疾类别", "Disability"),
    "work_state": ("工作状态", "Employment"),
    "model_worker": ("劳模类型", "Model worker"),
    "housing": ("住房类型", "Housing"),
    "floor_area": ("建筑面积", "Floor area"),
    "marital_status": ("婚姻状况", "Marital status"),
    "household_registration": ("户口类型", "Household registration"),
    "employer_kind": ("单位性质", "Kind of employer"),
    "employer_condition": ("企业状况", "State of the employer"),
    "medical_insurance": ("医保状况", "Medical insurance"),
    "industry": ("所属行业", "Industry"),
    "member_identity": ("人员身份", "Standing of a member"),
    "contract_term": ("合同期限", "Length of contract"),
    "hardship_cause": ("致困原因", "Cause of hardship"),
    "key_group": ("五类重点群体", "Key group"),
    "four_measures": ("四个一批", "Kinds of measure"),
    "enrolment_level": ("建档标准", "Level of the file"),
    "exit_reason": ("退出原因", "Reason of exit"),
    "aid_kind": ("帮扶类别", "Kind of aid"),
    "aid_source": ("资金来源", "Source of aid"),
    "paper_kind": ("附件类型", "Kind of paper"),
    "shows_employed": ("就业的凭据", "Evidence of work"),
    "shows_self_employed": ("创业的凭据", "Evidence of a business"),
    "shows_further_study": ("升学的凭据", "Evidence of further study"),
    "shows_enlisted": ("入伍的凭据", "Evidence of enlistment"),
}
"""The lists that fields ask for; an office adds words and days, never a list that no field asks for."""


@dataclass(frozen=True, slots=True)
class WordRow:
    """One line of a table of codes."""

    list_name: str
    code: str
    word: str
    valid_from: date | None
    valid_until: date | None
    source: str
    english: str = ""

    def holds(self, on: date) -> bool:
        return (self.valid_from or on) <= on <= (self.valid_until or on)


@dataclass(frozen=True, slots=True)
class Listed:
    """A word of a list as it holds here, whether an office keeps it, and the shipped line that it lies over."""

    row: WordRow
    is_kept: bool
    shipped: WordRow | None

    @property
    def differs(self) -> bool:
        """Whether an office gave it another last day or source than it shipped with."""
        shipped = self.shipped
        return shipped is not None and (shipped.valid_until, shipped.source) != (self.row.valid_until, self.row.source)


def shipped() -> list[WordRow]:
    return read_text((resources.files("huigong.registry") / "codes.csv").read_text(encoding="utf-8"), name="codes.csv")


def read_text(text: str, *, name: str) -> list[WordRow]:
    """The rows of a table. Raises SaidError that names the first line that cannot be read."""
    rows = list[WordRow]()
    for number, line in enumerate(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))), 2):
        try:
            row = WordRow(
                (line["list"] or "").strip(),
                (line["code"] or "").strip()[:16],
                (line["word"] or "").strip(),
                _day(line["valid_from"]),
                _day(line["valid_until"]),
                whole(line["source"] or "", 200, "出处", "the source"),
                (line.get("english") or "").strip()[:80],
            )
        except (KeyError, ValueError):
            raise _unreadable(name, number) from None
        if row.list_name not in LISTS or not row.word or len(row.word) > 60 or not row.source:
            raise _unreadable(name, number)
        rows.append(row)
    return rows


def words_on(day: date) -> dict[str, list[str]]:
    """For each list its words on a day, in the order of their codes."""
    found = dict[str, list[str]]()
    for row in _standing():
        if row.holds(day) and row.word not in found.setdefault(row.list_name, []):
            found[row.list_name].append(row.word)
    return found


def rows_of(names: Collection[str]) -> list[WordRow]:
    """All words of these lists with their days: the shipped ones, and over them what the office keeps."""
    return _over_shipped(CodeWord.objects.filter(list_name__in=names), names)


def listed(name: str) -> list[Listed]:
    """The words of one list, newest days first: those that the office keeps, and the shipped ones among or under them."""
    under = {(one.word, one.valid_from): one for one in _shipped() if one.list_name == name}
    kept = {(one.word, one.valid_from) for one in CodeWord.objects.filter(list_name=name)}
    found = [
        Listed(row, (row.word, row.valid_from) in kept, under.get((row.word, row.valid_from)))
        for row in sorted(rows_of({name}), key=_order)
    ]
    return sorted(found, key=lambda one: one.row.valid_from or date.min, reverse=True)


def _standing() -> list[WordRow]:
    """The words of every list that was ever loaded here, in order: a word that ships later joins those of the founding."""
    kept = list(CodeWord.objects.all())
    return sorted(_over_shipped(kept, {row.list_name for row in kept}), key=_order)


def _over_shipped(kept: Iterable[CodeWord], names: Collection[str]) -> list[WordRow]:
    """A word that ships keeps its code and its English where the office's line leaves them empty: what was noted by the code stays known."""
    shipped_here = [one for one in _shipped() if one.list_name in names]
    first = {(one.list_name, one.word): one for one in reversed(shipped_here)}
    known = {(one.list_name, one.word, one.valid_from): one for one in shipped_here}
    for row in sorted(kept, key=lambda row: (row.valid_from or date.min, row.code, row.pk)):
        ships = first.get((row.list_name, row.word))
        code, english = (row.code or ships.code, row.english or ships.english) if ships else (row.code, row.english)
        told = WordRow(row.list_name, code, row.word, row.valid_from, row.valid_until, row.source, english)
        known[row.list_name, row.word, row.valid_from] = told
    return list(known.values())


@lru_cache(maxsize=1)
def _shipped() -> tuple[WordRow, ...]:
    return tuple(shipped())


def dated(*, today: date) -> DatedLists:
    """Every word of every list with its days, for an import on a day."""
    found = dict[str, dict[str, list[Span]]]()
    for row in _standing():
        found.setdefault(row.list_name, {}).setdefault(row.word, []).append((row.valid_from, row.valid_until))
    return DatedLists(found, today)


def in_order(rows: Iterable[CodeWord]) -> list[CodeWord]:
    """All words as their digest takes them."""
    return sorted(rows, key=lambda row: (row.list_name, row.word, row.pk))


def _order(row: WordRow) -> tuple[str, int, str]:
    return row.list_name, int(row.code) if row.code.isdecimal() else 10**6, row.code


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text.strip()) if text and text.strip() else None


def _unreadable(name: str, number: int) -> SaidError:
    headings = ", ".join(HEADINGS)
    return SaidError(
        Sentence(
            "code_table_unreadable",
            f"{name} 第 {number} 行读不了，一行也没有收。表头要是 {headings}；日期写 2018-06-01；代码表名、词和出处都要有。",
            f"{name}, line {number} cannot be read; nothing was taken. Headings: {headings}; days as 2018-06-01; list, "
            "word and source are needed.",
        )
    )
