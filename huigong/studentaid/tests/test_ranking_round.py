"""The round shows who is within the line and why; the sandbox asks the same rules and changes nothing."""

import pytest

from huigong.audit.queries import head
from huigong.audit.tests.kept import kept
from huigong.studentaid import ranking_round
from huigong.studentaid.models import Application
from huigong.studentaid.tests.office import Family

COUNTY = "450422"
POOR, MIDDLE, RICH = (Family(number, income) for number, income in ((1, 12_000), (2, 24_000), (3, 48_000)))


@pytest.fixture
@kept
def ranked(office):
    """Three families of one county and two places."""
    office.file(POOR, MIDDLE, RICH)
    office.send(*(family.row() for family in (POOR, MIDDLE, RICH)))
    office.vouch()
    office.allot(c450400=10, c450422=2)
    return office


def round_of(office, circular=None):
    return ranking_round.rounds(office.campaign, circular or office.circular)[COUNTY]


def outcomes(found):
    return [(one.application.worker_name, one.rank, one.outcome) for one in found.runners]


def test_the_round_is_in_order_with_points_and_a_cut_line(ranked):
    found = round_of(ranked)
    assert outcomes(found) == [
        (POOR.worker_name, 1, "placed"),
        (MIDDLE.worker_name, 2, "placed"),
        (RICH.worker_name, 3, "waiting"),
    ]
    assert (found.places, found.cut) == (2, 2)
    assert [one.points[0] for one in found.runners] == [400_000, 800_000, 1_600_000]


def test_after_sharing_it_says_what_sharing_gave(ranked):
    before = outcomes(round_of(ranked))
    ranked.share()
    assert outcomes(round_of(ranked)) == before
    ranked.publish()
    assert outcomes(round_of(ranked)) == before


def test_what_was_approved_holds_its_place_and_competes_no_more(ranked):
    ranked.carry("approved")
    found = round_of(ranked)
    assert (found.places, outcomes(found)) == (0, [(RICH.worker_name, 1, "waiting")])


def test_another_direction_shows_who_would_cross_and_nothing_changes(ranked):
    ranked.share()
    stood = (head(), list(Application.objects.order_by("reference").values()))
    altered = ranking_round.reweighted(ranked.circular, {}, {"income_per_head_fen": "down"})
    crossed = ranking_round.crossings(round_of(ranked), round_of(ranked, altered))
    assert [(one.application.worker_name, one.now, one.then, one.outcome) for one in crossed] == [
        (POOR.worker_name, 1, 3, "waiting"),
        (RICH.worker_name, 3, 1, "placed"),
    ]
    assert (head(), list(Application.objects.order_by("reference").values())) == stood
    assert ranked.circular.ranking.keys[0].direction == "up"


def test_the_heavier_point_is_compared_first_and_none_at_nought(ranked):
    facts = [key.fact for key in ranked.circular.ranking.keys]
    weights = {facts[0]: 0, facts[1]: 2, facts[2]: 5}
    altered = ranking_round.reweighted(ranked.circular, weights, {})
    assert [key.fact for key in altered.ranking.keys] == [facts[2], facts[1]]
    # Without income all three are alike: a full tie across the line goes to a person, nobody is drawn by chance.
    assert {outcome for _, _, outcome in outcomes(round_of(ranked, altered))} == {"tied"}
