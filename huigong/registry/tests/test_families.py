"""Whose file a number leads to: certificate, card or file number, or the worker's name where one family bears it."""

import pytest
from django.db import connection

from huigong.registry.actions import import_workbook
from huigong.registry.families import children_of, families_of, family_with
from huigong.registry.models import Household
from huigong.registry.tests.workbooks import HUSBAND, household, member, workbook
from huigong.registry.workbook import read_workbook

UNIT = "藤县糖业有限公司工会"


@pytest.fixture
def files(city, tmp_path, at):
    def keep(*tables):
        reading = read_workbook(workbook(tmp_path / "r.xlsx", *tables))
        import_workbook(reading, city=city, officer="system", at=at)
        return families_of(city, UNIT)

    return keep


def test_a_family_is_found_by_every_number_that_leads_to_its_file(files):
    families = files([household()], [HUSBAND, member()])
    (file,) = Household.objects.all()
    for said in (file.certificate_number, file.card.plain(), file.file_number, " 韦秀兰 "):
        assert family_with(families, said) == file, said
    assert [child.name for child in children_of(families[0])] == ["韦小雨"]


@pytest.mark.parametrize("said", ["", "梧困999999999", "韦", "6217000000000000000"])
def test_what_no_file_bears_leads_nowhere(files, said):
    assert family_with(files([household()], [member()]), said) is None


def test_files_of_other_employers_and_closed_files_are_not_the_units(files):
    assert files([household(工作单位="藤县松脂厂")], [member()]) == []
    assert files([household(档案状态="已脱困")], [member()]) == []


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL plans for a table of one row by what it counted last"
)
def test_the_families_of_a_unit_are_read_off_an_index(files, city):
    """At a city's size a unit's page does not look through every file."""
    files([household()], [member()])
    wanted = Household.objects.filter(mark__unit_name="藤县糖业有限公司").order_by()
    assert "registry_mark_of_unit" in wanted.explain()


def test_spaces_in_an_employer_and_an_ending_of_the_union_do_not_matter(files):
    assert len(files([household(工作单位="藤县 糖业有限\u3000公司工会")], [member()])) == 1
