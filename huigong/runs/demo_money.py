"""Money in the demo city: what the region's appropriation brought, before anybody is paid out of it.

Invented like the rest of the city, and led by the same verbs as real ones.
"""

from datetime import date, datetime

from huigong.circulars.models import Campaign
from huigong.circulars.queries import circular_of
from huigong.giving import actions as giving
from huigong.giving.actions import Came
from huigong.organisations.models import Officer
from huigong.values.money import Fen

_PAPER, _CAME_ON = "桂工办〔2017〕86号（示例）", date(2017, 8, 25)


def came(campaign: Campaign, officers: dict[str, Officer], *, at: datetime) -> None:
    """The region's money, booked by finance on the day of the collective decision."""
    quota = circular_of(campaign).quota
    assert quota is not None, "a place is of one source of money"
    told = Came(quota.fund_source, Fen(7_200_000), _PAPER, _CAME_ON)
    giving.appropriate(campaign, told, officer=officers["finance"], at=at)
