"""Makes an installation for a journey: the example's city on the first day of its campaign, and ways in for its officers.

Run as a program (`python -m tests.journeys.town FILE`) after `huigong setup`: a journey has a server
and a database of its own, as an office has. Django's test server cannot be used: it empties the tables after each test,
and the guards of the database refuse that.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import django
from django.utils import timezone

WAYS_IN = 12


def make(told: Path) -> None:
    django.setup()
    from huigong.organisations import actions as organisations  # noqa: PLC0415  models exist only after setup
    from huigong.registry import actions as registry  # noqa: PLC0415
    from huigong.registry import code_lists  # noqa: PLC0415
    from huigong.web.tests.campaign_at_work import empty_campaign  # noqa: PLC0415

    work = empty_campaign(datetime(2017, 8, 7, 1, 30, tzinfo=UTC))
    registry.keep_codes(code_lists.shipped(), source="shipped", officer="system", at=work.at)
    deng = organisations.add_officer("邓", role="verifier", organisation=work.city, by="system", at=work.at)
    tokens = {
        name: [organisations.one_time_sign_in(officer, by="system", at=timezone.now()) for _ in range(WAYS_IN)]
        for name, officer in (("huang", work.huang), ("lu", work.lu), ("qin", work.qin), ("deng", deng))
    }
    told.write_text(json.dumps({"campaign": work.campaign.code, "tokens": tokens}), encoding="utf-8")


if __name__ == "__main__":
    make(Path(sys.argv[1]))
