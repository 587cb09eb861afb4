"""Places: never more than there are, in the declared order, whatever the order in which cases came."""

from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from huigong.audit.queries import history
from huigong.lifecycle import actions as lifecycle
from huigong.studentaid.digests import as_stored
from huigong.studentaid.lifecycle import ELIGIBLE, HOLDS_A_PLACE
from huigong.studentaid.models import Application, Decision
from huigong.studentaid.queries import findings_of
from huigong.studentaid.reasons import why
from huigong.studentaid.tests.office import PAPER_MILL, WEI, Family
from huigong.vault import actions as vault

CITY, COUNTY = "450400", "450422"


def stands():
    return {one.reference: (one.status, one.rank) for one in Application.objects.all()}


def eligible(office, incomes):
    """Families of one county with these yearly incomes, all eligible and verified."""
    families = [Family(number, income) for number, income in enumerate(incomes, 1)]
    office.file(*families)
    office.send(*(family.row() for family in families))
    office.vouch()
    return [f"SA-450422-2017-{number:05d}" for number in range(1, len(incomes) + 1)]


def test_the_lower_income_comes_first_and_the_rest_wait_in_order(office):
    office.allot(c450422=1)
    a, b, c = eligible(office, [30_000, 12_000, 21_000])
    assert office.share() == {"placed": 1, "waiting": 2}
    assert stands() == {b: ("placed", 1), c: ("waiting", 2), a: ("waiting", 3)}


def test_who_waits_sees_the_rank_and_other_money(office):
    office.allot(c450422=0)
    eligible(office, [12_000])
    office.share()
    one = office.case()
    said = why(one, findings_of([one])[one.pk], other_sources=("本级工会经费",)).sentence
    assert said.zh == "候补：各条都符合，在藤县总工会排第 1 名。这项指标用完了；还可争取：本级工会经费。"


def test_a_unit_of_the_city_draws_on_the_citys_places(office):
    office.allot(c450400=0, c450422=5)
    office.file(WEI)
    office.send(WEI.row(), unit=PAPER_MILL)
    office.vouch()
    assert office.share() == {"waiting": 1}
    assert office.case("SA-450400-2017-00001").household.federation.code == COUNTY


def test_a_tie_across_the_line_gets_none_until_a_leader_settles_it(office):
    office.allot(c450422=2)
    first, *tied, last = eligible(office, [9_000, 12_000, 12_000, 15_000])
    assert office.share() == {"placed": 1, "tied": 2, "waiting": 1}
    assert {stands()[reference] for reference in tied} == {("tied", 2)}
    assert stands()[last] == ("waiting", 4)
    office.settle(office.case(tied[1]), "tie")
    assert office.share() == {"placed": 1, "waiting": 1}
    assert stands() == {first: ("placed", 1), tied[1]: ("placed", 2), tied[0]: ("waiting", 3), last: ("waiting", 4)}


def test_a_broken_tie_stands_when_it_is_shared_again(office):
    office.allot(c450422=1)
    tied = eligible(office, [12_000, 12_000, 12_000])
    office.settle(office.case(tied[2]), "tie")
    office.share()
    before = stands()
    assert office.share() == {}
    assert stands() == before


def test_a_tie_below_the_line_and_one_above_it_need_nobody(office):
    office.allot(c450422=2)
    eligible(office, [12_000, 12_000, 15_000, 15_000])
    assert office.share() == {"placed": 2, "waiting": 2}


def test_sharing_again_changes_nothing_and_records_nothing(office):
    office.allot(c450422=1)
    references = eligible(office, [9_000, 12_000])
    office.share()
    told = [len(history(reference)) for reference in references]
    assert office.share() == {}
    assert [len(history(reference)) for reference in references] == told


def test_a_second_share_goes_on_behind_the_places_that_are_held(office):
    office.allot(c450422=2)
    eligible(office, [20_000])
    office.share()
    poorer = [Family(11, 6_000), Family(12, 9_000)]
    office.file(*poorer)
    office.send(*(family.row() for family in poorer), name="后来.xlsx")
    office.vouch()
    assert office.share() == {"placed": 1, "waiting": 1}
    assert sorted(stands().values()) == [("placed", 1), ("placed", 2), ("waiting", 3)]


