"""核对: another officer has seen that the money is there; only from then on the fund has it, and it may be approved against."""

from datetime import datetime

from django.db import transaction

from huigong.audit import actions as audit
from huigong.circulars.models import Campaign
from huigong.giving.columns import SEEN
from huigong.giving.models import Appropriation, Donation, MoneySeen
from huigong.ledger import queries as ledger
from huigong.organisations.hands import SameHandsError, refuse_other_role
from huigong.organisations.models import Appointment, Officer
from huigong.payments import actions as payments
from huigong.values.money import Fen
from huigong.values.sentence import SaidError, Sentence

WHO = (Appointment.Role.FINANCE, Appointment.Role.APPROVER)


@transaction.atomic
def see(entry: Appropriation | Donation, *, officer: Officer, at: datetime) -> MoneySeen:
    """Raises SameHandsError for who wrote the entry down, SaidError where it was taken back or seen already."""
    refuse_other_role(officer, *WHO, at=at)
    campaign = Campaign.objects.select_for_update().get(pk=entry.campaign_id)
    _refuse(entry, officer)
    kind = "donation" if isinstance(entry, Donation) else "appropriation"
    made = MoneySeen(seen_by=officer.username, at=at, **{kind: entry})
    made.save(force_insert=True)
    source, by = entry.fund_source, officer.username
    payments.provide(campaign, source.code, Fen(entry.fen), name=source.name, document=entry.number, officer=by, at=at)
    told = {"fen": entry.fen, "fund": source.code, "seen": str(made.pk), "columns": SEEN.told(made)}
    audit.record("money.seen", subject=entry.number, officer=by, at=at, payload=told)
    return made


def _refuse(entry: Appropriation | Donation, officer: Officer) -> None:
    if entry.takes_back_id or type(entry)._default_manager.filter(takes_back=entry.pk).exists():
        raise SaidError(
            Sentence("money_taken_back", f"{entry.number} 已经冲回，不用核对。", f"{entry.number} was taken back.")
        )
    if is_seen(entry):
        raise SaidError(
            Sentence("money_seen", f"{entry.number} 已经核对过。", f"{entry.number} was confirmed already.")
        )
    if entry.recorded_by == officer.username:
        raise SameHandsError(
            Sentence(
                "money_seen_by_writer",
                f"{entry.number} 是{officer.name}记的，请另一个人对着银行到账单核对；核对以前这笔钱不能用来批准。",
                f"{officer.name} wrote {entry.number} down: somebody else holds it against the bank's paper; until then "
                "nothing is approved out of it.",
            )
        )


def is_seen(entry: Appropriation | Donation) -> bool:
    """Whether another officer saw it. Asked of the database, under the lock on the campaign."""
    kind = "donation" if isinstance(entry, Donation) else "appropriation"
    return MoneySeen.objects.filter(**{kind: entry.pk}).exists()


def is_booked(entry: Appropriation | Donation) -> bool:
    """Whether the ledger has it: seen, or written down before anybody had to see it."""
    reference = f"fund:{entry.fund_source.code}:received:{entry.number}"
    return reference in ledger.references(prefix=reference)
