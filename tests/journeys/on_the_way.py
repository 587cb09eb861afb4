"""Carries the town's campaign to the day before its notice: forms read, cases decided, places shared (`python -m`, in its folder)."""

import django
from django.utils import timezone


def carry() -> None:
    django.setup()
    from huigong.circulars.models import Campaign  # noqa: PLC0415  models exist only after setup
    from huigong.circulars.queries import circular_of  # noqa: PLC0415
    from huigong.organisations.models import Officer  # noqa: PLC0415
    from huigong.web.tests.campaign_at_work import AtWork  # noqa: PLC0415

    campaign = Campaign.objects.get()
    lu, huang, qin, chen = (Officer.objects.get(name=name) for name in "陆黄覃陈")
    people = {"lu": lu, "huang": huang, "qin": qin, "chen": chen}
    work = AtWork(campaign, circular_of(campaign), campaign.federation, **people, at=timezone.now())
    work.open()
    work.share()


if __name__ == "__main__":
    carry()
