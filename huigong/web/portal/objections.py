"""反映情况: anybody objects to a line on a notice, with a name or without; a family appeals; both read the answer by a code.

No address and no visit is kept of whoever writes. What they write lies encrypted and stands in no list.
"""

import uuid
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from huigong.grievances import actions, codes
from huigong.grievances import queries as grievances
from huigong.grievances.actions import Told
from huigong.grievances.models import Grievance
from huigong.publicnotices import queries as notices
from huigong.publicnotices.models import PublicNotice
from huigong.registry import receipts
from huigong.studentaid.models import Application
from huigong.values.sentence import SaidError
from huigong.web.console.words import said
from huigong.web.often import too_many_messages, too_many_tries
from huigong.web.portal.notices import VISITOR


def public_objection(request: HttpRequest, number: str) -> HttpResponse:
    """Against a line of a notice, while it hangs."""
    notice, now = notices.by_number(number), timezone.now()
    if notice is None:
        raise Http404
    hangs = notice.first_day <= timezone.localdate(now) <= notice.last_day
    made, why = _object(request, notice, now) if request.method == "POST" and hangs else (None, "")
    shown = {"notice": notice, "hangs": hangs, "kind": "objection", "line": request.GET.get("line", "")[:16]}
    return _answered(request, shown, made, why, gone=not hangs)


def public_appeal(request: HttpRequest) -> HttpResponse:
    """Against a decision, by the family itself: case number and the receipt code of its file."""
    made, why = _appeal(request, timezone.now()) if request.method == "POST" else (None, "")
    return _answered(request, {"kind": "appeal", "hangs": True}, made, why)


def public_answer(request: HttpRequest) -> HttpResponse:
    """How it stands, and the answer, for whoever has the number and the code."""
    found, why = None, ""
    if request.method == "POST":
        number = request.POST.get("number", "").strip().upper()[:40]
        if too_many_tries(request, number, at=timezone.now()):
            why = _("试得太多了，请过一小时再来，或者打公示上的电话。")
        else:
            found = grievances.by_number(number)
            if found is None or not codes.is_right(found, request.POST.get("code", "")[:20]):
                found, why = None, _("编号或答复码不对，请照交上去时给的再填一次。")
    answer = found.answer.plain() if found and found.answer else ""
    shown = {"found": found, "why": why, "answer": answer}
    return render(request, "portal/answer.html", shown, status=422 if why else 200)


def _object(request: HttpRequest, notice: PublicNotice, now: datetime) -> tuple[Grievance | None, str]:
    sent = request.POST
    typed = "".join(sent.get("line", "").split()).upper()[:16]
    line = notice.lines.filter(number=typed).first() if typed else None
    if typed and line is None:
        return None, _("这次公示里没有编号 %(line)s，请照名单再填；说不清是哪一行，可以空着。") % {"line": typed}
    reference = line.case_reference if line else ""
    told = Told("objection", "web", sent.get("said", ""), _person(request), notice.number, reference)
    return _record(request, notice, told, now)


def _appeal(request: HttpRequest, now: datetime) -> tuple[Grievance | None, str]:
    reference = "".join(request.POST.get("reference", "").split()).upper()[:40]
    if too_many_tries(request, f"appeal {reference}", at=now):
        return None, _("试得太多了，请过一小时再来，或者打公示上的电话。")
    one = Application.objects.filter(reference=reference).select_related("campaign__federation", "household").first()
    code, years = request.POST.get("code", "")[:20], {timezone.localdate(now).year}
    years |= {one.campaign.year} if one else set()
    home = one.household if one else None
    if one is None or home is None or not any(receipts.is_right(home, code, year=year) for year in years):
        return None, _("案号或回执码不对。回执码在建档回执上；单子丢了，请单位工会补一张，或者到窗口说。")
    told = Told("appeal", "web", request.POST.get("said", ""), _person(request), "", reference)
    return _record(request, one, told, now)


def _record(
    request: HttpRequest, about: PublicNotice | Application, told: Told, now: datetime
) -> tuple[Grievance | None, str]:
    if too_many_messages(request, at=now):
        return None, _("这一小时收到的太多了，请过一会儿再交，或者打公示上的电话。")
    try:
        submission = uuid.UUID(request.POST.get("submission", ""))
    except ValueError:
        submission = uuid.uuid4()
    try:
        return actions.record(about.campaign, told, submission=submission, officer=VISITOR, at=now), ""
    except SaidError as error:
        return None, said(error.sentence.zh, error.sentence.en)


def _person(request: HttpRequest) -> str:
    """Name and contact as they were given; nothing where somebody ticked to stay unnamed."""
    parts = (request.POST.get(name, "").strip() for name in ("person", "contact"))
    return " · ".join(part for part in parts if part)


def _answered(
    request: HttpRequest, shown: dict[str, object], made: Grievance | None, why: str, *, gone: bool = False
) -> HttpResponse:
    """The form, or once it was taken its number and code: shown this once."""
    told = {"made": made, "code": codes.code_of(made) if made else "", "why": why, "submission": uuid.uuid4()}
    status = 410 if gone else 422 if why else 200
    answer = render(request, "portal/objection.html", shown | told | {"typed": request.POST}, status=status)
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer
