"""What a frozen return tells of the one that it corrects: numbers, and who came in and who went where a number stayed."""

from huigong.employment import actions
from huigong.employment.tests.served import Centre, campaign_of
from huigong.figures import employment as papers
from huigong.figures import returned
from huigong.figures.tests.sheets import sheets, words


def test_a_correction_names_who_came_in_and_who_went_where_the_number_stayed(city, huang, at):
    centre, campaign = Centre(city, huang, at=at), campaign_of(city, at)
    one, other = centre.graduate(1), centre.graduate(2)
    outcome = centre.hire(one)
    first = actions.freeze(campaign, city, as_of=centre.today, **centre.by)
    assert returned.corrections(first) == []
    actions.lose(outcome, on=centre.today, why="left", **centre.by)
    centre.hire(other)
    second = actions.freeze(campaign, city, as_of=centre.today, reason="两人记反了", **centre.by)
    changed = {found.group: found for found in returned.corrections(second)}
    assert changed.keys() == {"graduates_placed_by_aid", "graduates_settled"}
    placed = changed["graduates_placed_by_aid"]
    assert (placed.was, placed.now, placed.came, placed.gone) == (1, 1, [other.reference], [one.reference])
    book = sheets(lambda frozen, _day: [papers.as_workbook(frozen)], second)
    (line,) = (row for row in book["更正"] if row[1] == "帮扶就业")
    assert line[2:6] == [1, 1, other.reference, one.reference]


def test_what_is_done_after_it_was_frozen_changes_no_paper_of_a_return(city, huang, at):
    centre, campaign = Centre(city, huang, at=at), campaign_of(city, at)
    one = centre.graduate(1)
    frozen = actions.freeze(campaign, city, as_of=centre.today, **centre.by)
    before = [sheets(lambda made, _day: [papers.as_workbook(made)], frozen)["服务"], _left_in(frozen)]
    actions.serve(one, "guidance", on=centre.today, **centre.by)
    centre.call(one)
    assert [sheets(lambda made, _day: [papers.as_workbook(made)], frozen)["服务"], _left_in(frozen)] == before
    assert "还有1人没有联系上过" in before[1]


def _left_in(frozen):
    text, _tables = words(lambda made, day: [papers.as_paper(made, day=day)], frozen)
    return next(line for line in text.splitlines() if "没有联系上过" in line)


def test_the_return_counts_who_is_in_the_governments_assistance_by_its_day(city, huang, at):
    centre, campaign = Centre(city, huang, at=at), campaign_of(city, at)
    for number, since in ((1, centre.today), (2, None), (3, None)):
        centre.plan(centre.graduate(number), registered=True if number < 3 else None, registered_on=since)
    frozen = actions.freeze(campaign, city, as_of=centre.today, **centre.by)
    services = sheets(lambda made, _day: [papers.as_workbook(made)], frozen)["服务"]
    assert ["已纳入政府就业援助（人）", 2] in services
