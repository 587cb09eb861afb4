"""Write down money of a source that came (到款), by the paper it came with; and take a wrong entry back, once and in full.

The fund has it once another officer saw it (`seeing`).
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.circulars.models import Campaign
from huigong.giving.actions.seeing import is_booked
from huigong.giving.actions.taking import first_day_of
from huigong.giving.actions.wrong import refuse_beyond_belief, refuse_taking_back
from huigong.giving.columns import APPROPRIATION
from huigong.giving.models import Appropriation
from huigong.organisations.hands import refuse_other_role
from huigong.organisations.models import Appointment, Officer
from huigong.payments import actions as payments
from huigong.quotas import actions as quotas
from huigong.quotas.models import FundSource
from huigong.values.money import Fen
from huigong.values.sentence import SaidError, Sentence
from huigong.values.text import whole


@dataclass(frozen=True, slots=True)
class Came:
    """What came: of which source (its code, or its kind where the campaign's year has none of that kind), by which paper."""

    source: str
    fen: Fen
    paper: str
    received_on: date


@transaction.atomic
def appropriate(campaign: Campaign, came: Came, *, officer: Officer, at: datetime) -> Appropriation:
    """Raises SaidError where the same paper is written down already, and for a sum beyond belief."""
    refuse_other_role(officer, Appointment.Role.FINANCE, at=at)
    paper = " ".join(came.paper.split())
    _refuse(came, paper, first=first_day_of(campaign), today=timezone.localdate(at))
    Campaign.objects.select_for_update().get(pk=campaign.pk)  # numbered one after the other
    source = _source(came.source, campaign.year, officer=officer.username, at=at)
    _refuse_booked(source, paper)
    made = _write(campaign, officer, at, fund_source=source, paper=paper, fen=came.fen, received_on=came.received_on)
    _tell("appropriation.received", made)
    return made


@transaction.atomic
def take_back(first: Appropriation, *, reason: str, officer: Officer, at: datetime) -> Appropriation:
    """The whole sum goes back to where it came from. Raises SaidError where that overdraws a fund which may not be."""
    refuse_other_role(officer, Appointment.Role.FINANCE, at=at)
    Campaign.objects.select_for_update().get(pk=first.campaign_id)
    first = Appropriation.objects.select_related("campaign", "fund_source").get(pk=first.pk)
    refuse_taking_back(first, reason)
    made = _write(
        first.campaign,
        officer,
        at,
        fund_source=first.fund_source,
        paper=first.paper,
        fen=first.fen,
        received_on=first.received_on,
        takes_back=first,
        reason=whole(reason, 200, "原因", "the reason"),
    )
    if is_booked(first):
        payments.take_back(
            first.fund_source.code, Fen(first.fen), document=first.number, officer=officer.username, at=at
        )
    _tell("appropriation.taken_back", made)
    return made


def _source(wanted: str, year: int, *, officer: str, at: datetime) -> FundSource:
    """The source of that code; of a kind that has none yet this year, a new one."""
    # Locked, since the paper is looked for among all campaigns of the source.
    found = FundSource.objects.select_for_update().filter(code=wanted).first()
    if found is not None:
        return found
    if wanted not in FundSource.Kind.values or wanted == FundSource.Kind.DONATION:
        raise SaidError(
            Sentence("no_such_source", "还没有记：请选一个来源。", "Nothing was booked: choose a source of the list.")
        )
    name = FundSource.Kind(wanted).label
    return quotas.keep_source(f"{wanted.replace('_', '-')}-{year}", name=name, kind=wanted, officer=officer, at=at)


def _write(campaign: Campaign, officer: Officer, at: datetime, **told: object) -> Appropriation:
    number = f"{campaign.code}-F{campaign.appropriations.count() + 1:03d}"
    made = Appropriation(number=number, campaign=campaign, recorded_by=officer.username, at=at, **told)
    made.save(force_insert=True)
    return made


def _tell(action: str, made: Appropriation) -> None:
    told = {"fen": made.fen, "fund": made.fund_source.code, "columns": APPROPRIATION.told(made)}
    audit.record(action, subject=made.number, officer=made.recorded_by, at=made.at, payload=told)


def _refuse(came: Came, paper: str, *, first: date, today: date) -> None:
    if came.fen <= 0 or not paper or not first <= came.received_on <= today:
        raise SaidError(
            Sentence(
                "appropriation_incomplete",
                f"还没有记：来源、拨款文件、大于零的金额和到账日期（不早于 {first}，不晚于今天）都要有。",
                f"Nothing was booked: source, paper, a sum above zero and a day from {first} to today are all needed.",
            )
        )
    refuse_beyond_belief(came.fen)
    whole(paper, 120, "拨款文件", "the paper")


def _refuse_booked(source: FundSource, paper: str) -> None:
    standing = source.appropriations.filter(paper=paper, takes_back=None, taken_back_by=None).first()
    if standing is not None:
        raise SaidError(
            Sentence(
                "appropriation_booked",
                f"“{paper}”的这笔钱 {standing.received_on} 已经记过（{standing.number}），没有再记。"
                "同一份文件分几次到账的，请写明第几笔，如“桂工办〔2017〕12号 第二笔”。",
                f"The money of {paper} was booked already ({standing.number}): not booked again. "
                "Where one paper brings several sums, say which one it is.",
            )
        )
