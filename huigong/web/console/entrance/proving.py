"""动态码: enrol one's authenticator, and let the security administrator withdraw a lost one."""

import uuid

import segno
from django.contrib.messages import ERROR, SUCCESS
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.organisations import actions, queries
from huigong.organisations.models import Officer
from huigong.values.sentence import SaidError
from huigong.web import factors
from huigong.web.console.asking import OfficerRequest, or_404, tell

_FRESH = "second_factor_secret"


def second_factor(request: OfficerRequest) -> HttpResponse:
    """The secret lies in the session until its first code was right, so that a reload shows the same picture."""
    if queries.factor_of(request.user) is not None:
        return render(request, "entrance/second_factor.html", {"enrolled": queries.factor_of(request.user)})
    secret = request.session.setdefault(_FRESH, actions.new_secret())
    said = ""
    if request.method == "POST":
        try:
            actions.enrol(request.user, secret, request.POST.get("code", ""), at=timezone.now())
        except SaidError as error:
            said = error.sentence.in_language(get_language() or "")
        else:
            request.session.pop(_FRESH, None)
            factors.prove(request, at=timezone.now())
            tell(request, SUCCESS, _("动态码登记好了。审批、发放时会问您要。"))
            return redirect("second-factor")
    groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
    shown = {"secret": " ".join(groups), "said": said}
    return render(request, "entrance/second_factor.html", shown, status=422 if said else 200)


def second_factor_picture(request: OfficerRequest) -> HttpResponse:
    """The QR code as a picture of its own: no style or script of the page is needed for it."""
    secret = or_404(request.session.get(_FRESH))
    picture = segno.make(actions.address_of(secret, request.user)).svg_inline(scale=5, border=2)
    drawn = picture.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return HttpResponse(drawn, content_type="image/svg+xml", headers={"Cache-Control": "no-store"})


@require_POST
def person_factor_withdraw(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    person = or_404(Officer.objects.filter(pk=pk).first())
    try:
        actions.withdraw_factor(person, by=request.user.username, at=timezone.now())
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    else:
        tell(request, SUCCESS, _("撤销了。请%(name)s登录后重新登记。") % {"name": person.name})
    return redirect("person", pk)
