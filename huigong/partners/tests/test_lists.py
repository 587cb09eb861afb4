"""A list that another office sent, masked or whole: matched with reasons, hits kept, the rest gone on its day; rubbish refused."""

import pytest

from huigong.documents.workbooks import Sheet, workbook
from huigong.matching import engine
from huigong.partners import actions
from huigong.partners.models import Exchange, Hit
from huigong.partners.tests.conftest import DELETE, child
from huigong.registry.tests.stored import everything_stored
from huigong.values.sentence import SaidError

HEADINGS = ["序号", "姓名", "身份证号", "学校", "项目", "金额（元）"]
MASKED = child(1)[:4] + "**********" + child(1)[-4:]


def sheet(tmp_path, rows, headings=HEADINGS, name="名单.xlsx"):
    path = tmp_path / name
    path.write_bytes(workbook([Sheet("表", headings, rows)], title="名单", day=DELETE))
    return path


@pytest.fixture
def masked(tmp_path, families):
    school = "藤县第一中学"
    rows = [
        ["1", "韦*雨", MASKED, school, "福彩助学", "2000.00"],
        ["2", "莫*", "4504**********0019", "别处中学", "福彩助学", "2000.00"],
        ["", "合计", "", "", "", "4000.00"],
    ]
    return sheet(tmp_path, rows)


def test_masked_names_and_numbers_are_matched_with_reasons_and_only_hits_are_kept(masked, asked, huang, at):
    made = actions.take_list(asked, masked, officer=huang, at=at)
    (hit,) = made.hits.all()
    assert (hit.household.file_number, hit.programme, hit.how) == ("GX1", "福彩助学", "list")
    judgement = engine.judge(hit.pattern)
    assert judgement.answer in {"same", "review"}
    assert any("遮住" in one.zh or "星号" in one.zh for one in judgement.reasons)
    assert "2000.00" in hit.told.plain()
    assert "莫*" not in hit.told.plain()


def test_the_rest_is_readable_until_its_day_and_never_in_plain(masked, asked, huang, at):
    made = actions.take_list(asked, masked, officer=huang, at=at)
    assert "莫*" in made.secret.plain()
    assert "福彩助学；2000.00".encode() not in everything_stored()
    assert actions.end_due(on=DELETE, officer="system", at=at) == 1
    assert Exchange.objects.get(pk=made.pk).secret is None
    assert Hit.objects.count() == 1


@pytest.mark.parametrize(
    ("rows", "headings", "why"),
    [
        ([["1", "2"]] * 3, ["甲", "乙"], "没有找到"),
        ([["1", "x", "y", "", "", ""]] * 30, HEADINGS, "列错位|列是不是错位"),
        ([[str(n), "韦小雨", "4.50422E+17", "", "", ""] for n in range(3)], HEADINGS, "末几位已经丢了"),
        ([[str(n), "韦小雨", child(1), "", "", ""] for n in range(1001)], HEADINGS, "超过函里写明的 1000 人"),
    ],
)
def test_a_list_that_is_none_is_refused_and_nothing_is_kept(tmp_path, families, asked, huang, at, rows, headings, why):
    with pytest.raises(SaidError, match=why):
        actions.take_list(asked, sheet(tmp_path, rows, headings), officer=huang, at=at)
    assert Exchange.objects.count() == 0


def test_what_is_no_workbook_is_refused(tmp_path, families, asked, huang, at):
    path = tmp_path / "名单.xlsx"
    path.write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(SaidError):
        actions.take_list(asked, path, officer=huang, at=at)


def test_what_the_list_said_of_somebody_else_is_forgotten_when_it_is_dismissed(masked, asked, huang, at):
    made = actions.take_list(asked, masked, officer=huang, at=at)
    actions.dismiss(made.hits.get(), officer="huang", at=at)
    assert made.hits.get().told is None


@pytest.mark.parametrize("taken", [True, False])
def test_the_end_forgets_what_was_said_of_whoever_was_not_taken_into_the_record(masked, asked, huang, at, taken):
    made = actions.take_list(asked, masked, officer=huang, at=at)
    if taken:
        actions.take(made.hits.get(), "社会助学", fen=200_000, on=at.date(), officer="huang", at=at)
    actions.end(made, officer="huang", at=at)
    assert (made.hits.get().told is not None) is taken
