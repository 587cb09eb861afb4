"""批量审核: verify the all-green cases of a list in one go, after three that nobody chose were opened; and take it back."""

import uuid
from functools import partial

from django.contrib.messages import ERROR, SUCCESS
from django.db import transaction
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
from huigong.web.console.asking import OfficerRequest, or_404, tell, whole_or_403
from huigong.web.console.campaigns.doing import once

_SHOWN = 100


class ChangedError(SaidError):
    """What was shown is not what stands now."""


def step_bulk(request: OfficerRequest, code: str) -> HttpResponse:
    """A page, not a dialog. Its button is there once the three cases were opened as they stand; posting asks again."""
    campaign, wanted = whole_or_403(request, code), asked(request.GET)
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
    bulks = list(desk.bulks_of(campaign.code)[:20])
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


def _aside() -> dict[str, str]:
    return {
        "open": _("有要看一眼的，逐件审核"),
        "changed": _("认定以后事实变了，请先打开重新认定"),
        "locked": _("同事正打开着"),
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
    campaign = whole_or_403(request, found.campaign_code)
    cases = list(queries.cases_for(request.user, found.references))
    if request.method == "POST":
        return _undo(request, found, cases)
    people = words.people({found.verified_by, found.undone_by})
    shown = {
        "campaign": campaign,
        "bulk": found,
        "by": people[found.verified_by],
        "undone_by": people.get(found.undone_by, ""),
        "count": len(found.references),
        "cases": [(one, words.status_word(one.status), words.TONES.get(one.status, "")) for one in cases[:_SHOWN]],
        "rest": max(0, len(cases) - _SHOWN),
        "frozen": sum(one.status in HOLDS_A_PLACE for one in cases),
    }
    return render(request, "applications/bulk.html", shown)


def _undo(request: OfficerRequest, found: BulkVerification, cases: list[Application]) -> HttpResponse:
    reason, at = request.POST.get("reason", "").strip()[:500], timezone.now()
    back = redirect("bulk", pk=found.pk)
    if not reason:
        tell(request, ERROR, _("还没有撤销：请写明理由。"))
        return back
    try:
        with transaction.atomic():
            casework.undo_bulk(found.pk, reason=reason, officer=request.user, at=at)
            count = actions.unverify(cases, officer=request.user, at=at)
        tell(request, SUCCESS, _("撤销了：%(n)s 件回到“还没审核”。") % {"n": count})
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    return back
