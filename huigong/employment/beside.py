"""What a return tells beside its figures: services, start-ups and those not settled yet. Counted once, when it is frozen."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from huigong.employment import start_ups
from huigong.employment.models import Graduate, Service, StartUp
from huigong.organisations.models import Organisation


def counted(place: Organisation, *, since: date, until: date, waiting: Mapping[str, int]) -> dict[str, Any]:
    """Person-times by kind between two days, who is in the government's assistance, start-ups; and who waits, by status."""
    done = Service.objects.filter(federation__path__startswith=place.path, on__range=(since, until))
    registered = Graduate.objects.filter(federation__path__startswith=place.path, registered=True)
    started = StartUp.objects.filter(
        graduate__federation__path__startswith=place.path, planned_on__range=(since, until)
    )
    those = start_ups.looked_at(started)
    reached = start_ups.success(those)
    return {
        "services": dict(Counter(done.values_list("kind", flat=True))),
        "at_window": done.filter(at_window=True).count(),
        "registered": registered.exclude(registered_on__gt=until).count(),
        "start_ups": len(those),
        "running": sum(one.counted.opened and not one.counted.ended for one in those),
        "jobs": sum(one.one.jobs for one in those),
        "held": reached.held,
        "of": reached.settled,
        "waiting": dict(waiting),
    }
