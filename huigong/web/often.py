"""How often somebody may try a code, say something or search: as often as people do, and not as often as a programme.

One place for the limits of every door; `vault.tries` counts. A code has 24⁸ values: at these rates, trying half of them
takes longer than any notice hangs, by many orders.
"""

from datetime import datetime

from django.http import HttpRequest

from huigong.organisations.models import Officer
from huigong.vault import tries
from huigong.vault.tries import DAY, MINUTE, Limit

OF_A_CASE, OF_AN_ADDRESS, OF_A_RECEIPT, MESSAGES = 10, 60, 8, 20
"""An hour: tries at one case, from one address (behind which a whole village may sit), at the receipt of one file (which a
family mistypes a few times), and what may be said from one address."""
A_MINUTE, A_DAY = 60, 2_000
"""Searches of one officer."""


def too_many_tries(request: HttpRequest, what: str, *, at: datetime) -> bool:
    """Count one more try at the code of a case or notice; whether it is one too many."""
    tried = {Limit("case", OF_A_CASE): what, Limit("address", OF_AN_ADDRESS): _address(request)}
    return tries.too_many(tried, at=at)


def too_many_receipts(request: HttpRequest, number: str, *, at: datetime) -> bool:
    """Count one more try at the receipt of a household file; whether it is one too many."""
    tried = {Limit("receipt", OF_A_RECEIPT): number, Limit("receipt address", OF_AN_ADDRESS): _address(request)}
    return tries.too_many(tried, at=at)


def too_many_messages(request: HttpRequest, *, at: datetime) -> bool:
    """Count one more objection or appeal from this address; whether it is one too many."""
    return tries.too_many({Limit("message", MESSAGES): _address(request)}, at=at)


def too_many_searches(officer: Officer, *, at: datetime) -> bool:
    """Count one more search; whether it is one too many."""
    spans = Limit("searches a minute", A_MINUTE, MINUTE), Limit("searches a day", A_DAY, DAY)
    return tries.too_many(dict.fromkeys(spans, str(officer.pk)), at=at)


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
