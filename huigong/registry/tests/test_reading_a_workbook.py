"""A registry workbook is read whole: what is wrong is told by its cell, what is no registry is said in a sentence."""

import io
import zipfile
from datetime import datetime

import openpyxl
import pytest
import xlwt

from huigong.annexes.tests.forms import repacked
from huigong.registry.tests.workbooks import CARD, CHILD, DAUGHTER, HUSBAND, SPOUSE, WORKER, household, member, workbook
from huigong.registry.workbook import read_workbook
from huigong.values.resident_id import check_digit
from huigong.values.sentence import SaidError

WRONG = WORKER[:17] + ("0" if check_digit(WORKER[:17]) != "0" else "1")


def told(reading):
    return [(problem.cell, problem.kind, problem.severity) for problem in reading.problems]


def test_a_family_is_read_with_its_members(tmp_path):
    reading = read_workbook(workbook(tmp_path / "r.xlsx"))
    (home,) = reading.households
    assert told(reading) == []
    assert (home.file_number, home.worker_name, home.id_number) == ("GX0001", "韦秀兰", WORKER)
    assert (home.size, home.annual_income_fen, home.essential_expenditure_fen) == (3, 2_190_000, 400_000)
    assert (home.certificate_review, home.certificate_reviewed_in, home.zero_employment) == ("passed", "2017-1", False)
    assert [(one.name, one.id_number, one.entry_year) for one in home.members] == [
        ("陈大山", SPOUSE, None),
        ("韦小雨", CHILD, 2014),
    ]


def test_columns_may_stand_in_any_order_below_a_title(tmp_path):
    plain = read_workbook(workbook(tmp_path / "r.xlsx"))
    turned = sorted({*household(), *DAUGHTER}, reverse=True)
    assert read_workbook(workbook(tmp_path / "t.xlsx", titles=2, headings=turned)).households == plain.households


@pytest.mark.parametrize(
    ("changes", "field", "value", "problem"),
    [
        ({"身份证号码": WRONG}, "id_number", WRONG, ("C2", "id_checksum", "look")),
        ({"身份证号码": 450422197001010000.0}, "id_number", "", ("C2", "id_precision_lost", "error")),
        ({"身份证号码": "4.50422E+17"}, "id_number", "", ("C2", "id_precision_lost", "error")),
        ({"惠工卡号": 6200000000000000000.0}, "card", "", ("P2", "id_precision_lost", "error")),
        (
            {"惠工卡号": CARD[:-1] + str((int(CARD[-1]) + 1) % 10)},
            "card",
            CARD[:-1] + str((int(CARD[-1]) + 1) % 10),
            ("P2", "card_invalid", "look"),
        ),
        ({"手机号码": "12345"}, "phone", "12345", ("Q2", "phone_invalid", "look")),
        ({"家庭人口": 3.5}, "size", None, ("K2", "not_a_number", "error")),
        ({"家庭人口": "三"}, "size", None, ("K2", "not_a_number", "error")),
        ({"家庭年度总收入(元)": -100}, "annual_income_fen", None, ("L2", "negative_amount", "error")),
        ({"家庭年度总收入(元)": "约八千"}, "annual_income_fen", None, ("L2", "not_a_number", "error")),
        ({"家庭年度总收入(元)": 1e18}, "annual_income_fen", None, ("L2", "not_a_number", "error")),
        ({"优惠证审核": "天知道"}, "certificate_review", "", ("O2", "word_unknown", "look")),
        ({"零就业家庭": "也许"}, "zero_employment", None, ("R2", "word_unknown", "look")),
        ({"工作单位": "厂" * 101}, "employer", "", ("G2", "too_long", "error")),
        ({"工作单位": "厂" + "\u0301" * 49}, "employer", "", ("G2", "marks_piled", "error")),
    ],
)
def test_a_wrong_cell_is_told_by_its_place(tmp_path, changes, field, value, problem):
    reading = read_workbook(workbook(tmp_path / "r.xlsx", [household(**changes)]))
    assert getattr(reading.households[0], field) == value
    assert told(reading) == [(f"困难职工家庭!{problem[0]}", *problem[1:])]
    # What could not be read says nothing; what is kept is said.
    assert (field in reading.households[0].unread) == (problem[2] == "error")


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"家庭人口": 3.0}, "size", 3),
        ({"家庭人口": "3人"}, "size", 3),
        ({"家庭年度总收入(元)": 0.1 + 0.2}, "annual_income_fen", 30),
        ({"家庭年度总收入(元)": "1.2万元"}, "annual_income_fen", 1_200_000),
        ({"身份证号码": f"'{WORKER[:6]} {WORKER[6:].lower()}"}, "id_number", WORKER),
        ({"手机号码": 13800000000}, "phone", "13800000000"),
        ({"惠工卡号": f"{CARD[:4]} {CARD[4:]}"}, "card", CARD),
        ({"优惠证审核": "2017年上半年审核未通过"}, "certificate_review", "not_passed"),
        ({"优惠证审核": "2017年第1半年已审核"}, "certificate_reviewed_in", "2017-1"),
        ({"优惠证审核": "2016年下半年已审核"}, "certificate_reviewed_in", "2016-2"),
        ({"惠工卡号": "无"}, "card", ""),
    ],
)
def test_a_clerk_understands_what_is_meant(tmp_path, changes, field, value):
    reading = read_workbook(workbook(tmp_path / "r.xlsx", [household(**changes)]))
    assert (getattr(reading.households[0], field), told(reading)) == (value, [])


