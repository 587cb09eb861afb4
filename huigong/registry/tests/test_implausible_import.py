"""An import that is mostly of people on file stops and asks; who looked and says so has it taken, on record."""

from datetime import date

import pytest

from huigong.audit import queries as audit
from huigong.circulars import parameters
from huigong.registry import actions
from huigong.registry.models import Household
from huigong.registry.tests.workbooks import household, number, workbook
from huigong.registry.workbook import read_workbook
from huigong.values.sentence import SaidError


def told(tmp_path, numbers, start=0):
    rows = [
        household(
            职工编号=name, 身份证号码=number(f"45042219700101{2 * (start + place):03d}"), 惠工卡号="", 手机号码=""
        )
        for place, name in enumerate(numbers, 1)
    ]
    return read_workbook(workbook(tmp_path / f"{numbers[0]}.xlsx", rows, []))


@pytest.fixture
def standing(city, tmp_path, at):
    first = told(tmp_path, [f"GX{n}" for n in range(8)])
    actions.import_workbook(first, city=city, officer="system", at=at)
    return {"city": city, "officer": "system", "at": at}


def test_last_years_list_under_new_numbers_is_refused_whole(standing, tmp_path):
    again = told(tmp_path, [f"HX{n}" for n in range(8)])
    with pytest.raises(SaidError, match="8 户是新编号，其中 8 户的职工已另有档案"):
        actions.import_workbook(again, **standing)
    assert Household.objects.count() == 8


def test_who_looked_and_says_so_has_it_taken_and_that_is_on_record(standing, tmp_path, city):
    again = told(tmp_path, [f"HX{n}" for n in range(8)])
    actions.import_workbook(again, **standing, looked_at="覃，县里合并，编号重排")
    assert Household.objects.count() == 16
    (one,) = audit.history(f"registry:{city.code}")
    assert (one.action, one.payload["already"], "覃" in str(one.payload)) == ("import.looked_at", 8, False)


def test_the_same_workbook_again_and_a_few_people_are_no_reason(standing, tmp_path):
    actions.import_workbook(told(tmp_path, [f"GX{n}" for n in range(8)]), **standing)
    actions.import_workbook(told(tmp_path, [f"JX{n}" for n in range(4)]), **standing)
    assert Household.objects.count() == 12


def test_the_threshold_is_a_dated_standard_of_the_place(standing, tmp_path, city):
    row = parameters.ParameterRow("import_match_percent", city.code, 100, date(2017, 1, 1), "梧工办〔2017〕5号")
    parameters.keep_parameters([row], officer="huang", at=standing["at"])
    actions.import_workbook(told(tmp_path, [f"HX{n}" for n in range(8)]), **standing)
    assert Household.objects.count() == 16
