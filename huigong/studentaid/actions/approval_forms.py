"""Approve by a form (审批表): put cases to the collective decision, sign its boxes, and approve when the last one agrees.

Verification and approval are different people's: whoever signs after the handler has verified none of the cases.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from huigong.approvals import actions as approvals
from huigong.approvals import queries as of_approvals
from huigong.approvals.actions import Asked, Given, Minutes
from huigong.approvals.models import Approval, Box
from huigong.circulars.models import Campaign
from huigong.organisations.hands import refuse_same_hands
from huigong.organisations.models import Officer
from huigong.payments.models import Hold
from huigong.payments.queries import held, standing_against
from huigong.publicnotices.queries import notices_on
from huigong.registry.pictures import picture_of
from huigong.rules.circular import Circular
from huigong.studentaid.actions.approve import CollectiveDecision, approve
from huigong.studentaid.actions.asking_anew import ask_before_approval, past_notice
from huigong.studentaid.awards import standing_awards
from huigong.studentaid.boards import boards_in_the_way, cases_behind
from huigong.studentaid.fund_checks import refusals, sentence_of
from huigong.studentaid.models import Application
from huigong.studentaid.other_help import Help, could_pay, other_help
from huigong.values.sentence import SaidError, Sentence


def ready_to_approve(officer: Officer, campaign: Campaign, *, on: date) -> list[Application]:
    """Cases in the officer's scope past their notice on web and board, with nothing against them and on no form that is open."""
    found = past_notice(campaign, officer, on=on)
    stopped = held(one.reference for one in found) | cases_behind(boards_in_the_way(campaign, on=on))
    return [one for one in found if one.reference not in stopped]


def ready_elsewhere(officer: Officer, campaign: Campaign, quota_source: str, *, on: date) -> list[Help]:
    """Cases that only the rules of the quota's fund hold, by the other sources which have money and may pay them."""
    found = past_notice(campaign, officer, on=on)
    standing = standing_against(one.reference for one in found)
    behind = cases_behind(boards_in_the_way(campaign, on=on))
    only = [
        one for one in found if standing.get(one.reference) == [Hold.Reason.FUND_RULE] and one.reference not in behind
    ]
    return other_help(quota_source, only, on=on)


def prepare_approval(
    campaign: Campaign,
    circular: Circular,
    minutes: Minutes,
    *,
    officer: Officer,
    on: date,
    at: datetime,
    fund_source: str = "",
) -> Approval:
    """Put everything that is ready to the decision; with `fund_source` what only another source may pay, and this one does.

    What stands against a case is asked anew first, and stays asked where there is nothing to write. Raises SaidError where
    nothing is ready, or the minutes lack something.
    """
    assert circular.quota is not None, "a place is of one source of money"
    own = circular.quota.fund_source
    with transaction.atomic():
        waiting = past_notice(campaign, officer, on=on)
        ask_before_approval(waiting, campaign, circular, officer=officer.username, on=on, at=at)
    source = fund_source or own
    if source == own:
        cases = ready_to_approve(officer, campaign, on=on)
    else:
        elsewhere = ready_elsewhere(officer, campaign, own, on=on)
        cases = [case for help_ in elsewhere if help_.source.code == source for case in help_.cases]
    _refuse_early(minutes, cases)
    asked = [Asked(one.reference, one.amount_fen or 0) for one in cases]
    return approvals.prepare(campaign, asked, minutes, fund_source=source, officer=officer, at=at)


def _refuse_early(minutes: Minutes, cases: Sequence[Application]) -> None:
    """Raises SaidError where the decision is of a day on which the notice of a case still hung, or did not hang yet."""
    last = max((one.last_day for one in notices_on(one.reference for one in cases).values()), default=None)
    if last is not None and minutes.held_on <= last:
        raise SaidError(
            Sentence(
                "decided_before_the_notice",
                f"研究日期 {minutes.held_on} 不对：公示到 {last} 为止，期满以后才研究。请对照纪要再看。",
                f"The decision of {minutes.held_on} cannot be: the notice hung up to {last}, and is decided on after it. Look at "
                "the minutes again.",
            )
        )


