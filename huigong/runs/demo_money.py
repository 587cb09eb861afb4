"""Money in the demo city: what the region's appropriation brought, and a collective decision signed box by box.

Invented like the rest of the city, and led by the same verbs as real ones.
"""

from datetime import date, datetime

from django.utils import timezone

from huigong.approvals.actions import Given, Minutes
from huigong.circulars.models import Campaign
from huigong.circulars.queries import circular_of
from huigong.documents import actions as documents
from huigong.giving import actions as giving
from huigong.giving.actions import Came
from huigong.organisations.models import Officer
from huigong.publicnotices import actions as publicnotices
from huigong.publicnotices.actions import Statement
from huigong.runs.demo_plans import sheet_drawn
from huigong.studentaid import actions as studentaid
from huigong.studentaid.boards import boards_in_the_way
from huigong.values.money import Fen

_SIGNERS = ("aid_centre", "finance", "approver")
_PAPER, _CAME_ON = "桂工办〔2017〕86号（示例）", date(2017, 8, 25)


def came(campaign: Campaign, officers: dict[str, Officer], *, at: datetime) -> None:
    """The region's money, booked by finance, and seen by the approver, on the day of the collective decision."""
    quota = circular_of(campaign).quota
    assert quota is not None, "a place is of one source of money"
    told = Came(quota.fund_source, Fen(7_200_000), _PAPER, _CAME_ON)
    entry = giving.appropriate(campaign, told, officer=officers["finance"], at=at)
    giving.see(entry, officer=officers["approver"], at=at)


def approved(campaign: Campaign, officers: dict[str, Officer], minutes: str, *, at: datetime) -> None:
    """What is ready goes on an approval form with the minutes and their scan; its three boxes agree one after the other."""
    boards_reported(campaign, officers, at=at)
    circular, handler = circular_of(campaign), officers["aid_centre"]
    scan = documents.store(
        sheet_drawn(minutes), name="会议纪要.png", media_type="image/png", officer=handler.username, at=at
    )
    told = Minutes(minutes, at.date(), "覃、陈、甘、黄", scan)
    form = studentaid.prepare_approval(campaign, circular, told, officer=handler, on=at.date(), at=at)
    for key in _SIGNERS:
        studentaid.sign_approval(
            form, circular, Given(agrees=True, words="同意"), officer=officers[key], on=at.date(), at=at
        )


def boards_reported(campaign: Campaign, officers: dict[str, Officer], *, at: datetime) -> None:
    """What hung on the boards of units whose cases wait came back stamped, with a photograph; two clerks carried it in."""
    clerk, other = officers["aid_centre"], officers["verifier"]
    for board in boards_in_the_way(campaign, on=timezone.localdate(at)):
        notice, unit = board.posting.notice, board.posting.unit.name
        statement, photograph = (
            documents.store(
                sheet_drawn(f"{name}{unit}"), name=f"{name}.png", media_type="image/png", officer=clerk.username, at=at
            )
            for name in ("公示情况说明", "现场照片")
        )
        told = Statement(notice.first_day, notice.last_day, 0, statement, photograph)
        entered = publicnotices.enter_statement(board.posting, told, clerk=clerk, at=at)
        publicnotices.confirm_statement(entered, clerk=other, at=at)
