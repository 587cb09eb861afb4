"""What its day brings about by itself: secrets and lists of exchanges with other offices go on their day of deletion.

`huigong serve` looks when it begins and every hour; `huigong partners end` looks once, for whoever serves in another way.
"""

import threading
import time
import traceback
from datetime import datetime

from django.db import DatabaseError, connections
from django.utils import timezone

from huigong.partners import actions
from huigong.values.sentence import SaidError

SYSTEM = "system"
_EVERY = 3600
"""Seconds between two looks: what is due by a day goes in its first hour."""


def once(at: datetime) -> int:
    """Destroy what is due; returns how many exchanges ended."""
    return actions.end_due(on=timezone.localdate(at), officer=SYSTEM, at=at)


def begin() -> None:
    """Look now, and again every hour beside whatever this process does. The first look is over before a server divides."""
    _look()
    threading.Thread(target=_hour_by_hour, daemon=True, name="daily").start()


def _hour_by_hour() -> None:
    while True:
        time.sleep(_EVERY)
        _look()


def _look() -> None:
    """A look that fails is told and does not end the others: database or keys may be away, or somebody ended one just now."""
    try:
        once(timezone.now())
    except (SaidError, DatabaseError, OSError):
        traceback.print_exc()
    finally:
        connections.close_all()
