"""复核抽样: draw cases for a second look, and give the second opinion without seeing the first."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from huigong.audit import actions as audit
from huigong.casework.columns import DRAW, DRAWN, LOOK
from huigong.casework.models import SecondLook, SecondLookDraw
from huigong.casework.sampling import digest_of, drawn
from huigong.organisations.hands import refuse_other_role, refuse_same_hands
from huigong.organisations.models import Appointment, Officer
from huigong.values.sentence import SaidError, Sentence
from huigong.vault import actions as vault

_ROLES = (Appointment.Role.VERIFIER, Appointment.Role.APPROVER)


class NoSampleError(SaidError):
    """There is nothing to draw from."""


@transaction.atomic
def draw(
    campaign_code: str, references: Iterable[str], *, seed: str, size: int, officer: Officer, at: datetime
) -> SecondLookDraw:
    """Draw `size` of these cases by the seed. Raises NoSampleError, OtherRoleError."""
    refuse_other_role(officer, *_ROLES, Appointment.Role.AUDITOR, at=at)
    pool = sorted(set(references))
    if not pool or size < 1:
        raise NoSampleError(Sentence("no_sample", "没有可抽的申请，没有抽。", "There is nothing to draw from."))
    audit.take_turn()
    number = SecondLookDraw.objects.filter(campaign_code=campaign_code).count() + 1
    made = SecondLookDraw.objects.create(
        campaign_code=campaign_code,
        number=number,
        seed=seed,
        size=min(size, len(pool)),
        out_of=len(pool),
        pool_digest=digest_of(pool),
        drawn_by=officer.username,
        at=at,
    )
    chosen = drawn(pool, seed=seed, size=size)
    keys = vault.new_data_keys(len(chosen))
    looks = SecondLook.objects.bulk_create(
        SecondLook(draw=made, position=position, case_reference=reference, data_key=key)
        for position, (reference, key) in enumerate(zip(chosen, keys, strict=True), 1)
    )
    told = {"number": number, "size": made.size, "out_of": made.out_of, "pool": made.pool_digest}
    entries = [
        audit.Entry("second_look.seeded", campaign_code, officer.username, at, told | {"columns": DRAW.told(made)}),
        *(
            audit.Entry(
                "second_look.drawn", one.case_reference, officer.username, at, _told(one) | {"columns": DRAWN.told(one)}
            )
            for one in looks
        ),
    ]
    audit.record_all(entries)
    return made


@transaction.atomic
def give(
    look_id: UUID,
    *,
    opinion: str,
    first_verdict: str,
    first_hands: Iterable[str],
    note: str,
    officer: Officer,
    at: datetime,
) -> SecondLook:
    """Write the second opinion, once, by other hands than the first. Raises SameHandsError, OtherRoleError."""
    refuse_other_role(officer, *_ROLES, at=at)
    refuse_same_hands(officer, first_hands, what="审核", what_en="verified")
    look = SecondLook.objects.select_for_update().get(pk=look_id)
    if look.opinion:
        return look
    look.opinion, look.first_verdict = SecondLook.Opinion(opinion), first_verdict
    look.looked_by, look.at, look.note = officer.username, at, note
    look.save(update_fields=["opinion", "first_verdict", "looked_by", "at", "note"])
    told = _told(look) | {"agrees": int(opinion == first_verdict), "columns": LOOK.told(look)}
    audit.record("second_look.given", subject=look.case_reference, officer=officer.username, at=at, payload=told)
    return look


def _told(look: SecondLook) -> dict[str, str]:
    return {"look": str(look.pk)}
