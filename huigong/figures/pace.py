"""及时足额: days from the money's coming and from approval to the card, by federation; what was approved is paid, or why not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.utils import timezone

from huigong.circulars.models import Campaign
from huigong.giving import queries as giving
from huigong.payments import queries as payments
from huigong.payments.lifecycle import PAID, WORDS
from huigong.payments.models import Payment
from huigong.studentaid.awards import awards_on_the_books
from huigong.studentaid.models import Award


@dataclass(frozen=True, slots=True)
class Pace:
    """One federation: awards and how many reached the card; days as medians, None where none is paid or the day unknown."""

    federation: str
    approved: int
    paid: int
    approved_fen: int
    paid_fen: int
    from_money: int | None
    from_approval: int | None
    unpaid: Sequence[tuple[str, str]]
    """Case and reason of each that is approved and not on the card yet."""


def paces(campaign: Campaign) -> list[Pace]:
    awards = list(
        awards_on_the_books()
        .filter(application__campaign=campaign)
        .select_related("application__federation")
        .order_by("application__federation__code", "application__reference")
    )
    references = [one.application.reference for one in awards]
    last, held, came = payments.latest(references), payments.holds(references), _came()
    by_federation: dict[str, list[Award]] = {}
    for one in awards:
        by_federation.setdefault(one.application.federation.name, []).append(one)
    found = []
    for name, own in by_federation.items():
        gone = {one.pk: last[one.application.reference].status_since for one in own if _is_paid(one, last)}
        days = [(gone[one.pk] - one.at).days for one in own if one.pk in gone]
        waited = [
            (timezone.localdate(gone[one.pk]) - came[one.fund_source]).days
            for one in own
            if one.pk in gone and one.fund_source in came
        ]
        found.append(
            Pace(
                name,
                len(own),
                len(gone),
                sum(one.fen for one in own),
                sum(one.fen for one in own if one.pk in gone),
                int(median(waited)) if waited else None,
                int(median(days)) if days else None,
                [_why(one, last, held) for one in own if one.pk not in gone],
            )
        )
    return found


def _is_paid(one: Award, last: Mapping[str, Payment]) -> bool:
    payment = last.get(one.application.reference)
    return payment is not None and payment.status == PAID


def _why(one: Award, last: Mapping[str, Payment], held: Mapping[str, str]) -> tuple[str, str]:
    """The hold that stands, else what the bank said, else that it waits to be released."""
    reference = one.application.reference
    payment = last.get(reference)
    said = (payment.get_reason_display() or WORDS[payment.status][0]) if payment is not None else "待发放"
    return reference, held.get(reference) or str(said)


def _came() -> dict[str, date]:
    """The day on which the first money of each source came."""
    found: dict[str, date] = {}
    for rows in (giving.standing_appropriations(), giving.standing_donations()):
        for source, day in rows.values_list("fund_source__code", "received_on"):
            found[source] = min(found.get(source, day), day)
    return found
