"""没落下谁: children and graduates who might have aid and do not, by county and union, with reason and next step; visits noted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.audit import actions as audit
from huigong.circulars.models import Campaign
from huigong.documents.workbooks import workbook
from huigong.figures.left_out import WHY, LeftOut, SomeLeftOut, sheet, some_left_out
from huigong.figures.standing import Standing
from huigong.organisations import queries as organisations
from huigong.organisations.models import Organisation
from huigong.registry import actions as registry
from huigong.registry import queries
from huigong.registry.actions import Done
from huigong.values.sentence import SaidError
from huigong.values.text import whole
from huigong.web import permissions
from huigong.web.console.asking import OfficerRequest, campaign_or_404, tell
from huigong.web.console.households.asking import file_in_hand_or_404
from huigong.web.console.words import said

_A_PAGE = 50
MOST = 100
"""So many children, cases and graduates are looked at for a page: the circular is asked about each."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OUTCOMES = (
    "要申请，已交代怎么办",
    "这次不申请",
    "已在别处得了资助",
    "已就业或升学",
    "要帮忙找工作",
    "没找到人，改天再去",
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One line in the reader's language."""

    one: LeftOut
    why: str
    reason: str
    step: str


def campaign_left_out(request: OfficerRequest, code: str) -> HttpResponse:
    campaign, offices = campaign_or_404(request, code), _offices(request)
    office = _office(request.GET.get("office", ""), offices)
    found = _found(request, campaign, offices, office)
    which, counts = request.GET.get("why", ""), Counter(one.why for one in found.lines)
    page = Paginator([one for one in found.lines if which in {"", one.why}], _A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "campaign": campaign,
        "page": page,
        "lines": [Shown(one, said(*WHY[one.why]), said(*one.reason), said(*one.step)) for one in page],
        "which": which,
        "office": office,
        "more": found.more,
        "most": MOST,
        "whys": [("", _("全部"), len(found.lines)), *((name, said(*word), counts[name]) for name, word in WHY.items())],
        "offices": [(one.code, one.name) for one in offices],
        "outcomes": OUTCOMES,
        "may_visit": bool(request.roles & permissions.asked("household-visit")),
        "today": timezone.localdate(),
    }
    return render(request, "campaigns/left_out.html", shown)


@require_POST
def left_out_take(request: OfficerRequest, code: str) -> HttpResponse:
    """The list as a workbook, for the families that the officer may see; that it was taken is history."""
    campaign, offices, at = campaign_or_404(request, code), _offices(request), timezone.now()
    found = _found(request, campaign, offices, _office(request.POST.get("office", ""), offices))
    if found.more:
        tell(request, messages.ERROR, _("太长，没有下载：请先选一个地方；全部的在“下载”里的 left-out.xlsx。"))
        return redirect("left-out", code)
    content = workbook([sheet(found.lines)], title=f"{code} 没落下谁", day=timezone.localdate(at))
    told = {"name": "left-out.xlsx", "purpose": "work", "size": len(content)}
    audit.record("output.downloaded", subject=campaign.code, officer=request.user.username, at=at, payload=told)
    disposition = content_disposition_header(as_attachment=True, filename=f"{code}-left-out.xlsx") or "attachment"
    return HttpResponse(content, content_type=_XLSX, headers={"Content-Disposition": disposition})


@require_POST
def household_visit(request: OfficerRequest, pk: UUID) -> HttpResponse:
    """What came of a visit, written into the family's file."""
    found, at, code = file_in_hand_or_404(request, pk), timezone.now(), request.POST.get("campaign", "")
    back = reverse("left-out", args=[campaign_or_404(request, code).code]) if code else reverse("household", args=[pk])
    word, note = request.POST.get("word", ""), request.POST.get("note", "")
    try:
        on = date.fromisoformat(request.POST.get("on", ""))
        done = Done(
            on,
            request.user.username,
            at,
            word=word if word in OUTCOMES else "",
            note=whole(note, 500, "情况", "the note"),
        )
        registry.visit(found, done)
        tell(request, messages.SUCCESS, _("记下了：%(name)s家，%(word)s。") % {"name": found.worker_name, "word": word})
    except ValueError:
        tell(request, messages.ERROR, _("日期请写成 2017-09-01。"))
    except SaidError as error:
        tell(request, messages.ERROR, error.sentence)
    return redirect(back)


def _offices(request: OfficerRequest) -> list[Organisation]:
    """The federations in the officer's scope, by code."""
    scope = organisations.scope_of(request.user).filter(kind=Organisation.Kind.FEDERATION)
    return list(scope.order_by("code").only("code", "name"))


def _office(asked: str, offices: Sequence[Organisation]) -> str:
    return asked if any(asked == one.code for one in offices) else ""


def _found(request: OfficerRequest, campaign: Campaign, offices: Sequence[Organisation], office: str) -> SomeLeftOut:
    """Of the officer's federations, or of one among them; only so much is looked at as a page can wait for."""
    files = queries.households_for(request.user)
    files = files.filter(federation__code=office) if office else files
    homes = [one.pk for one in offices if office in {"", one.code}]
    return some_left_out(Standing(campaign), files, homes, most=MOST)
