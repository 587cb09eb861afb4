"""Read the household files out of a workbook: sheets 困难职工家庭 and 家庭成员, every wrong cell told by its place.

Columns may stand in any order. What cannot be read is left out and told; a wrong check digit is kept and marked.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from huigong.annexes.contents import CellValue, as_text, column_letters
from huigong.registry import words
from huigong.values import bank_card, money, names, phone, resident_id
from huigong.values.resident_id import ResidentId
from huigong.values.sentence import SaidError, Sentence, WrongValueError
from huigong.values.text import narrow, without_spaces

HOUSEHOLDS, MEMBERS = "困难职工家庭", "家庭成员"
_LOST_FROM = 10**15


@dataclass(frozen=True, slots=True)
class CellProblem:
    """One wrong cell. `severity` is error (the value is left out) or look (kept and marked)."""

    cell: str
    kind: str
    severity: str
    sentence: Sentence

    def as_json(self) -> dict[str, str]:
        return {
            "cell": self.cell,
            "kind": self.kind,
            "severity": self.severity,
            "zh": self.sentence.zh,
            "en": self.sentence.en,
        }


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A family member as the file names one."""

    name: str
    relationship: str = ""
    id_number: str = ""
    education_level: str = ""
    school: str = ""
    entry_year: int | None = None
    length_years: int | None = None
    occupation: str = ""


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """A household file as the workbook says it; money in fen."""

    file_number: str
    worker_name: str
    id_number: str = ""
    gender: str = ""
    identity: str = ""
    county: str = ""
    employer: str = ""
    hardship_category: str = ""
    enrolment_level: str = ""
    hardship_cause: str = ""
    size: int | None = None
    annual_income_fen: int | None = None
    essential_expenditure_fen: int | None = None
    certificate_number: str = ""
    certificate_review: str = ""
    certificate_reviewed_in: str = ""
    card: str = ""
    phone: str = ""
    zero_employment: bool | None = None
    file_status: str = ""
    members: tuple[MemberRow, ...] = ()

    def values(self) -> dict[str, Any]:
        """The fields of the household itself by name, without its members."""
        told = asdict(self)
        del told["members"], told["file_number"]
        return told


@dataclass(frozen=True, slots=True)
class RegistryReading:
    households: tuple[HouseholdRow, ...]
    problems: tuple[CellProblem, ...] = ()

    @property
    def has_errors(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)


@dataclass
class _Sheet:
    """One sheet under its heading: cells by the name of their column, with their places."""

    name: str
    columns: Mapping[str, int]
    rows: Sequence[tuple[int, Sequence[CellValue]]]
    problems: list[CellProblem] = field(default_factory=list)

    def text(self, cells: Sequence[CellValue], column: str) -> str:
        return narrow(as_text(self.cell(cells, column)))

    def cell(self, cells: Sequence[CellValue], column: str) -> CellValue:
        place = self.columns.get(column)
        return None if place is None or place >= len(cells) else cells[place]

    def tell(self, row: int, column: str, kind: str, severity: str, zh: str, en: str) -> None:
        place = f"{self.name}!{column_letters(self.columns[column])}{row}"
        self.problems.append(CellProblem(place, kind, severity, Sentence(kind, f"{place}：{zh}", f"{place}: {en}")))


def read_workbook(path: Path) -> RegistryReading:
    """Every household of the workbook. Raises SaidError where it is no such workbook."""
    try:
        book = CalamineWorkbook.from_path(str(path))
    except (CalamineError, ValueError, OSError) as error:
        raise _unreadable(path, error) from None
    households = _sheet(book, path, HOUSEHOLDS, ("职工编号", "姓名", "身份证号码"))
    members = _sheet(book, path, MEMBERS, ("职工编号", "姓名"))
    families: dict[str, list[MemberRow]] = {}
    for number, cells in members.rows:
        _add_member(members, number, cells, families)
    rows: dict[str, HouseholdRow] = {}
    for number, cells in households.rows:
        row = _household(households, number, cells, families)
        if row is None:
            continue
        if row.file_number in rows:
            households.tell(
                number,
                "职工编号",
                "twice",
                "error",
                f"职工编号 {row.file_number} 出现了两次，只收第一行。",
                f"file {row.file_number} stands twice: the first is taken.",
            )
            continue
        rows[row.file_number] = row
    if strangers := sorted(families.keys() - rows.keys()):
        members.problems.append(
            CellProblem(
                MEMBERS,
                "no_household",
                "error",
                Sentence(
                    "no_household",
                    f"家庭成员表里有 {len(strangers)} 个职工编号不在家庭表里，如 {strangers[0]}。",
                    f"{len(strangers)} file numbers of members have no household, such as {strangers[0]}.",
                ),
            )
        )
    return RegistryReading(tuple(rows.values()), (*households.problems, *members.problems))


