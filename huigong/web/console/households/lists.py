"""等着办的档案: files to review, to re-check, to complete, to take over; each count is its names, and one union's if asked."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from huigong.organisations import queries as organisations
from huigong.registry.waiting import COUNTED, WORDS, counts, waiting
from huigong.web.console.asking import OfficerRequest
from huigong.web.console.finding.files_listed import page_number
from huigong.web.console.words import said

_A_PAGE = 50
_MOST_UNIONS = 500


def files_waiting(request: OfficerRequest) -> HttpResponse:
    today, which = timezone.localdate(), request.GET.get("list", "")
    which = which if which in WORDS else "to-complete"
    unions = list(organisations.scope_of(request.user).filter(closed_on=None).order_by("path")[:_MOST_UNIONS])
    union = next((one for one in unions if one.code == request.GET.get("union")), None)
    number = page_number(request.GET.get("page", ""))
    files = waiting(request.user, which, today=today, union=union)[(number - 1) * _A_PAGE : number * _A_PAGE + 1]
    shown = {
        "files": list(files)[:_A_PAGE],
        "number": number,
        "before": number - 1,
        "after": number + 1 if len(files) > _A_PAGE else 0,
        "which": which,
        "title": said(*WORDS[which]),
        "lists": [
            (name, said(*WORDS[name]), many(n)) for name, n in counts(request.user, today=today, union=union).items()
        ],
        "unions": unions,
        "union": union,
    }
    return render(request, "households/waiting.html", shown)


def many(count: int) -> str:
    return str(count) if count <= COUNTED else f"{COUNTED:,}+"
