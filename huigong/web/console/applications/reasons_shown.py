"""看理由: the reason that a named officer wrote when settling a question is shown for a purpose, and that is recorded first.

What was settled, by whom and when stands on the page of the application for everybody; the reason may name people and
illnesses, so it lies encrypted.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from huigong.audit import actions as audit
from huigong.studentaid import queries
from huigong.web.console import words
from huigong.web.console.applications.filters import asked
from huigong.web.console.asking import OfficerRequest, or_404

SECONDS = 60
PURPOSES = ("review_decision", "answer_objection", "inspect")
"""What a reason may be read for (words.PURPOSES)."""


@require_POST
def application_reason(request: OfficerRequest, reference: str) -> HttpResponse:
    found = or_404(queries.application_for(request.user, reference))
    one = or_404(found.settlements.filter(about=request.POST.get("about", "")[:60]).first())
    purpose = request.POST.get("purpose", "")
    if purpose not in PURPOSES:
        raise Http404
    value = audit.reveal(
        one.reason,
        officer=request.user.username,
        purpose=purpose,
        at=timezone.now(),
        subject=f"{found.reference}:settlement:{one.about}",
    )
    back = reverse("application", args=[reference]) + asked(request.GET).query.removesuffix("?")
    shown = {
        "campaign": found.campaign,
        "reference": found.reference,
        "about": words.said(*words.SETTLED.get(one.about, ("核实", "confirmed"))),
        "by": words.people([one.settled_by])[one.settled_by],
        "at": one.at,
        "value": value,
        "seconds": SECONDS,
        "back": back,
        "here": back,  # where the switch of languages leads: this page is posted
    }
    answer = render(request, "applications/reason_revealed.html", shown)
    answer["Refresh"] = f"{SECONDS}; url={back}"
    return answer
