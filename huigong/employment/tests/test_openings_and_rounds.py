"""Openings, why somebody fits them and why not, and rounds over many."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from huigong.audit import queries as audit
from huigong.employment import actions, queries, taking_part
from huigong.employment.actions import EmployerLine, openings
from huigong.employment.fitting import MOST_POINTS, QUESTIONS, fit, tables
from huigong.employment.models import Employer, Graduate, Opening, Proposal
from huigong.employment.tests.served import code_of_employer, greedy
from huigong.organisations.actions import found_federation
from huigong.organisations.models import Organisation
from huigong.values.sentence import SaidError


def again(graduate):
    return Graduate.objects.get(pk=graduate.pk)


def test_an_employer_without_a_valid_code_is_refused_in_words(centre):
    with pytest.raises(SaidError, match="校验码不对"):
        centre.employer(code=code_of_employer()[:-1] + "0", name="甲")
    assert not Employer.objects.exists()


def test_the_same_employer_again_keeps_what_was_not_told(centre):
    centre.employer(phone="0774-6012345", contact="甘经理", promised=5)
    one = centre.employer(promised=2)
    assert (one.contact, one.promised, Employer.objects.count()) == ("甘经理", 5, 1)


def test_another_county_adds_to_an_employer_and_does_not_rewrite_it(centre, city):
    county = Organisation.objects.get(code="450422")
    other = found_federation("450481", "岑溪市总工会", parent=city, **centre.by)
    told = EmployerLine(code_of_employer(), "藤县糖业有限公司", "state_large", promised=2)
    actions.keep_employer(county, told, **centre.by)
    actions.keep_employer(other, replace(told, name="糖厂", nature="private", promised=3), **centre.by)
    actions.keep_employer(county, replace(told, nature=""), **centre.by)
    one = Employer.objects.get()
    assert (one.name, one.nature, one.promised) == ("藤县糖业有限公司", "state_large", 3)
    actions.keep_employer(city, replace(told, name="藤县糖业集团"), **centre.by)
    assert Employer.objects.get().name == "藤县糖业集团"


def test_an_opening_is_offered_once_its_employer_confirmed_it(centre, huang):
    one = centre.opening(confirmed="no")
    assert not queries.on_offer(huang, today=centre.today)
    actions.confirm_opening(one, on=centre.today, **centre.by)
    assert queries.on_offer(huang, today=centre.today).get() == one
    assert centre.opening(confirmed="no").pk == one.pk  # told again, it is the same


def test_what_ran_out_is_closed_and_no_longer_confirmed(centre, city):
    one, other = centre.opening(valid_until=centre.today), centre.opening(title="收银", confirmed="no")
    centre.later(1)
    assert actions.expire(city, **centre.by) == 1
    centre.later(200)
    with pytest.raises(SaidError, match="已经过期"):
        actions.confirm_opening(other, on=centre.today, **centre.by)
    assert Opening.objects.get(pk=one.pk).status == "closed"


def test_why_not_names_the_licence_and_the_course_that_closes_it(centre, huang):
    one = centre.graduate(1)
    centre.plan(one, wanted_places=["藤县"], wanted_work=["logistics"])
    job = centre.opening(title="送货员", skills=["driving_licence"], place="藤县", work="logistics")
    course = centre.opening(kind="training", title="驾驶班", teaches=["driving_licence"])
    (found,) = queries.suggestions(huang, again(one), today=centre.today)
    assert (found.opening, found.lacks, found.closed_by) == (job, ("driving_licence",), course)
    assert [answer.sentence.zh for answer in found.misses] == ["差：驾驶证"]


@pytest.mark.parametrize(
    ("plan", "opening", "misses"),
    [
        ({}, {"level": "postgraduate"}, ["level"]),
        ({"wanted_places": ["苍梧县"]}, {"place": "藤县"}, ["place"]),
        ({"lowest_pay_fen": 300_000}, {"pay_fen": 250_000}, ["pay"]),
        ({}, {"remote_area": True, "place": "蒙山县"}, ["place"]),
        ({"goes_far": True, "wanted_places": ["藤县"]}, {"remote_area": True, "place": "蒙山县"}, []),
        ({"skills": ["accounting"]}, {"skills": ["accounting"], "level": "higher_vocational"}, []),
    ],
)
def test_each_question_says_what_it_finds(centre, plan, opening, misses):
    one = centre.graduate(1)
    centre.plan(one, **plan)
    found = fit(again(one), centre.opening(**opening))
    assert [answer.code for answer in found.misses] == misses
    assert found.points <= MOST_POINTS


def test_a_round_asks_the_same_questions_as_a_page(centre):
    """The tables of distinct values give for every pair what one pair gives."""
    people = [
        again(centre.graduate(n, level=level, major=major))
        for n, level, major in (
            (1, "undergraduate", "会计"),
            (2, "higher_vocational", "护理"),
            (3, "undergraduate", "护理"),
        )
    ]
    openings = [
        centre.opening(),
        centre.opening(title="护士", majors=["护理"], level="higher_vocational"),
        centre.opening(title="讲师", level="postgraduate"),
    ]
    asked = tables(people, openings)
    for who, one in enumerate(people):
        for what, other in enumerate(openings):
            points = [table.points[table.wanted[who]][table.offered[what]] for table in asked]
            assert points == [answer.points for answer in fit(one, other).answers]
    assert [table.code for table in asked] == [question.code for question in QUESTIONS]


@pytest.fixture
def made(centre, city):
    for number in (1, 2):
        centre.graduate(number)
    centre.opening()
    return actions.propose(city, **centre.by, solve=greedy)


def test_a_round_is_kept_with_its_bound_and_an_officer_sends_what_it_proposes(made, centre):
    (proposal,) = made.proposals.all()
    assert (made.graduates, made.openings, made.value) == (2, 1, made.bound)
    actions.send(proposal, **centre.by)
    proposal.refresh_from_db()
    assert (proposal.status, proposal.graduate.services.get().kind) == ("sent", "referral")
    assert list(queries.unplaced(made)) == list(Graduate.objects.exclude(pk=proposal.graduate_id))


def test_what_was_closed_or_ran_out_after_the_round_is_not_recommended(made, centre):
    (proposal,) = made.proposals.all()
    proposal.opening.__class__.objects.update(valid_until=centre.today - timedelta(days=1))
    with pytest.raises(SaidError, match="关闭或过期"):
        actions.send(proposal, **centre.by)
    proposal.refresh_from_db()
    assert proposal.status == "waits"


def test_a_new_round_sets_aside_what_nobody_decided_and_keeps_what_was_sent(made, centre, city):
    (first,) = made.proposals.all()
    second = actions.propose(city, **centre.by, solve=greedy)
    first.refresh_from_db()
    assert first.status == "overtaken"
    actions.send(second.proposals.get(), **centre.by)
    third = actions.propose(city, **centre.by, solve=greedy)
    assert (third.graduates, third.openings, third.proposals.count()) == (1, 0, 0)


@pytest.mark.parametrize("answers", [("sent", "not_taken"), ("sent", "dropped"), ("dropped",)])
def test_a_pair_that_somebody_said_no_to_is_not_proposed_again(made, centre, city, answers):
    first = made.proposals.get()
    for to in answers:
        (actions.send if to == "sent" else partial(actions.answer, to=to))(first, **centre.by)
    (second,) = actions.propose(city, **centre.by, solve=greedy).proposals.all()
    assert second.opening == first.opening
    assert second.graduate != first.graduate


def test_who_was_hired_is_not_proposed_again_until_the_work_is_noted_and_lost(made, centre, city):
    hired = made.proposals.get()
    centre.opening(title="收银", places=2)
    actions.send(hired, **centre.by)
    actions.answer(hired, "taken", **centre.by)
    people, _, _ = taking_part.participants(city, today=centre.today)
    assert hired.graduate not in people
    centre.later(1)
    actions.lose(centre.hire(hired.graduate), on=centre.today, why="left", **centre.by)
    people, _, _ = taking_part.participants(city, today=centre.today)
    assert hired.graduate in people


def test_a_place_that_another_offices_round_proposes_is_proposed_once_and_sent_once(made, centre, city):
    """The county of the second person is below the city: the city's round has the place, until it is made again."""
    county = Organisation.objects.get(code="450422")
    one = made.proposals.get()
    Opening.objects.update(federation=county)
    centre.graduate(3, federation=county)
    held = actions.propose(county, **centre.by, solve=greedy)
    assert (held.openings, held.proposals.count()) == (0, 0)
    beside = Proposal(round=held, graduate=Graduate.objects.get(federation=county), opening=one.opening, fit=0, why=[])
    beside.status, beside.status_since = "waits", centre.at
    beside.save()
    actions.send(one, **centre.by)
    with pytest.raises(SaidError, match="1 个名额都已经推荐"):
        actions.send(beside, **centre.by)


