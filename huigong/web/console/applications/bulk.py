"""批量审核: verify the all-green cases of a list in one go, after three that nobody chose were opened; and take it back."""

import uuid
from collections.abc import Iterator
from functools import partial

from django.contrib.messages import ERROR, SUCCESS, WARNING
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from huigong.casework import actions as casework
from huigong.casework import queries as desk
from huigong.casework.models import BulkVerification
from huigong.circulars.models import Campaign
from huigong.circulars.queries import circular_of
from huigong.organisations.models import Officer
from huigong.organisations.queries import acts_for
from huigong.runs.steps import Progress
from huigong.studentaid import actions, queries
from huigong.studentaid.cases import surroundings
from huigong.studentaid.lifecycle import HOLDS_A_PLACE
from huigong.studentaid.models import Application
from huigong.values.sentence import SaidError, Sentence
from huigong.web.console import words
from huigong.web.console.applications import opened
from huigong.web.console.applications.bulk_ahead import AT_A_TIME, Bulk, again, bulk_of
from huigong.web.console.applications.filters import Asked, asked
from huigong.web.console.asking import OfficerRequest, campaign_or_404, or_404, serves_whole, tell, text_sent
from huigong.web.console.campaigns import working
from huigong.web.console.campaigns.doing import once
from huigong.web.console.campaigns.working import Ended

_SHOWN = 100


class ChangedError(SaidError):
    """What was shown is not what stands now."""


def step_bulk(request: OfficerRequest, code: str) -> HttpResponse:
    """A page, not a dialog. Its button is there once the three cases were opened as they stand; posting asks again."""
    campaign, wanted = campaign_or_404(request, code), asked(request.GET)
    if request.method == "POST":
        look = partial(_look, request, campaign, wanted)
        return once(request, campaign, "bulk", look, partial(_act, request, campaign))
    ahead = _look(request, campaign, wanted)
    opened.drawn(request, ahead.drawn)
    return render(request, "applications/steer_bulk.html", _shown(request, campaign, wanted, ahead))


def _look(request: OfficerRequest, campaign: Campaign, wanted: Asked, progress: Progress = lambda *_: None) -> Bulk:
    return bulk_of(request.user, campaign, wanted, at=timezone.now(), progress=progress)


def _shown(request: OfficerRequest, campaign: Campaign, wanted: Asked, ahead: Bulk) -> dict[str, object]:
    drawn, left = ahead.drawn, set(opened.unopened(request, ahead.drawn))
    by_reference = {one.reference: one for one in ahead.cases}
    bulks = list(_bulks(request, campaign)[:20])
    people = words.people({one.verified_by for one in bulks})
    return {
        "campaign": campaign,
        "step": "bulk",
        "ahead": ahead,
        "yuan": words.yuan(ahead.fen),
        "federations": [(one, words.yuan(one.fen)) for one in ahead.federations],
        "drawn": [(by_reference[one], one not in left) for one in drawn],
        "unopened": len(left),
        "list": reverse("applications", args=[campaign.code]) + wanted.query,
        "cases": ahead.cases[:_SHOWN],
        "rest": max(0, ahead.count - _SHOWN),
        "aside": [(word, ahead.aside[why]) for why, word in _aside().items() if ahead.aside[why]],
        "bulks": [(one, people[one.verified_by], len(one.references)) for one in bulks],
    }


def _bulks(request: OfficerRequest, campaign: Campaign) -> QuerySet[BulkVerification]:
    """All of the campaign's for who serves the whole of it; a county's verifier opens their own."""
    bulks = desk.bulks_of(campaign.code)
    return bulks if serves_whole(request.user, campaign) else bulks.filter(verified_by__in=acts_for(request.user))


def _aside() -> dict[str, str]:
    return {
        "open": _("有要看一眼的，逐件审核"),
        "changed": _("认定以后事实变了，请先打开重新认定"),
        "locked": _("同事正打开着"),
        "told": _("告知过要补的，还没补来"),
        "doubted": _("审核台上勾了缺东西或有疑问"),
    }


def _act(request: OfficerRequest, campaign: Campaign, ahead: Bulk, progress: Progress) -> str:
    left = list(opened.unopened(request, ahead.drawn))
    if left:
        told = "、".join(left)
        raise ChangedError(
            Sentence(
                "not_opened",
                f"还没有办：抽出来的三件要先打开看过，还差 {told}。",
                f"Not done: the three that were drawn are opened first; not opened yet: {', '.join(left)}.",
            )
        )
    bulk = _verify(request, campaign, ahead, progress)
    return _("第 %(number)s 批审核了 %(n)s 件，由您署名。名单定下来以前可以整批撤销。") % {
        "number": bulk.number,
        "n": ahead.count,
    }