def _sheet(book: CalamineWorkbook, path: Path, name: str, required: Sequence[str]) -> _Sheet:
    if name not in book.sheet_names:
        raise SaidError(
            Sentence(
                "sheet_missing",
                f"{path.name} 里没有“{name}”这张表；档案表要有“{HOUSEHOLDS}”和“{MEMBERS}”两张。",
                f"{path.name} has no sheet {name}: the registry has {HOUSEHOLDS} and {MEMBERS}.",
            )
        )
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    for number, cells in enumerate(rows[:10]):
        columns = {without_spaces(as_text(cell)): place for place, cell in enumerate(cells) if as_text(cell).strip()}
        if all(heading in columns for heading in required):
            data = [
                (at, row)
                for at, row in enumerate(rows[number + 1 :], number + 2)
                if any(as_text(c).strip() for c in row)
            ]
            return _Sheet(name, columns, data)
    raise SaidError(
        Sentence(
            "heading_missing",
            f"{path.name} 的“{name}”表前十行里找不到标题行，要有：{'、'.join(required)}。",
            f"{path.name}, sheet {name}: no heading row with {', '.join(required)} in its first ten rows.",
        )
    )


def _household(
    sheet: _Sheet, number: int, cells: Sequence[CellValue], families: Mapping[str, list[MemberRow]]
) -> HouseholdRow | None:
    text: Callable[[str], str] = lambda column: sheet.text(cells, column)  # noqa: E731
    file_number, name = without_spaces(text("职工编号")), names.normalise(text("姓名"))
    if not file_number or not name:
        column = "姓名" if file_number else "职工编号"
        sheet.tell(
            number,
            column,
            "missing",
            "error",
            f"没有{column}，这一行没有收。",
            f"{column} is missing: the row was not taken.",
        )
        return None
    review = words.review_of(text("优惠证审核"))
    card, called = bank_card.normalise(text("惠工卡号")), text("手机号码")
    if card and not bank_card.is_valid(card):
        sheet.tell(
            number,
            "惠工卡号",
            "card_invalid",
            "look",
            "卡号校验不对，照收并标记，发放前要对照原卡。",
            "the card fails its check: kept and marked, payment waits.",
        )
    if called and not phone.is_valid(called):
        sheet.tell(
            number,
            "手机号码",
            "phone_invalid",
            "look",
            "不像电话号码，照收。",
            "no telephone number by its shape: kept.",
        )
    return HouseholdRow(
        file_number=file_number,
        worker_name=name,
        id_number=_identity(sheet, number, cells),
        gender={"女": "female", "男": "male"}.get(text("性别"), ""),
        identity=text("身份"),
        county=text("县区"),
        employer=text("工作单位"),
        hardship_category=text("困难类别"),
        enrolment_level=text("建档标准"),
        hardship_cause=text("主要致困原因"),
        size=_whole(sheet, number, cells, "家庭人口", 1, 50),
        annual_income_fen=_amount(sheet, number, cells, "家庭年度总收入(元)"),
        essential_expenditure_fen=_amount(sheet, number, cells, "年刚性支出(元)"),
        certificate_number=text("特困职工优惠证编号"),
        certificate_review=review.state,
        certificate_reviewed_in=review.half_year,
        card=card,
        phone=phone.normalise(called),
        zero_employment={"是": True, "否": False}.get(text("零就业家庭")),
        file_status=text("档案状态"),
        members=tuple(families.get(file_number, ())),
    )


