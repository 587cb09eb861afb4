"""Places go down the tree and back, and nobody ever passes on more than they hold, whoever asks and however often."""

import io

import docx
import pytest
from django.db import DatabaseError, transaction

from huigong.audit.queries import history
from huigong.circulars.tests.test_open_campaign import opened
from huigong.organisations import actions as organisations
from huigong.organisations.models import Organisation
from huigong.quotas import actions, queries
from huigong.quotas.actions import Places, PlacesRefusedError
from huigong.quotas.letter import letter
from huigong.quotas.models import Allotment, PlaceMove

SUGAR, PAPER_MILL = "藤县糖业有限公司工会", "梧州市纸厂工会"


class Tree:
    """梧州 holds ten places; below it 藤县 with 糖业, and 纸厂 which the city runs itself."""

    def __init__(self, city, at):
        units = [organisations.UnitRow(SUGAR, "450422"), organisations.UnitRow(PAPER_MILL, "450400")]
        organisations.import_units(units, officer="system", at=at)
        self.campaign, self.at, self.city = opened(city, at), at, city
        self.county, self.sugar, self.mill = (
            Organisation.objects.get(name=name) for name in ("藤县总工会", SUGAR, PAPER_MILL)
        )
        self.source = actions.allot(
            self.campaign, {"450400": 10}, fund_source="regional-2017", name="专项", officer="qin", at=at
        )

    def move(self, kind, giver, taker, places, **more):
        wanted = Places(kind, giver, taker, places, **more)
        return actions.move(self.campaign, self.source, wanted, officer="qin", at=self.at)

    def held(self):
        rows = Allotment.objects.order_by("organisation__path").values_list("organisation__name", "places", "issued")
        return {name: (places, issued) for name, places, issued in rows}


@pytest.fixture
def tree(city, at):
    return Tree(city, at)


def test_places_go_from_the_city_to_a_county_and_to_its_union(tree):
    tree.move("issue", tree.city, tree.county, 6)
    tree.move("issue", tree.county, tree.sugar, 2)
    assert tree.held() == {"梧州市总工会": (10, 6), "藤县总工会": (6, 2), SUGAR: (2, 0)}
    assert [event.action for event in history("450422")][-3:] == ["places.issued", "quota.allotted", "quota.allotted"]
    assert queries.places_of(tree.campaign, fund_source="regional-2017") == {"450400": 4, "450422": 6}


def test_what_is_given_back_and_what_is_taken_back_stand_above_again(tree):
    tree.move("issue", tree.city, tree.county, 6)
    tree.move("return", tree.county, tree.city, 2)
    tree.move("reclaim", tree.county, tree.city, 1)
    assert tree.held() == {"梧州市总工会": (10, 3), "藤县总工会": (3, 0)}


def test_places_that_a_table_gave_straight_to_a_county_stand_with_the_city_when_given_back(tree):
    actions.allot(tree.campaign, {"450422": 3}, fund_source="regional-2017", name="专项", officer="qin", at=tree.at)
    tree.move("issue", tree.city, tree.mill, 2)
    tree.move("issue", tree.city, tree.county, 1)
    tree.move("return", tree.county, tree.city, 3)
    assert tree.held() == {"梧州市总工会": (12, 2), "藤县总工会": (1, 0), PAPER_MILL: (2, 0)}


def test_two_below_the_same_federation_pass_places_to_each_other(tree):
    tree.move("issue", tree.city, tree.county, 6)
    tree.move("transfer", tree.county, tree.mill, 2)
    assert tree.held() == {"梧州市总工会": (10, 6), "藤县总工会": (4, 0), PAPER_MILL: (2, 0)}


@pytest.mark.parametrize(
    ("kind", "giver", "taker", "places"),
    [
        ("issue", "city", "county", 11),
        ("issue", "county", "sugar", 7),
        ("return", "county", "city", 7),
        ("transfer", "county", "mill", 7),
        ("issue", "city", "sugar", 1),
        ("issue", "county", "city", 1),
        ("return", "city", "county", 1),
        ("transfer", "county", "sugar", 1),
        ("transfer", "county", "county", 1),
        ("issue", "city", "county", 0),
        ("issue", "city", "county", -1),
    ],
)
def test_more_than_is_held_or_elsewhere_is_refused_and_moves_nothing(tree, kind, giver, taker, places):
    tree.move("issue", tree.city, tree.county, 6)
    before = tree.held()
    with pytest.raises(PlacesRefusedError):
        tree.move(kind, getattr(tree, giver), getattr(tree, taker), places)
    assert tree.held() == before
    assert PlaceMove.objects.count() == 1


def test_places_that_cases_hold_are_not_moved(tree):
    tree.move("issue", tree.city, tree.county, 6)
    with pytest.raises(PlacesRefusedError, match="可动 1 个"):
        tree.move("reclaim", tree.county, tree.city, 2, in_use=5)
    tree.move("reclaim", tree.county, tree.city, 1, in_use=5)


def test_what_was_passed_on_cannot_be_taken_back_above_it(tree):
    tree.move("issue", tree.city, tree.county, 6)
    tree.move("issue", tree.county, tree.sugar, 5)
    with pytest.raises(PlacesRefusedError):
        tree.move("reclaim", tree.county, tree.city, 2)


def test_the_annexs_table_does_not_fall_below_what_was_passed_on(tree):
    tree.move("issue", tree.city, tree.county, 6)
    with pytest.raises(PlacesRefusedError, match="已下达 6"):
        actions.allot(tree.campaign, {"450400": 5}, fund_source="regional-2017", name="专项", officer="qin", at=tree.at)


def test_the_database_itself_refuses_more_issued_than_held_and_a_changed_move(tree):
    tree.move("issue", tree.city, tree.county, 6)
    with pytest.raises(DatabaseError), transaction.atomic():
        Allotment.objects.filter(organisation=tree.city).update(issued=11)
    with pytest.raises(DatabaseError, match="huigong guard"), transaction.atomic():
        PlaceMove.objects.update(places=1)


def test_differences_to_a_table_are_shown_before_it_is_taken(tree):
    actions.allot(tree.campaign, {"450422": 3}, fund_source="regional-2017", name="专项", officer="qin", at=tree.at)
    found = queries.differences(tree.campaign, {"450422": 5, "450400": 10}, fund_source="regional-2017")
    assert [(one.code, one.before, one.after) for one in found] == [("450422", 3, 5)]


@pytest.mark.parametrize(
    ("kind", "giver", "taker", "words"),
    [
        ("issue", "city", "county", "藤县总工会：|下达你单位"),
        ("return", "county", "city", "梧州市总工会：|退回你单位"),
        ("reclaim", "county", "city", "藤县总工会：|收回你单位"),
        ("transfer", "county", "mill", f"藤县总工会、{PAPER_MILL}：|调剂给{PAPER_MILL}"),
    ],
)
def test_every_move_has_its_letter(tree, kind, giver, taker, words):
    tree.move("issue", tree.city, tree.county, 6)
    made = tree.move(kind, getattr(tree, giver), getattr(tree, taker), 2, reason="藤县申请多")
    text = "\n".join(one.text for one in docx.Document(io.BytesIO(letter(made))).paragraphs)
    assert all(word in text for word in words.split("|"))
    assert "2 个名额" in text
    assert "藤县申请多" in text
    assert letter(made) == letter(made)
