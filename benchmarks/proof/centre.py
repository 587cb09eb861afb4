"""The aid centre that the whole way is proven in: six families on their notice, money for five, and all the hands it needs."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from benchmarks.proof.calls import published
from benchmarks.proof.office import FEN
from huigong.giving import actions as giving
from huigong.giving.actions import Came
from huigong.organisations import actions as organisations
from huigong.organisations.models import Officer
from huigong.payments import actions as payments
from huigong.payments import profiles
from huigong.studentaid.tests.office import Office, opened
from huigong.values.money import Fen

FAMILIES = range(1, 7)
RECEIVED = 5 * FEN + 1  # five of six cases, and one fen that pays nobody


@dataclass(frozen=True)
class Centre:
    """An office, and who has decided on none of its cases: a verifier and an approver."""

    office: Office
    wei: Officer
    luo: Officer


def build(folder: Path, at: datetime) -> Centre:
    """Committed once."""
    city = organisations.found_city([("450400", "梧州市总工会本级"), ("450422", "藤县总工会")], officer="system", at=at)
    office = published(opened(city, at, folder), len(FAMILIES))
    payments.agree(office.campaign, profiles.text_of("txt-pipe"), officer="chen", at=at)
    came = Came("regional-2017", Fen(RECEIVED), "示例〔2017〕1号", at.date())
    sum_ = giving.appropriate(office.campaign, came, officer=office.chen, at=at)
    giving.see(sum_, officer=office.qin, at=at)
    return Centre(office, office.officer("韦", "verifier"), office.officer("罗", "approver"))
