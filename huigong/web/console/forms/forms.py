"""交表: drop forms and see what was read; one form as a sheet, where its cells are mended and its good rows taken."""

import uuid

from django.contrib.messages import ERROR, SUCCESS, WARNING
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from huigong.circulars import queries as circulars
from huigong.circulars import routing
from huigong.intake import actions as intake
from huigong.intake import queries
from huigong.intake.lifecycle import ACCEPTED, READY, SUBMITTED
from huigong.organisations import queries as organisations
from huigong.values.sentence import SaidError
from huigong.web import uploads
from huigong.web.console.applications.papers import LOOKED_AT, TAKEN_BACK, stamp_of
from huigong.web.console.asking import (
    OfficerRequest,
    campaign_or_404,
    definition_of,
    form_or_404,
    row_number,
    tell,
)
from huigong.web.console.forms import drafts, received, returning, stamping
from huigong.web.console.forms.handing_in import hand_in as take_in
from huigong.web.console.forms.sheet import Asked, sheet_of
from huigong.web.roles import HANDS_IN

A_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def forms(request: OfficerRequest, code: str) -> HttpResponse:
    campaign = campaign_or_404(request, code)
    mine = queries.forms_for(request.user, campaign)
    state, circular = request.GET.get("state", ""), circulars.circular_of(campaign)
    shown = received.of_state(mine, state).select_related("unit").order_by("-received_at", "-id")
    return render(
        request,
        "forms/forms.html",
        {
            "campaign": campaign,
            "circular": circular,
            "desk": routing.desk_for_forms(circular, campaign, request.user.organisation),
            "elsewhere": routing.other_desk(circular, campaign, request.user.organisation, None),
            "strip": received.strip(mine, state),
            "page": Paginator(shown, A_PAGE).get_page(request.GET.get("page")),
            "state": state,
            "may": bool(request.roles & HANDS_IN),
            "may_fill": "preparer" in request.roles,
            "may_date": "verifier" in request.roles,
            "day": received.usual_day(campaign, today=timezone.localdate()),
            "today": timezone.localdate(),
            "limits": uploads,
        },
    )


@require_POST
def forms_hand_in(request: OfficerRequest, code: str) -> HttpResponse:
    campaign = campaign_or_404(request, code)
    form = uploads.HandInForm(request.POST, request.FILES)
    if uploads.is_too_large(request) or not form.is_valid():
        return _not_taken(request, code, form)
    outcomes = take_in(
        campaign,
        uploads.files_of(form),
        received_on=received.day(request.roles, form.cleaned_data["received_on"], today=timezone.localdate()),
        officer=request.user,
        at=timezone.now(),
    )
    if request.headers.get("X-Requested-With") == "drop":
        return render(request, "forms/forms_outcomes.html", {"outcomes": outcomes})
    received.tell_outcomes(request, outcomes)
    return redirect("forms", code)


def _not_taken(request: OfficerRequest, code: str, form: uploads.HandInForm) -> HttpResponse:
    faults = [uploads.too_large_in_words()] if uploads.is_too_large(request) else _faults(form)
    if request.headers.get("X-Requested-With") == "drop":
        return render(request, "forms/forms_outcomes.html", {"faults": faults}, status=422)
    for fault in faults:
        tell(request, ERROR, fault)
    return redirect("forms", code)


def _faults(form: uploads.HandInForm) -> list[str]:
    return [str(fault) for faults in form.errors.values() for fault in faults]


def form(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    found = form_or_404(request, pk)
    circular, may = circulars.circular_of(found.campaign), bool(request.roles & HANDS_IN)
    draft = drafts.offered(request, drafts.form_place(pk)) if may else None
    asked = Asked(
        only=request.GET.get("only", ""),
        page=request.GET.get("page", ""),
        holding=row_number(request.GET.get("at", "")),
        opened=row_number(request.GET.get("row", "")),
        drafted=draft.fields if draft and draft.is_shown else {},
    )
    sheet = sheet_of(found, definition_of(found.campaign), mends="faults" if may else "none", asked=asked)
    return render(
        request,
        "forms/form.html",
        {
            "form": found,
            "campaign": found.campaign,
            "sheet": sheet,
            "draft": draft,
            "keep": drafts.keeper_of(drafts.form_place(pk)),
            "place": drafts.form_place(pk),
            "may": may,
            "elsewhere": routing.other_desk(circular, found.campaign, request.user.organisation, found.unit),
            "today": timezone.localdate(),
            "stamp": stamp_of(found, roles=request.roles),
            "scan": stamping.last_scan(found, definition_of(found.campaign)),
            "reasons": LOOKED_AT,
            "why_back": TAKEN_BACK,
            "only": asked.only,
            "unnamed": any(problem.kind == "no_heading" for problem in sheet.problems),
            "returned": returning.returned(found),
            "units": organisations.scope_of(request.user) if may and not found.unit else (),
        },
    )


@require_POST
def form_take(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    found = form_or_404(request, pk)
    rows = list(found.rows.filter(status=READY))
    try:
        routing.refuse_other_desk(
            circulars.circular_of(found.campaign), found.campaign, request.user.organisation, found.unit
        )
    except SaidError as error:
        tell(request, ERROR, error.sentence)
        return redirect("form", pk)
    n = intake.accept_rows(rows, officer=request.user.username, at=timezone.now())
    tell(request, SUCCESS, ngettext("收下了 %(n)s 行。", "收下了 %(n)s 行。", n) % {"n": n})
    return redirect("form", pk)


@require_POST
def form_undo(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    found = form_or_404(request, pk)
    rows = list(found.rows.filter(status__in=(ACCEPTED, SUBMITTED)))
    try:
        n = intake.undo_accept(rows, officer=request.user.username, at=timezone.now())
    except SaidError as error:
        tell(request, ERROR, error.sentence)
        return redirect("form", pk)
    if n:
        tell(request, SUCCESS, ngettext("撤回了 %(n)s 行，可以再改。", "撤回了 %(n)s 行，可以再改。", n) % {"n": n})
    else:
        tell(request, WARNING, _("没有可以撤回的行：已立案的不能撤回，请到申请里办。"))
    return redirect("form", pk)


@require_POST
def form_annotated(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    found = form_or_404(request, pk)
    if found.outcome != found.Outcome.READ:
        raise Http404
    definition = definition_of(found.campaign)
    content = returning.annotated(found, definition, officer=request.user.username, at=timezone.now())
    name = content_disposition_header(as_attachment=True, filename=returning.name_of(found)) or "attachment"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": name})
