"""代理与交接: somebody stands in until a day; somebody leaves and hands over, with a list that three people sign."""

import uuid
from typing import Any

from django import forms
from django.contrib.messages import ERROR, SUCCESS
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.organisations import actions, queries
from huigong.organisations.models import Officer
from huigong.runs.handing_over import hand_over
from huigong.values.sentence import SaidError
from huigong.web.console.asking import OfficerRequest, tell
from huigong.web.console.offices.handed import paper_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class DeputyForm(forms.Form):
    deputy = forms.CharField(max_length=64)
    first_day = forms.DateField()
    last_day = forms.DateField()


class HandOverForm(forms.Form):
    successor = forms.CharField(max_length=64)
    witness = forms.CharField(max_length=64)
    on = forms.DateField()


@require_POST
def person_deputy(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    found, form = Officer.objects.get(pk=pk), DeputyForm(request.POST)
    if not form.is_valid() or (deputy := _colleague(request, form.cleaned_data["deputy"])) is None:
        tell(request, ERROR, _("还没有定代理：请选您范围里的一位，写明从哪天到哪天。"))
        return redirect("person", pk)
    days = {"first_day": form.cleaned_data["first_day"], "last_day": form.cleaned_data["last_day"]}
    try:
        made = actions.deputise(found, deputy, **days, by=request.user.username, at=timezone.now())
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    else:
        told = {"name": deputy.name, "n": len(made), "day": days["last_day"]}
        tell(request, SUCCESS, _("%(name)s代理 %(n)s 个角色，到 %(day)s 自动结束。") % told)
    return redirect("person", pk)


@require_POST
def person_hand_over(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    found, form = Officer.objects.get(pk=pk), HandOverForm(request.POST)
    three = [_colleague(request, form.data.get(name, "")) for name in ("successor", "witness")]
    if not form.is_valid() or three[0] is None or three[1] is None:
        tell(request, ERROR, _("还没有交接：接收人、监交人请从您范围里选，写明哪天。"))
        return redirect("person", pk)
    told: dict[str, Any] = {"on": form.cleaned_data["on"], "by": request.user.username}
    try:
        hand_over(found, three[0], three[1], **told, at=timezone.now())
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    else:
        tell(request, SUCCESS, _("交接记下了。请下载交接清单，三个人签字。"))
    return redirect("person", pk)


def person_handed(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:  # noqa: ARG001  the table asks who
    """交接清单 as a paper: what was open, and three lines to sign."""
    made = queries.hand_over_of(Officer.objects.get(pk=pk))
    if made is None:
        return redirect("person", pk)
    name = content_disposition_header(as_attachment=True, filename=f"{made.number}-交接清单.docx") or "attachment"
    return HttpResponse(paper_of(made), content_type=DOCX, headers={"Content-Disposition": name})


def _colleague(request: OfficerRequest, username: str) -> Officer | None:
    """Somebody of the officer's scope who serves still: the field may hold anything."""
    return queries.people_for(request.user).filter(username=username, is_active=True).first()
