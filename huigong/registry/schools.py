"""The school register as a table: the small one that ships, and lists that offices import.

Two layouts are taken, as .csv (UTF-8 or GB18030), .xlsx or .xls:

- our own: `name, level, valid_from, valid_until, source`, level a code or a file's word (本科, 专科, 高中, 中职);
- the ministry's published list (全国高等学校名单): a title above the heading, then 序号, 学校名称, 学校标识码, 主管部门, 所在地,
  办学层次, 备注, with a row for every province between the schools. Its schools have no days: those of the register stay.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path

from huigong.annexes.containers import open_contents
from huigong.annexes.contents import CellValue, Table, as_text
from huigong.annexes.problems import UnreadableError
from huigong.registry.words import level_of
from huigong.rules.facts import CATALOGUE
from huigong.values.sentence import SaidError, Sentence
from huigong.values.text import narrow, without_spaces

_HEADINGS = {
    "name": ("name", "学校名称", "校名", "院校名称", "学校"),
    "level": ("level", "办学层次", "层次", "就读阶段", "阶段"),
    "valid_from": ("valid_from", "起"),
    "valid_until": ("valid_until", "止"),
    "source": ("source", "出处"),
}
_HEADING_WITHIN = 20
_LONGEST = 100
_BRACKETS = re.compile(r"[(\[【〔][^)\]】〕]*[)\]】〕]")
_PART_OF_A_SCHOOL = re.compile(r".*(?:学院|系|专业|班|校区|学部)")
# What bears a school's name and teaches on another level, or not full time: the register says nothing about it.
_ANOTHER_SCHOOL = re.compile(
    r"职业|高职|专科|继续教育|成人|成教|网络|远程|开放|函授|自考|夜大|附属|附设|附中|中学|小学|初中|预科"
)
_LEVELS = frozenset(CATALOGUE["education_level"].words or ())


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """One line of a list of schools. `level` is a code of the education levels."""

    name: str
    level: str
    valid_from: date | None
    valid_until: date | None
    source: str


def shipped() -> list[SchoolRow]:
    text = (resources.files("huigong.registry") / "schools.csv").read_text("utf-8")
    rows = list(csv.reader(io.StringIO(text)))
    return read_table(Table(name="text", rows=rows, style="lines"), file="schools.csv")


def read_file(path: Path) -> list[SchoolRow]:
    """The schools of a list. Raises SaidError for a file that is none, naming the line that cannot be taken."""
    if not path.is_file():
        raise SaidError(
            Sentence("schools_absent", f"找不到学校名册 {path.name}。", f"There is no list of schools {path.name}.")
        )
    try:
        tables = open_contents(path).tables
    except UnreadableError as error:
        told = error.problem
        raise SaidError(
            Sentence("schools_unreadable", f"{path.name} 打不开：{told.message}", f"{path.name}: {told.message_en}")
        ) from None
    with_heading = [table for table in tables if _heading(table)]
    if not with_heading:
        raise SaidError(
            Sentence(
                "schools_heading",
                f"{path.name} 里找不到标题行，要有“学校名称”和“办学层次”（或 name 和 level）。",
                f"{path.name} has no heading row with a school's name and level (学校名称, 办学层次 or name, level).",
            )
        )
    return [row for table in with_heading for row in read_table(table, file=path.name)]


def read_table(table: Table, *, file: str) -> list[SchoolRow]:
    """The schools below the heading. A row with nothing but one cell is a province or a note."""
    heading = _heading(table)
    assert heading is not None, "asked for a table with a heading"
    first, columns = heading
    rows = []
    for number in range(first, len(table.rows)):
        cells = table.rows[number]
        if sum(bool(as_text(cell).strip()) for cell in cells) < 2:
            continue
        said = {name: narrow(as_text(table.at(number, place))) for name, place in columns.items()}
        if said["name"] and not (said["name"] in _HEADINGS["name"] or said["name"].isdigit()):
            rows.append(_row(said, file, table.place(number, columns["name"])))
    return rows


def plain_name(name: str) -> str:
    """A school's name for comparing: no spaces, no brackets and what stands in them."""
    return _BRACKETS.sub("", without_spaces(name))


def level_in(register: Mapping[str, str], school: str) -> str:
    """The level of a school by its name, also where a department stands behind it; empty where it is not listed."""
    plain = plain_name(school)
    if plain in register:
        return register[plain]
    for end in range(len(plain) - 1, 3, -1):
        behind = plain[end:]
        if plain[:end] in register and _PART_OF_A_SCHOOL.fullmatch(behind) and not _ANOTHER_SCHOOL.search(behind):
            return register[plain[:end]]
    return ""


def _heading(table: Table) -> tuple[int, dict[str, int]] | None:
    """The row below the heading, and the column of each name."""
    for number, cells in enumerate(table.rows[:_HEADING_WITHIN]):
        columns = _columns(cells)
        if "name" in columns and "level" in columns:
            return number + 1, columns
    return None


def _columns(cells: Sequence[CellValue]) -> dict[str, int]:
    said = [without_spaces(as_text(cell)) for cell in cells]
    found = {name: [said.index(word) for word in words if word in said] for name, words in _HEADINGS.items()}
    return {name: places[0] for name, places in found.items() if places}


def _row(said: Mapping[str, str], file: str, place: str) -> SchoolRow:
    level = said["level"] if said["level"] in _LEVELS else level_of(said["level"])
    if level not in _LEVELS or len(said["name"]) > _LONGEST:
        raise SaidError(
            Sentence(
                "school_line",
                f"{file} {place}：“{said['name']}”要有阶段（{'、'.join(sorted(_LEVELS))}，或 本科、专科、高中、中职）。",
                f"{file}, {place}: {said['name']} needs a level ({', '.join(sorted(_LEVELS))}, 本科 or 专科).",
            )
        )
    days = [_day(said.get(name, ""), file, place) for name in ("valid_from", "valid_until")]
    return SchoolRow(said["name"], level, days[0], days[1], said.get("source") or file)


def _day(text: str, file: str, place: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise SaidError(
            Sentence(
                "school_day",
                f"{file} {place}：“{text}”不是日期，请写成 2018-12-01。",
                f"{file}, {place}: “{text}” is no day: write 2018-12-01.",
            )
        ) from None
