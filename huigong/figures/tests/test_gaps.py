"""应助未助: who is on file, at school and has not applied; nobody who has, and nobody who is not covered."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from huigong.annexes import pool
from huigong.annexes.tests.forms import number
from huigong.figures import gaps
from huigong.figures.standing import Standing
from huigong.figures.tests.sheets import sheets
from huigong.intake import actions as intake
from huigong.organisations import actions as organisations
from huigong.registry.actions import import_workbook
from huigong.registry.workbook import read_workbook
from huigong.rules import quota_table
from huigong.studentaid.tests.office import Family, opened

SAMPLES = Path(settings.BASE_DIR).parent / "shared" / "samples"


def names(town):
    return [member.name for member in gaps.not_applied(town.standing)]


def test_who_is_on_file_and_at_school_and_did_not_apply_is_listed(town):
    assert names(town) == [town.families[8].student_name]


def test_a_row_that_was_sent_back_is_not_forgotten(town):
    """Its number could not be read; the family did apply."""
    eleven = Family(11)
    town.office.file(eleven)
    assert eleven.student_name not in names(town)


def test_nor_where_the_father_sent_it_and_its_namesake_is_still_listed(town):
    """韦小雨 of another 韦秀兰 did not apply because ours did."""
    thirteen, father = Family(13), number("45042219680101013")
    husband = thirteen.member(姓名="陈大山", 身份证号码=father, 与户主关系="配偶", 就业状况="务农")
    town.office.file(households=[thirteen.household()], members=[thirteen.member(), husband])
    assert thirteen.student_name in names(town)
    row = thirteen.row(parent_name="陈大山", parent_id_number=father, student_id_number="")
    town.office.send(row, name="父亲.xlsx")
    assert thirteen.student_name not in [
        member.name for member in gaps.not_applied(town.standing) if member.household.file_number == "GX0013"
    ]


@pytest.mark.parametrize("changes", [{"当前学历": "小学"}, {"就业状况": "已就业"}])
def test_who_is_not_covered_or_not_at_school_is_nobody_to_visit(town, changes):
    nine = town.families[8]
    town.office.file(households=[nine.household()], members=[nine.member(**changes)])
    assert names(town) == []


def test_a_closed_file_is_nobody_to_visit(town):
    nine = town.families[8]
    town.office.file(households=[nine.household(档案状态="脱困")], members=[nine.member()])
    assert names(town) == []


def test_the_list_tells_the_unit_what_to_bring_and_no_number(town):
    headings, (*_, row) = (
        sheets(gaps.as_workbook, town.standing)["还没申请"][:1],
        sheets(gaps.as_workbook, town.standing)["还没申请"],
    )
    told = dict(zip(headings[0], row, strict=True))
    assert (told["属地工会"], told["职工"], told["子女"]) == ("藤县总工会", "农大海", "农星")
    assert "问今年是否升学：升学的交录取通知书" in told["下一步"]


def test_the_survey_counts_by_federation_of_the_household(town):
    (line,) = [line for line in gaps.survey(town.standing) if line.federation == "藤县总工会"]
    assert (line.households, line.in_school, line.not_applied) == (9, 8, 1)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="no samples beside this checkout")
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed: one sample is an old .doc")
def test_the_samples_give_the_children_of_their_truth(city, at, tmp_path):
    (tmp_path / "papers").mkdir()
    office = opened(city, at, tmp_path / "papers")
    table = quota_table.read("quotas.csv", (SAMPLES / "quotas-example.csv").read_text("utf-8-sig"))
    organisations.found_city([(row.code, row.organisation) for row in table.rows], officer="system", at=at)
    import_workbook(read_workbook(SAMPLES / "registry-2017.xlsx"), city=office.city, officer="system", at=at)
    paths = [path for path in sorted((SAMPLES / "forms-2017").iterdir()) if path.name != "truth.json"]
    day = date(2017, 8, 7)
    for path, reading in zip(paths, pool.read_all(paths, office.circular.form, received_on=day), strict=True):
        intake.receive(office.campaign, path, reading, received_on=day, officer="lu", at=at)
    truth = json.loads((SAMPLES / "registry-2017.truth.json").read_text("utf-8"))["school_age_not_applied"]
    found = [member.id_number.plain() for member in gaps.not_applied(Standing(office.campaign))]
    assert sorted(found) == sorted(truth)
