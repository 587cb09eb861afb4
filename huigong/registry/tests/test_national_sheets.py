"""The national system as Excel: out in its order, back in, held against the files field by field, values taken one by one."""

from datetime import date

import pytest

from huigong.annexes.plain_tables import PlainTable, plain_tables
from huigong.documents import actions as documents
from huigong.registry import actions, code_lists, differing, national_sheets
from huigong.registry.actions import Done
from huigong.registry.file_form import form_on
from huigong.registry.models import Household
from huigong.registry.tests.lives import drafted, fields
from huigong.values.sentence import SaidError

TODAY = date(2017, 8, 7)
FORM = form_on(TODAY)


@pytest.fixture
def file(huang, at):
    actions.keep_codes(code_lists.shipped(), source="shipped", officer="system", at=at)
    file = drafted(huang, at, annual_income_fen=1_200_000, gender="female")
    told = fields("member", name="韦小雨", relationship="女儿", education_level="senior_high", entry_year=2015)
    actions.edit_member(file, 1, told, version=file.version, officer="lu", at=at)
    return Household.objects.get(pk=file.pk)


@pytest.fixture
def told(huang, file):
    """The file beside what the national system says: its own export, with these cells otherwise."""

    def beside(member=None, **worker):
        tables = [PlainTable(one.name, one.rows) for one in exported(file)]
        (row,) = national_sheets.rows_of(tables, FORM)
        members = [dict(one) | (member or {}) for one in row.members]
        changed = national_sheets.DumpRow(dict(row.texts) | worker, members)
        (found,) = differing.compared(huang, [changed], FORM, today=TODAY)
        return found

    return beside


def exported(file):
    content = national_sheets.written([file], FORM, title="取用", today=TODAY)
    return plain_tables(content, suffix=".xlsx")


def test_what_goes_out_comes_back_the_same(told):
    found = told()
    assert not found.differences
    assert {"worker_name", "annual_income_fen", "members.1.education_level"} <= set(found.agreeing)
    assert found.strangers == []


def test_the_columns_stand_in_the_national_systems_order_and_in_its_words(file):
    workers, members, _ = exported(file)
    assert workers.rows[0][:5] == ("职工编号", "困难类别", "姓名", "民族", "性别")
    assert "特困职工优惠证编号" not in workers.rows[0]
    assert "女" in workers.rows[1]
    assert "普通高中" in members.rows[1]


def test_each_kind_of_difference_is_named(told):
    found = told(nation="瑶族", political_status="群众", worker_name="")
    assert {one.path: one.kind for one in found.differences} == {
        "nation": differing.BOTH,
        "political_status": differing.THEIRS_ONLY,
        "worker_name": differing.OURS_ONLY,
    }


@pytest.mark.parametrize(
    ("name", "text"), [("annual_income_fen", "12000"), ("annual_income_fen", "1.2万元"), ("nation", " 壮 族 ")]
)
def test_another_spelling_is_no_difference(told, name, text):
    assert not told(**{name: text}).differences


def test_another_number_of_the_file_is_no_difference_since_the_person_is_the_same(told, file):
    assert told(file_number="450400000123").file == file


def test_a_family_member_whom_only_they_have_is_named(told):
    assert told(member={"name": "韦小雪", "id_number": ""}).strangers == ["韦小雪"]


def test_a_file_that_is_nobodys_here_is_told_as_such(huang, mo, file, told):
    stranger = national_sheets.DumpRow({"worker_name": "陆强", "id_number": "450422197601011234"}, ())
    (found,) = differing.compared(huang, [stranger], FORM, today=TODAY)
    assert found.file is None
    own = national_sheets.DumpRow({"file_number": file.file_number}, ())
    (hidden,) = differing.compared(mo, [own], FORM, today=TODAY)
    assert hidden.file is None


def test_taken_values_go_into_the_file_and_its_members(told, file, at):
    found = told(nation="瑶族", political_status="群众", member={"school": "藤县中学", "education_level": "大专"})
    actions.take_theirs(file, found.differences, version=file.version, officer="huang", at=at)
    again = told(nation="瑶族", political_status="群众", member={"school": "藤县中学", "education_level": "大专"})
    assert not again.differences
    assert file.members.get().education_level == "higher_vocational"
    assert Household.objects.get(pk=file.pk).version == file.version + 1


def test_a_value_that_the_file_cannot_hold_is_refused_and_nothing_is_taken(told, file, at):
    found = told(nation="瑶族", annual_income_fen="很多")
    with pytest.raises(SaidError, match="请写金额"):
        actions.take_theirs(file, found.differences, version=file.version, officer="huang", at=at)
    assert told(nation="瑶族").differences