def test_a_member_may_have_no_number_and_a_day_tells_a_year(tmp_path):
    path = workbook(tmp_path / "r.xlsx", members=[member(身份证号码="")])
    book = openpyxl.load_workbook(path)
    book["家庭成员"]["G2"] = datetime(2016, 9, 1)  # noqa: DTZ001  as a spreadsheet holds it
    book.save(path)
    reading = read_workbook(path)
    assert told(reading) == []
    assert (reading.households[0].members[0].id_number, reading.households[0].members[0].entry_year) == ("", 2016)


def test_rows_that_are_nobodys_are_told_and_not_taken(tmp_path):
    homes = [
        household(),
        household(姓名="韦一"),
        household(职工编号="", 姓名="韦二"),
        household(职工编号="GX3", 姓名=""),
    ]
    family = [HUSBAND, member(职工编号="GX9"), member(职工编号="GX9"), member(职工编号=4504000000000000123.0)]
    reading = read_workbook(workbook(tmp_path / "r.xlsx", homes, family))
    assert [home.worker_name for home in reading.households] == ["韦秀兰"]
    assert told(reading) == [
        ("困难职工家庭!A3", "twice", "error"),
        ("困难职工家庭!A4", "missing", "error"),
        ("困难职工家庭!B5", "missing", "error"),
        ("家庭成员!A5", "number_lost", "error"),
        ("家庭成员!A3", "no_household", "error"),
    ]


def test_one_person_with_two_files_is_pointed_out(tmp_path):
    reading = read_workbook(workbook(tmp_path / "r.xlsx", [household(), household(职工编号="GX0002")]))
    assert told(reading) == [("困难职工家庭!C3", "id_twice", "look")]
    assert len(reading.households) == 2


def test_a_column_that_is_not_there_says_nothing(tmp_path):
    reading = read_workbook(workbook(tmp_path / "r.xlsx", without=("惠工卡号",)))
    assert told(reading) == [("困难职工家庭", "column_absent", "look")]
    assert reading.households[0].unread == ("card",)


@pytest.mark.parametrize(("without", "code"), [("家庭成员", "sheet_missing"), ("身份证号码", "heading_missing")])
def test_a_sheet_or_heading_that_is_missing_stops_it(tmp_path, without, code):
    with pytest.raises(SaidError) as stopped:
        read_workbook(workbook(tmp_path / "r.xlsx", without=(without,)))
    assert stopped.value.sentence.code == code
    assert without in stopped.value.sentence.zh


def test_a_hidden_sheet_is_called_hidden(tmp_path):
    path = workbook(tmp_path / "r.xlsx")
    book = openpyxl.load_workbook(path)
    book["家庭成员"].sheet_state = "hidden"
    book.save(path)
    with pytest.raises(SaidError, match="取消隐藏"):
        read_workbook(path)


def far_out(path):
    """One cell in the last corner: a reader that trusts it asks for 512 GiB and takes the whole process down."""
    book = openpyxl.load_workbook(workbook(path))
    book["家庭成员"]["XFD1048576"] = "x"
    book.save(path)


def far_out_elsewhere(path):
    """The same, in a part that no convention names."""
    far_out(path)
    with zipfile.ZipFile(path) as archive:
        sheet, ways = archive.read("xl/worksheets/sheet2.xml"), archive.read("xl/_rels/workbook.xml.rels")
    moved = {
        "xl/leaves/two.bin": sheet,
        "xl/_rels/workbook.xml.rels": ways.replace(b"worksheets/sheet2.xml", b"leaves/two.bin"),
    }
    repacked(path, add=moved, drop=("xl/worksheets/sheet2.xml",))


def encrypted(path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "x")
    content = bytearray(out.getvalue())
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        content[content.index(mark) + (6 if mark.endswith(b"\x04") else 8)] |= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (far_out, "大得不像"),
        (far_out_elsewhere, "大得不像"),
        (encrypted, "密码"),
        (lambda path: path.write_bytes(b""), "空文件"),
        (lambda path: path.write_bytes(b"\x89PNG picture"), "不是 Excel"),
        (lambda path: path.write_text("职工编号,姓名\n1,韦秀兰\n", "utf-8"), "不是 Excel"),
        (lambda path: path.write_text("<html><table><tr><td>1</td></tr></table></html>"), "不是 Excel"),
        (lambda path: path.write_bytes(workbook(path).read_bytes()[:3000]), "不完整"),
    ],
)
def test_what_is_no_registry_is_said_in_a_sentence(tmp_path, spoil, why):
    path = tmp_path / "档案.xlsx"
    spoil(path)
    with pytest.raises(SaidError) as stopped:
        read_workbook(path)
    assert stopped.value.sentence.code == "registry_unreadable"
    assert why in stopped.value.sentence.zh


def test_an_old_workbook_is_read_too(tmp_path):
    book = xlwt.Workbook()
    for name, row in (("困难职工家庭", household()), ("家庭成员", member())):
        page = book.add_sheet(name)
        for column, (heading, value) in enumerate(row.items()):
            page.write(0, column, heading)
            page.write(1, column, value)
    book.save(str(tmp_path / "r.xls"))
    reading = read_workbook(tmp_path / "r.xls")
    assert told(reading) == []
    assert [one.id_number for one in reading.households[0].members] == [CHILD]


def test_a_file_that_is_not_there_is_said_to_be_so(tmp_path):
    with pytest.raises(SaidError, match="找不到"):
        read_workbook(tmp_path / "nowhere.xlsx")
