"""实施方案 (五(五)): each county files how it carries a campaign out; it adds to the circular only where the city left room."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.circulars.columns import PLAN
from huigong.circulars.models import Campaign, ImplementationPlan
from huigong.documents.models import Document
from huigong.organisations import queries as organisations
from huigong.organisations.models import Officer, Organisation
from huigong.rules.circular import Circular, Plans
from huigong.values.sentence import SaidError, Sentence

Provision = tuple[str, str]
"""What a plan adds: the clause that it is about, and its words."""


class NoPlanError(SaidError):
    """A plan cannot be filed: nobody asked for it, or it lays down what is not the county's."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A county of a campaign with the plan that it filed last; `late` counts days after the last day, so far or when filed."""

    federation: Organisation
    plan: ImplementationPlan | None
    late: int


@transaction.atomic
def file_plan(
    campaign: Campaign,
    circular: Circular,
    federation: Organisation,
    *,
    paper: str,
    filed_on: date,
    provisions: Sequence[Provision],
    scan: Document,
    officer: str,
    at: datetime,
) -> ImplementationPlan:
    """A county's plan, or the next one after those that stand. A late one is taken and told as late.

    Raises NoPlanError where the circular asks for none, where it is not a county of the campaign, for a day that lies
    ahead or before the circular, and for a provision about a clause in which the city left no room.
    """
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    asked = _asked(circular)
    _refuse_elsewhere(campaign, federation)
    _refuse_day(circular, filed_on, today=timezone.localdate(at))
    for clause, _ in provisions:
        _refuse_no_room(circular, asked, clause)
    earlier = ImplementationPlan.objects.filter(campaign=campaign, federation=federation).count()
    made = ImplementationPlan.objects.create(
        campaign=campaign,
        federation=federation,
        number=earlier + 1,
        paper=paper,
        filed_on=filed_on,
        provisions=[list(one) for one in provisions],
        scan=scan,
        filed_by=officer,
    )
    told = {"federation": federation.code, "number": made.number, "clause": asked.clause, "plan": PLAN.told(made)}
    audit.record("plan.filed", subject=campaign.code, officer=officer, at=at, payload=told)
    return made


def counties_of(campaign: Campaign) -> QuerySet[Organisation]:
    """The federations below that of the campaign: whoever files a plan."""
    below = organisations.within(campaign.federation).exclude(pk=campaign.federation_id)
    return below.filter(kind=Organisation.Kind.FEDERATION, closed_on=None)


def counties_for(officer: Officer, campaign: Campaign) -> QuerySet[Organisation]:
    """Those of them for which an officer files: in scope, or the officer's own county."""
    own = organisations.federation_of(officer.organisation)
    return counties_of(campaign).filter(path__startswith=own.path)


def standing(officer: Officer, campaign: Campaign, circular: Circular, *, today: date) -> list[Standing]:
    """Who filed and who did not, in the officer's county or the whole city."""
    counties = list(counties_for(officer, campaign))
    rows = ImplementationPlan.objects.filter(campaign=campaign, federation__in=counties).select_related("federation")
    latest = {row.federation_id: row for row in rows.order_by("number")}
    first = {row.federation_id: row for row in rows.order_by("-number")}
    due = circular.plans.due if circular.plans else None
    return [
        Standing(one, latest.get(one.pk), _late(due, first[one.pk].filed_on if one.pk in first else today))
        for one in counties
    ]


def plan_and_earlier(plan: ImplementationPlan) -> list[ImplementationPlan]:
    """All plans of the same county for the same campaign, the newest first."""
    rows = ImplementationPlan.objects.filter(campaign=plan.campaign_id, federation=plan.federation_id)
    return list(rows.select_related("scan").order_by("-number"))


def _late(due: date | None, day: date) -> int:
    return max((day - due).days, 0) if due else 0


def _asked(circular: Circular) -> Plans:
    if circular.plans is None:
        raise NoPlanError(
            Sentence(
                "no_plan_asked",
                f"{circular.head.number}没有要求报实施方案。",
                f"{circular.head.number} asks for no implementation plan.",
            )
        )
    return circular.plans


def _refuse_elsewhere(campaign: Campaign, federation: Organisation) -> None:
    if not counties_of(campaign).filter(pk=federation.pk).exists():
        raise NoPlanError(
            Sentence(
                "plan_elsewhere",
                f"{federation.name}不是{campaign.code}的县（市、区）总工会，不报实施方案。",
                f"{federation.code} is no county of {campaign.code}: it files no plan.",
            )
        )


def _refuse_day(circular: Circular, filed_on: date, *, today: date) -> None:
    if not circular.head.issued_on <= filed_on <= today:
        raise NoPlanError(
            Sentence(
                "plan_day",
                f"报送日期 {filed_on} 要在通知印发（{circular.head.issued_on}）以后、今天以前，请核对。",
                f"The plan is filed between {circular.head.issued_on}, when the circular was issued, and today, not on "
                f"{filed_on}.",
            )
        )


def _refuse_no_room(circular: Circular, asked: Plans, clause: str) -> None:
    if clause in asked.room:
        return
    room = "、".join(circular.printed(one) for one in asked.room) or "没有一条"
    known = circular.clause.get(clause)
    gist, gist_en = (known.gist, known.gist_en) if known else ("通知里没有这一条。", "There is no such clause.")
    raise NoPlanError(
        Sentence(
            "no_room",
            f"{clause} 由市里统一规定，实施方案里不能另定：{gist}可以补充的是：{room}。请改了方案再报。",
            f"{clause} is laid down for the whole city, and no plan adds to it: {gist_en} Plans may add to "
            f"{', '.join(asked.room) or 'nothing'}. Change the plan and file it again.",
        )
    )
