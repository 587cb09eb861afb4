"""What is due by its day: half-yearly reviews of the certificate, yearly re-checks, by union."""

from datetime import date

import pytest

from huigong.organisations.models import Organisation
from huigong.registry import actions, waiting, words
from huigong.registry.tests.lives import Life, drafted

JULY, DECEMBER = date(2017, 8, 15), date(2017, 12, 20)


@pytest.fixture
def union(city):
    return Organisation.objects.create(
        code="sugar",
        name="梧州糖业公司工会",
        kind="grassroots",
        level="grassroots",
        parent=city,
        path=f"{city.path}sugar/",
    )


@pytest.fixture
def life(huang, union, at):
    life = Life(drafted(huang, at, certificate_number="梧困000123", employer="梧州糖业 公司"), at)
    life.enrolled()
    return life


def names(officer, which, today, **more):
    return [one.worker_name for one in waiting.waiting(officer, which, today=today, **more)]


@pytest.mark.parametrize(
    ("day", "half"),
    [(date(2017, 1, 1), "2017-1"), (date(2017, 6, 30), "2017-1"), (date(2017, 7, 1), "2017-2"), (DECEMBER, "2017-2")],
)
def test_a_year_has_two_reviews(day, half):
    assert words.half_year(day) == half


def test_a_certificate_is_due_until_it_was_reviewed_in_this_half_year(life, huang):
    assert names(huang, "review", JULY) == ["韦秀兰"]
    life.verb(actions.review_certificate, word="下半年未通过")
    assert names(huang, "review", DECEMBER) == []
    assert names(huang, "review", date(2018, 1, 2)) == ["韦秀兰"]


def test_a_file_without_a_certificate_is_not_due(life, huang, at):
    actions.amend(life.file, "certificate_number", "", officer="lu", at=at)
    assert names(huang, "review", JULY) == []


def test_the_lists_are_narrowed_to_one_union_by_its_employer_or_to_a_federation(life, huang, union, city):
    assert names(huang, "review", JULY, union=union) == ["韦秀兰"]
    assert names(huang, "review", JULY, union=city) == ["韦秀兰"]
    assert names(huang, "review", JULY, union=city.children.get(kind="federation")) == []
    assert waiting.counts(huang, today=JULY, union=union)["review"] == 1
