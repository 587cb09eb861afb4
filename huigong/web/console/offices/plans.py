"""实施方案: which counties filed how they carry a campaign out, who is late, and filing one (五(五))."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib.messages import ERROR, SUCCESS
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from huigong.circulars import plans as filed
from huigong.circulars.models import Campaign, ImplementationPlan
from huigong.circulars.queries import circular_of
from huigong.documents import actions as documents
from huigong.organisations.models import Organisation
from huigong.rules.circular import Circular, Clause
from huigong.values.sentence import SaidError
from huigong.values.text import whole
from huigong.web import permissions
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, campaign_or_404, tell
from huigong.web.console.citing import Cited, cited
from huigong.web.console.scanned import Scanned, scan_shown, scanned

_ADDS = range(1, 5)  # so many provisions fit one filing; a longer plan says them in its scan


@dataclass(frozen=True, slots=True)
class Line:
    """One county: what it filed last, and its state in a word."""

    federation: Organisation
    plan: ImplementationPlan | None
    word: str
    tone: str


class PlanForm(forms.Form):
    federation = forms.CharField(max_length=40)
    paper = forms.CharField(max_length=60)
    filed_on = forms.DateField()
    scan = forms.FileField()


def plans(request: OfficerRequest, code: str) -> HttpResponse:
    campaign = campaign_or_404(request, code)
    circular, today = circular_of(campaign), timezone.localdate()
    counties = filed.counties_for(request.user, campaign)
    may = bool(request.roles & permissions.asked("plan-file"))
    shown = {
        "campaign": campaign,
        "asked": circular.plans,
        "clause": cited(campaign.version, circular.plans.clause) if circular.plans else None,
        "room": _room(campaign, circular),
        "lines": [_line(one, circular, today) for one in filed.standing(request.user, campaign, circular, today=today)],
        "counties": list(counties) if may else [],
        "clauses": _choices(circular),
        "adds": _ADDS,
        "today": today,
    }
    return render(request, "offices/plans.html", shown)


@require_POST
def plan_file(request: OfficerRequest, code: str) -> HttpResponse:
    campaign, form = campaign_or_404(request, code), PlanForm(request.POST, request.FILES)
    scan = scanned(form.cleaned_data["scan"]) if form.is_valid() else None
    mine = filed.counties_for(request.user, campaign)
    federation = mine.filter(code=form.data.get("federation", "")).first()
    if scan is None or federation is None:
        tell(request, ERROR, _("还没有报：总工会、文号、报送日期和扫描件（pdf、jpg、png，不超过 10 MB）都要有。"))
        return redirect("plans", code)
    try:
        made = _filed(request, campaign, federation, form, scan)
    except SaidError as error:
        tell(request, ERROR, error.sentence)
        return redirect("plans", code)
    tell(request, SUCCESS, _("实施方案报好了。"))
    return redirect("plan", made.pk)


def plan(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    found = _found(pk)
    circular = circular_of(found.campaign)
    shown = {
        "plan": found,
        "campaign": found.campaign,
        "by": words.people([found.filed_by])[found.filed_by],
        "adds": [(cited(found.campaign.version, clause), circular.clause.get(clause), text) for clause, text in found.provisions],
        "others": [one for one in filed.plan_and_earlier(found) if one.pk != found.pk],
    }  # fmt: skip
    return render(request, "offices/plan.html", shown)


def plan_scan(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    return scan_shown(request, _found(pk).scan, back=redirect("plan", pk))


def _filed(
    request: OfficerRequest, campaign: Campaign, federation: Organisation, form: PlanForm, scan: Scanned
) -> ImplementationPlan:
    at, by, told = timezone.now(), request.user.username, form.cleaned_data
    return filed.file_plan(
        campaign,
        circular_of(campaign),
        federation,
        paper=told["paper"],
        filed_on=told["filed_on"],
        provisions=_provisions(request),
        scan=documents.store(scan.content, name=scan.name, media_type=scan.media_type, officer=by, at=at),
        officer=by,
        at=at,
    )


def _provisions(request: OfficerRequest) -> list[filed.Provision]:
    """The clauses that were chosen with what the plan adds to each; a line without words adds nothing."""
    lines = ((request.POST.get(f"clause-{n}", "")[:40], request.POST.get(f"adds-{n}", "")) for n in _ADDS)
    return [(clause, whole(text, 500, "规定", "a provision")) for clause, text in lines if text.strip()]


def _line(one: filed.Standing, circular: Circular, today: date) -> Line:
    due = circular.plans.due if circular.plans else None
    if one.plan:
        late = ngettext("迟报 %(n)s 天", "迟报 %(n)s 天", one.late) % {"n": one.late}
        return Line(one.federation, one.plan, late if one.late else _("已报"), "look" if one.late else "done")
    if one.late:
        return Line(
            one.federation, None, ngettext("过期 %(n)s 天", "过期 %(n)s 天", one.late) % {"n": one.late}, "stop"
        )
    return Line(one.federation, None, _("还没有报"), "soon" if due and (due - today).days < 4 else "")


def _room(campaign: Campaign, circular: Circular) -> Sequence[Cited | None]:
    return [cited(campaign.version, clause) for clause in circular.plans.room] if circular.plans else []


def _choices(circular: Circular) -> tuple[Sequence[Clause], Sequence[Clause]]:
    """Every clause: first those that a plan may add to. Whoever chooses another is told why that is not the county's."""
    room = circular.plans.room if circular.plans else ()
    return [one for one in circular.clauses if one.id in room], [one for one in circular.clauses if one.id not in room]


def _found(pk: uuid.UUID) -> ImplementationPlan:
    chosen = ImplementationPlan.objects.select_related(
        "campaign__version", "campaign__federation", "federation", "scan"
    )
    return chosen.get(pk=pk)
