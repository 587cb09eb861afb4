"""撮合: solve a round, keep it with a proposal each; an officer sends or drops a proposal and notes what came of it."""

import json
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.employment import fitting
from huigong.employment.actions.serving import serve
from huigong.employment.assigning import Pairs, Solve, assign
from huigong.employment.columns import PROPOSAL, ROUND
from huigong.employment.lifecycle import NEXT_OF_PROPOSALS, ON_OFFER, OVERTAKEN, SENT, TAKEN, WAITS
from huigong.employment.models import Graduate, Opening, Proposal, Round, Service
from huigong.employment.queries import left
from huigong.employment.taking_part import apart, engaged, participants
from huigong.lifecycle import actions as lifecycle
from huigong.organisations.models import Organisation
from huigong.values.sentence import SaidError, Sentence
from huigong.vault import blind

_SERVED_AS = {
    "post": Service.Kind.REFERRAL,
    "traineeship": Service.Kind.TRAINEESHIP,
    "internship": Service.Kind.INTERNSHIP,
    "public_post": Service.Kind.PUBLIC_POST,
}
_AT_A_TIME = 400


@transaction.atomic
def propose(federation: Organisation, *, officer: str, at: datetime, solve: Solve = assign) -> Round:
    """One round over everybody in hand and everything on offer below a federation.

    What nobody has decided on yet of earlier rounds is set aside first: a round is made again when something changed.
    """
    locked = Organisation.objects.select_for_update().get(pk=federation.pk)
    today = timezone.localdate(at)
    _set_waiting_aside(locked, officer=officer, at=at)
    people, openings, free = participants(locked, today=today)
    not_again = apart(people, openings)
    solved = solve(people, openings, free, not_again)
    one = Round(
        federation=locked,
        number=Round.objects.filter(federation=locked).count() + 1,
        on=today,
        graduates=len(people),
        openings=len(openings),
        pairs=solved.pairs,
        value=solved.value,
        bound=solved.bound,
        digest=_digest(people, openings, free, not_again),
        by=officer,
        at=at,
    )
    one.save(force_insert=True)
    told = {"number": one.number, "proposals": len(solved.chosen), "columns": ROUND.told(one)}
    audit.record("round.made", subject=locked.code, officer=officer, at=at, payload=told)
    _keep(one, [(people[who], openings[what]) for who, what in solved.chosen], officer=officer, at=at)
    return one


@transaction.atomic
def send(proposal: Proposal, *, officer: str, at: datetime) -> None:
    """An officer confirms: the graduate is recommended to the employer, which is a service. Raises SaidError if it cannot be."""
    found = _locked(proposal)
    _refuse_sending(found, today=timezone.localdate(at))
    _advance(found, SENT, officer=officer, at=at)
    kind = _SERVED_AS[found.opening.kind]
    serve(found.graduate, kind, on=timezone.localdate(at), opening=found.opening, officer=officer, at=at)


@transaction.atomic
def answer(proposal: Proposal, to: str, *, officer: str, at: datetime) -> None:
    """Dropped by the officer, or the employer's answer. Whoever is hired has an outcome noted, on their page."""
    found = _locked(proposal)
    if to == TAKEN and left(found.opening) < 1:
        raise SaidError(
            Sentence(
                "opening_full",
                "这个岗位的名额已经用完了。请记“没成”，或请单位加名额。",
                "All places are taken: note that it came to nothing, or ask for more places.",
            )
        )
    _advance(found, to, officer=officer, at=at)


def _refuse_sending(proposal: Proposal, *, today: date) -> None:
    """Rounds of two offices may propose the same place or the same person: whoever sends first has it."""
    opening = proposal.opening
    if opening.status != ON_OFFER or opening.valid_until < today:
        raise SaidError(
            Sentence(
                "opening_not_on_offer",
                "这个岗位已经关闭或过期，没有推荐。请点“不推荐”，或重新撮合。",
                "This opening is closed or over: drop the proposal, or make a new round.",
            )
        )
    if Proposal.objects.filter(opening=opening, status__in=(SENT, TAKEN)).count() >= opening.places:
        raise SaidError(
            Sentence(
                "opening_spoken_for",
                f"这个岗位的 {opening.places} 个名额都已经推荐或录用了人，没有再推荐。请重新撮合，或请单位加名额。",
                f"All {opening.places} places have somebody recommended or hired: make a new round, or ask for more places.",
            )
        )
    if engaged(proposal.graduate).exists():
        raise SaidError(
            Sentence(
                "graduate_engaged",
                "这个人已经推荐给别的岗位或被录用，还没有结果。请先记那边的结果。",
                "This person is recommended elsewhere or hired: note what came of that first.",
            )
        )


def _set_waiting_aside(federation: Organisation, *, officer: str, at: datetime) -> None:
    waiting = Proposal.objects.select_for_update(of=("self",)).filter(
        round__federation__path__startswith=federation.path, status=WAITS
    )
    rows = list(waiting.select_related("graduate").order_by("pk"))
    moves = [_move(one, OVERTAKEN) for one in rows]
    lifecycle.advance_all(moves, next_table=NEXT_OF_PROPOSALS, officer=officer, at=at)


def _keep(made: Round, pairs: Sequence[tuple[Graduate, Opening]], *, officer: str, at: datetime) -> None:
    rows = list[Proposal]()
    for graduate, opening in pairs:
        found = fitting.fit(graduate, opening)
        why = [one.code for one in found.answers if one.points > 0]
        one = Proposal(round=made, graduate=graduate, opening=opening, fit=found.points, why=why)
        lifecycle.begin(one, WAITS, at=at)
        rows.append(one)
    Proposal.objects.bulk_create(rows, batch_size=_AT_A_TIME)
    audit.record_all(
        audit.Entry(
            "proposal.made",
            one.graduate.reference,
            officer,
            at,
            {"to": WAITS, "proposal": str(one.pk), "opening": one.opening.reference, "columns": PROPOSAL.told(one)},
        )
        for one in rows
    )


def _digest(people: Sequence[Graduate], openings: Sequence[Opening], free: Sequence[int], not_again: Pairs) -> str:
    """Over everything that the round looked at: the same again gives the same round."""
    told = [
        [one.reference, one.zero_employment, *(str(ask.wanted(one)) for ask in fitting.QUESTIONS)] for one in people
    ]
    told += [
        [one.reference, places, *(str(ask.offered(one)) for ask in fitting.QUESTIONS)]
        for one, places in zip(openings, free, strict=True)
    ]
    told += [[people[who].reference, openings[what].reference] for who, what in not_again]
    return blind.digest("round", json.dumps(told, ensure_ascii=False))


def _locked(proposal: Proposal) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self", "opening", "graduate")).select_related("graduate", "opening")
    return rows.get(pk=proposal.pk)


def _move(one: Proposal, to: str) -> lifecycle.Move:
    return lifecycle.Move(one, to, one.graduate.reference, "proposal.moved", {"proposal": str(one.pk)})


def _advance(one: Proposal, to: str, *, officer: str, at: datetime) -> None:
    lifecycle.advance_all([_move(one, to)], next_table=NEXT_OF_PROPOSALS, officer=officer, at=at)
