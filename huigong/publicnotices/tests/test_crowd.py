"""A line on the web names the smallest place in which twenty children of the registry could be meant."""

import pytest

from huigong.circulars.tests.test_open_campaign import opened
from huigong.publicnotices.crowd import ENOUGH, Seen, crowds
from huigong.registry import actions as registry
from huigong.registry.models import Household, Member
from huigong.registry.tests import workbooks
from huigong.registry.workbook import read_workbook

SURNAMED = "韦"


def children(tmp_path, city, at, *names, **changes):
    """So many files with one child each, kept in 藤县."""
    homes, kids = [], []
    for number, name in enumerate(names, 1):
        own = {"职工编号": f"GX{number:04d}"}
        worker = workbooks.number(f"45042219700101{2 * number:03d}")
        child = workbooks.number(f"45042219990101{2 * number:03d}")
        homes.append(workbooks.household(**own, 身份证号码=worker, 惠工卡号="", 手机号码=""))
        kids.append(workbooks.member(**own, 姓名=name, 身份证号码=child, **changes))
    reading = read_workbook(workbooks.workbook(tmp_path / "files.xlsx", homes, kids))
    registry.import_workbook(reading, city=city, officer="system", at=at)


@pytest.fixture
def seen(unit):
    return Seen("韦**", "senior_high", unit.pk, unit.name, unit.parent_id, "藤县")


def place(city, at, one):
    return crowds(opened(city, at), [one]).place(one)


def test_a_unit_is_named_where_twenty_of_its_children_could_be_meant(city, at, tmp_path, unit, seen):
    children(tmp_path, city, at, *(f"{SURNAMED}{number}" for number in range(ENOUGH)))
    Household.objects.update(unit=unit)
    assert place(city, at, seen) == unit.name


def test_with_one_child_less_the_county_is_named_and_then_the_city(city, at, tmp_path, unit, seen):
    children(tmp_path, city, at, *(f"{SURNAMED}{number}" for number in range(ENOUGH)))
    first = Household.objects.order_by("pk").first().pk
    Household.objects.exclude(pk=first).update(unit=unit)
    assert place(city, at, seen) == "藤县"
    Member.objects.filter(household=first).update(is_in_file=False)
    assert place(city, at, seen) == "梧州市"


@pytest.mark.parametrize(
    ("name", "stage"),
    [("莫小雨", "高中"), ("欧阳小雨", "高中"), ("韦小雨", "小学"), ("韦小雨", "")],
    ids=["another surname", "a compound one", "another stage", "a stage that nobody knows"],
)
def test_who_would_be_shown_otherwise_counts_for_none(city, at, tmp_path, seen, name, stage):
    children(tmp_path, city, at, *(f"{SURNAMED}{number}" for number in range(ENOUGH - 1)))
    assert place(city, at, seen) == "梧州市"
    children(tmp_path, city, at, *[f"{SURNAMED}{number}" for number in range(ENOUGH - 1)], name)
    Member.objects.filter(name=name).update(education_level={"高中": "senior_high", "小学": "primary"}.get(stage, ""))
    assert place(city, at, seen) == "梧州市"


def test_files_that_were_closed_hide_nobody(city, at, tmp_path, seen):
    children(tmp_path, city, at, *(f"{SURNAMED}{number}" for number in range(ENOUGH)))
    assert place(city, at, seen) == "藤县"
    Household.objects.filter(file_number="GX0001").update(file_status="已脱困")
    assert place(city, at, seen) == "梧州市"


def test_a_files_word_for_any_higher_education_counts_for_each_of_its_stages(city, at, tmp_path, unit):
    children(tmp_path, city, at, *(f"{SURNAMED}{number}" for number in range(ENOUGH)))
    Member.objects.update(education_level="higher")
    one = Seen("韦**", "undergraduate", unit.pk, unit.name, unit.parent_id, "藤县")
    assert place(city, at, one) == "藤县"
