"""Carries the town's campaign to a notice that hangs today: forms read, cases decided, places shared (`python -m`, in its folder)."""

from datetime import timedelta

import django
from django.utils import timezone


def carry() -> None:
    django.setup()
    from huigong.circulars.models import Campaign  # noqa: PLC0415  models exist only after setup
    from huigong.circulars.queries import circular_of  # noqa: PLC0415
    from huigong.organisations.models import Officer  # noqa: PLC0415
    from huigong.studentaid import actions as studentaid  # noqa: PLC0415
    from huigong.values.working_days import shipped_calendar  # noqa: PLC0415
    from huigong.web.tests.campaign_at_work import AtWork  # noqa: PLC0415

    campaign = Campaign.objects.get()
    lu, huang, qin, chen = (Officer.objects.get(name=name) for name in "陆黄覃陈")
    people = {"lu": lu, "huang": huang, "qin": qin, "chen": chen}
    work = AtWork(campaign, circular_of(campaign), campaign.federation, **people, at=timezone.now())
    work.open()
    work.share()
    # So many days ago that the window holds today, be today a Sunday or a holiday.
    today, calendar = timezone.localdate(), shipped_calendar()
    ago = (today - timedelta(days=days) for days in range(30))
    first = next(day for day in ago if calendar.window(day, working_days=5)[0] <= today)
    told = {"from_day": first, "calendar": calendar, "officer": huang.username, "at": timezone.now()}
    studentaid.publish(campaign, work.circular, **told)


if __name__ == "__main__":
    carry()
