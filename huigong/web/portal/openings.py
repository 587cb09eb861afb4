"""The employer's own page: number and code as the union sent them; then what stands of the opening, and one click. Slowed for guesses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from huigong.employment import actions
from huigong.employment.models import Opening
from huigong.values.sentence import SaidError
from huigong.web.console.employment import shown
from huigong.web.console.words import said
from huigong.web.often import too_many_tries

_ANSWERS = {"yes": True, "no": False}


def opening_answer(request: HttpRequest) -> HttpResponse:
    """First the code, then the opening with two buttons. Nothing of a graduate stands here, nor another opening."""
    if request.method != "POST":
        return render(request, "employment/offered.html")
    now, number = timezone.now(), request.POST.get("number", "").strip().upper()[:40]
    code, answer = request.POST.get("code", "")[:20], request.POST.get("answer", "")
    if too_many_tries(request, f"opening {number}", at=now):
        why = _("试得太多了，请过一小时再试，或打工会的电话。")
        return render(request, "employment/offered.html", {"why": why}, status=429)
    try:
        if answer in _ANSWERS:
            one = actions.confirm_by_code(number, code, offers=_ANSWERS[answer], at=now)
        else:
            one = actions.opening_of_code(number, code)
    except SaidError as error:
        why = said(error.sentence.zh, error.sentence.en)
        return render(request, "employment/offered.html", {"why": why, "number": number}, status=422)
    return render(request, "employment/offered.html", _told(one, code, done=answer in _ANSWERS))


def _told(one: Opening, code: str, *, done: bool) -> dict[str, object]:
    return {
        "one": one,
        "code": code,
        "done": done,
        "kind": shown.word(one.kind),
        "status": shown.status_word(one.status),
        "tone": shown.TONES[one.status],
        "pay": one.pay_fen // 100 if one.pay_fen else None,
        "asks": shown.asks(one),
    }
