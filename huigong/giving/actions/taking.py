"""Take a donation in: written down with its wish, its receipt numbered; a wish may not shut people out.

The fund of donations has it once another officer saw it (`seeing`).
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.circulars.models import Campaign
from huigong.giving.actions.wrong import refuse_beyond_belief
from huigong.giving.columns import DONATION
from huigong.giving.models import Donation
from huigong.organisations.hands import refuse_other_role
from huigong.organisations.models import Appointment, Officer
from huigong.quotas import actions as quotas
from huigong.quotas.models import FundSource
from huigong.values.money import Fen
from huigong.values.sentence import SaidError, Sentence
from huigong.values.text import whole

# By sex, ethnicity, illness or faith nobody is shut out of aid; a wish may name a school, a stage, a county.
_SHUTS_OUT = (
    "男生",
    "女生",
    "男孩",
    "女孩",
    "限男",
    "限女",
    "汉族",
    "壮族",
    "瑶族",
    "少数民族",
    "限民族",
    "残疾",
    "患病",
    "有疾病",
    "信仰",
    "宗教",
)


@dataclass(frozen=True, slots=True)
class Gift:
    """What was given: by whom, how much, with which wish, and when it came."""

    donor: str
    fen: Fen
    wish: str
    received_on: date


@transaction.atomic
def take_in(campaign: Campaign, gift: Gift, *, officer: Officer, at: datetime) -> Donation:
    """Raises SaidError where nothing is given, by nobody, ahead of today, beyond belief, or with a wish that shuts people out."""
    refuse_other_role(officer, Appointment.Role.FINANCE, at=at)
    _refuse(gift, first=first_day_of(campaign), today=timezone.localdate(at))
    Campaign.objects.select_for_update().get(pk=campaign.pk)  # receipts are numbered one after the other
    by = officer.username
    source = quotas.keep_source(
        f"donation-{campaign.year}", name="社会捐助", kind=FundSource.Kind.DONATION, officer=by, at=at
    )
    made = Donation(
        number=next_number(campaign),
        campaign=campaign,
        fund_source=source,
        donor=gift.donor.strip(),
        wish=gift.wish.strip(),
        fen=gift.fen,
        received_on=gift.received_on,
        recorded_by=by,
        at=at,
    )
    made.save(force_insert=True)
    told = {"fen": made.fen, "fund": source.code, "columns": DONATION.told(made)}
    audit.record("donation.taken", subject=made.number, officer=by, at=at, payload=told)
    return made


def next_number(campaign: Campaign) -> str:
    """The number of the next receipt, of a gift or of what takes one back. The caller has locked the campaign."""
    return f"{campaign.code}-D{campaign.donations.count() + 1:03d}"


def first_day_of(campaign: Campaign) -> date:
    """Money that came for a campaign came in its year or in the one before; an older day is a slip of the pen."""
    return date(campaign.year - 1, 1, 1)


def _refuse(gift: Gift, *, first: date, today: date) -> None:
    if not gift.donor.strip() or gift.fen <= 0 or not first <= gift.received_on <= today:
        raise SaidError(
            Sentence(
                "donation_incomplete",
                f"捐助人、金额和收到日期都要有，日期不早于 {first}，不在今天以后。",
                f"A donation needs its donor, an amount and a day, not before {first} and not ahead.",
            )
        )
    refuse_beyond_belief(gift.fen)
    whole(gift.donor, 100, "捐助人", "the donor")
    whole(gift.wish, 200, "意愿", "the wish")
    if shut := next((word for word in _SHUTS_OUT if word in gift.wish), ""):
        raise SaidError(
            Sentence(
                "wish_shuts_out",
                f"意愿里写了“{shut}”：不能按性别、民族、疾病或信仰把人排除在外，请和捐助人商量，改成学校、阶段或地方。",
                "A wish may not shut people out by sex, ethnicity, illness or faith: agree on a school, a stage or a place.",
            )
        )
