"""Rows that were copied out of a spreadsheet: any column order with a heading, the form's own order without one."""

import pytest

from huigong.annexes.pasting import MOST_LINES, pasted
from huigong.annexes.tests.forms import FORM

PRINTED = [field.name for field in FORM.printed]


def test_columns_in_any_order_are_known_by_their_heading():
    found = pasted(
        "学生姓名\t何时被何学校录取\t优惠证编号\t备注\n韦小雨\t2017年8月广西大学\t梧困201700041\t新生\n", FORM
    )
    assert found.rows == (
        {"certificate_no": "梧困201700041", "student_name": "韦小雨", "admission": "2017年8月广西大学"},
    )
    assert found.unknown == ("备注",)


def test_without_a_heading_twelve_columns_are_those_of_the_paper():
    cells = [f"x{number}" for number in range(12)]
    (row,) = pasted("\t".join(cells), FORM).rows
    assert row == dict(zip(PRINTED, cells, strict=True))


def test_without_a_heading_three_columns_are_the_three_inputs():
    assert pasted("梧困201700041\t韦小雨\t2017年8月广西大学\r\n", FORM).rows == (
        {"certificate_no": "梧困201700041", "student_name": "韦小雨", "admission": "2017年8月广西大学"},
    )


def test_a_two_level_heading_and_a_cell_with_a_line_break_are_read_as_excel_copies_them():
    top = "被资助对象家庭情况\t\t\t\t被资助学生情况\t\t\t"
    heads = "家长姓名\t身份证号码\t联系电话\t家庭年人均收入\t学生姓名\t身份证号码\t性别\t何时被何学校录取"
    line = '韦秀兰\t450499197203147643\t13262895296\t7300\t韦小雨\t45049919990303024\t女\t"2017年8月\n广西大学"'
    (row,) = pasted(f"{top}\n{heads}\n{line}\n", FORM).rows
    assert (row["parent_id_number"], row["student_id_number"]) == ("450499197203147643", "45049919990303024")
    assert row["admission"] == "2017年8月 广西大学"


def test_when_and_where_in_two_columns_become_one():
    heads = "家长姓名\t学生姓名\t入学时间\t录取学校\t优惠证编号"
    (row,) = pasted(f"{heads}\n韦秀兰\t韦小雨\t2017年8月\t广西大学\t梧困201700041", FORM).rows
    assert row["admission"] == "2017年8月 广西大学"


@pytest.mark.parametrize(("text", "fault"), [("", "nothing"), (" \t \n", "nothing"), ("甲\t乙", "columns")])
def test_what_is_no_row_says_so(text, fault):
    assert pasted(text, FORM).fault == fault


def test_a_quotation_mark_that_never_closes_and_a_turned_direction_do_no_harm():
    (row,) = pasted('"梧困\t韦\u202e小雨\t2017年8月广西大学', FORM).rows
    assert (row["certificate_no"], row["student_name"]) == ('"梧困', "韦小雨")


@pytest.mark.parametrize("first", ["韦小雨", '"韦小雨'], ids=["as quoted", "a quotation mark that never closes"])
def test_no_more_lines_are_read_than_anybody_pastes(first):
    lines = [
        f"{first}\t梧困201700041\t2017年8月广西大学",
        *["韦小雨\t梧困201700041\t2017年8月广西大学"] * (MOST_LINES + 500),
    ]
    assert len(pasted("\n".join(lines), FORM).rows) == MOST_LINES
