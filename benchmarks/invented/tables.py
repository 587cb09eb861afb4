"""The tables beside the forms: the registry workbook, units, quotas and papers, with the headings a city's office uses."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

import xlsxwriter

from benchmarks.invented.city import City
from benchmarks.invented.families import Household
from benchmarks.invented.places import FEDERATIONS
from benchmarks.invented.writers import _WRITTEN

HOUSEHOLD_HEADINGS = (
    "职工编号", "姓名", "身份证号码", "性别", "身份", "县区", "工作单位", "困难类别", "建档标准", "主要致困原因", "家庭人口",
    "家庭年度总收入(元)", "年刚性支出(元)", "特困职工优惠证编号", "优惠证审核", "惠工卡号", "手机号码", "零就业家庭", "档案状态",
)  # fmt: skip
MEMBER_HEADINGS = (
    "职工编号",
    "姓名",
    "与户主关系",
    "身份证号码",
    "当前学历",
    "就读学校",
    "入学年份",
    "学制(年)",
    "就业状况",
)
SEEN_BY, SEEN_ON = "黄", "2017-08-07"


def write_registry(path: Path, households: Sequence[Household]) -> None:
    """Two sheets, every identity number as text."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    book.set_properties({"created": _WRITTEN, "author": ""})
    for name, headings, lines in (
        ("困难职工家庭", HOUSEHOLD_HEADINGS, [_household(house) for house in households if house.enrolled]),
        ("家庭成员", MEMBER_HEADINGS, [line for house in households if house.enrolled for line in _members(house)]),
    ):
        sheet = book.add_worksheet(name)
        for number, line in enumerate((headings, *lines)):
            for column, cell in enumerate(line):
                if isinstance(cell, int):
                    sheet.write_number(number, column, cell)
                elif cell is not None:
                    sheet.write_string(number, column, cell)
    book.close()


def _household(house: Household) -> tuple[str | int | None, ...]:
    return (
        house.file_no, house.worker.name, house.worker.id_number, "女" if house.worker.gender == "female" else "男",
        "困难农民工" if house.migrant else "困难职工", house.place, house.employer, house.category, house.standard, house.cause,
        house.size, house.income, house.expenditure, house.certificate, house.review, house.card, house.phone,
        "是" if house.zero_employment else "否", "已脱困" if house.exited else "在档",
    )  # fmt: skip


def _members(house: Household) -> Iterable[tuple[str | int | None, ...]]:
    yield (
        house.file_no,
        house.spouse.name,
        "配偶",
        house.spouse.id_number,
        "初中",
        None,
        None,
        None,
        house.spouse_doing,
    )
    for child in house.children:
        on_file = child.on_file
        number = None if house.member_without_id else child.person.id_number
        yield (
            house.file_no, child.person.name, "子女", number, on_file.level, on_file.school, on_file.entry_year,
            on_file.length, on_file.doing,
        )  # fmt: skip


def write_units(path: Path, city: City) -> None:
    _write(path, ("unit", "federation_code"), [(form.unit.name, form.unit.federation_code) for form in city.forms])


def write_quotas(path: Path, places: dict[str, int]) -> None:
    lines = [(code, FEDERATIONS[code][0], str(count)) for code, count in places.items()]
    _write(path, ("division_code", "organisation", "places"), lines)


def write_papers(path: Path, city: City, *, random: Random) -> None:
    """A line for every paper that came, those of one form together, the forms in the order they were seen."""
    lacking = set(city.lacking)
    lines: list[tuple[str, ...]] = []
    for form in random.sample(city.forms, len(city.forms)):
        if (form.file, None, "stamped_form") not in lacking:
            lines.append((form.file, "", "stamped_form", "yes", "yes", SEEN_BY, SEEN_ON))
        for number, row in enumerate(form.rows, 1):
            proof = "admission_letter" if row.child.freshman else "enrolment_proof"
            for paper, original in (("benefit_card_copy", ""), (proof, "yes" if row.child.freshman else "")):
                if (form.file, number, paper) not in lacking:
                    lines.append((form.file, str(number), paper, original, "yes", SEEN_BY, SEEN_ON))
    _write(path, ("form", "row", "paper", "original_seen", "copy_kept", "seen_by", "seen_on"), lines)


def _write(path: Path, headings: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([headings, *lines])