def test_a_stale_page_takes_nothing(told, file, at):
    with pytest.raises(actions.StaleFileError):
        actions.take_theirs(file, told(nation="瑶族").differences, version=0, officer="huang", at=at)


def test_a_table_without_headings_is_refused_with_a_remedy():
    with pytest.raises(SaidError, match="表头不要改"):
        national_sheets.rows_of([PlainTable("a", (("甲", "乙", "丙"),))], FORM)


def test_papers_go_out_by_kind_name_and_remark(file, at):
    scan = documents.store(b"x", name="诊断证明.jpg", media_type="image/jpeg", officer="lu", at=at)
    actions.note(file, "paper", Done(TODAY, "lu", at, word="诊断证明", paper=scan, note="原件已看"))
    actions.note(file, "home_visit", Done(TODAY, "lu", at, word="属实"))
    _, _, papers = exported(file)
    assert papers.rows[0] == ("职工编号", "附件类型", "附件名称", "备注")
    assert papers.rows[1] == (file.file_number, "诊断证明", "诊断证明.jpg", "原件已看")
    assert not any("入户" in cell for row in papers.rows for cell in row)


@pytest.fixture
def papers(huang, file, at):
    """The file with two papers, and what differs where the export's sheet of papers says this."""
    for word, name in (("低保证", "低保证.pdf"), ("残疾证", "残疾证.pdf")):
        paper = documents.store(name.encode(), name=name, media_type="application/pdf", officer="lu", at=at)
        actions.note(file, "paper", Done(TODAY, "lu", at, word=word, paper=paper, note="原件已看"))

    def told(*theirs):
        (row,) = national_sheets.rows_of([PlainTable(one.name, one.rows) for one in exported(file)], FORM)
        changed = national_sheets.DumpRow(row.texts, row.members, theirs or row.papers)
        (found,) = differing.compared(huang, [changed], FORM, today=TODAY)
        return {(one.name, one.side) for one in found.papers}

    return told


def test_the_sheet_of_papers_comes_back_the_same(papers):
    assert papers() == set()


def test_papers_that_only_one_side_has_and_other_remarks_are_named(papers):
    theirs = ("低保证", "低保证.pdf", "复印件"), ("病历", "病历.pdf", "")
    assert papers(*theirs) == {
        ("低保证.pdf", differing.REMARK),
        ("残疾证.pdf", differing.OURS_ONLY),
        ("病历.pdf", differing.THEIRS_ONLY),
    }


def test_an_export_without_a_sheet_of_papers_says_nothing_of_them(papers, file, huang):
    tables = [one for one in exported(file) if one.name != national_sheets.PAPERS]
    (row,) = national_sheets.rows_of(tables, FORM)
    (found,) = differing.compared(huang, [row], FORM, today=TODAY)
    assert row.papers is None
    assert not found.papers


def without_numbers(table):
    """The table without its column 职工编号."""
    (place,) = (place for row in table.rows for place, text in enumerate(row) if text == "职工编号")
    return PlainTable(table.name, tuple(row[:place] + row[place + 1 :] for row in table.rows))


@pytest.mark.parametrize("where", [{"家庭成员", "附件"}, {"职工", "家庭成员", "附件"}, {"职工"}])
def test_members_and_papers_without_the_number_of_a_file_are_nobodys(papers, file, where):
    tables = [without_numbers(one) if one.name in where else one for one in exported(file)]
    (row,) = national_sheets.rows_of(tables, FORM)
    assert row.texts["worker_name"] == file.worker_name
    assert (row.members, row.papers) == ((), None)


def test_a_worker_whose_cell_of_the_number_is_empty_gets_nobodys_papers(papers, file):
    blank = [
        PlainTable(one.name, tuple(tuple("" if text == file.file_number else text for text in row) for row in one.rows))
        for one in exported(file)
    ]
    (row,) = national_sheets.rows_of(blank, FORM)
    assert (row.members, row.papers) == ((), None)


def test_a_word_that_no_list_has_is_told_with_its_line_and_cannot_be_taken(told, file, at):
    (found,) = told(political_status="党员").differences
    assert (found.unlisted, found.may_be_taken) == (True, False)
    assert found.near[0] == "中共党员"
    with pytest.raises(SaidError, match="不在代码表“政治面貌”里，最接近的词是中共党员"):
        actions.take_theirs(file, [found], version=file.version, officer="huang", at=at)


def test_the_line_of_a_worker_is_kept_with_the_row(file):
    (row,) = national_sheets.rows_of(exported(file), FORM)
    assert row.place == "职工 2"
    assert national_sheets.DumpRow(**row.as_json()).place == row.place