def test_who_is_recommended_already_is_not_recommended_to_a_second_employer(made, centre, city):
    one = made.proposals.get()
    actions.send(one, **centre.by)
    again_one = actions.propose(city, **centre.by, solve=greedy)
    beside = Proposal(round=again_one, graduate=one.graduate, opening=centre.opening(title="收银"), fit=0, why=[])
    beside.status, beside.status_since = "waits", centre.at
    beside.save()
    with pytest.raises(SaidError, match="请先记那边的结果"):
        actions.send(beside, **centre.by)


def test_no_more_are_hired_than_there_are_places(made, centre, city):
    proposal = made.proposals.get()
    actions.send(proposal, **centre.by)
    actions.answer(proposal, "taken", **centre.by)
    other = Graduate.objects.exclude(pk=proposal.graduate_id).get()
    again_one = Proposal(round=made, graduate=other, opening=proposal.opening, fit=0, why=[])
    again_one.status, again_one.status_since = "sent", centre.at
    again_one.save()
    with pytest.raises(SaidError, match="名额已经用完"):
        actions.answer(again_one, "taken", **centre.by)


def test_the_same_participants_have_the_same_digest(made, centre, city):
    assert actions.propose(city, **centre.by, solve=greedy).digest == made.digest
    centre.opening(title="收银", valid_until=date(2017, 9, 30))
    assert actions.propose(city, **centre.by, solve=greedy).digest != made.digest


def test_two_offices_that_keep_one_code_at_once_keep_one_employer(centre, monkeypatch):
    """The other office's row comes between the look and the insert, as it does when both press at the same moment."""
    asked, look = [], openings._employer

    def late(code):
        asked.append(code)
        return look(code) if len(asked) > 1 else None

    first = centre.employer(name="藤县制衣厂", promised=2)
    monkeypatch.setattr(openings, "_employer", late)
    second = centre.employer(name="藤县制衣厂", promised=5)
    assert (second.pk, Employer.objects.get().promised) == (first.pk, 5)
    assert [told.action for told in audit.history(str(first.pk))] == ["employer.kept"] * 2
