"""The form of a file as data: every list that a field asks for exists, a form gains fields, an old word stays."""

from datetime import date

import pytest

from huigong.registry import code_lists, inputs
from huigong.registry.actions import keep_codes
from huigong.registry.details import note_lacking
from huigong.registry.file_form import form_on, forms
from huigong.registry.models import CodeWord, Household, Member
from huigong.values.sentence import SaidError

OLD, NEW = form_on(date(2017, 8, 7)), form_on(date(2018, 8, 1))


@pytest.fixture
def codes(db, at):
    keep_codes(code_lists.shipped(), source="shipped", officer="system", at=at)


def test_every_field_with_a_column_has_that_column():
    for form in forms():
        for of, model in (("household", Household), ("member", Member)):
            columns = {column.name for column in model._meta.concrete_fields}
            assert {field.name for field in form.fields(of) if field.column} <= columns


def test_every_code_list_that_a_field_asks_for_has_words_on_every_day(codes):
    asked = {field.codes for form in forms() for of in ("household", "member") for field in form.fields(of)} - {""}
    for day in (date(2016, 3, 1), date(2017, 8, 7), date(2019, 1, 1)):
        assert asked <= code_lists.words_on(day).keys()


def test_the_hardship_category_has_three_generations_and_health_two(codes):
    on = {year: code_lists.words_on(date(year, 8, 1)) for year in (2010, 2015, 2017, 2019)}
    assert on[2010]["hardship_category"][1] == "享受低保"
    assert on[2017]["hardship_category"] == ["低保户", "低保边缘户", "意外致困户"]
    assert on[2019]["hardship_category"] == ["深度困难", "相对困难", "意外致困"]
    assert "尿毒症" in on[2015]["health"]
    assert "终末期肾病" in on[2017]["health"]
    assert "尿毒症" not in on[2017]["health"]


def test_a_word_of_before_may_stay_and_is_not_chosen_anew(codes):
    field = NEW.field("household", "hardship_category")
    words = code_lists.words_on(date(2019, 1, 1))
    assert inputs.read(field, "低保户", words=words, standing="低保户") == "低保户"
    with pytest.raises(SaidError, match="不在代码表"):
        inputs.read(field, "低保户", words=words, standing="相对困难")


def test_a_form_gains_a_field_with_a_day_and_sends_nothing_back():
    file = Household(file_number="X", file_status="在档", worker_name="韦秀兰")
    note_lacking(file, (), OLD)
    assert (file.complete_by, "essential_expenditure_fen" in file.lacking) == (None, False)
    assert note_lacking(file, (), NEW)
    assert (file.complete_by, "essential_expenditure_fen" in file.lacking) == (date(2018, 12, 31), True)
    assert file.is_enrolled


def test_a_field_is_gained_behind_the_one_that_it_names():
    names = [field.name for field in NEW.fields("household")]
    assert names[names.index("annual_income_fen") + 1] == "essential_expenditure_fen"
    assert "essential_expenditure_fen" not in [field.name for field in OLD.fields("household")]


def test_the_same_table_changes_nothing_and_an_end_is_noted(codes, at):
    assert keep_codes(code_lists.shipped(), source="shipped", officer="system", at=at) == 0
    ended = [code_lists.WordRow("housing", "2", "商品房", date(2016, 1, 1), date(2018, 12, 31), "来文")]
    assert keep_codes(ended, source="2018", officer="system", at=at) == 1
    assert CodeWord.objects.get(word="商品房").valid_until == date(2018, 12, 31)
    assert "商品房" not in code_lists.words_on(date(2019, 1, 1))["housing"]


def test_a_word_that_ships_after_the_founding_stands_in_the_lists_that_were_loaded_then(db, at):
    before = [one for one in code_lists.shipped() if one.list_name == "enrolment_level" and one.word != "自治区级"]
    keep_codes(before, source="shipped", officer="system", at=at)
    day = date(2017, 8, 7)
    assert code_lists.words_on(day) == {"enrolment_level": ["全国级", "省级", "自治区级", "市级", "县级", "基层"]}
    assert code_lists.dated(today=day).holds("enrolment_level", "自治区级", day)
    assert not code_lists.dated(today=day).knows("housing")
    ended = [code_lists.WordRow("enrolment_level", "2", "自治区级", None, date(2016, 12, 31), "来文")]
    keep_codes(ended, source="2017", officer="system", at=at)
    assert "自治区级" not in code_lists.words_on(day)["enrolment_level"]


@pytest.mark.parametrize(
    "line", ["nolist,1,词,,,来文", "housing,1,,,,来文", "housing,1,词,2018,,来文", "housing,1,词,,,"]
)
def test_a_table_with_a_line_that_cannot_be_read_is_not_taken(line):
    with pytest.raises(SaidError, match="第 2 行"):
        code_lists.read_text(f"list,code,word,valid_from,valid_until,source\n{line}\n", name="表.csv")


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("annual_income_fen", "很少", "金额"),
        ("annual_income_fen", "-5", "金额"),
        ("size", "0", "1 到 50"),
        ("working_since", "去年", "日期"),
        ("working_since", "0001-01-01", "年份"),
        ("working_since", "9999-12-31", "年份"),
        ("zero_employment", "maybe", "是或否"),
        ("gender", "x", "列出的"),
        ("address", "一" * 101, "最多100个字"),
        ("address", "藤县\u202e路", "控制字符"),
    ],
)
def test_what_does_not_fit_is_said_with_the_field_and_the_remedy(name, text, why):
    field = NEW.field("household", name)
    with pytest.raises(SaidError, match=why) as error:
        inputs.read(field, text, words={})
    assert error.value.sentence.zh.startswith(field.zh)


def test_a_character_that_an_old_computer_made_up_is_named_with_what_to_write_instead():
    with pytest.raises(SaidError, match=r"第2个字（U\+E5E5）是旧电脑上自造的字.*大写拼音"):
        inputs.read(NEW.field("household", "worker_name"), "韦\ue5e5兰", words={})
