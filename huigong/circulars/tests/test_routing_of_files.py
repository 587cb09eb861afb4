"""A file is reviewed at the centre that the circular at work names; on other days, and without one, nothing is said."""

from datetime import date

import pytest

from huigong.circulars import routing
from huigong.circulars.tests.test_routing import campaign, unit  # noqa: F401  fixtures
from huigong.organisations.models import Organisation

IN_AUGUST = date(2017, 8, 7)


@pytest.fixture
def county(city):
    return Organisation.objects.get(code="450422")


def test_a_file_goes_to_the_centre_that_is_competent_by_place(campaign, unit, city, county):  # noqa: F811
    assert routing.desk_of_file(unit, on=IN_AUGUST).federation == city
    assert routing.desk_of_file(county, on=IN_AUGUST).federation == county


def test_the_office_above_by_command_is_told_the_centre_and_the_clause(campaign, unit, county):  # noqa: F811
    with pytest.raises(routing.OtherDeskError, match=r"档案 D1 按五\(四\)报梧州市.*藤县总工会不办"):
        routing.refuse_other_centre(county, unit, file="D1", on=IN_AUGUST)


def test_the_right_centre_is_not_refused(campaign, unit, city):  # noqa: F811
    routing.refuse_other_centre(city, unit, file="D1", on=IN_AUGUST)


def test_where_no_campaign_is_at_work_no_circular_says(campaign, unit, county, other_city):  # noqa: F811
    assert routing.desk_of_file(unit, on=campaign.last_day.replace(year=2018)) is None
    assert routing.desk_of_file(other_city, on=IN_AUGUST) is None
    routing.refuse_other_centre(county, unit, file="D1", on=date(2018, 3, 1))
