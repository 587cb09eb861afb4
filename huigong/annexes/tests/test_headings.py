"""Which column is which: headings in other words, orders and shapes, and labels around the table."""

import pytest

from huigong.annexes.reading import read
from huigong.annexes.tests.forms import (
    CHILD,
    EXPECTED,
    FOOT,
    FORM,
    HEADINGS,
    PARENT,
    ROW,
    TITLE,
    changed,
    one,
    sheet,
    xlsx,
)


def test_columns_in_any_order_with_other_words_and_a_serial_number(tmp_path):
    headings = [
        "序号",
        "受助学生姓名",
        "学生\n性别",
        "学生年龄（岁）",
        "受助学生身份证号",
        "录取时间及学校",
        "优惠证号",
        "监护人姓名",
        "与学生关系",
        "致困原因",
        "家庭人均年收入(万元)",
        "家长身份证号",
        "手 机 号 码",
    ]
    row = [
        1,
        "韦小雨",
        "女",
        18.0,
        CHILD,
        "2017.8 广西大学",
        "梧困201600017",
        "韦秀兰",
        "母女",
        "因病致困",
        0.73,
        PARENT,
        "138-0000-0000",
    ]
    assert dict(one(xlsx(tmp_path / "form.xlsx", sheet(row, headings=headings, groups=None))).values) == EXPECTED


def test_bare_headings_are_told_apart_by_the_level_above(tmp_path):
    groups = ["序号", "家长情况", "", "", "", "", "学生情况"]
    headings = ["", "姓名", "身份证号", "联系电话", "人均年收入", "困难原因", "姓名", "性别", "身份证号", "录取学校"]
    row = [1, "韦秀兰", PARENT, "13800000000", "7300", "因病致困", "韦小雨", "女", CHILD, "广西大学"]
    values = one(
        xlsx(
            tmp_path / "form.xlsx",
            [["单位：某厂工会"], groups, headings, row],
            merges=[(1, 0, 2, 0), (1, 1, 1, 5), (1, 6, 1, 9)],
        )
    ).values
    assert (values["parent_name"], values["student_name"], values["parent_id_number"], values["student_id_number"]) == (
        "韦秀兰",
        "韦小雨",
        PARENT,
        CHILD,
    )


def test_a_parents_own_sex_column_does_not_swap_the_two_identity_numbers(tmp_path):
    headings = [
        "家长姓名",
        "性别",
        "身份证号",
        "联系电话",
        "人均年收入",
        "学生姓名",
        "性别",
        "年龄",
        "身份证号",
        "录取学校",
        "录取时间",
    ]
    row = ["韦秀兰", "女", PARENT, "13800000000", "7300", "韦小雨", "女", "18", CHILD, "广西大学", "2017.8"]
    found = one(xlsx(tmp_path / "form.xlsx", [["单位", "藤县糖业有限公司工会"], headings, row])).values
    assert (found["parent_id_number"], found["student_id_number"]) == (PARENT, CHILD)
    assert found["student_gender"] == "female"


def test_headings_in_traditional_characters_are_understood(tmp_path):
    headings = [
        "困難職工優惠證編號",
        "家長姓名",
        "與被資助學生關係",
        "困難原因",
        "家庭年人均收入",
        "身份證號碼",
        "聯繫電話",
        "學生姓名",
        "性別",
        "年齡",
        "學生身份證號碼",
        "何時被何學校錄取",
    ]
    assert dict(one(xlsx(tmp_path / "form.xlsx", sheet(ROW, headings=headings, groups=None))).values) == EXPECTED


def test_labels_spread_out_to_look_even_are_read(tmp_path):
    rows = [
        ["单　位：藤县糖业有限公司工会（公章）"],
        HEADINGS,
        ROW,
        ["填 表 人：陆敏", "", "联 系 电 话：0774-0000003"],
    ]
    reading = read(xlsx(tmp_path / "form.xlsx", rows), FORM)
    assert (reading.unit, reading.filler, reading.filler_phone) == ("藤县糖业有限公司工会", "陆敏", "0774-0000003")


