"""没落下谁: children and graduates who might have aid and do not, by county and union, with reason and next step; visits noted."""

from collections import Counter
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
from huigong.documents.workbooks import workbook
from huigong.figures.left_out import WHY, LeftOut, left_out, sheet
from huigong.figures.standing import Standing
from huigong.registry import actions as registry
from huigong.registry import queries
from huigong.registry.actions import Done
from huigong.values.sentence import SaidError
from huigong.web.console.asking import OfficerRequest, campaign_or_404, tell
from huigong.web.console.households.asking import file_or_404
from huigong.web.console.words import said

_A_PAGE = 50
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
    campaign = campaign_or_404(request, code)
    lines = _lines(request, code)
    which, office = request.GET.get("why", ""), request.GET.get("office", "")
    counts = Counter(one.why for one in lines)
    offices = Counter((one.household.federation.code, one.household.federation.name) for one in lines)
    wanted = [one for one in lines if which in {"", one.why} and office in {"", one.household.federation.code}]
    page = Paginator(wanted, _A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "campaign": campaign,
        "page": page,
        "lines": [Shown(one, said(*WHY[one.why]), said(*one.reason), said(*one.step)) for one in page],
        "which": which,
        "office": office,
        "whys": [("", _("全部"), len(lines)), *((name, said(*word), counts[name]) for name, word in WHY.items())],
        "offices": [(office_code, name, number) for (office_code, name), number in sorted(offices.items())],
        "outcomes": OUTCOMES,
        "today": timezone.localdate(),
    }
    return render(request, "campaigns/left_out.html", shown)


@require_POST
def left_out_take(request: OfficerRequest, code: str) -> HttpResponse:
    """The list as a workbook, for the families that the officer may see; that it was taken is history."""
    campaign, at = campaign_or_404(request, code), timezone.now()
    content = workbook([sheet(_lines(request, code))], title=f"{code} 没落下谁", day=timezone.localdate(at))
    told = {"name": "left-out.xlsx", "purpose": "work", "size": len(content)}
    audit.record("output.downloaded", subject=campaign.code, officer=request.user.username, at=at, payload=told)
    disposition = content_disposition_header(as_attachment=True, filename=f"{code}-left-out.xlsx") or "attachment"
    return HttpResponse(content, content_type=_XLSX, headers={"Content-Disposition": disposition})


@require_POST
def household_visit(request: OfficerRequest, pk: UUID) -> HttpResponse:
    """What came of a visit, written into the family's file."""
    found, at = file_or_404(request, pk), timezone.now()
    word, note = request.POST.get("word", ""), request.POST.get("note", "").strip()[:500]
    try:
        on = date.fromisoformat(request.POST.get("on", ""))
        done = Done(on, request.user.username, at, word=word if word in OUTCOMES else "", note=note)
        registry.visit(found, done)
        tell(request, messages.SUCCESS, _("记下了：%(name)s家，%(word)s。") % {"name": found.worker_name, "word": word})
    except ValueError:
        tell(request, messages.ERROR, _("日期请写成 2017-09-01。"))
    except SaidError as error:
        tell(request, messages.ERROR, error.sentence)
    code = request.POST.get("campaign", "")
    return redirect(reverse("left-out", args=[code]) if code else reverse("household", args=[pk]))


def _lines(request: OfficerRequest, code: str) -> list[LeftOut]:
    campaign = campaign_or_404(request, code)
    mine = set(queries.households_for(request.user).values_list("pk", flat=True))
    return left_out(Standing(campaign), mine=mine)