def test_more_places_reach_the_first_who_wait(office):
    office.allot(c450422=1)
    references = eligible(office, [9_000, 12_000, 15_000])
    office.share()
    office.allot(c450422=2)
    assert office.share() == {"placed": 1}
    assert [stands()[reference][0] for reference in references] == ["placed", "placed", "waiting"]


def test_fewer_places_than_are_held_take_none_away_and_give_none(office):
    office.allot(c450422=2)
    eligible(office, [9_000, 12_000, 15_000])
    office.share()
    office.allot(c450422=1)
    assert office.share() == {}
    assert Counter(status for status, _ in stands().values()) == {"placed": 2, "waiting": 1}


# ---- many small cities ----

family = st.tuples(
    st.sampled_from([CITY, COUNTY]),
    st.sampled_from([None, 300_000, 400_000, 500_000]),
    st.integers(1, 3),
    st.booleans(),
)


def stored(office, cases):
    """Cases as decided: federation, income per head, children in school, whether somebody verified them."""
    sugar, version = office.lu.organisation, office.campaign.version
    federations = {CITY: office.city, COUNTY: office.county}
    keys = vault.new_data_keys(len(cases))
    made, decisions = [], []
    for number, (key, (name, (code, income, children, verified))) in enumerate(zip(keys, cases, strict=True)):
        facts = {"income_per_head_fen": income, "children_in_school": children}
        one = Application(
            reference=name,
            campaign=office.campaign,
            federation=federations[code],
            student_name="韦小雨",
            worker_name="韦秀兰",
            unit=sugar,
            unit_name=sugar.name,
            student_index=f"{number:064d}",
            claimant=name,
            data_key=key,
            facts_digest="f",
            verified_digest="f" if verified else "",
            verified_by="huang",
            amount_fen=300_000,
        )
        lifecycle.begin(one, ELIGIBLE, at=office.at)
        decision = Decision(
            application=one, number=1, version=version, vocabulary="1", verdict="eligible", data_key=key, at=office.at
        )
        decision.facts, decision.outcomes = as_stored(facts), "{}"
        made.append(one)
        decisions.append(decision)
    Application.objects.bulk_create(made)
    Decision.objects.bulk_create(decisions)


def shared(office, cases, places):
    """What sharing these cases gives, twice over; nothing of it stays."""
    with transaction.atomic():
        stored(office, cases)
        office.allot(c450400=places[0], c450422=places[1])
        office.share()
        found = stands()
        assert office.share() == {}, "a second share moves nobody"
        transaction.set_rollback(True)
    return found


@hypothesis(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cases=st.lists(family, min_size=1, max_size=9),
    places=st.tuples(st.integers(0, 4), st.integers(0, 4)),
    data=st.data(),
)
def test_places_are_never_exceeded_nobody_is_lost_and_input_order_tells_nothing(office, cases, places, data):
    named = [(f"SA-{case[0]}-2017-{number:05d}", case) for number, case in enumerate(cases, 1)]
    found = shared(office, named, places)
    verified = [(name, case) for name, case in named if case[3]]
    for code, number in zip((CITY, COUNTY), places, strict=True):
        own = [name for name, case in verified if case[0] == code]
        outcomes = Counter(found[name][0] for name in own)
        assert outcomes["placed"] <= number
        assert outcomes["placed"] + outcomes["waiting"] + outcomes["tied"] == len(own)
        if len(own) <= number:
            assert outcomes["placed"] == len(own)
        placed = [found[name][1] for name in own if found[name][0] in HOLDS_A_PLACE]
        others = [found[name][1] for name in own if found[name][0] not in HOLDS_A_PLACE]
        assert max(placed, default=0) < min(others, default=99)
    assert all(found[name] == ("eligible", None) for name, case in named if not case[3])
    assert shared(office, data.draw(st.permutations(named)), places) == found


def test_a_city_whose_places_were_ignored_would_be_found(office, monkeypatch):
    """The property can fail: with places for everybody it does."""
    cases = [(f"SA-{COUNTY}-2017-0000{number}", (COUNTY, 300_000, 1, True)) for number in (1, 2)]
    monkeypatch.setattr("huigong.studentaid.turns.quotas.places_of", lambda *_, **__: {COUNTY: 9})
    outcomes = Counter(status for status, _ in shared(office, cases, (0, 1)).values())
    with pytest.raises(AssertionError):
        assert outcomes["placed"] <= 1