def _add_member(sheet: _Sheet, number: int, cells: Sequence[CellValue], families: dict[str, list[MemberRow]]) -> None:
    text: Callable[[str], str] = lambda column: sheet.text(cells, column)  # noqa: E731
    file_number, name = without_spaces(text("职工编号")), names.normalise(text("姓名"))
    if not file_number or not name:
        column = "姓名" if file_number else "职工编号"
        sheet.tell(
            number,
            column,
            "missing",
            "error",
            f"没有{column}，这一行没有收。",
            f"{column} is missing: the row was not taken.",
        )
        return
    level = words.level_of(text("当前学历"))
    if text("当前学历") and not level:
        sheet.tell(
            number,
            "当前学历",
            "level_unknown",
            "look",
            f"“{text('当前学历')}”不是认得的学历，按不清楚处理。",
            "this level is not known: taken as unknown.",
        )
    families.setdefault(file_number, []).append(
        MemberRow(
            name=name,
            relationship=text("与户主关系"),
            id_number=_identity(sheet, number, cells),
            education_level=level,
            school=text("就读学校"),
            entry_year=_whole(sheet, number, cells, "入学年份", 1950, 2100),
            length_years=_whole(sheet, number, cells, "学制(年)", 1, 12),
            occupation=text("就业状况"),
        )
    )


def _identity(sheet: _Sheet, number: int, cells: Sequence[CellValue]) -> str:
    """The identity number as written; a lost one is left out, a wrong one is kept and marked. A member may have none."""
    cell = sheet.cell(cells, "身份证号码")
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= _LOST_FROM:
        sheet.tell(
            number,
            "身份证号码",
            "id_precision_lost",
            "error",
            "号码被存成数字，后几位丢了，没有收；请把该列设成文本后重填。",
            "the number was stored as a figure and lost its last digits: not taken; make the column text.",
        )
        return ""
    plain = resident_id.normalise(as_text(cell))
    if plain:
        try:
            return ResidentId.parse(plain).plain()
        except WrongValueError as error:
            sheet.tell(
                number,
                "身份证号码",
                error.sentence.code,
                "look",
                f"{error.sentence.zh}照收并标记，发放前要核对。",
                f"{error.sentence.en} Kept and marked; payment waits.",
            )
    return plain


def _whole(sheet: _Sheet, number: int, cells: Sequence[CellValue], column: str, least: int, most: int) -> int | None:
    written = without_spaces(as_text(sheet.cell(cells, column)))
    if not written:
        return None
    digits = written.removesuffix("年").removesuffix("人")
    if not digits.isascii() or not digits.isdigit() or not least <= int(digits) <= most:
        sheet.tell(
            number,
            column,
            "not_a_number",
            "error",
            f"“{written}”不是 {least} 到 {most} 的整数，按不清楚处理。",
            f"“{written}” is no whole number from {least} to {most}: taken as unknown.",
        )
        return None
    return int(digits)


def _amount(sheet: _Sheet, number: int, cells: Sequence[CellValue], column: str) -> int | None:
    written = as_text(sheet.cell(cells, column)).strip()
    if not written:
        return None
    try:
        fen = money.parse_yuan(written)
    except WrongValueError:
        fen = None
    if fen is None or fen < 0:
        sheet.tell(
            number,
            column,
            "not_a_number",
            "error",
            f"“{written}”不是金额，按不清楚处理。",
            f"“{written}” is no amount: taken as unknown.",
        )
        return None
    return fen


def _unreadable(path: Path, error: Exception) -> SaidError:
    if not path.is_file():
        return SaidError(
            Sentence("registry_absent", f"找不到档案表 {path.name}。", f"There is no registry file {path.name}.")
        )
    return SaidError(
        Sentence(
            "registry_unreadable",
            f"{path.name} 打不开：不是 Excel 工作簿、加了密码或不完整，请另存为 .xlsx 再导入。",
            f"{path.name} cannot be opened: no workbook, encrypted or cut off ({type(error).__name__}). Save it as .xlsx.",
        )
    )
