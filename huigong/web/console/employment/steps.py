"""The forms of a graduate's page: each is one step, one action, and back; what is refused stays typed."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.messages import SUCCESS
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from huigong.employment.models import Graduate
from huigong.web.console.asking import OfficerRequest, tell
from huigong.web.console.employment import typed
from huigong.web.console.employment.asking import graduate_or_404
from huigong.web.console.employment.given import (
    answer_given,
    became_given,
    call_given,
    check_given,
    loss_given,
    plan_given,
    proof_given,
    service_given,
    start_up_given,
    support_given,
)
from huigong.web.console.once import once

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

Given = Callable[[OfficerRequest, Graduate, datetime], None]


def _step(given: Given, said: "StrPromise") -> Callable[[OfficerRequest, UUID], HttpResponse]:
    """A form of the page: the graduate in scope, one action, back. What is refused stays typed."""

    @require_POST
    def step(request: OfficerRequest, pk: UUID) -> HttpResponse:
        one, back = graduate_or_404(request, pk), reverse("graduate", args=[pk])

        def do() -> str:
            given(request, one, timezone.now())
            typed.noted(request, one)
            tell(request, SUCCESS, str(said))
            return back

        return once(request, do, back=back, refused=lambda: typed.refused(request, one))

    return step


graduate_call = _step(call_given, lazy("这次联系记下了。"))
graduate_plan = _step(plan_given, lazy("一人一策存好了。"))
graduate_answer = _step(answer_given, lazy("记下了，按这个回答重新看了政策。"))
graduate_serve = _step(service_given, lazy("服务记下了。"))
graduate_outcome = _step(became_given, lazy("去向记下了。请把确认码交给本人。"))
graduate_prove = _step(proof_given, lazy("凭据补上了。"))
graduate_check = _step(check_given, lazy("回访记下了。"))
graduate_lose = _step(loss_given, lazy("记下了，重新开始帮扶。"))
graduate_start_up = _step(start_up_given, lazy("创业计划存好了。"))
graduate_support = _step(support_given, lazy("扶持资金记账了。"))
