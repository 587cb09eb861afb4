"""Prints a way in for somebody whose only role ended yesterday (`python -m`, in the folder of an installation)."""

from datetime import timedelta

import django
from django.utils import timezone


def made() -> str:
    django.setup()
    from huigong.organisations import actions as organisations  # noqa: PLC0415  models exist only after setup
    from huigong.organisations.queries import root  # noqa: PLC0415

    now, city = timezone.now(), root()
    assert city is not None
    one = organisations.add_officer("龙", role="finance", organisation=city, by="system", at=now - timedelta(days=3))
    period, yesterday = one.appointments.get(), timezone.localdate(now) - timedelta(days=1)
    organisations.end(period, last_day=yesterday, by="system", at=now - timedelta(days=2))
    return organisations.one_time_sign_in(one, by="system", at=now)


if __name__ == "__main__":
    print(made())
