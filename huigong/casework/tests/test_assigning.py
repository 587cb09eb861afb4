"""派件: taken, given, handed on and put back; who may, and that nothing of it is lost from history."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, settings
from hypothesis import given as whatever
from hypothesis import strategies as some

from huigong.audit.queries import history
from huigong.casework import actions, queries
from huigong.casework.actions.assigning import NothingToUndoError, NotYoursError
from huigong.casework.models import Assignment
from huigong.casework.sharing_out import shared_out
from huigong.casework.tests.worked import CAMPAIGN
from huigong.organisations import actions as organisations
from huigong.organisations.hands import OtherRoleError

ONE, TWO, THREE = (f"SA-450422-2017-{number:05d}" for number in (1, 2, 3))


@pytest.fixture
def deng(city, at):
    """邓, who verifies beside 黄."""
    return organisations.add_officer("邓", role="verifier", organisation=city, by="system", at=at)


def give(to, officer, at, how="given"):
    return actions.assign(CAMPAIGN, to, how=how, officer=officer, at=at)


def now():
    return queries.names_of_assignees([ONE, TWO, THREE])


def test_a_verifier_takes_what_nobody_has_and_history_says_so(huang, at):
    made = give({ONE: "huang", TWO: "huang"}, huang, at, "taken")
    assert (made.number, now()) == (1, {ONE: "huang", TWO: "huang"})
    assert [(one.action, one.payload["to"]) for one in history(ONE)] == [("case.given", "huang")]
    assert [one.payload["cases"] for one in history(CAMPAIGN)] == [2]
    assert give({ONE: "huang"}, huang, at, "taken") is None


def test_what_a_colleague_has_is_theirs_to_hand_on_and_a_leaders_to_give(huang, deng, qin, at):
    give({ONE: "huang"}, huang, at)
    with pytest.raises(NotYoursError, match="黄手上"):
        give({ONE: "deng"}, deng, at)
    give({ONE: "deng"}, huang, at)
    give({ONE: "huang"}, qin, at)
    assert now() == {ONE: "huang"}


def test_a_verifier_gives_nobodys_case_to_nobody_but_themselves(huang, deng, at):
    with pytest.raises(NotYoursError, match="可以自己接"):
        give({ONE: "deng"}, huang, at)


def test_a_deputy_takes_over_what_the_one_who_is_away_has(huang, deng, at):
    give({ONE: "huang"}, huang, at)
    organisations.appoint(deng, role="aid_centre", organisation=deng.organisation, by="system", at=at)
    organisations.appoint(huang, role="preparer", organisation=deng.organisation, by="system", at=at)
    day = at.date()
    organisations.deputise(huang, deng, first_day=day, last_day=day + timedelta(days=3), by="system", at=at)
    give({ONE: "deng"}, deng, at, "handed")
    assert now() == {ONE: "deng"}


def test_who_prepares_gives_nothing(lu, at):
    with pytest.raises(OtherRoleError):
        give({ONE: "lu"}, lu, at)


def test_an_assignment_is_put_back_as_it_was_but_for_what_was_given_anew(huang, deng, qin, at):
    give({ONE: "huang"}, huang, at)
    made = give({ONE: "deng", TWO: "deng", THREE: "deng"}, qin, at)
    give({THREE: "huang"}, deng, at)
    back = actions.undo_assignment(made.pk, officer=qin, at=at)
    assert (back.undoes, now()) == (made, {ONE: "huang", TWO: "", THREE: "huang"})
    with pytest.raises(NothingToUndoError):
        actions.undo_assignment(made.pk, officer=qin, at=at)
    actions.undo_assignment(back.pk, officer=qin, at=at)
    assert now() == {ONE: "deng", TWO: "deng", THREE: "huang"}


def test_whoever_gave_it_or_a_leader_puts_it_back(huang, deng, qin, at):
    made = give({ONE: "huang"}, huang, at)
    with pytest.raises(NotYoursError, match="不是您派的"):
        actions.undo_assignment(made.pk, officer=deng, at=at)
    actions.undo_assignment(made.pk, officer=qin, at=at)
    assert now() == {ONE: ""}


def test_nothing_is_put_back_into_the_hands_of_somebody_who_left(huang, deng, qin, at):
    give({ONE: "huang"}, huang, at)
    made = give({ONE: "deng"}, qin, at)
    huang.is_active = False
    huang.save(update_fields=["is_active"])
    actions.undo_assignment(made.pk, officer=qin, at=at)
    assert now() == {ONE: ""}


def test_an_assignment_is_never_rewritten(huang, at):
    give({ONE: "huang"}, huang, at)
    with pytest.raises(DatabaseError, match="huigong guard"), transaction.atomic():
        Assignment.objects.update(given_by="deng")


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])  # the machine of a check may be busy
@whatever(
    cases=some.sets(some.integers(0, 500), max_size=60),
    loads=some.dictionaries(some.sampled_from("abcdef"), some.integers(0, 40), min_size=1),
)
def test_whoever_has_fewest_is_given_the_next_whatever_the_order(cases, loads):
    references = [f"SA-{one:05d}" for one in cases]
    given = shared_out(references, loads)
    assert given.keys() == set(references)
    assert given == shared_out(reversed(references), dict(reversed(loads.items())))
    after = Counter(loads) + Counter(given.values())
    took = set(given.values())
    assert all(after[one] - after[other] <= 1 for one in took for other in loads)


def test_without_anybody_nothing_is_given():
    assert shared_out([ONE], {}) == {}
