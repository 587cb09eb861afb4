"""单位: the tree of unions, one unit with what became of it, and the changes: new, renamed, moved, merged, another centre."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib.messages import ERROR, SUCCESS
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from huigong.organisations import actions, queries
from huigong.organisations.models import AidCentre, Organisation
from huigong.values.sentence import SaidError
from huigong.web import permissions
from huigong.web.console.asking import OfficerRequest, opens, tell

_SHOWN = 400  # lines of the tree: a unit with more below it is opened, or searched


@dataclass(frozen=True, slots=True)
class Branch:
    """One line of the tree: how deep, how many stand below, how many serve there."""

    unit: Organisation
    depth: int
    below: int
    people: int


class ChangeForm(forms.Form):
    """From which day, by which paper: every change of a unit stands on one."""

    on = forms.DateField(
        error_messages={"required": gettext_lazy("请填自哪天起。"), "invalid": gettext_lazy("日期请写成 2017-09-01。")}
    )
    paper = forms.CharField(max_length=120, error_messages={"required": gettext_lazy("请填依据的文号。")})
    name = forms.CharField(max_length=100, required=False)
    other = forms.CharField(max_length=40, required=False)


class NewUnitForm(forms.Form):
    name = forms.CharField(max_length=100)
    code = forms.RegexField(r"^[\w-]{2,40}$", max_length=40)
    kind = forms.ChoiceField(choices=Organisation.Kind.choices)
    level = forms.ChoiceField(choices=Organisation.Level.choices)


def units(request: OfficerRequest) -> HttpResponse:
    wanted = request.GET.get("q", "").strip()[:60]
    unserved = request.GET.get("unserved", "")
    found = queries.tree(request.user, named=wanted, only_unserved=unserved)
    lines: list[Any] = list(found[:_SHOWN])
    depth = request.user.organisation.path.count("/")
    shown = [Branch(one, one.path.count("/") - depth, one.below, one.serving) for one in lines]
    may = bool(request.roles & permissions.asked("units-import"))
    return render(
        request,
        "offices/units.html",
        {
            "lines": shown,
            "total": found.count(),
            "q": wanted,
            "unserved": unserved,
            "may": may,
            "above": queries.above(request.user.organisation),
        },
    )


def unit(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    found = queries.unit_with_surroundings(pk)
    may = bool(request.roles & permissions.asked("unit-rename")) and found.path.startswith(
        request.user.organisation.path
    )
    shown = {
        "unit": found,
        "may": may and not found.closed_on,
        "changes": list(found.changes.select_related("parent_before")),
        "children": [(one, opens(request, "unit", one)) for one in found.children.order_by("code")[:_SHOWN]],
        "centre": queries.centre_of(queries.competent_federation(found)),
        "people": list(queries.serving_at(found, on=timezone.localdate())),
        "choices": queries.scope_of(request.user).filter(closed_on=None).exclude(pk=found.pk) if may else (),
        "centres": AidCentre.objects.select_related("federation").order_by("federation__code") if may else (),
        "kinds": Organisation.Kind.choices,
        "levels": [one for one in Organisation.Level.choices if not Organisation.is_above(one[0], found.level)],
        "desk": may and found.kind == Organisation.Kind.FEDERATION,
        "today": timezone.localdate(),
    }
    return render(request, "offices/unit.html", shown)


@require_POST
def unit_add(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    parent, form = Organisation.objects.get(pk=pk), NewUnitForm(request.POST)
    if not form.is_valid():
        tell(request, ERROR, _("还没有建：名称、编码（字母、数字、横线）、类别、层级都要填。"))
        return redirect("unit", pk)
    told: dict[str, Any] = {"officer": request.user.username, "at": timezone.now()}
    try:
        made = actions.add_unit(**form.cleaned_data, parent=parent, **told)
    except SaidError as error:
        tell(request, ERROR, error.sentence)
        return redirect("unit", pk)
    tell(request, SUCCESS, _("建好了：%(name)s。") % {"name": made.name})
    return redirect("unit", made.pk)


@require_POST
def unit_rename(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    def act(found: Organisation, form: ChangeForm, day: date) -> str:
        name = form.cleaned_data["name"].strip()
        if not name:
            return ""
        actions.rename(found, name, **_told(request, form, day))
        return _("改名了，以前的文书仍显示当时的名称。")

    return _change(request, pk, act)


@require_POST
def unit_move(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    def act(found: Organisation, form: ChangeForm, day: date) -> str:
        parent = _chosen(request, form)
        if parent is None:
            return ""
        actions.move(found, parent, **_told(request, form, day))
        return _("改隶了，下级一起移动。")

    return _change(request, pk, act)


@require_POST
def unit_merge(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    def act(found: Organisation, form: ChangeForm, day: date) -> str:
        into = _chosen(request, form)
        if into is None:
            return ""
        actions.merge(found, into, **_told(request, form, day))
        return _("并入了，原单位保留备查。")

    return _change(request, pk, act)


@require_POST
def unit_centre(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    def act(found: Organisation, form: ChangeForm, day: date) -> str:
        code = form.cleaned_data["other"]
        centre = AidCentre.objects.filter(federation__code=code).first()
        if code and centre is None:
            return ""
        actions.place_under_centre(found, centre, **_told(request, form, day))
        return _("归口帮扶中心改好了。")

    return _change(request, pk, act)


@require_POST
def unit_telephone(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    """The desk's telephone, which offices elsewhere are told when they ask about a family that is filed here."""
    number = request.POST.get("telephone", "").strip()
    try:
        actions.set_telephone(Organisation.objects.get(pk=pk), number, officer=request.user.username, at=timezone.now())
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    else:
        tell(request, SUCCESS, _("值班电话登记好了。") if number else _("值班电话去掉了。"))
    return redirect("unit", pk)


def _change(
    request: OfficerRequest, pk: uuid.UUID, act: Callable[[Organisation, ChangeForm, date], str]
) -> HttpResponse:
    """One change of a unit, said in a sentence; an empty sentence: what was chosen is not in the officer's tree."""
    form = ChangeForm(request.POST)
    if not form.is_valid():
        tell(request, ERROR, " ".join(str(fault) for faults in form.errors.values() for fault in faults))
        return redirect("unit", pk)
    try:
        said = act(Organisation.objects.get(pk=pk), form, form.cleaned_data["on"])
    except SaidError as error:
        tell(request, ERROR, error.sentence)
        return redirect("unit", pk)
    if said:
        tell(request, SUCCESS, said)
    else:
        tell(request, ERROR, _("没有改：请从列出的里面选一个，它要在您的范围里。"))
    return redirect("unit", pk)


def _chosen(request: OfficerRequest, form: ChangeForm) -> Organisation | None:
    """The unit of that code, if it is in the officer's scope: the field may hold anything."""
    return queries.scope_of(request.user).filter(code=form.cleaned_data["other"], closed_on=None).first()


def _told(request: OfficerRequest, form: ChangeForm, day: date) -> dict[str, Any]:
    return {"on": day, "paper": form.cleaned_data["paper"], "officer": request.user.username, "at": timezone.now()}
