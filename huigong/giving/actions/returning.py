"""Take a donation back that was booked wrongly (冲回): once, in full, while its money is there; its receipt is void from then on."""

from datetime import datetime

from django.db import transaction

from huigong.audit import actions as audit
from huigong.circulars.models import Campaign
from huigong.giving.actions.seeing import is_booked
from huigong.giving.actions.taking import next_number
from huigong.giving.actions.wrong import refuse_taking_back
from huigong.giving.columns import DONATION
from huigong.giving.models import Donation
from huigong.ledger import actions as ledger
from huigong.ledger import queries as of_ledger
from huigong.organisations.hands import refuse_other_role
from huigong.organisations.models import Appointment, Officer
from huigong.payments import actions as payments
from huigong.values import money
from huigong.values.money import Fen
from huigong.values.sentence import SaidError, Sentence
from huigong.values.text import whole


@transaction.atomic
def take_gift_back(first: Donation, *, reason: str, officer: Officer, at: datetime) -> Donation:
    """Another row with a number of its own takes the whole sum back; both stay. Raises SaidError where it is spent or promised."""
    refuse_other_role(officer, Appointment.Role.FINANCE, at=at)
    campaign = Campaign.objects.select_for_update().get(pk=first.campaign_id)
    first = Donation.objects.select_related("fund_source").get(pk=first.pk)
    refuse_taking_back(first, reason)
    if booked := is_booked(first):
        _refuse_spent(first)
    made = Donation(
        number=next_number(campaign),
        campaign=campaign,
        fund_source=first.fund_source,
        donor=first.donor,
        wish=first.wish,
        fen=first.fen,
        received_on=first.received_on,
        takes_back=first,
        reason=whole(reason, 200, "原因", "the reason"),
        recorded_by=officer.username,
        at=at,
    )
    made.save(force_insert=True)
    code = first.fund_source.code
    if booked:
        payments.take_back(code, Fen(first.fen), document=first.number, officer=officer.username, at=at)
    told = {"fen": made.fen, "fund": code, "of": first.number, "columns": DONATION.told(made)}
    audit.record("donation.taken_back", subject=made.number, officer=officer.username, at=at, payload=told)
    return made


def _refuse_spent(first: Donation) -> None:
    """Asked under the lock on the account, whether or not it may be overdrawn: nobody is paid out of a gift that never came."""
    code = f"fund:{first.fund_source.code}"
    ledger.keep_back({f"origin:{first.fund_source.code}", code})
    left = of_ledger.balance_of(of_ledger.accounts().get(code=code)).available
    if left < first.fen:
        there = money.for_people(max(left, 0))
        raise SaidError(
            Sentence(
                "gift_spent",
                f"{first.number} 没有冲回：{first.fund_source.name}还能动用 {there} 元，不够这一笔 {money.for_people(first.fen)} 元，"
                "其余的已经批准或付出。请先补记对的一笔，或撤销用这笔钱的批准。",
                f"{first.number} was not taken back: {there} yuan of {first.fund_source.name} are left, less than its "
                f"{money.for_people(first.fen)}; the rest is promised or paid. Book the right gift first, or revoke what it pays.",
            )
        )
