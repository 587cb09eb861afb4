"""等着办的档案: files without a key group or a measure, to complete, to re-check, to take over; each count is its names."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from huigong.registry.waiting import WORDS, counts, waiting
from huigong.web.console.asking import OfficerRequest
from huigong.web.console.words import said

_A_PAGE = 50


def files_waiting(request: OfficerRequest) -> HttpResponse:
    today = timezone.localdate()
    which = request.GET.get("list", "")
    which = which if which in WORDS else "to-complete"
    page = Paginator(waiting(request.user, which, today=today), _A_PAGE).get_page(request.GET.get("page"))
    number = counts(request.user, today=today)
    shown = {
        "page": page,
        "which": which,
        "title": said(*WORDS[which]),
        "lists": [(name, said(*pair), number[name]) for name, pair in WORDS.items()],
    }
    return render(request, "households/waiting.html", shown)
