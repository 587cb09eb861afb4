"""How often one visitor may try a code: as often as a family that mistypes, and not as often as a programme that tries them all.

Counted in this process's memory under keyed digests, so that no address and no case stands anywhere; where several
processes serve, each counts its own. A code has 24⁸ values: at the rates below, trying half of them takes longer than
any notice hangs, by many orders.
"""

from datetime import datetime

from django.core.cache import cache
from django.http import HttpRequest

from huigong.vault import blind

OF_A_CASE, OF_AN_ADDRESS, MESSAGES = 10, 60, 20
"""Tries an hour for one case, and for one address (behind which a whole village may sit); what may be said an hour."""


def too_many_tries(request: HttpRequest, what: str, *, at: datetime) -> bool:
    """Count one more try at `what`; whether it is one too many."""
    hour = at.strftime("%Y%m%d%H")
    of_case = _counted("case", what, hour)
    of_address = _counted("address", str(request.META.get("REMOTE_ADDR", "")), hour)
    return of_case > OF_A_CASE or of_address > OF_AN_ADDRESS


def too_many_messages(request: HttpRequest, *, at: datetime) -> bool:
    """Count one more objection or appeal from this address; whether it is one too many."""
    return _counted("message", str(request.META.get("REMOTE_ADDR", "")), at.strftime("%Y%m%d%H")) > MESSAGES


def _counted(*what: str) -> int:
    name = f"tries-{blind.digest(*what)}"
    cache.add(name, 0, 3600)
    return int(cache.incr(name))
