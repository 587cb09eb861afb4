"""Code words of a registry workbook, held against the dated lists: of the day on which the union gave its opinion of the file,
or of today. A word of no list is left out and told with its cell; what stands in the file stays (decision 319).
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from huigong.annexes.contents import as_text
from huigong.registry import cells
from huigong.registry.code_lists import LISTS
from huigong.registry.file_form import Field, forms, plain_heading
from huigong.registry.held_words import DatedLists
from huigong.registry.rows import ERROR, LOOK, CellProblem
from huigong.registry.sheets import Sheet
from huigong.values.sentence import Sentence
from huigong.values.text import without_spaces

_DAYS = ("upper_opinion_on", "union_opinion_on", "unit_opinion_on")
"""The opinions in the order in which they tell the day of a file."""


@dataclass
class WordCheck:
    """The lists, the day of each file that its workbook tells, and what was counted on the way."""

    lists: DatedLists
    days: Mapping[str, date]
    problems: list[CellProblem] = field(default_factory=list)
    past: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """Sheet, list and word of what held on an earlier day, in files that tell no day: kept, and told once."""
    coded: dict[str, list[tuple[Field, str]]] = field(default_factory=dict)
    """The columns of words of each sheet, looked up once."""

    def hold(self, sheet: Sheet, row: int, of: str, key: str, told: tuple[dict[str, Any], dict[str, Any]]) -> list[str]:
        """Takes the words that no list has out of a row's values and details; the names of those with a column."""
        values, details = told
        out = []
        if of not in self.coded:
            self.coded[of] = list(_coded(sheet, of))
        for one, heading in self.coded[of]:
            kept = values if one.column else details
            word = str(kept.get(one.name) or "")
            if word and not self._holds(sheet, one, word, self.days.get(key)):
                self._tell(sheet, row, heading, one, word, self.days.get(key))
                del kept[one.name]
                out += [one.name] if one.column else []
        return out

    def looks(self) -> Iterator[CellProblem]:
        """Words of an earlier day that were kept, each once."""
        for (sheet, codes, word), count in sorted(self.past.items()):
            zh, en = LISTS[codes]
            _since, until = self.lists.held(codes, word) or (None, None)
            told = (
                f"{sheet}：“{word}”是代码表“{zh}”到 {until} 为止的词，{count} 处没有写审批日期，照那时的词收了。",
                f"{sheet}: “{word}” held in the list “{en}” until {until}; {count} cells of files without a day keep it.",
            )
            yield CellProblem(sheet, "word_of_its_day", LOOK, Sentence("word_of_its_day", *told))

    def _holds(self, sheet: Sheet, one: Field, word: str, day: date | None) -> bool:
        lists, codes = self.lists, one.codes
        if not lists.knows(codes) or lists.holds(codes, word, lists.today):
            return True
        if day is None and lists.held(codes, word):
            self.past[sheet.table.name, codes, word] += 1
            return True
        return day is not None and lists.holds(codes, word, day)

    def _tell(self, sheet: Sheet, row: int, heading: str, one: Field, word: str, day: date | None) -> None:
        on, (title, title_en) = day or self.lists.today, LISTS[one.codes]
        near = self.lists.near(one.codes, word, on)
        zh = f"“{word[:20]}”不在 {on} 的代码表“{title}”里，没有收；最接近的词是{'、'.join(near)}。"
        en = f"“{word[:20]}” is no word of the list “{title_en}” on {on}: not taken; nearest: {', '.join(near)}."
        self.problems.append(sheet.problem(row, heading, "word_not_listed", ERROR, zh, en))


def check(lists: DatedLists, households: Sheet, number: str) -> WordCheck:
    """`number` is the heading of file numbers. Members are of the day of their file."""
    headed, days = _headed(households), dict[str, date]()
    headings = [headed[plain] for one in _DAYS if (plain := _plain("household", one)) in headed]
    for row in households.rows() if headings else ():
        said = (cells.day(households.cell(row, heading)).value for heading in headings)
        if day := next((one for one in said if one), None):
            days[without_spaces(as_text(households.cell(row, number)))] = date.fromisoformat(day)
    return WordCheck(lists, days)


def _plain(of: str, name: str) -> str:
    field = forms()[-1].field(of, name)
    return plain_heading(field.zh) if field else ""


def _headed(sheet: Sheet) -> dict[str, str]:
    return {plain_heading(heading): heading for heading in sheet.columns}


def _coded(sheet: Sheet, of: str) -> Iterator[tuple[Field, str]]:
    """The fields of the sheet that hold a word of a list, with their headings."""
    headed = _headed(sheet)
    for one in forms()[-1].fields(of):
        if one.kind == "code" and plain_heading(one.zh) in headed:
            yield one, headed[plain_heading(one.zh)]
