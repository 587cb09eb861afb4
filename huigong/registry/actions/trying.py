"""Count how often the public page of receipts is tried: a code of eight letters is not found by trying, nor a file number."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import F

from huigong.registry.models import ReceiptTry
from huigong.vault import blind

MOST: Mapping[str, int] = {"address": 60, "number": 8}
"""An hour: a whole office stands behind one address, a family mistypes its code a few times."""
_KEPT = timedelta(days=1)


def tried_too_often(*, address: str, number: str, at: datetime) -> bool:
    """One more try; whether it is one too many. Right ones count too, so that being refused tells nothing of a code.

    No event and no transaction of its own: what is counted at a door is no truth about anybody, and goes after a day.
    """
    ReceiptTry.objects.filter(since__lt=at - _KEPT).delete()
    hour = at.replace(minute=0, second=0, microsecond=0)
    counts = []
    for kind, value in (("address", address), ("number", number)):
        key = blind.digest("receipt try", kind, value, hour.isoformat())
        ReceiptTry.objects.get_or_create(key=key, defaults={"number": 0, "since": hour})
        ReceiptTry.objects.filter(key=key).update(number=F("number") + 1)
        counts.append(ReceiptTry.objects.get(key=key).number > MOST[kind])
    return any(counts)
