"""Put those who have a place on public notice: masked lines, for as long as the circular's rule says."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from huigong.circulars.models import Campaign
from huigong.lifecycle import actions as lifecycle
from huigong.publicnotices import actions as publicnotices
from huigong.publicnotices.actions import Draft, Placed
from huigong.publicnotices.columns import LINE
from huigong.publicnotices.models import PublicNotice
from huigong.publicnotices.queries import lines_of
from huigong.rules.circular import Circular
from huigong.rules.facts import in_words
from huigong.studentaid.lifecycle import NEXT, ON_NOTICE, PLACED
from huigong.studentaid.models import Application
from huigong.values.working_days import WorkingCalendar

KIND = "金秋助学"
_CITY = "市本级"


@transaction.atomic
def publish(
    campaign: Campaign,
    circular: Circular,
    *,
    from_day: date,
    calendar: WorkingCalendar,
    officer: str,
    at: datetime,
) -> PublicNotice | None:
    """One notice over everybody placed since the last one; None where there is nobody."""
    placed = list(_placed(campaign).select_for_update(of=("self",)))
    if not placed:
        return None
    notice = publicnotices.publish(
        campaign,
        [_line(one, campaign) for one in placed],
        rule=circular.notice,
        from_day=from_day,
        calendar=calendar,
        officer=officer,
        at=at,
    )
    lines = {line.case_reference: LINE.told(line) for line in lines_of([notice])}
    lifecycle.advance_all(
        [
            lifecycle.Move(
                one,
                ON_NOTICE,
                one.reference,
                "application.published",
                {"notice": notice.number, "line": lines[one.reference]},
            )
            for one in placed
        ],
        next_table=NEXT,
        officer=officer,
        at=at,
    )
    return notice


def draft_notice(campaign: Campaign, circular: Circular, *, from_day: date, calendar: WorkingCalendar) -> Draft:
    """The notice as it would be published now; nothing is written. Raises SaidError as publishing does."""
    lines = [_line(one, campaign) for one in _placed(campaign)]
    return publicnotices.draft(campaign, lines, rule=circular.notice, from_day=from_day, calendar=calendar)


def _placed(campaign: Campaign) -> QuerySet[Application]:
    """Those who have a place and stand on no notice yet."""
    own = Application.objects.filter(campaign=campaign, status=PLACED)
    return own.select_related("federation").order_by("reference")


def _line(one: Application, campaign: Campaign) -> Placed:
    county = one.federation.name.removesuffix("总工会") if one.federation_id != campaign.federation_id else _CITY
    return Placed(
        case_reference=one.reference,
        student_name=one.student_name,
        stage=in_words("education_level", one.education_level)[0],
        county=county,
        kind=KIND,
        worker_name=one.worker_name,
        unit=one.unit_name,
        fen=one.amount_fen or 0,
        level=one.education_level,
        unit_id=one.unit_id,
        federation_id=one.federation_id,
    )
