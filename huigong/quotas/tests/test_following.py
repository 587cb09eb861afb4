"""A pasted table makes no place below somebody who holds places: it moves them, all of them or none."""

import pytest

from huigong.organisations.models import Organisation
from huigong.quotas import actions, queries
from huigong.quotas.actions import PlacesRefusedError
from huigong.quotas.models import Allotment, FundSource, PlaceMove
from huigong.quotas.tests.test_move import PAPER_MILL, SUGAR, Tree

SOURCE = "regional-2017"
CITY, COUNTY = "450400", "450422"


@pytest.fixture
def tree(city, at):
    """梧州 holds ten places, and nobody below it one."""
    return Tree(city, at)


def follow(tree, table, **more):
    told = {"fund_source": SOURCE, "name": "专项", "officer": "qin", "at": tree.at}
    return actions.follow(tree.campaign, table, **told, **more)


def usable(tree):
    return sum(queries.places_of(tree.campaign, fund_source=SOURCE).values())


def moves():
    return [(one.kind, one.giver.code, one.taker.code, one.places) for one in PlaceMove.objects.order_by("number")]


def test_counties_get_what_the_city_holds_and_each_line_is_a_move(tree):
    follow(tree, {COUNTY: 6, tree.mill.code: 3})
    assert tree.held() == {"梧州市总工会": (10, 9), "藤县总工会": (6, 0), PAPER_MILL: (3, 0)}
    assert set(moves()) == {("issue", CITY, COUNTY, 6), ("issue", CITY, tree.mill.code, 3)}
    assert usable(tree) == 10


def test_a_table_of_more_than_the_city_holds_is_refused_whole(tree):
    with pytest.raises(PlacesRefusedError, match=r"有 10 个名额.*还能下达 10 个；照这张表还要下达 15 个"):
        follow(tree, {COUNTY: 6, tree.mill.code: 9})
    assert (tree.held(), moves()) == ({"梧州市总工会": (10, 0)}, [])


def test_what_cases_hold_is_not_passed_on(tree):
    with pytest.raises(PlacesRefusedError, match="还能下达 8 个"):
        follow(tree, {COUNTY: 9}, in_use={CITY: 2})
    follow(tree, {COUNTY: 8}, in_use={CITY: 2})


def test_a_lowered_line_gives_its_places_back_above(tree):
    follow(tree, {COUNTY: 6})
    follow(tree, {COUNTY: 2})
    assert tree.held() == {"梧州市总工会": (10, 2), "藤县总工会": (2, 0)}
    assert moves()[-1] == ("reclaim", COUNTY, CITY, 4)


def test_between_two_below_the_same_places_are_transferred_and_the_rest_comes_from_above(tree):
    follow(tree, {COUNTY: 6})
    follow(tree, {COUNTY: 4, tree.mill.code: 3})
    assert moves()[1:] == [("transfer", COUNTY, tree.mill.code, 2), ("issue", CITY, tree.mill.code, 1)]
    assert tree.held() == {"梧州市总工会": (10, 7), "藤县总工会": (4, 0), PAPER_MILL: (3, 0)}


def test_a_union_gets_its_places_from_the_county_above_it_and_not_from_nowhere(tree):
    with pytest.raises(PlacesRefusedError, match="藤县总工会有 0 个名额"):
        follow(tree, {tree.sugar.code: 2})
    follow(tree, {tree.sugar.code: 2, COUNTY: 5})
    assert tree.held() == {"梧州市总工会": (10, 5), "藤县总工会": (5, 2), SUGAR: (2, 0)}


def test_the_top_begins_anew_and_the_same_table_again_does_nothing(tree):
    table = {CITY: 14, COUNTY: 12}
    follow(tree, table)
    assert tree.held() == {"梧州市总工会": (14, 12), "藤县总工会": (12, 0)}
    assert follow(tree, table) == []
    with pytest.raises(PlacesRefusedError, match="已下达 12"):
        follow(tree, {CITY: 11})


def test_where_nobody_above_holds_any_the_table_is_the_beginning(tree):
    Allotment.objects.all().delete()
    assert follow(tree, {CITY: 3, COUNTY: 7}) == []
    assert tree.held() == {"梧州市总工会": (3, 0), "藤县总工会": (7, 0)}
    follow(tree, {CITY: 3, COUNTY: 5, tree.mill.code: 2})  # the annex changed, its sum did not
    assert tree.held() == {"梧州市总工会": (3, 0), "藤县总工会": (5, 0), PAPER_MILL: (2, 0)}
    follow(tree, {COUNTY: 4})
    assert (tree.held()["梧州市总工会"], usable(tree)) == ((4, 0), 10)


def test_places_that_were_returned_to_nothing_are_not_made_again(tree):
    follow(tree, {COUNTY: 6})
    follow(tree, {COUNTY: 0})
    city = Allotment.objects.get(organisation=Organisation.objects.get(code=CITY))
    assert (city.places, city.issued, FundSource.objects.count()) == (10, 0, 1)
    with pytest.raises(PlacesRefusedError):
        follow(tree, {COUNTY: 11})
