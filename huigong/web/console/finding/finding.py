"""找, and the list of files: half a fact leads to a file, a case, or the office that knows; lists narrow to what lies still."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.registry import actions, listing
from huigong.values.spoken import typed
from huigong.vault import tokens
from huigong.web import often
from huigong.web.console.asking import OfficerRequest
from huigong.web.console.finding import files_listed, found
from huigong.web.roles import HANDS_IN

_HALF_A_DAY = 12 * 60 * 60
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def search(request: OfficerRequest) -> HttpResponse:
    """A search is posted and answered with an address in which what was typed is sealed: no log ever holds it."""
    at, reader = timezone.now(), request.user.username
    if request.method == "POST":
        if often.too_many_searches(request.user, at=at):
            return render(request, "finding/search.html", {"often": often.A_MINUTE}, status=429)
        token = tokens.seal(typed(request.POST.get("q", "")), reader=reader, at=at)
        return redirect(f"{reverse('search')}?s={token}")
    token = request.GET.get("s", "")[:2000]
    asked = tokens.opened(token, reader=reader, at=at, seconds=_HALF_A_DAY) if token else None
    shown: dict[str, object] = {"typed": asked or "", "old": bool(token) and asked is None}
    if asked:
        shown["answer"] = answer = found.answer(request.user, asked, roles=request.roles)
        if answer.elsewhere:
            actions.tell_elsewhere(answer.elsewhere, asked, officer=reader, at=at)
    return render(request, "finding/search.html", shown)


def households(request: OfficerRequest) -> HttpResponse:
    wanted = files_listed.wanted(request.GET)
    number = files_listed.page_number(request.GET.get("page", ""))
    page = listing.page(request.user, wanted, number=number, today=timezone.localdate())
    shown = files_listed.shown(wanted, page, roles=request.roles)
    may_begin = bool(request.roles & HANDS_IN)
    return render(request, "finding/households.html", {"list": shown, "may_begin": may_begin})


@require_POST
def households_download(request: OfficerRequest) -> HttpResponse:
    """The list as a workbook, for a purpose that is written into it and into history."""
    wanted, purpose = files_listed.wanted(request.GET), request.POST.get("purpose", "")
    if purpose not in files_listed.PURPOSES:
        return redirect(reverse("households") + files_listed.query(wanted))
    content = files_listed.taken(request.user, wanted, purpose=purpose, at=timezone.now())
    name = f"{_('档案')}-{timezone.localdate().isoformat()}.xlsx"
    kept = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type=_XLSX, headers={"Content-Disposition": kept or "attachment"})
