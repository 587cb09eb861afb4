"""A union's places count with its federation's: what people hold does not leave by way of the union."""

import pytest

from huigong.audit.tests.kept import kept
from huigong.organisations.models import Organisation
from huigong.quotas.actions import Places, PlacesRefusedError
from huigong.quotas.models import Allotment, FundSource, PlaceMove
from huigong.quotas.queries import places_of
from huigong.studentaid import actions
from huigong.studentaid.queries import places_used
from huigong.studentaid.tests.office import PAPER_MILL, WEI, Family


@pytest.fixture
@kept
def passed_on(office):
    """The city has passed all its ten places on to a mill that it runs itself; two families of the mill hold one."""
    office.file(WEI, Family(2))
    office.send(WEI.row(), Family(2).row(), unit=PAPER_MILL)
    office.vouch()
    office.mill = Organisation.objects.get(name=PAPER_MILL)
    office.source = FundSource.objects.get(code=office.circular.quota.fund_source)
    move(office, "issue", office.city, office.mill, 10)
    office.share()
    return office


def move(office, kind, giver, taker, places, source=None):
    wanted = Places(PlaceMove.Kind(kind), giver, taker, places)
    return actions.move_places(office.campaign, source or office.source, wanted, officer=office.qin, at=office.at)


def pool(office):
    return places_of(office.campaign, fund_source=office.source.code)["450400"], places_used(office.campaign)["450400"]


def test_what_is_held_in_the_pool_is_not_transferred_from_its_union(passed_on):
    with pytest.raises(PlacesRefusedError, match="只剩 1 个"):
        move(passed_on, "transfer", passed_on.mill, passed_on.county, 9)
    assert (pool(passed_on), PlaceMove.objects.count()) == ((10, 2), 1)
    move(passed_on, "transfer", passed_on.mill, passed_on.county, 8)
    assert pool(passed_on) == (2, 2)
    move(passed_on, "return", passed_on.mill, passed_on.city, 2)  # inside the pool nothing is lost
    assert pool(passed_on) == (2, 2)


def test_a_table_takes_no_place_away_that_is_held_in_the_pool(passed_on):
    quota, told = passed_on.circular.quota, {"officer": passed_on.qin, "at": passed_on.at}
    table = {passed_on.mill.code: 1, passed_on.county.code: 19}
    with pytest.raises(PlacesRefusedError, match="只剩 1 个"):
        actions.allot_places(passed_on.campaign, quota, table, **told)
    assert Allotment.objects.get(organisation=passed_on.mill).places == 10


def test_a_line_that_a_table_lowers_is_nobodys_loss(passed_on):
    quota, told = passed_on.circular.quota, {"officer": passed_on.qin, "at": passed_on.at}
    actions.allot_places(passed_on.campaign, quota, {passed_on.mill.code: 2}, **told)
    city = Allotment.objects.get(organisation=passed_on.city)
    assert (city.places, city.issued) == (10, 2)
    assert pool(passed_on) == (10, 2)


def test_a_countys_approver_follows_no_table_of_the_city(passed_on):
    nong, before = passed_on.officer("农", "approver", passed_on.county), pool(passed_on)
    with pytest.raises(PlacesRefusedError, match="整张分配表由活动的总工会办"):
        actions.allot_places(
            passed_on.campaign, passed_on.circular.quota, {passed_on.county.code: 0}, officer=nong, at=passed_on.at
        )
    assert pool(passed_on) == before


def test_places_of_another_source_are_held_by_nobody(passed_on):
    other = FundSource.objects.create(code="own-2017", name="本级")
    Allotment.objects.create(campaign=passed_on.campaign, organisation=passed_on.mill, fund_source=other, places=3)
    move(passed_on, "transfer", passed_on.mill, passed_on.county, 3, source=other)
    assert pool(passed_on) == (10, 2)
