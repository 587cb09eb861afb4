"""撮合: solve a round, keep it with a proposal each; an officer sends or drops a proposal and notes what came of it."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.employment import fitting
from huigong.employment.actions.serving import serve
from huigong.employment.assigning import Solve, assign
from huigong.employment.columns import PROPOSAL, ROUND
from huigong.employment.lifecycle import DROPPED, IN_HAND, NEXT_OF_PROPOSALS, ON_OFFER, SENT, TAKEN, WAITS
from huigong.employment.models import Graduate, Opening, Proposal, Round, Service
from huigong.employment.queries import left
from huigong.lifecycle import actions as lifecycle
from huigong.organisations.models import Organisation
from huigong.values.sentence import SaidError, Sentence
from huigong.vault import blind

OFFERED = frozenset({"post", "traineeship", "internship", "public_post"})
"""Kinds that somebody can be proposed for; training and fairs are offered to everybody who needs them."""
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

    What nobody has decided on yet of earlier rounds is dropped first: a round is made again when something changed.
    """
    locked = Organisation.objects.select_for_update().get(pk=federation.pk)
    today = timezone.localdate(at)
    _drop_waiting(locked, officer=officer, at=at)
    people, openings, free = participants(locked, today=today)
    solved = solve(people, openings, free)
    one = Round(
        federation=locked,
        number=Round.objects.filter(federation=locked).count() + 1,
        on=today,
        graduates=len(people),
        openings=len(openings),
        pairs=solved.pairs,
        value=solved.value,
        bound=solved.bound,
        digest=_digest(people, openings, free),
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
    """An officer confirms: the graduate is recommended to the employer, which is a service."""
    found = _locked(proposal)
    if found.opening.status != ON_OFFER or found.opening.valid_until < timezone.localdate(at):
        raise SaidError(
            Sentence(
                "opening_not_on_offer",
                "这个岗位已经关闭或过期，没有推荐。请点“不推荐”，或重新撮合。",
                "This opening is closed or over: drop the proposal, or make a new round.",
            )
        )
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


def participants(federation: Organisation, *, today: object) -> tuple[list[Graduate], list[Opening], list[int]]:
    """Who takes part: everybody in hand without a sent proposal, and what is on offer with a place left; in a fixed order."""
    sent = Proposal.objects.filter(status=SENT).values("graduate")
    people = Graduate.objects.filter(federation__path__startswith=federation.path, status__in=IN_HAND)
    openings = Opening.objects.filter(
        federation__path__startswith=federation.path, status=ON_OFFER, valid_until__gte=today, kind__in=OFFERED
    )
    offered = list(openings.order_by("reference"))
    used = Counter(
        Proposal.objects.filter(opening__in=openings, status__in=(SENT, TAKEN)).values_list("opening", flat=True)
    )
    free = [max(0, one.places - used[one.pk]) for one in offered]
    with_places = [(one, places) for one, places in zip(offered, free, strict=True) if places]
    chosen = people.exclude(pk__in=sent).order_by("reference")
    return list(chosen), [one for one, _ in with_places], [places for _, places in with_places]


def _drop_waiting(federation: Organisation, *, officer: str, at: datetime) -> None:
    waiting = Proposal.objects.select_for_update(of=("self",)).filter(
        round__federation__path__startswith=federation.path, status=WAITS
    )
    rows = list(waiting.select_related("graduate").order_by("pk"))
    moves = [_move(one, DROPPED) for one in rows]
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


def _digest(people: Sequence[Graduate], openings: Sequence[Opening], free: Sequence[int]) -> str:
    """Over everything that the round looked at: the same again gives the same round."""
    told = [
        [one.reference, one.zero_employment, *(str(ask.wanted(one)) for ask in fitting.QUESTIONS)] for one in people
    ]
    told += [
        [one.reference, places, *(str(ask.offered(one)) for ask in fitting.QUESTIONS)]
        for one, places in zip(openings, free, strict=True)
    ]
    return blind.digest("round", json.dumps(told, ensure_ascii=False))


def _locked(proposal: Proposal) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self", "opening")).select_related("graduate", "opening")
    return rows.get(pk=proposal.pk)


def _move(one: Proposal, to: str) -> lifecycle.Move:
    return lifecycle.Move(one, to, one.graduate.reference, "proposal.moved", {"proposal": str(one.pk)})


def _advance(one: Proposal, to: str, *, officer: str, at: datetime) -> None:
    lifecycle.advance_all([_move(one, to)], next_table=NEXT_OF_PROPOSALS, officer=officer, at=at)
