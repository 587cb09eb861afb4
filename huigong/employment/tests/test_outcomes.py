"""Outcomes: noted with evidence, confirmed by code, followed up, lost and open again; what cannot be is refused in words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from huigong.audit import queries as audit
from huigong.employment import actions
from huigong.employment.actions import Became
from huigong.employment.actions.outcomes import months_on
from huigong.employment.models import Graduate, Outcome
from huigong.employment.tests.served import GRADUATED
from huigong.values.sentence import SaidError


def again(graduate):
    return Graduate.objects.get(pk=graduate.pk)


DAY = date(2017, 8, 7)
CONTRACT = Became("employed", on=DAY, employer_name="藤县制衣厂", evidence="contract", evidence_on=DAY)


@pytest.fixture
def one(centre):
    return centre.graduate(1, zero_employment=True)


def test_a_contract_settles_and_asks_for_a_check_after_three_months(centre, one):
    outcome = centre.hire(one)
    found = again(one)
    assert (found.status, found.outcome, found.by_aid, found.proven) == ("settled", "employed", True, True)
    assert found.act_on == found.check_due == date(2017, 11, 7)
    assert [told.action for told in audit.history(one.reference)][-3:] == [
        "outcome.noted",
        "graduate.moved",
        "graduate.noted",
    ]
    assert outcome.number == 1


def test_without_evidence_it_stands_and_does_not_count_until_a_paper_is_seen(centre, one):
    outcome = centre.hire(one, evidence="", evidence_on=None)
    assert (again(one).status, again(one).proven) == ("settled", False)
    actions.prove(outcome, "contract", evidence_on=centre.today, document=None, **centre.by)
    assert again(one).proven


def test_ones_own_word_is_kept_and_counts_for_nothing(centre, one):
    outcome = centre.hire(one, evidence="own_word")
    assert not again(one).proven
    actions.prove(outcome, "own_word", evidence_on=centre.today, document=None, **centre.by)
    assert not again(one).proven
    with pytest.raises(SaidError) as error:
        actions.prove(outcome, "admission", evidence_on=centre.today, document=None, **centre.by)
    assert error.value.sentence.code == "evidence_unfit"
    actions.prove(outcome, "payroll", evidence_on=centre.today, document=None, **centre.by)
    assert again(one).proven


@pytest.mark.parametrize("steady", [False, True])
def test_whoever_works_changes_the_job_or_wants_no_help_any_more(centre, one, steady):
    outcome = centre.hire(one)
    for months in (3, 6) if steady else ():
        centre.at += months_on(outcome.on, months) - centre.today
        actions.follow_up(outcome, months=months, on=centre.today, how="employer", holds=True, **centre.by)
    centre.later(1)
    centre.hire(one, employer_name="梧州市纸厂", on=centre.today, evidence_on=centre.today)
    assert again(one).status == "settled"
    centre.later(1)
    centre.hire(one, kind="declined", evidence="", evidence_on=None, by_aid=False, on=centre.today)
    assert again(one).status == "declined"


def test_a_check_of_a_job_that_was_changed_meanwhile_is_refused(centre, one):
    first = centre.hire(one)
    centre.later(95)
    centre.hire(one, employer_name="梧州市纸厂", on=centre.today, evidence_on=centre.today)
    due = again(one).check_due
    with pytest.raises(SaidError, match="已经结束"):
        actions.follow_up(first, months=3, on=centre.today, how="person", holds=True, **centre.by)
    assert again(one).check_due == due


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"on": GRADUATED - timedelta(days=1)}, "outcome_before_graduation"),
        ({"on": date(2017, 8, 8)}, "outcome_in_future"),
        ({"evidence_on": date(2017, 8, 8)}, "evidence_without_day"),
        ({"evidence_on": None}, "evidence_without_day"),
        ({"evidence": "admission"}, "evidence_unfit"),
        ({"employer_name": " "}, "outcome_without_place"),
        ({"evidence_on": date(2001, 1, 1)}, "evidence_too_old"),
        ({"by_aid": True}, "aid_without_service"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(centre, one, changes, code):
    with pytest.raises(SaidError) as error:
        actions.note_outcome(one, replace(CONTRACT, **changes), **centre.by)
    assert error.value.sentence.code == code
    assert (Outcome.objects.count(), again(one).status) == (0, "open")


@pytest.mark.parametrize("kind", ["guidance", "start_up"])
def test_by_aid_is_by_a_service_of_that_day_or_before(centre, one, kind):
    actions.serve(one, kind, on=DAY, **centre.by)
    early = replace(CONTRACT, on=DAY - timedelta(days=1), evidence_on=DAY - timedelta(days=1), by_aid=True)
    with pytest.raises(SaidError, match="没有记过给本人的服务"):
        actions.note_outcome(one, early, **centre.by)
    assert actions.note_outcome(one, replace(CONTRACT, by_aid=True), **centre.by).by_aid


def test_a_paper_of_long_before_proves_nothing_later_either(centre, one):
    outcome = centre.hire(one, evidence="", evidence_on=None)
    with pytest.raises(SaidError, match="早得太多"):
        actions.prove(outcome, "contract", evidence_on=date(2016, 1, 1), document=None, **centre.by)
    actions.prove(outcome, "contract", evidence_on=date(2016, 11, 20), document=None, **centre.by)
    assert again(one).proven


def test_the_same_outcome_twice_is_told_and_not_counted_twice(centre, one):
    centre.hire(one)
    with pytest.raises(SaidError, match="已经记过"):
        centre.hire(one)
    assert Outcome.objects.count() == 1


def test_a_new_outcome_ends_the_one_before(centre, one):
    first = centre.hire(one)
    centre.later(10)
    centre.hire(one, employer_name="梧州市纸厂")
    first.refresh_from_db()
    assert (first.ended_on, first.ended_why) == (centre.today, "changed")
    assert Outcome.objects.filter(ended_on=None).count() == 1


def test_two_checks_make_it_steady(centre, one):
    outcome = centre.hire(one)
    for months, status in ((3, "settled"), (6, "steady")):
        centre.at += months_on(outcome.on, months) - centre.today
        made = actions.follow_up(outcome, months=months, on=centre.today, how="employer", holds=True, **centre.by)
        assert (made.months, again(one).status) == (months, status)
    assert again(one).act_on is None
    with pytest.raises(SaidError, match="没有要回访"):
        actions.follow_up(outcome, months=6, on=centre.today, how="person", holds=True, **centre.by)


def test_a_check_sent_twice_is_noted_once(centre, one):
    outcome = centre.hire(one)
    centre.later(95)
    told = {"months": 3, "on": centre.today, "how": "person", "holds": True}
    actions.follow_up(outcome, **told, **centre.by)
    with pytest.raises(SaidError, match="已经记过了"):
        actions.follow_up(outcome, **told, **centre.by)
    assert list(outcome.follow_ups.values_list("months", flat=True)) == [3]


def test_a_lost_job_opens_the_case_again_and_history_says_why(centre, one):
    outcome = centre.hire(one)
    centre.later(95)
    actions.follow_up(outcome, months=3, on=centre.today, how="person", holds=False, **centre.by)
    found = again(one)
    assert (found.status, found.outcome, found.proven, found.needs_help) == ("planned", "", False, True)
    assert "graduate.reopened" in [told.action for told in audit.history(one.reference)]
    outcome.refresh_from_db()
    assert outcome.ended_why == "followed_up"


def test_whoever_was_settled_at_the_survey_and_loses_it_needs_help(centre):
    one = centre.graduate(2, found="employed")
    actions.lose(one.outcomes.get(), on=centre.today, why="left", **centre.by)
    assert (again(one).needs_help, again(one).status) == (True, "planned")


def test_the_graduate_confirms_by_the_code_of_this_outcome_only(centre, one):
    first = centre.hire(one)
    code = actions.code_of(first, reference=one.reference)
    with pytest.raises(SaidError, match="确认码不对"):
        actions.confirm(one.reference, "ABCDEFGH", at=centre.at)
    actions.confirm(one.reference, f"{code[:4]}-{code[4:].lower()}", at=centre.at)
    first.refresh_from_db()
    assert first.confirmed_at == centre.at
    centre.later(1)
    centre.hire(one, employer_name="别处")
    with pytest.raises(SaidError, match="确认码不对"):
        actions.confirm(one.reference, code, at=centre.at)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2017, 8, 7), 3, date(2017, 11, 7)),
        (date(2017, 11, 30), 3, date(2018, 2, 28)),
        (date(2017, 8, 31), 6, date(2018, 2, 28)),
        (date(2017, 12, 31), 12, date(2018, 12, 31)),
        (date(2019, 8, 31), 6, date(2020, 2, 29)),
    ],
)
def test_months_on_keeps_to_the_month(day, months, then):
    assert months_on(day, months) == then
