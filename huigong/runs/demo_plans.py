"""Implementation plans of the demo city: one in time, with a provision where the city left room, one late, the rest not filed."""

import io
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from PIL import Image, ImageDraw

from huigong.circulars import plans
from huigong.circulars.models import Campaign
from huigong.documents import actions as documents
from huigong.organisations.models import Officer
from huigong.rules.circular import Circular

_FILED: tuple[tuple[str, str, date, list[plans.Provision]], ...] = (
    (
        "verifier-tengxian",
        "藤工发〔2017〕12号",
        date(2017, 7, 27),
        [("四(一)", "暑期在三个乡镇为农民工留守子女办课业辅导班，费用从本级工会经费支出。")],
    ),
    ("verifier-cenxi", "岑工发〔2017〕8号", date(2017, 8, 4), []),
)


def file_some(campaign: Campaign, circular: Circular, officers: dict[str, Officer]) -> None:
    for key, paper, day, provisions in _FILED:
        officer, at = officers[key], datetime(day.year, day.month, day.day, 9, 30, tzinfo=ZoneInfo(settings.TIME_ZONE))
        by = officer.username
        scan = documents.store(sheet_drawn(paper), name="实施方案.png", media_type="image/png", officer=by, at=at)
        plans.file_plan(
            campaign,
            circular,
            officer.organisation,
            paper=paper,
            filed_on=day,
            provisions=provisions,
            scan=scan,
            officer=by,
            at=at,
        )


def sheet_drawn(paper: str) -> bytes:
    """An invented page: grey lines where the plan has words, and a seal. No two are the same, as no two papers are."""
    page = Image.new("RGB", (420, 594), "white")
    pen = ImageDraw.Draw(page)
    for line in range(10 + len(paper) % 5):
        pen.rectangle((50, 60 + 34 * line, 370 - 20 * (line % 3), 70 + 34 * line), fill="#aaa")
    pen.ellipse((260, 470, 350, 560), outline="#c33", width=4)
    out = io.BytesIO()
    page.save(out, "PNG")
    return out.getvalue()
