"""Approve: the collective decision that money may be spent. It commits the amount in the ledger and makes the award."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from huigong.circulars.models import Campaign
from huigong.ledger import actions as ledger
from huigong.lifecycle import actions as lifecycle
from huigong.organisations.models import Officer
from huigong.payments import actions as payments
from huigong.payments.models import Hold
from huigong.payments.queries import held
from huigong.publicnotices.queries import past_window
from huigong.registry import queries as registry
from huigong.rules.circular import Circular
from huigong.studentaid.cases import need_of
from huigong.studentaid.lifecycle import APPROVED, NEXT, ON_NOTICE
from huigong.studentaid.models import Application, Award
from huigong.values.money import Fen
from huigong.values.sentence import SaidError, Sentence

_AT_A_TIME = 400


@dataclass(frozen=True, slots=True)
class CollectiveDecision:
    """集体研究: the minutes by number and day, as they are written on the approval form."""

    minutes: str


class SameHandsError(SaidError):
    """Two steps that need two people were to be done by one."""


@transaction.atomic
def approve(
    campaign: Campaign,
    circular: Circular,
    decision: CollectiveDecision,
    *,
    officer: Officer,
    on: date,
    at: datetime,
) -> int:
    """Approve everybody whose notice is over and against whom nothing stands; returns how many.

    Raises SameHandsError where the approver verified one of them.
    """
    assert circular.quota is not None, "a place is of one source of money"
    place_holds(campaign, officer=officer.username, at=at)
    past = past_window(campaign, on=on)
    ready = [one for one in _on_notice(campaign) if one.reference in past]
    stopped = held(one.reference for one in ready)
    ready = [one for one in ready if one.reference not in stopped]
    refuse_same_hands(officer, (one.verified_by for one in ready), what="审核", what_en="verified")
    source = circular.quota.fund_source
    _commit(ready, campaign, source, circular.quota.fund_source_name, officer=officer.username, at=at)
    Award.objects.bulk_create(
        [_award(one, source, decision, officer=officer.username, at=at) for one in ready], batch_size=_AT_A_TIME
    )
    lifecycle.advance_all(
        [
            lifecycle.Move(one, APPROVED, one.reference, "application.approved", {"fen": one.amount_fen or 0})
            for one in ready
        ],
        next_table=NEXT,
        officer=officer.username,
        at=at,
    )
    return len(ready)


def refuse_same_hands(officer: Officer, earlier: Iterable[str], *, what: str, what_en: str) -> None:
    """Raises SameHandsError where an officer did the earlier step of any of these."""
    if officer.username in set(earlier):
        raise SameHandsError(
            Sentence(
                "same_hands",
                f"{officer.name}已经{what}过其中的申请，这一步要换一个人（二(四)）。",
                f"{officer.name} {what_en} some of these already: this step needs somebody else.",
            )
        )


def place_holds(campaign: Campaign, *, officer: str, at: datetime) -> None:
    """What the files say against paying: an identity number that fails its check, aid for the same need elsewhere."""
    pending = _on_notice(campaign)
    aided = registry.aided((one.student_index for one in pending), need=need_of(campaign))
    for one in pending:
        if aided.get(one.student_index, set()) - {one.reference}:
            payments.hold(one.reference, reason=Hold.Reason.SAME_NEED, officer=officer, at=at)
        bearers = [bearer for bearer in (one.household, one.member) if bearer is not None]
        if not all(bearer.id_number_valid for bearer in bearers):
            payments.hold(one.reference, reason=Hold.Reason.IDENTITY, officer=officer, at=at)


def transfer_reference(one: Application) -> str:
    """Case : item : attempt : kind, so that doing it twice does it once."""
    return f"{one.reference}:aid:1:pending"


def _on_notice(campaign: Campaign) -> list[Application]:
    return list(
        Application.objects.select_for_update(of=("self",))
        .filter(campaign=campaign, status=ON_NOTICE)
        .select_related("federation", "household", "member")
        .order_by("reference")
    )


def _commit(
    ready: Sequence[Application], campaign: Campaign, source: str, source_name: str, *, officer: str, at: datetime
) -> None:
    """A pending transfer each, from the fund to what the federation's families are promised."""
    fund = f"fund:{source}"
    if ready:
        ledger.open_account(
            fund, source_name, federation=campaign.federation, may_be_overdrawn="yes", officer=officer, at=at
        )
    for federation in {one.federation_id: one.federation for one in ready}.values():
        name = f"{federation.name}困难职工家庭助学"
        ledger.open_account(f"aid:{source}:{federation.code}", name, federation=federation, officer=officer, at=at)
    ledger.post_all(
        [
            ledger.Entry(
                reference=transfer_reference(one),
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


def _award(one: Application, source: str, decision: CollectiveDecision, *, officer: str, at: datetime) -> Award:
    assert one.household is not None, "nobody is eligible without a file (五(二))"
    return Award(
        application=one,
        fen=one.amount_fen or 0,
        fund_source=source,
        minutes=decision.minutes,
        approved_by=officer,
        payee_name=one.household.worker_name,
        card_index=one.household.card_index,
        transfer_reference=transfer_reference(one),
        decision_digest=one.facts_digest,
        at=at,
    )
