"""How often one officer may search: as often as somebody at work does, and not as often as a programme that tries numbers.

Counted in this process's memory, for nothing needs to be kept of it; where several processes serve, each counts its own.
"""

from datetime import datetime

from django.core.cache import cache

from huigong.organisations.models import Officer

A_MINUTE, A_DAY = 60, 2_000


def too_often(officer: Officer, *, at: datetime) -> bool:
    """Count one more search; whether it is one too many."""
    return any(
        _counted(f"searches-{officer.pk}-{at.strftime(form)}", seconds) > most
        for form, seconds, most in (("%H%M", 60, A_MINUTE), ("%Y%m%d", 86_400, A_DAY))
    )


def _counted(name: str, seconds: int) -> int:
    cache.add(name, 0, seconds)
    return int(cache.incr(name))
