"""What the forms of a graduate's page say, handed to the one action that each is for."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from huigong.employment import actions, queries
from huigong.employment import words as terms
from huigong.employment.actions import Became, Plan, Promise
from huigong.employment.models import Contact, Employer, FollowUp, Graduate, Opening, Outcome, Service
from huigong.values import money
from huigong.values.sentence import SaidError, Sentence
from huigong.web.console.asking import OfficerRequest, day_sent
from huigong.web.console.employment import shown
from huigong.web.console.employment.asking import a_day, employer_asked, field, number, offered_asked, one_of
from huigong.web.console.employment.evidence import kept


def call_given(request: OfficerRequest, one: Graduate, at: datetime) -> None:
    today = timezone.localdate(at)
    channel = one_of(request, "channel", Contact.Channel.choices)
    answer = one_of(request, "answer", Contact.Answer.choices)
    due, what = day_sent(request, "due"), field(request, "promise", 500)
    if bool(due) != bool(what):
        raise SaidError(
            Sentence("promise_half", "答应的事和日期要一起写。", "Write what was promised together with its day.")
        )
    promise = Promise(what, due, request.user) if due and what else None
    on, note = a_day(request, "on", otherwise=today), field(request, "note", 1000)
    actions.note_contact(one, channel, answer, on=on, note=note, promise=promise, officer=request.user.username, at=at)


def plan_given(request: OfficerRequest, one: Graduate, at: datetime) -> None:
    pay = field(request, "lowest_pay", 12)
    plan = Plan(
        major=field(request, "major", 60),
        # What came with a list in words of its own has no box to tick, and stays.
        wanted_work=[
            *(code for code in request.POST.getlist("wanted_work") if code in terms.WORK),
            *(word for word in one.wanted_work if word not in terms.WORK),
        ],
        wanted_places=terms.listed(field(request, "wanted_places")),
        skills=terms.skills_of(" ".join([*_known(request, "skills"), field(request, "other_skills")])),
        needs=[code for code in request.POST.getlist("needs") if code in Service.Kind.values],
        lowest_pay_fen=money.parse_yuan(pay) if pay else None,
        goes_far="goes_far" in request.POST,
        obstacles="" if "no_obstacles" in request.POST else field(request, "obstacles", 1000) or None,
        registered={"yes": True, "no": False}.get(field(request, "registered", 4)),
        registered_on=day_sent(request, "registered_on"),
    )
    actions.keep_plan(one, plan, version=number(request, "version") or 0, officer=request.user.username, at=at)


def _known(request: OfficerRequest, name: str) -> list[str]:
    return [terms.SKILLS[code][0] for code in request.POST.getlist(name) if code in terms.SKILLS]


def service_given(request: OfficerRequest, one: Graduate, at: datetime) -> None:
    kind = one_of(request, "kind", Service.Kind.choices)
    today, note = timezone.localdate(at), field(request, "note", 500)
    on, opening = a_day(request, "on", otherwise=today), offered_asked(request, today)
    actions.serve(one, kind, on=on, opening=opening, note=note, officer=request.user.username, at=at)


def answer_given(request: OfficerRequest, one: Graduate, at: datetime) -> None:
    holds = one_of(request, "answer", [("yes", ""), ("no", "")]) == "yes"
    actions.answer_question(one, field(request, "question", 60), holds=holds, officer=request.user.username, at=at)


@transaction.atomic
def became_given(request: OfficerRequest, one: Graduate, at: datetime) -> None:
    employer = employer_asked(request)
    became = Became(
        kind=one_of(request, "kind", Outcome.Kind.choices),
        on=a_day(request, "on", otherwise=timezone.localdate(at)),
        by_aid="by_aid" in request.POST,
        employer=employer,
        employer_name="" if employer else field(request, "employer", 100),
        opening=_hired_for(one, employer),
        evidence=field(request, "evidence", 20),
        evidence_on=day_sent(request, "evidence_on"),
        document=kept(request, at),
        note=field(request, "note", 1000),
    )
    actions.note_outcome(one, became, officer=request.user.username, at=at)


def _hired_for(one: Graduate, employer: Employer | None) -> Opening | None:
    """The opening of a round that this outcome comes of: the one that this employer took the graduate for."""
    found = queries.hired_for(one)
    return found if found and found.employer == employer else None


@transaction.atomic
def proof_given(request: OfficerRequest, one: Graduate, at: datetime) -> None:
    evidence = field(request, "evidence", 20)
    on = a_day(request, "evidence_on", otherwise=timezone.localdate(at))
    paper, by = kept(request, at), request.user.username
    actions.prove(_outcome(one), evidence, evidence_on=on, document=paper, officer=by, at=at)


def check_given(request: OfficerRequest, one: Graduate, at: datetime) -> None:
    how = one_of(request, "how", FollowUp.How.choices)
    holds = one_of(request, "holds", [("yes", ""), ("no", "")]) == "yes"
    note, jobs, months = field(request, "note", 500), number(request, "jobs"), number(request, "months") or 0
    on, by = a_day(request, "on", otherwise=timezone.localdate(at)), request.user.username
    outcome = _outcome(one)
    actions.follow_up(outcome, months=months, on=on, how=how, holds=holds, jobs=jobs, note=note, officer=by, at=at)


def loss_given(request: OfficerRequest, one: Graduate, at: datetime) -> None:
    why = one_of(request, "why", shown.choices(shown.LOST_WHY))
    on = a_day(request, "on", otherwise=timezone.localdate(at))
    actions.lose(_outcome(one), on=on, why=why, officer=request.user.username, at=at)


def start_up_given(request: OfficerRequest, one: Graduate, at: datetime) -> None:
    project, plan = field(request, "project", 80), field(request, "plan", 2000)
    today = timezone.localdate(at)
    actions.plan_start_up(one, project, plan, on=today, officer=request.user.username, at=at)


def support_given(request: OfficerRequest, one: Graduate, at: datetime) -> None:
    start_up = getattr(one, "start_up", None)
    if start_up is None:
        raise SaidError(Sentence("no_start_up", "还没有创业计划，先写计划。", "There is no plan yet: write it first."))
    actions.support_start_up(start_up, fen=money.parse_yuan(field(request, "yuan", 12)), officer=request.user, at=at)


def _outcome(one: Graduate) -> Outcome:
    found = queries.standing_outcome(one)
    if found is None:
        raise SaidError(Sentence("no_outcome", "还没有去向，先记去向。", "There is no outcome yet: note it first."))
    return found