@transaction.atomic
def _verify(request: OfficerRequest, campaign: Campaign, ahead: Bulk, progress: Progress) -> BulkVerification:
    """All or none: the cases are locked, gathered anew, and verified only as they were shown."""
    at, around, by = timezone.now(), surroundings(campaign), request.user
    circular = circular_of(campaign)
    for start in range(0, ahead.count, AT_A_TIME):
        part = ahead.cases[start : start + AT_A_TIME]
        gathered, same = again(part, around, {one.reference: ahead.digests[one.reference] for one in part})
        if not same:
            raise ChangedError(
                Sentence(
                    "bulk_changed",
                    "您打开以后有了变化，一件也没有办。请再看一遍。",
                    "Something changed: nothing was done.",
                )
            )
        actions.verify(gathered, officer=by, at=at)
        actions.decide(gathered, circular, campaign.version, officer=by.username, at=at)
        progress("decisions", min(start + AT_A_TIME, ahead.count), ahead.count)
    return casework.note_bulk(campaign.code, [one.reference for one in ahead.cases], officer=by, at=at)


def bulk(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    """One bulk: what it verified, and taking it back with a reason while none of its cases holds a place."""
    found = or_404(BulkVerification.objects.filter(pk=pk).first())
    campaign = campaign_or_404(request, found.campaign_code)
    or_404(_bulks(request, campaign).filter(pk=pk).first())
    if request.method == "POST":
        return _undo(request, campaign, found)
    people, count = words.people({found.verified_by, found.undone_by}), len(found.references)
    cases = queries.cases_for(request.user, found.references[:_SHOWN])
    shown = {
        "campaign": campaign,
        "bulk": found,
        "by": people[found.verified_by],
        "undone_by": people.get(found.undone_by, ""),
        "count": count,
        "cases": [(one, words.status_word(one.status), words.TONES.get(one.status, "")) for one in cases],
        "rest": max(0, count - _SHOWN),
        "frozen": sum(part.filter(status__in=HOLDS_A_PLACE).count() for part in _parts(request.user, found)),
    }
    return render(request, "applications/bulk.html", shown)


def _parts(officer: Officer, found: BulkVerification) -> Iterator[QuerySet[Application]]:
    """Its cases, some hundred at a time, as far as the officer may see them."""
    for start in range(0, len(found.references), AT_A_TIME):
        yield queries.cases_for(officer, found.references[start : start + AT_A_TIME])


def _undo(request: OfficerRequest, campaign: Campaign, found: BulkVerification) -> HttpResponse:
    """Begin to take it back; a page tells how far it is."""
    try:
        reason = text_sent(request, "reason", most=500)
    except SaidError as error:
        tell(request, ERROR, error.sentence)
        return redirect("bulk", pk=found.pk)
    if not reason:
        tell(request, ERROR, _("还没有撤销：请写明理由。"))
        return redirect("bulk", pk=found.pk)
    act = partial(_take_back, request.user, found, reason)
    if not working.begin(campaign.code, "undo", by=request.user.username, query=str(found.pk), act=act):
        tell(request, WARNING, _("这个活动有一步正在办，请等它办完，再来办这一步。"))
        return redirect("bulk", pk=found.pk)
    return redirect("step-now", campaign.code)


@transaction.atomic
def _take_back(officer: Officer, found: BulkVerification, reason: str, progress: Progress) -> Ended:
    """All or none. Raises SaidError where the bulk was undone already, or one of its cases holds a place or is not theirs."""
    at, count, seen = timezone.now(), 0, 0
    casework.undo_bulk(found.pk, reason=reason, officer=officer, at=at)
    for part in _parts(officer, found):
        cases = list(part)
        seen += len(cases)
        count += actions.unverify(cases, officer=officer, at=at)
        progress("moving", seen, len(found.references))
    if seen < len(found.references):
        others = len(found.references) - seen
        raise ChangedError(
            Sentence(
                "bulk_not_yours",
                f"其中 {others} 件现在不归您管，一件也没有撤销；请能看到全部的上级来撤销。",
                f"{others} of these are not in your scope: nothing was undone. Somebody who sees all of them may.",
            )
        )
    return Ended(_("撤销了：%(n)s 件回到“还没审核”。") % {"n": count}, SUCCESS, "bulk")
