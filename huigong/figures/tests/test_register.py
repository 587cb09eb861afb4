"""register.xlsx: every row that came in and why it stands where it stands; who sent the same student is told."""

from huigong.figures import register
from huigong.figures.standing import SkippedFile, Standing
from huigong.figures.tests.sheets import sheets
from huigong.values.sentence import Sentence


def lines(town, sheet="各行"):
    headings, *rows = sheets(register.as_workbook, town.standing)[sheet]
    return [dict(zip(headings, row, strict=True)) for row in rows]


def of(town, form, number):
    return next(line for line in lines(town) if (line["登记表"], line["行"]) == (form, number))


def test_every_row_has_its_line(town):
    assert len(lines(town)) == len(town.standing.rows)


def test_each_line_says_what_became_of_it_and_why(town):
    assert of(town, "名单.xlsx", 1)["结果"] == "收下"
    assert of(town, "另一个单位.xlsx", 1)["结果"] == "收下，并入前一行"
    assert of(town, "名单.xlsx", 4)["为什么"].startswith("候补：各条都符合，在藤县总工会排第 4 名。这项指标用完了")
    assert "家庭已建档" in of(town, "名单.xlsx", 5)["为什么"]
    assert of(town, "名单.xlsx", 6)["为什么"].startswith("未通过：就读阶段：初中")
    returned = of(town, "名单.xlsx", 9)
    assert (returned["结果"], returned["案号"]) == ("退回修改", None)
    assert "登记表!K" in returned["为什么"]


def test_a_held_case_says_what_stands_against_it(town):
    assert of(town, "名单.xlsx", 3)["为什么"].endswith("暂停发放：公示有异议。")


def test_a_household_that_lives_elsewhere_than_its_quota_is_shown(town):
    town.office.file(households=[town.families[0].household(县区="梧州市本级")])
    shown = [line["户口所在县不同"] for line in lines(town) if line["户口所在县不同"]]
    assert set(shown) <= {"梧州市本级"}


def test_a_student_from_two_units_names_both_units_on_both_lines(town):
    own = [line for line in lines(town, "同一学生") if line["学生"] == "韦小雨"]
    assert [line["单位"] for line in own] == ["藤县糖业有限公司工会", "梧州市纸厂工会"]
    assert {line["怎么办"] for line in own} == {"同一户，合并为一件"}
    assert {line["告知"] for line in own} == {"已告知：藤县糖业有限公司工会、梧州市纸厂工会"}


def test_two_households_are_for_an_officer_until_one_is_chosen(town):
    def said():
        return {line["怎么办"] for line in lines(town, "同一学生") if line["学生"] == "邓子轩"}

    assert said() == {"两户都报，请经办人选定由哪一户申请（五(六)）"}
    town.office.settle(town.of(10), "household")
    assert said() == {f"两户都报，覃已定由 {town.of(10).reference} 申请（五(六)）"}


def test_who_came_once_is_not_among_the_same_students(town):
    assert {line["学生"] for line in lines(town, "同一学生")} == {"韦小雨", "邓子轩"}


def test_files_are_listed_with_what_was_skipped(town):
    skipped = SkippedFile("名单（副本）.xlsx", Sentence("duplicate", "与 名单.xlsx 内容完全相同，只收一次。", ""))
    _, *rows = sheets(register.as_workbook, Standing(town.office.campaign, (skipped,)))["文件"]
    assert [(row[0], row[2]) for row in rows] == [
        ("另一个单位.xlsx", 1),
        ("名单.xlsx", 10),
        ("迟交.xlsx", 1),
        ("名单（副本）.xlsx", None),
    ]
