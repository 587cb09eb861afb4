"""Forms that lie on their side: the same student comes out, each value with the place where it really stands."""

import pytest

from huigong.annexes.reading import read
from huigong.annexes.tests.forms import CHILD, FORM, HEADINGS, PARENT, ROW, SISTER, changed, sheet, text, word, xlsx
from huigong.annexes.tests.test_reading import EXPECTED

AROUND = [["单位：藤县糖业有限公司工会", "", "", "2017 年 7 月 28 日"]]
FOOT = [["填表人：陆敏", "", "联系电话：0774-0000003", ""]]


def card(row=ROW):
    """Two fields a line, as the card of a family is printed."""
    certificate, parent, relation, cause, income, parent_id, phone, child, sex, age, child_id, admitted = row
    return [
        ["家长姓名", parent, "身份证号码", parent_id],
        ["优惠证编号", certificate, "联系电话", phone],
        ["困难原因", cause, "家庭年人均收入", income],
        ["与被资助学生关系", relation, "", ""],
        ["学生姓名", child, "学生身份证号码", child_id],
        ["性别", sex, "年龄", age],
        ["何时被何学校录取", admitted, "", ""],
    ]


@pytest.mark.parametrize(
    "make",
    [
        lambda folder: xlsx(folder / "card.xlsx", [*AROUND, *card(), *FOOT]),
        lambda folder: word(folder / "card.docx", card()),
        lambda folder: text(folder / "card.csv", [*AROUND, *card(), *FOOT]),
        lambda folder: xlsx(folder / "card.xlsx", [*AROUND, *zip(HEADINGS, ROW, strict=True), *FOOT]),
    ],
    ids=["xlsx", "docx", "csv", "one field a line"],
)
def test_a_card_gives_the_same_student_as_the_table(tmp_path, make):
    reading = read(make(tmp_path), FORM)
    assert [dict(row.values) for row in reading.rows] == [EXPECTED]
    assert [row.problems for row in reading.rows] == [()]
    assert (reading.unit, reading.filler, reading.filler_phone) == ("藤县糖业有限公司工会", "陆敏", "0774-0000003")


def test_a_value_of_a_card_has_the_place_where_it_stands(tmp_path):
    row = read(xlsx(tmp_path / "card.xlsx", [*AROUND, *card(changed(student_id_number=CHILD[:17]))]), FORM).rows[0]
    assert row.places["student_id_number"] == "登记表!D6"
    assert [(problem.field, problem.kind, problem.cell) for problem in row.problems] == [
        ("student_id_number", "id_checksum", "登记表!D6")
    ]


def test_cards_below_one_another_are_a_student_each(tmp_path):
    cards = [*card(), ["", ""], *card(changed(student_name="韦小雪", student_id_number=SISTER, student_age="16"))]
    rows = read(xlsx(tmp_path / "cards.xlsx", [*AROUND, *cards, *FOOT]), FORM).rows
    assert [(row.values["student_name"], row.values["student_id_number"]) for row in rows] == [
        ("韦小雨", CHILD),
        ("韦小雪", SISTER),
    ]


def test_a_card_for_each_table_of_a_document(tmp_path):
    path = word(tmp_path / "cards.docx", card(), card(changed(student_name="韦小雪", student_id_number=SISTER)))
    assert [row.values["student_name"] for row in read(path, FORM).rows] == ["韦小雨", "韦小雪"]


def test_bare_labels_of_a_card_belong_to_the_half_that_stands_beside_them(tmp_path):
    grouped = [
        ["家长情况", "姓名", "韦秀兰", "身份证号码", PARENT],
        ["", "人均年收入", "7300", "困难原因", "因病致困"],
        ["学生情况", "姓名", "韦小雨", "身份证号码", CHILD],
        ["", "性别", "女", "录取学校", "广西大学"],
    ]
    path = xlsx(tmp_path / "card.xlsx", [*AROUND, *grouped], merges=[(1, 0, 2, 0), (3, 0, 4, 0)])
    values = read(path, FORM).rows[0].values
    assert (values["parent_name"], values["parent_id_number"]) == ("韦秀兰", PARENT)
    assert (values["student_name"], values["student_id_number"]) == ("韦小雨", CHILD)


def test_an_empty_field_of_a_card_is_missing_and_does_not_take_its_neighbour(tmp_path):
    row = read(xlsx(tmp_path / "card.xlsx", card(changed(parent_name="", parent_id_number=""))), FORM).rows[0]
    assert row.values["parent_name"] is None
    assert [(problem.field, problem.kind) for problem in row.problems] == [
        ("parent_name", "missing"),
        ("parent_id_number", "missing"),
    ]


def test_names_of_fields_on_the_left_and_a_column_a_student(tmp_path):
    other = changed(student_name="韦小雪", student_id_number=SISTER, student_age="16")
    path = xlsx(tmp_path / "turned.xlsx", [list(line) for line in zip(HEADINGS, ROW, other, strict=True)])
    rows = read(path, FORM).rows
    assert [row.values["student_name"] for row in rows] == ["韦小雨", "韦小雪"]
    assert rows[1].places["school"] == "登记表!C12"


def test_a_usual_form_with_strange_columns_between_is_no_card(tmp_path):
    strange = [cell for heading in HEADINGS for cell in (heading, "其他")]
    path = xlsx(
        tmp_path / "form.xlsx", sheet([cell for value in ROW for cell in (value, "甲")], headings=strange, groups=None)
    )
    assert [dict(row.values) for row in read(path, FORM).rows] == [EXPECTED]
