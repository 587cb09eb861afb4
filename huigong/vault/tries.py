"""Count how often something is tried, by keyed digests: a code is not found by trying, nor a number by asking one after the other.

Counted in the database, so that all processes that serve count together; nobody's address and no number stands anywhere.
No event: what is counted at a door is no truth about anybody, and goes after a day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import F

from huigong.vault import blind
from huigong.vault.models import Try

MINUTE, HOUR, DAY = 60, 3_600, 86_400
_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries in a span of so many seconds; `name` keeps what is counted at one door apart from every other."""

    name: str
    most: int
    seconds: int = HOUR


@transaction.atomic
def too_many(tried: Mapping[Limit, str], *, at: datetime) -> bool:
    """Count one more try at each of these; whether one of them is one too many. Right ones count, so that being refused
    tells nothing of a code.
    """
    begun = {limit: int(at.timestamp()) // limit.seconds * limit.seconds for limit in tried}
    keys = {limit: blind.digest("try", limit.name, value, begun[limit]) for limit, value in tried.items()}
    rows = [Try(key=keys[limit], number=0, since=datetime.fromtimestamp(begun[limit], UTC)) for limit in tried]
    # In the order of their keys, so that two who count at once wait for each other and never in a ring.
    Try.objects.bulk_create(sorted(rows, key=lambda one: one.key), ignore_conflicts=True)
    for key in sorted(keys.values()):
        Try.objects.filter(key=key).update(number=F("number") + 1)
    numbers = dict(Try.objects.filter(key__in=keys.values()).values_list("key", "number"))
    if 1 in numbers.values():  # a span began: those that are over for a day go
        Try.objects.filter(since__lt=at - _KEPT).delete()
    return any(numbers[keys[limit]] > limit.most for limit in tried)
