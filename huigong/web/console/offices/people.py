"""人员: who serves where and until when, one officer with what would stop without them, invitations, one's own password."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.messages import ERROR, SUCCESS
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.organisations import actions, queries
from huigong.organisations.models import Appointment, Officer
from huigong.values.sentence import SaidError
from huigong.web import permissions
from huigong.web.console.asking import OfficerRequest, or_404, tell
from huigong.web.console.entrance.signing import BACKEND
from huigong.web.console.offices.absence import stops_without

A_PAGE = 50


class RoleForm(forms.Form):
    """A role, where, and to which last day if any. `organisation` is a code: the view asks whether it is in scope."""

    role = forms.ChoiceField(choices=Appointment.Role.choices)
    organisation = forms.CharField(max_length=40, required=False)
    until = forms.DateField(required=False)


def people(request: OfficerRequest) -> HttpResponse:
    wanted, day = request.GET.get("q", "").strip()[:60], timezone.localdate()
    found = queries.people_for(request.user, named=wanted, role=request.GET.get("role", ""))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    held = queries.roles_of_people(page.object_list, on=day)
    shown = {
        "page": page,
        "lines": [(one, held.get(one.pk, [])) for one in page.object_list],
        "q": wanted,
        "role": request.GET.get("role", ""),
        "roles": Appointment.Role.choices,
        "may": bool(request.roles & permissions.asked("people-invite")),
        "invitations": queries.open_invitations(request.user, at=timezone.now()),
        "soon": queries.ending_soon(request.user, on=day),
        "today": day,
    }
    return render(request, "offices/people.html", shown)


def person(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    found, day = Officer.objects.select_related("organisation").get(pk=pk), timezone.localdate()
    may = bool(request.roles & permissions.asked("person-appoint")) and found.is_active
    shown = {
        "person": found,
        "may": may,
        "periods": list(
            found.appointments.select_related("organisation", "deputy_for").order_by("-valid_from", "role")
        ),
        "stops": stops_without(found, on=day),
        "handed": queries.hand_over_of(found),
        "factor": queries.factor_of(found) if may else None,
        "roles": Appointment.Role.choices,
        "others": queries.people_for(request.user).filter(is_active=True).exclude(pk=pk) if may else (),
        "today": day,
    }
    return render(request, "offices/person.html", shown)


@require_POST
def person_appoint(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    found, form = Officer.objects.get(pk=pk), RoleForm(request.POST)
    if not form.is_valid() or not found.is_active:
        tell(request, ERROR, _("还没有任命：请选角色；任职止写成 2017-12-31，或者不填。"))
        return redirect("person", pk)
    role, until = form.cleaned_data["role"], form.cleaned_data["until"]
    told: dict[str, Any] = {"by": request.user.username, "at": timezone.now()}
    try:
        made = actions.appoint(found, role=role, organisation=found.organisation, until=until, **told)
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    else:
        tell(request, SUCCESS, _("任命好了。") if made else _("已经担任这个角色，没有再记。"))
    return redirect("person", pk)


@require_POST
def person_way_in(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    """A link that lets this officer in once, shown once, on the answer to the post: only its digest is kept."""
    found = Officer.objects.get(pk=pk)
    try:
        token = actions.let_in(found, by=request.user.username, at=timezone.now())
    except SaidError as error:
        tell(request, ERROR, error.sentence)
        return redirect("person", pk)
    address = request.build_absolute_uri(reverse("sign-in-once", args=[token]))
    shown = {"person": found, "address": address, "hours": actions.SIGN_IN_HOURS}
    return render(request, "offices/way_in.html", shown)


@require_POST
def person_end(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    """The last day of one role of this officer: the period is looked for among the officer's own."""
    key, day = request.POST.get("period", ""), _day(request.POST.get("last_day", ""))
    mine = Appointment.objects.filter(officer=pk).select_related("officer", "organisation")
    period = or_404(next((one for one in mine if str(one.pk) == key), None))
    try:
        actions.end(period, last_day=day or timezone.localdate(), by=request.user.username, at=timezone.now())
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    else:
        tell(request, SUCCESS, _("任职的最后一天定了。"))
    return redirect("person", pk)


def people_invite(request: OfficerRequest) -> HttpResponse:
    """A code is shown once, on the answer to the post: only its digest is kept."""
    scope = queries.scope_of(request.user).filter(closed_on=None)
    form = RoleForm(request.POST if request.method == "POST" else None)
    shown = {"units": scope, "roles": Appointment.Role.choices, "days": actions.INVITATION_DAYS}
    if request.method == "POST":
        unit = scope.filter(code=request.POST.get("organisation", "")).first()
        if form.is_valid() and unit:
            told: dict[str, Any] = {"by": request.user.username, "at": timezone.now()}
            role, until = form.cleaned_data["role"], form.cleaned_data["until"]
            try:
                code = actions.invite(unit, role=role, until=until, **told)
            except SaidError as error:
                tell(request, ERROR, error.sentence)
            else:
                address = request.build_absolute_uri(reverse("join"))
                shown |= {"code": code, "unit": unit, "role": Appointment.Role(role).label, "address": address}
        else:
            tell(request, ERROR, _("还没有发：请从列出的单位里选一个，再选角色。"))
    return render(request, "offices/invite.html", shown)


def join(request: HttpRequest) -> HttpResponse:
    """Somebody with an invitation gives a name and a password, and is in."""
    shown = {"code": request.POST.get("code", ""), "name": request.POST.get("name", "").strip()[:50]}
    if request.method != "POST":
        return render(request, "offices/join.html", shown)
    password = request.POST.get("password", "")
    said = (
        _("请填姓名。")
        if not shown["name"]
        else _("两次填的密码不一样。")
        if password != request.POST.get("again")
        else ""
    )
    try:
        if not said:
            officer = actions.join(shown["code"], name=shown["name"], password=password, at=timezone.now())
            login(request, officer, backend=BACKEND)
            tell(request, SUCCESS, _("欢迎。您的登录名是 %(name)s，请记下。") % {"name": officer.username})
            return redirect("today")
    except SaidError as error:
        said = error.sentence.in_language(get_language() or "")
    return render(request, "offices/join.html", shown | {"said": said}, status=422)


def password(request: OfficerRequest) -> HttpResponse:
    """One's own password; who has one says it first."""
    own = Officer.objects.get(pk=request.user.pk)
    shown: dict[str, object] = {"has": own.has_usable_password()}
    if request.method != "POST":
        return render(request, "offices/password.html", shown)
    new = request.POST.get("password", "")
    if own.has_usable_password() and not own.check_password(request.POST.get("old", "")):
        said = _("现在的密码不对。")
    elif new != request.POST.get("again"):
        said = _("两次填的密码不一样。")
    else:
        said = _set(request, own, new)
    if said:
        return render(request, "offices/password.html", shown | {"said": said}, status=422)
    tell(request, SUCCESS, _("密码设好了。别的地方的登录都已退出。"))
    return redirect("today")


def _set(request: OfficerRequest, own: Officer, new: str) -> str:
    try:
        actions.set_password(own, new, by=own.username, at=timezone.now())
    except SaidError as error:
        return error.sentence.in_language(get_language() or "")
    update_session_auth_hash(request, own)
    return ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
