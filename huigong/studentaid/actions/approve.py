"""Approve: the collective decision that money may be spent. It commits the amount in the ledger and makes the award."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from huigong.circulars.models import Campaign
from huigong.ledger import actions as ledger
from huigong.ledger.queries import references as ledger_references
from huigong.lifecycle import actions as lifecycle
from huigong.organisations.hands import refuse_other_role, refuse_same_hands
from huigong.organisations.models import Appointment, Officer
from huigong.payments.queries import held
from huigong.publicnotices.queries import past_window
from huigong.rules.circular import Circular
from huigong.studentaid.actions.fund_gate import hold_refused_by_fund
from huigong.studentaid.actions.purse import refuse_beyond_what_came
from huigong.studentaid.actions.stopping import stop_what_changed
from huigong.studentaid.lifecycle import APPROVED, NEXT, ON_NOTICE
from huigong.studentaid.models import Application, Award
from huigong.studentaid.queries import in_scope
from huigong.values.money import Fen
from huigong.vault import blind

_AT_A_TIME = 400


@dataclass(frozen=True, slots=True)
class CollectiveDecision:
    """集体研究: the minutes by number and day, as they are written on the approval form."""

    minutes: str


@transaction.atomic
def approve(
    campaign: Campaign,
    circular: Circular,
    decision: CollectiveDecision,
    *,
    officer: Officer,
    on: date,
    at: datetime,
    only: Collection[str] | None = None,
    fund_source: str = "",
) -> int:
    """Approve everybody in the officer's scope whose notice is over and against whom nothing stands; returns how many.

    `only`: the cases that an approval form names, and no other. `fund_source`: another than the quota's, which then may
    not be overdrawn. Whom the rules of the source refuse is held.

    Raises OtherRoleError for who is no approver, SameHandsError where the approver verified one of them.
    """
    assert circular.quota is not None, "a place is of one source of money"
    refuse_other_role(officer, Appointment.Role.APPROVER, at=at)
    source, by = fund_source or circular.quota.fund_source, officer.username
    asked = _past_notice(campaign, officer, only=only, on=on)
    decisions = stop_what_changed(asked, campaign, circular, officer=by, at=at)
    hold_refused_by_fund(source, asked, officer=by, on=on, at=at)
    ready = _not_held(asked)
    refuse_same_hands(officer, (one.verified_by for one in ready), what="审核", what_en="verified")
    own = circular.quota.fund_source_name if source == circular.quota.fund_source else ""
    transfers = _commit(ready, campaign, source, own, officer=by, at=at)
    awards = [_award(one, transfers[one.pk], decisions[one.pk], source, decision, officer=by, at=at) for one in ready]
    Award.objects.bulk_create(awards, batch_size=_AT_A_TIME)
    _advance(awards, officer=by, at=at)
    return len(awards)


def award_told(award: Award) -> dict[str, str | int]:
    """What the event of an award tells: enough that an altered row shows."""
    return {
        "fen": award.fen,
        "transfer": award.transfer_reference,
        "fund": award.fund_source,
        "decision": award.decision_digest,
        "payee": _payee_digest(award),
    }


def _payee_digest(award: Award) -> str:
    """Who is to be paid on which card, and by which minutes, as history may hold it."""
    return blind.digest("award", award.transfer_reference, award.payee_name, award.card_index, award.minutes)


def _transfers(ready: Sequence[Application]) -> dict[UUID, str]:
    """Case : item : attempt : kind, so that doing it twice does it once; a case whose award was revoked goes on counting."""
    attempts = {one.pk: 1 for one in ready}
    for award in Award.objects.filter(application__in=attempts).select_related("application"):
        used = ledger_references(prefix=f"{award.application.reference}:aid:")
        attempts[award.application_id] = 1 + max(map(attempt_of, used))
    return {one.pk: f"{one.reference}:aid:{attempts[one.pk]}:pending" for one in ready}


def attempt_of(transfer_reference: str) -> int:
    return int(transfer_reference.split(":")[2])


def _past_notice(campaign: Campaign, officer: Officer, *, only: Collection[str] | None, on: date) -> list[Application]:
    """Those of the officer's scope whose notice is over, locked."""
    on_notice = (
        Application.objects.select_for_update(of=("self",))
        .filter(campaign=campaign, status=ON_NOTICE)
        .select_related("federation", "household", "member")
        .order_by("reference")
    )
    past = past_window(campaign, on=on)
    wanted = past if only is None else past & set(only)
    return [one for one in in_scope(officer, list(on_notice)) if one.reference in wanted]


def _not_held(asked: Sequence[Application]) -> list[Application]:
    stopped = held(one.reference for one in asked)
    return [one for one in asked if one.reference not in stopped]


def _commit(
    ready: Sequence[Application],
    campaign: Campaign,
    source: str,
    source_name: str,
    *,
    officer: str,
    at: datetime,
) -> dict[UUID, str]:
    """A pending transfer each, from the fund to what the federation's families are promised; returns their references.

    Only the quota's own fund is opened by an approval (its money may be booked later); without `source_name` it is another.
    """
    fund, transfers = f"fund:{source}", _transfers(ready)
    if ready and source_name:
        ledger.open_account(
            fund, source_name, federation=campaign.federation, may_be_overdrawn="yes", officer=officer, at=at
        )
    for federation in {one.federation_id: one.federation for one in ready}.values():
        name = f"{federation.name}困难职工家庭助学"
        ledger.open_account(f"aid:{source}:{federation.code}", name, federation=federation, officer=officer, at=at)
    ledger.post_all(
        [
            ledger.Entry(
                reference=transfers[one.pk],
                debit=fund,
                credit=f"aid:{source}:{one.federation.code}",
                fen=Fen(one.amount_fen or 0),
                code="student-aid",
                kind="pending",
            )
            for one in ready
        ],
        officer=officer,
        at=at,
    )
    if ready:
        refuse_beyond_what_came(source, sum(one.amount_fen or 0 for one in ready))
    return transfers


def _advance(awards: Sequence[Award], *, officer: str, at: datetime) -> None:
    told = ((award, award.application.reference) for award in awards)
    moves = [
        lifecycle.Move(award.application, APPROVED, reference, "application.approved", award_told(award))
        for award, reference in told
    ]
    lifecycle.advance_all(moves, next_table=NEXT, officer=officer, at=at)


def _award(
    one: Application,
    transfer: str,
    rests_on: str,
    source: str,
    decision: CollectiveDecision,
    *,
    officer: str,
    at: datetime,
) -> Award:
    assert one.household is not None, "nobody is eligible without a file (五(二))"
    return Award(
        application=one,
        fen=one.amount_fen or 0,
        fund_source=source,
        minutes=decision.minutes,
        approved_by=officer,
        payee_name=one.household.worker_name,
        card_index=one.household.card_index,
        transfer_reference=transfer,
        decision_digest=rests_on,
        at=at,
    )
