"""The figures of a campaign: counts, names behind each, and what was frozen beside what is corrected."""

from datetime import date, timedelta

import pytest

from huigong.circulars import parameters
from huigong.circulars.parameters import ParameterRow
from huigong.employment import actions, counting, kept_names
from huigong.employment.models import Graduate, StatisticalReturn
from huigong.organisations.models import Organisation
from huigong.rules.employed import GROUPS
from huigong.values.sentence import SaidError


@pytest.fixture
def people(centre):
    """Ten: one settled already, nine who need help; six of these placed by aid, one found work alone, one is of a zero household."""
    county = Organisation.objects.get(code="450422")
    centre.graduate(1, found="employed")
    for number in range(2, 11):
        one = centre.graduate(number, zero_employment=number == 10, federation=county if number > 5 else None)
        if number < 8:
            centre.hire(one)
        elif number == 8:
            centre.hire(one, by_aid=False)
    return centre


def who(people, number):
    return Graduate.objects.get(person_index=people.line(number).person_index)


def test_counts_are_the_number_of_their_names(people, campaign, city):
    rows = counting.of_campaign(campaign, city)
    counted = counting.together(counting.lines(campaign, city))
    assert counted == {
        "graduates": 10,
        "graduates_needing_help": 9,
        "graduates_placed_by_aid": 6,
        "graduates_settled": 8,
        "zero_employment_graduates": 1,
        "zero_employment_graduates_placed": 0,
    }
    assert {name: counting.named(rows, name).count() for name in GROUPS} == counted


def test_a_county_sees_its_own_line(people, campaign):
    county = Organisation.objects.get(code="450422")
    (line,) = counting.lines(campaign, county)
    assert (line.federation, line.counted["graduates"]) == (county, 5)


def test_earlier_graduates_count_as_far_back_as_the_place_says(centre, campaign, city):
    for number, year in ((1, 2016), (2, 2015), (3, 2014)):
        centre.graduate(number, graduates_on=date(year, 7, 1))
    centre.graduate(4, graduates_on=date(2016, 7, 1), found="employed")
    assert (
        counting.of_campaign(campaign, city).count() == 3
    )  # who was found settled on this campaign's days still counts
    row = ParameterRow("graduate_years", city.code, 1, date(2017, 1, 1), "桂人社发〔2017〕1号（示例）")
    parameters.keep_parameters([row], officer="su", at=centre.at)
    assert counting.of_campaign(campaign, city).count() == 2


@pytest.mark.parametrize("by_aid", [True, False])
def test_who_was_placed_before_the_campaign_began_counts_in_the_year_before_and_not_again(
    centre, campaign, city, by_aid
):
    """The union's help of last year is last year's: nobody is placed by aid in two campaigns (decision 600)."""
    before = campaign.first_day - timedelta(days=1)
    one, other = centre.graduate(1, graduates_on=date(2016, 7, 1)), centre.graduate(2, graduates_on=date(2016, 7, 1))
    if by_aid:
        for each in (one, other):
            actions.serve(each, "referral", on=before, **centre.by)
    centre.hire(one, on=before, evidence_on=before, by_aid=by_aid)
    centre.hire(other, on=centre.today, by_aid=by_aid)
    assert list(counting.of_campaign(campaign, city)) == [other]
    assert counting.together(counting.lines(campaign, city))["graduates_placed_by_aid"] == by_aid


def test_what_is_frozen_stays_and_a_correction_is_another_return(people, campaign, city):
    first = actions.freeze(campaign, city, as_of=people.today, **people.by)
    with pytest.raises(SaidError, match="要更正请写原因"):
        actions.freeze(campaign, city, as_of=people.today, **people.by)
    with pytest.raises(SaidError, match="不用更正"):
        actions.freeze(campaign, city, as_of=people.today, reason="再报", **people.by)
    people.graduate(12)
    second = actions.freeze(campaign, city, as_of=people.today, reason="漏了一人", **people.by)
    assert (second.corrects, second.number, second.reading) == (first, 2, "assisted")
    kept = StatisticalReturn.objects.get(pk=first.pk)
    assert sum(line["graduates"] for line in kept.figures.values()) == 10
    assert len(kept_names.by_case(second.cases)) == 11


def test_what_came_after_the_reporting_day_does_not_count_in_its_return(people, campaign, city):
    """An outcome of a later day, evidence dated later, a job lost later, a person taken in later."""
    day = people.today
    first = actions.freeze(campaign, city, as_of=day, **people.by)
    people.later(3)
    late = people.graduate(12)
    people.hire(who(people, 9))
    people.hire(who(people, 10), on=day, evidence_on=people.today)
    actions.lose(who(people, 2).outcomes.get(), on=people.today, why="left", **people.by)
    with pytest.raises(SaidError, match="不用更正"):
        actions.freeze(campaign, city, as_of=day, reason="再报", **people.by)
    second = actions.freeze(campaign, city, as_of=people.today, **people.by)
    assert [late.reference in kept_names.by_case(one.cases) for one in (second, first)] == [True, False]
    placed = [sum(line["graduates_placed_by_aid"] for line in one.figures.values()) for one in (first, second)]
    assert placed == [6, 7]


def test_every_frozen_number_opens_its_names(people, campaign, city):
    frozen = actions.freeze(campaign, city, as_of=people.today, **people.by)
    stood = kept_names.by_case(frozen.cases)
    for code, line in frozen.figures.items():
        assert {name: sum(at == code and name in groups for at, groups in stood.values()) for name in GROUPS} == line


def test_a_return_frozen_with_a_number_for_each_reference_is_read_as_it_is():
    before = {"groups": [["graduates"], ["graduates", "graduates_settled"]], "people": {}}
    before["people"] = {"GE-450422-2017-00002": 1, "GE-450400-2017-00001": 0, "GE-450422-2017-00001": 1}
    assert {code: (set(names), who) for code, names, who in kept_names.told(before)} == {
        "450422": ({"graduates", "graduates_settled"}, ["GE-450422-2017-00002", "GE-450422-2017-00001"]),
        "450400": ({"graduates"}, ["GE-450400-2017-00001"]),
    }


def test_the_same_people_make_the_same_paper_however_their_rows_lie():
    works, seeks = (False, True, "employed", True, True), (False, True, "", False, False)
    one = kept_names.keep({"450422": {works: ["b", "a"]}, "450400": {seeks: ["c"], works: ["d"]}})
    other = kept_names.keep({"450400": {works: ["d"], seeks: ["c"]}, "450422": {works: ["a", "b"]}})
    assert list(one.items()) == list(other.items())
    assert one["offices"] == {"450400": ["c", "d"], "450422": ["", "a b"]}


def test_a_return_of_a_day_to_come_is_refused(people, campaign, city):
    with pytest.raises(SaidError, match="还没到"):
        actions.freeze(campaign, city, as_of=date(2017, 9, 30), **people.by)