@pytest.mark.parametrize(
    ("field", "heading"),
    [
        (
            "student_id_number",
            "学生身份证号码（18位，须与户口本一致，请设为文本格式后填写，不得空格，末位X用大写字母，逐位核对）",
        ),
        ("phone", "联系电话（如13800000000）"),
        ("student_age", "⑩年龄"),
    ],
)
def test_notes_inside_a_heading_leave_it_a_heading(tmp_path, field, heading):
    headings = [heading if printed.name == field else printed.heading for printed in FORM.printed]
    assert dict(one(xlsx(tmp_path / "form.xlsx", sheet(ROW, headings=headings, groups=None))).values) == EXPECTED


def test_a_parents_sex_and_age_are_not_the_students(tmp_path):
    named = {"student_gender": "家长性别", "student_age": "家长年龄"}
    headings = [named.get(printed.name, printed.heading) for printed in FORM.printed]
    row = changed(student_gender="男", student_age="47")
    values = one(xlsx(tmp_path / "form.xlsx", sheet(row, headings=headings, groups=None)))
    assert (values.values["student_gender"], values.values["student_age"], values.problems) == (None, None, ())


def test_a_heading_broken_over_two_rows_is_put_together(tmp_path):
    top = [
        "优惠证",
        "家长",
        "与被资助",
        "困难",
        "家庭年",
        "身份证",
        "联系",
        "学生",
        "性",
        "年",
        "学生身份证",
        "何时被何",
    ]
    bottom = ["编号", "姓名", "学生关系", "原因", "人均收入", "号码", "电话", "姓名", "别", "龄", "号码", "学校录取"]
    assert dict(one(xlsx(tmp_path / "form.xlsx", [*TITLE, top, bottom, ROW, *FOOT])).values) == EXPECTED


def test_time_and_school_under_one_word_are_when_and_where(tmp_path):
    top = ["家长", "", "", "学生", "", "录取情况", ""]
    bottom = ["姓名", "身份证号", "人均年收入", "姓名", "身份证号", "时间", "学校"]
    row = ["韦秀兰", PARENT, "7300", "韦小雨", CHILD, "2017.8", "广西大学"]
    merges = [(0, 0, 0, 2), (0, 3, 0, 4), (0, 5, 0, 6)]
    values = one(xlsx(tmp_path / "form.xlsx", [top, bottom, row], merges=merges)).values
    assert (values["admitted_on"], values["school"]) == ("2017-08", "广西大学")


def test_a_row_of_data_is_not_put_together_with_the_heading(tmp_path):
    """A student whose numbers are all missing stands right under a heading of one level."""
    bare = changed(certificate_no="", parent_id_number="", phone="", student_id_number="", annual_income_per_capita="")
    rows = read(xlsx(tmp_path / "form.xlsx", sheet(bare, ROW, groups=None)), FORM).rows
    assert len(rows) == 2


def test_who_filled_it_in_is_no_person_under_a_column_of_names(tmp_path):
    order = [7, 5, 1, 10, *(column for column in range(12) if column not in {7, 5, 1, 10})]
    rows = [[row[column] for column in order] for row in (HEADINGS, ROW, changed(student_name="注丽"))]
    reading = read(xlsx(tmp_path / "form.xlsx", [*rows, ["填表人：陆敏", "", "", "联系电话：0774-0000003"]]), FORM)
    assert [row.values["student_name"] for row in reading.rows] == ["韦小雨", "注丽"]
    assert (reading.filler, reading.filler_phone) == ("陆敏", "0774-0000003")


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["单位（盖章）", "藤县糖业有限公司工会"], ["填表人（签字）：陆敏", "联系电话：0774-0000003"]),
        (["工会名称：藤县糖业有限公司工会"], ["填表人（签名）", "陆敏", "电话", "0774-0000003"]),
    ],
)
def test_a_label_may_have_a_remark_in_brackets(tmp_path, above, below):
    reading = read(xlsx(tmp_path / "form.xlsx", [above, HEADINGS, ROW, below]), FORM)
    assert (reading.unit, reading.filler, reading.filler_phone) == ("藤县糖业有限公司工会", "陆敏", "0774-0000003")