@transaction.atomic
def sign_approval(
    approval: Approval, circular: Circular, given: Given, *, officer: Officer, on: date, at: datetime
) -> int | None:
    """Write into the next box. Returns how many cases that approved; None while other boxes are empty, or where it is a no."""
    approval = (
        Approval.objects.select_for_update(of=("self",)).select_related("campaign__federation").get(pk=approval.pk)
    )
    box = approval.boxes[min(approval.opinions.count(), len(approval.boxes) - 1)]
    if box != Box.HANDLER:
        _refuse_verifiers(approval, officer)
    opinion = approvals.opine(approval, given, officer=officer, at=at)
    if not opinion.agrees:
        approvals.decline(approval, officer=officer.username, at=at)
        return None
    if opinion.position + 1 < len(approval.boxes):
        return None
    return _approve(approval, circular, officer=officer, on=on, at=at)


@transaction.atomic
def sign_from_paper(
    approval: Approval, circular: Circular, *, clerk: Officer, on: date, at: datetime
) -> tuple[int, int | None]:
    """The second clerk confirms what was signed on paper; returns how many boxes that filled, and what it approved."""
    sheets = approvals.confirm_paper(approval, clerk=clerk, at=at)
    approved = None
    for sheet in sheets:
        given = Given(agrees=True, words="", sheet=sheet)
        approved = sign_approval(approval, circular, given, officer=sheet.leader, on=on, at=at)
    return len(sheets), approved


def _approve(approval: Approval, circular: Circular, *, officer: Officer, on: date, at: datetime) -> int:
    decision = CollectiveDecision(f"{approval.minutes}（审批表 {approval.number}）")
    # The boxes were chosen for the sums on the form: what is due another sum by now goes on a form of its own.
    asked = dict(approval.lines.values_list("case_reference", "fen"))
    due = Application.objects.filter(reference__in=asked).values_list("reference", "amount_fen")
    references = {reference for reference, fen in due if fen == asked[reference]}
    references -= cases_behind(boards_in_the_way(approval.campaign, on=on))
    # Taken back and hung out anew since, a case waits for a decision of its own.
    hung = notices_on(references)
    references -= {one for one, notice in hung.items() if notice.last_day >= approval.held_on}
    source = approval.fund_source
    count = approve(
        approval.campaign, circular, decision, officer=officer, on=on, at=at, only=references, fund_source=source
    )
    if not count:
        raise SaidError(_why_none(approval, references, on=on))
    awards = standing_awards().filter(application__reference__in=references).select_related("application__household")
    stood = {}
    for award in awards:
        household = award.application.household
        assert household is not None, "nobody is eligible without a file (五(二))"
        picture = json.dumps(picture_of(household), ensure_ascii=False, sort_keys=True)
        stood[award.application.reference] = (household.data_key, picture)
    fen = sum(award.fen for award in awards)
    approvals.finish(approval, stood, fen=fen, officer=officer.username, at=at)
    return count


def _why_none(approval: Approval, references: set[str], *, on: date) -> Sentence:
    """Why a form approved nobody: the rule of its fund where that stands against one of them, else whatever holds them."""
    rows = Application.objects.filter(reference__in=references).select_related("federation", "household")
    cases = list(rows.order_by("reference"))
    for reference, refusal in sorted(refusals(approval.fund_source, cases, on=on).items()):
        refused = [one for one in cases if one.reference == reference]
        return sentence_of(refusal, could_pay(approval.fund_source, refused, on=on)[reference])
    return Sentence(
        "all_stopped",
        f"审批表 {approval.number} 上的申请现在都暂停着，或金额变了，没有批。请先处理暂停的原因，金额变了的另写审批表。",
        f"Something stands against every case of the form {approval.number}, or its sum is another now: nothing was approved.",
    )


def _refuse_verifiers(approval: Approval, officer: Officer) -> None:
    references = of_approvals.references_of(approval)
    verified = Application.objects.filter(reference__in=references).values_list("verified_by", flat=True)
    refuse_same_hands(officer, verified, what="审核", what_en="verified")
