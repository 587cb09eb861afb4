"""等着办的档案: files to review, to re-check, to complete, to take over; each count is its names, and one union's if asked."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from huigong.organisations import queries as organisations
from huigong.registry.waiting import WORDS, counts, waiting
from huigong.web.console.asking import OfficerRequest
from huigong.web.console.words import said

_A_PAGE = 50
_MOST_UNIONS = 500


def files_waiting(request: OfficerRequest) -> HttpResponse:
    today, which = timezone.localdate(), request.GET.get("list", "")
    which = which if which in WORDS else "to-complete"
    unions = list(organisations.scope_of(request.user).filter(closed_on=None).order_by("path")[:_MOST_UNIONS])
    union = next((one for one in unions if one.code == request.GET.get("union")), None)
    page = Paginator(waiting(request.user, which, today=today, union=union), _A_PAGE).get_page(request.GET.get("page"))
    number = counts(request.user, today=today, union=union)
    shown = {
        "page": page,
        "which": which,
        "title": said(*WORDS[which]),
        "lists": [(name, said(*pair), number[name]) for name, pair in WORDS.items()],
        "unions": unions,
        "union": union,
    }
    return render(request, "households/waiting.html", shown)
