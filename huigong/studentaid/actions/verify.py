"""Verify: an officer says that the facts of an application, as they stand now, are true. Changed facts ask for it again."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from huigong.lifecycle import actions as lifecycle
from huigong.organisations.hands import refuse_other_role
from huigong.organisations.models import Appointment, Officer
from huigong.studentaid.actions.decide import Gathered
from huigong.studentaid.lifecycle import NEXT, VERIFIED
from huigong.studentaid.queries import in_scope


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
