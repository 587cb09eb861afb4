"""Verify: an officer says that the facts of an application, as they stand now, are true. Changed facts ask for it again.

Until a place is given, a verification can be taken back.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from huigong.lifecycle import actions as lifecycle
from huigong.organisations.hands import refuse_other_role
from huigong.organisations.models import Appointment, Officer
from huigong.studentaid.actions.decide import Gathered
from huigong.studentaid.lifecycle import ELIGIBLE, HOLDS_A_PLACE, NEXT, TIED, VERIFIED, WAITING
from huigong.studentaid.models import Application
from huigong.studentaid.queries import in_scope
from huigong.values.sentence import SaidError, Sentence

_WITH_A_TURN = frozenset({ELIGIBLE, WAITING, TIED})


class FrozenError(SaidError):
    """A verification is to be taken back of a case that holds a place."""


@transaction.atomic
def verify(gathered: Sequence[Gathered], *, officer: Officer, at: datetime) -> int:
    """Returns how many were verified: those in the officer's scope whose facts nobody had verified as they stand.

    Raises OtherRoleError for who is no verifier.
    """
    refuse_other_role(officer, Appointment.Role.VERIFIER, at=at)
    mine = {application.pk for application in in_scope(officer, (one.application for one in gathered))}
    moves = []
    for one in gathered:
        application = one.application
        if application.pk not in mine:
            continue
        if application.verified_by and application.verified_digest == one.digest:
            continue
        application.verified_by, application.verified_digest = officer.username, one.digest
        moves.append(
            lifecycle.Move(application, VERIFIED, application.reference, "application.verified", {"facts": one.digest})
        )
    lifecycle.advance_all(
        moves, next_table=NEXT, officer=officer.username, at=at, also=("verified_by", "verified_digest")
    )
    return len(moves)


@transaction.atomic
def unverify(applications: Sequence[Application], *, officer: Officer, at: datetime) -> int:
    """Take back that the facts of these were vouched for: they wait for a verification again, without a turn.

    Raises FrozenError, and takes nothing back, where one of them holds a place already; OtherRoleError for who is no
    verifier.
    """
    refuse_other_role(officer, Appointment.Role.VERIFIER, at=at)
    frozen = [one.reference for one in applications if one.status in HOLDS_A_PLACE]
    if frozen:
        raise FrozenError(
            Sentence(
                "list_frozen",
                f"名单已经定了：{'、'.join(frozen[:3])}等 {len(frozen)} 件有了名额，不能再撤销审核。事实有变的，改档案或材料后由系统重算并暂停发放。",
                f"The list is frozen: {len(frozen)} of these hold a place already, so nothing was taken back.",
            )
        )
    moves = []
    for application in in_scope(officer, applications):
        if application.is_verified and application.status in _WITH_A_TURN:
            application.verified_by = application.verified_digest = ""
            application.rank = None
            moves.append(lifecycle.Move(application, ELIGIBLE, application.reference, "application.unverified"))
    also = ("verified_by", "verified_digest", "rank")
    lifecycle.advance_all(moves, next_table=NEXT, officer=officer.username, at=at, also=also)
    return len(moves)
