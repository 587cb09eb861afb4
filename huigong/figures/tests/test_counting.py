"""Figures are lists first: every number is the length of its list, and verdicts add up."""

from collections import Counter

from huigong.figures.counting import MEASURES, figures

VERDICTS = ("eligible", "incomplete", "to_settle", "refused")


def lists(town, breakdown):
    found = {}
    for figure in figures(town.standing):
        if figure.breakdown == breakdown:
            found.setdefault(figure.measure, []).extend(figure.references)
    return found


def test_every_case_is_counted_once_by_federation_and_once_by_level(town):
    every = [one.reference for one in town.standing.applications]
    for breakdown in ("federation", "level"):
        assert sorted(lists(town, breakdown)["applications"]) == every


def test_the_four_verdicts_are_disjoint_and_add_up(town):
    found = lists(town, "federation")
    together = [reference for verdict in VERDICTS for reference in found[verdict]]
    assert sorted(together) == sorted(found["applications"])
    assert {verdict: len(found[verdict]) for verdict in VERDICTS} == Counter(
        one.verdict for one in town.standing.applications
    )


def test_a_tie_is_eligible_and_is_not_counted_with_what_a_leader_settles(town):
    """The figure said 请负责人定 of it too, so that the verdicts were more than the cases."""
    one = town.of(4)
    one.__class__.objects.filter(pk=one.pk).update(status="tied")
    found = lists(town, "federation")
    assert one.reference in found["eligible"]
    assert one.reference in found["tied"]
    assert one.reference not in found["to_settle"]


def test_money_is_the_sum_over_the_same_list(town):
    amounts = {one.reference: one.amount_fen or 0 for one in town.standing.applications}
    for figure in figures(town.standing):
        if figure.fen is not None:
            assert figure.fen == sum(amounts[reference] for reference in figure.references)


def test_released_are_approved_and_approved_hold_a_place(town):
    found = {measure: set(references) for measure, references in lists(town, "fund").items()}
    assert found["released"] <= found["approved"] <= found["placed"]
    assert (len(found["released"]), len(found["placed"])) == (2, 3)


def test_a_federation_with_places_and_no_case_is_counted_as_none(town):
    own = [figure for figure in figures(town.standing) if figure.group == "450400"]
    assert [figure.measure for figure in own] == list(MEASURES)
    assert all(figure.references == () for figure in own)
