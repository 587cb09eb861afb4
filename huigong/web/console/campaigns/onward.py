"""往前走: the steps that a campaign takes from taken rows to its notice, how much waits for each, and who does it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from huigong.circulars.models import Campaign
from huigong.runs import previews
from huigong.studentaid.lifecycle import APPROVED, ON_NOTICE, OPEN, PLACED
from huigong.web import permissions
from huigong.web.console.asking import OfficerRequest, serves_whole
from huigong.web.console.campaigns.tasks import Known


@dataclass(frozen=True, slots=True)
class Onward:
    """One step: what it is called, what it will do, to how many. `address` is empty where it is not this officer's.

    `again`: nothing waits as far as is stored, but the page looks anew (files may have changed since).
    """

    word: str
    does: str
    count: int
    whose: str
    address: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """The steps in their order, and the first that this officer can take now."""

    steps: Sequence[Onward]
    next: Onward | None
    whose: str = ""
    """For a verifier of a part of the city: who takes these steps."""


def way_of(request: OfficerRequest, campaign: Campaign, stands: Known) -> Way:
    """For somebody who serves the whole campaign; nobody else moves the cases of a whole city."""
    if not serves_whole(request.user, campaign):
        return Way((), None, campaign.federation.name if "verifier" in request.roles else "")
    waits, counts = previews.awaiting(campaign), stands.counts
    steps = [
        _step(request, campaign, "step-submit", _("立案"), _("收下的行成为申请"), waits.submit),
        _again(
            _step(request, campaign, "step-verify", _("审核并认定"), _("担保事实属实，按通知逐条认定"), waits.verify),
            counts,
        ),
        _step(request, campaign, "step-share", _("排序分名额"), _("在指标内按名次给名额"), waits.share),
        _step(request, campaign, "step-publish", _("公示"), _("有名额的上公示"), counts.get(PLACED, 0)),
    ]
    told = _("公示期满的集体研究，依次签字")
    steps.append(_step(request, campaign, "approvals", _("审批"), told, counts.get(ON_NOTICE, 0)))
    told = _("批准了的做成批次，交银行")
    steps.append(_step(request, campaign, "payments", _("发放"), told, counts.get(APPROVED, 0)))
    return Way(steps, next((step for step in steps if step.count and step.address), None))


def _step(request: OfficerRequest, campaign: Campaign, name: str, word: str, does: str, count: int) -> Onward:
    mine = bool(request.roles & permissions.asked(name))
    whose = (
        ""
        if mine
        else _("由审核、审批和财务办")
        if name == "approvals"
        else _("由审核或审批办")
        if "approver" in permissions.asked(name)
        else _("由审核办")
    )
    return Onward(word, does, count, whose, reverse(name, args=[campaign.code]) if mine else "")


def _again(step: Onward, counts: Mapping[str, int]) -> Onward:
    open_ = any(counts.get(status) for status in OPEN)
    return replace(step, again=bool(step.address and open_ and not step.count))
