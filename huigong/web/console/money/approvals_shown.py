"""What the pages of approval show: the cases of a form, whose box is next, who could have signed on paper, the bands."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from huigong.approvals import queries
from huigong.approvals.form_paper import FormLine
from huigong.approvals.lifecycle import APPROVED, DECLINED, OPEN, WITHDRAWN, WORDS
from huigong.approvals.models import Approval, Box
from huigong.approvals.queries import ROLES, BoxState
from huigong.circulars import queries as circulars
from huigong.circulars.models import Campaign
from huigong.organisations import queries as organisations
from huigong.organisations.models import Officer
from huigong.payments import queries as payments
from huigong.studentaid import actions as studentaid
from huigong.studentaid.actions.payees import CONFIRMABLE
from huigong.studentaid.lifecycle import ON_NOTICE
from huigong.studentaid.models import Application
from huigong.studentaid.other_help import Help
from huigong.studentaid.queries import applications_for
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, or_404
from huigong.web.console.money.standing_shown import Against, against

TONES = {OPEN: "look", APPROVED: "done", DECLINED: "stop", WITHDRAWN: ""}
_BOXES = {
    Box.HANDLER: ("经办", "handler"),
    Box.DEPARTMENT: ("部门", "department"),
    Box.FINANCE: ("财务", "finance"),
    Box.DEPUTY: ("分管", "deputy chair"),
    Box.CHAIR: ("主席", "chair"),
}


def box_word(box: str) -> str:
    return words.said(*_BOXES[Box(box)])


def found_or_404(number: str) -> Approval:
    rows = Approval.objects.select_related("campaign__federation", "campaign__version", "scan")
    return or_404(rows.filter(number=number).first())


def lines_of(found: Approval) -> list[tuple[FormLine, str]]:
    """The cases of a form with whose they are, and what stands against each now."""
    rows = list(found.lines.all())
    references = [row.case_reference for row in rows]
    cases = {one.reference: one for one in Application.objects.filter(reference__in=references)}
    held = payments.holds(references)
    return [
        (
            FormLine(
                row.case_reference, cases[row.case_reference].worker_name, cases[row.case_reference].unit_name, row.fen
            ),
            held.get(row.case_reference, ""),
        )
        for row in rows
    ]


def may_sign(request: OfficerRequest, following: BoxState, states: Sequence[BoxState]) -> bool:
    """Whether the next box is this officer's; what else forbids it is told when they sign."""
    signed = {one.opinion.given_by for one in states if one.opinion}
    return bool(request.roles & set(ROLES[Box(following.box)])) and request.user.username not in signed


def leaders_of(found: Approval, states: Sequence[BoxState]) -> list[tuple[BoxState, list[Officer]]]:
    """For each box that is still empty the people who could have signed it on paper."""
    place, day = found.campaign.federation, timezone.localdate()
    return [
        (
            state,
            sorted(
                {
                    one.username: one
                    for role in ROLES[Box(state.box)]
                    for one in organisations.holders_of(role, place, on=day)
                }.values(),
                key=lambda one: one.username,
            ),
        )
        for state in states
        if state.opinion is None
    ]


def named_in(found: Approval, states: Sequence[BoxState]) -> list[str]:
    sheets = [one.opinion.sheet for one in states if one.opinion and one.opinion.sheet]
    clerks = [
        name for one in (*sheets, *queries.sheets_waiting(found)) for name in (one.entered_by, one.confirmed_by) if name
    ]
    return [found.prepared_by, *clerks, *(one.opinion.given_by for one in states if one.opinion)]


def listed(one: Approval) -> dict[str, object]:
    return {
        "number": one.number,
        "count": one.declared_count,
        "total": words.yuan(one.declared_fen),
        "minutes": one.minutes,
        "held_on": one.held_on,
        "status": words.said(*WORDS[one.status]),
        "tone": TONES[one.status],
    }


def held_in(request: OfficerRequest, campaign: Campaign, day: date) -> list[tuple[str, list[Against], bool]]:
    """What stands against the cases on notice, each with what ends it; and whether a verifier's word on the payee ends some."""
    mine = applications_for(request.user, campaign).filter(status=ON_NOTICE)
    source = _quota_source(campaign)
    cases = list(mine.order_by("reference"))
    told = against(cases, {one.reference: source for one in cases}, on=day)
    return [(one, found, any(row.reason in CONFIRMABLE for row in found)) for one, found in sorted(told.items())]


def elsewhere_for(request: OfficerRequest, campaign: Campaign, day: date) -> list[Help]:
    """Which other money may pay what the quota's may not."""
    return studentaid.ready_elsewhere(request.user, campaign, _quota_source(campaign), on=day)


def sources_offered(
    campaign: Campaign, ready: Sequence[Application], elsewhere: Sequence[Help]
) -> list[tuple[str, str, int, str]]:
    """From which money a form may be written now: its code and name, how many cases, how much."""
    quota = circulars.circular_of(campaign).quota
    offered = [(quota.fund_source, quota.fund_source_name, ready)] if quota and ready else []
    offered += [(one.source.code, one.source.name, one.cases) for one in elsewhere]
    return [(code, name, len(own), words.yuan(sum(one.amount_fen or 0 for one in own))) for code, name, own in offered]


def _quota_source(campaign: Campaign) -> str:
    quota = circulars.circular_of(campaign).quota
    return quota.fund_source if quota else ""


def bands_shown(campaign: Campaign, day: date) -> list[tuple[str, str, str]]:
    """Up to how much, which boxes, after what."""
    return [
        (
            words.yuan(one.up_to_fen) if one.up_to_fen is not None else "",
            "、".join(box_word(box) for box in one.boxes),
            one.source,
        )
        for one in queries.bands_of(campaign.federation, on=day)
    ]
