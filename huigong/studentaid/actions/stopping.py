"""Hold back what may not be paid as it stands: a wrong number, aid from elsewhere, a card or facts changed since.

Asked right before money is committed. A hold whose cause is gone from the file is lifted; what somebody looked at and
lifted is not held anew for the same thing.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from huigong.circulars.models import Campaign
from huigong.payments import actions as payments
from huigong.payments.models import Hold
from huigong.payments.queries import reasons_held
from huigong.rules.circular import Circular
from huigong.rules.deciding import decide_all
from huigong.rules.entitlement import entitlement
from huigong.studentaid.cases import Surroundings, cases_of, overlaps_of, surroundings
from huigong.studentaid.digests import as_stored, facts_digest, payee_of
from huigong.studentaid.facts import facts_of
from huigong.studentaid.lifecycle import ELIGIBLE
from huigong.studentaid.models import Application, Decision
from huigong.studentaid.queries import last_decisions
from huigong.vault import blind

_AT_A_TIME = 400
_Stops = Mapping[str, str]
# Causes that end when the file is mended. The others end when a person says so.
_MENDED_IN_THE_FILE = (Hold.Reason.IDENTITY, Hold.Reason.FACTS_CHANGED)


def stop_what_changed(
    pending: Sequence[Application], campaign: Campaign, circular: Circular, *, officer: str, at: datetime
) -> dict[UUID, str]:
    """Place and lift holds on cases that are to be approved; returns the digest of the decision that each rests on."""
    if not pending:
        return {}
    around = surroundings(campaign)
    overlapping = overlaps_about(pending, campaign)
    held = reasons_held(one.reference for one in pending)
    digests: dict[UUID, str] = {}
    # Some hundred at a time, so that the files of a whole city are never open at once.
    for start in range(0, len(pending), _AT_A_TIME):
        part = pending[start : start + _AT_A_TIME]
        standing = last_decisions(part)
        digests |= {key: decision.digest for key, decision in standing.items()}
        changed = _no_longer_eligible(part, circular, around)
        for one in part:
            stops = dict(_in_the_file(one, standing[one.pk]))
            if one.reference in overlapping:
                stops[Hold.Reason.SAME_NEED] = overlapping[one.reference]
            elif one.pk in changed:
                stops[Hold.Reason.FACTS_CHANGED] = changed[one.pk]
            _hold_and_lift(one.reference, stops, held, officer=officer, at=at)
    return digests


def _hold_and_lift(reference: str, stops: _Stops, held: set[tuple[str, str]], *, officer: str, at: datetime) -> None:
    for reason, about in stops.items():
        payments.hold(reference, reason=reason, about=about, officer=officer, at=at)
    for reason in _MENDED_IN_THE_FILE:
        if reason not in stops and (reference, reason) in held:
            payments.lift(reference, reason=reason, officer=officer, at=at)


def _in_the_file(one: Application, decision: Decision) -> _Stops:
    """Reasons that the household's file gives, each with a digest of what it is about (empty: it always stands)."""
    stops: dict[str, str] = {}
    if not all(bearer.id_number_valid for bearer in (one.household, one.member) if bearer is not None):
        stops[Hold.Reason.IDENTITY] = ""
    now = facts_digest(decision.facts.plain(), one.household)
    if now != one.facts_digest:
        stops[Hold.Reason.CARD_CHANGED] = card_about(one)
    return stops


def overlaps_about(pending: Sequence[Application], campaign: Campaign) -> dict[str, str]:
    """Cases whose need was met from elsewhere, with what a hold is about: nothing where that aid is surely the student's.

    What went to the household as a whole somebody looks at once; lifted, it is not held anew for the same aid.
    """
    found = overlaps_of(campaign, {one.student_index: one.household_id for one in pending})
    about: dict[str, str] = {}
    for one in pending:
        others = [aid for aid in found.get(one.student_index, ()) if aid.reference != one.reference]
        if others:
            certain = any(aid.is_certain for aid in others)
            told = sorted(aid.reference for aid in others)
            about[one.reference] = "" if certain else blind.digest("hold need", one.reference, *told)
    return about


def met_for_certain(one: Application) -> list[str]:
    """References of aid from elsewhere that met the student's need, surely theirs and not the household's as a whole."""
    found = overlaps_of(one.campaign, {one.student_index: one.household_id})
    aids = found.get(one.student_index, ())
    return sorted(aid.reference for aid in aids if aid.is_certain and aid.reference != one.reference)


def card_about(one: Application) -> str:
    """Whose card a hold is about: lifting it speaks of this card, not of the next one."""
    payee, card = payee_of(one.household)
    return blind.digest("hold card", one.reference, payee, card)


def _no_longer_eligible(pending: Sequence[Application], circular: Circular, around: Surroundings) -> dict[UUID, str]:
    """Those whom the circular would not give the same any more on the facts as they stand now, with a digest of these."""
    facts = [facts_of(case) for case, _ in cases_of(pending, around)]
    return {
        one.pk: blind.digest("hold facts", one.reference, as_stored(known))
        for one, known, answer in zip(pending, facts, decide_all(circular, facts), strict=True)
        if answer.verdict != ELIGIBLE or entitlement(circular, known).fen != one.amount_fen
    }
