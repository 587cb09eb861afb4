"""One graduate: the call sheet first, then the plan, what was done, what became of them; each step one form, one action."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.messages import ERROR, SUCCESS
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from huigong.audit import actions as audit
from huigong.audit import queries as history
from huigong.employment import actions, entitled, queries
from huigong.employment import words as terms
from huigong.employment.actions.following import due_months
from huigong.employment.calling import reasons
from huigong.employment.lifecycle import IN_HAND
from huigong.employment.models import Contact, FollowUp, Graduate, Outcome, Service
from huigong.employment.refusals import FITTING
from huigong.values.sentence import SaidError
from huigong.vault.fields import Secret
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, tell
from huigong.web.console.employment import evidence, shown, typed
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
from huigong.web.console.employment.policies import claims_shown
from huigong.web.permissions import asked
from huigong.web.roles import EMPLOYS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

Given = Callable[[OfficerRequest, Graduate, datetime], None]
SECONDS = 30
PURPOSES = ("work", "inspect", "audit")
_SECRETS = {
    "phone": ("手机号码", "telephone"),
    "id_number": ("身份证号码", "identity number"),
    "obstacles": ("难处", "obstacles"),
    "promise": ("答应的事", "promise"),
}


def graduate(request: OfficerRequest, pk: UUID) -> HttpResponse:
    one, today = graduate_or_404(request, pk), timezone.localdate()
    standing = queries.standing_outcome(one)
    fits = queries.suggestions(request.user, one, today=today) if one.status in IN_HAND else []
    events = history.history(one.reference)[-40:]
    names = words.people(told.actor for told in events)
    told = {
        "one": one,
        "status": shown.status_word(one.status),
        "tone": shown.TONES.get(one.status, ""),
        "why": [(shown.sentence(each.sentence), each.tone) for each in reasons(one, today=today)],
        "fits": [shown.fit_shown(each) for each in fits],
        "outcome": standing,
        "check": due_months(standing) if standing else None,
        "code": actions.code_of(standing, reference=one.reference) if standing and not standing.confirmed_at else "",
        "history": [
            (words.event_word(each.action), names[each.actor], each.at, words.event_tone(each)) for each in events
        ],
        "purposes": words.purposes(PURPOSES),
        "may": bool(request.roles & EMPLOYS),
        "claims": claims_shown(entitled.claims_of(one, standing, on=today)),
        "may_pay": bool(request.roles & asked("graduate-support")),
        "today": today,
        **_said(one),
        **_offered(),
        **typed.told(request, one),
    }
    return render(request, "employment/graduate.html", told)


def _said(one: Graduate) -> dict[str, object]:
    """What the page says of the person in words, and what was done so far."""
    return {
        "level": words.said(*terms.LEVELS.get(one.level, ("", ""))),
        "wanted": shown.listed(terms.WORK, one.wanted_work),
        "skills": shown.listed(terms.SKILLS, one.skills),
        "other_skills": "、".join(skill for skill in one.skills if skill not in terms.SKILLS),
        "needs": "、".join(shown.word(code) for code in one.needs),
        "contacts": [
            (each, shown.word(each.channel), shown.word(each.answer)) for each in one.contacts.order_by("-at")[:6]
        ],
        "services": [
            (each, shown.word(each.kind)) for each in one.services.select_related("opening").order_by("-at")[:12]
        ],
        "outcomes": [
            (each, shown.word(each.kind), shown.word(each.evidence), shown.word(each.ended_why))
            for each in one.outcomes.order_by("-number")
        ],
        "start_up": getattr(one, "start_up", None),
        "denominator": _counted_as(one),
    }


def _counted_as(one: Graduate) -> str:
    """Why the person stands in the denominator, or does not."""
    why = [words.said("零就业家庭", "zero-employment household")] if one.zero_employment else []
    why.append(words.said(f"{one.graduates_on.year}届", f"graduated {one.graduates_on.year}"))
    why.append(
        words.said("需要帮扶", "needs help")
        if one.needs_help
        else words.said("摸底时已落实，只计入总数", "settled at the survey: counted in the total only")
    )
    return words.said("计入：", "counted: ") + words.said("，", ", ").join(why)


def _offered() -> dict[str, object]:
    """What the forms offer to choose from."""
    return {
        "channels": shown.choices(Contact.Channel.values),
        "answers": shown.choices(Contact.Answer.values),
        "kinds": shown.choices(Service.Kind.values),
        "becomes": shown.choices(Outcome.Kind.values),
        "evidence": shown.choices(code for code in Outcome.Evidence.values if code != "survey"),
        "papers": {kind: sorted(codes) for kind, codes in FITTING.items()},
        "hows": shown.choices(FollowUp.How.values),
        "lost": shown.choices(shown.LOST_WHY),
        "all_work": [(code, words.said(*pair)) for code, pair in terms.WORK.items()],
        "all_skills": [(code, words.said(*pair)) for code, pair in terms.SKILLS.items()],
    }


@require_POST
def graduate_sheet(request: OfficerRequest, pk: UUID) -> HttpResponse:
    """The call sheet, for a desk and for a phone: the number, what was said last and promised, what to offer. On record."""
    one, at = graduate_or_404(request, pk), timezone.now()
    last = one.contacts.exclude(note=None).order_by("-at").first()
    secrets = {"phone": one.phone, "promise": one.promise, "last": last.note if last else None}
    told = {
        name: audit.reveal(
            secret, officer=request.user.username, purpose="work", at=at, subject=f"{one.reference}:{name}"
        )
        for name, secret in secrets.items()
        if secret
    }
    fits = queries.suggestions(request.user, one, today=timezone.localdate(at))
    said = {
        "one": one,
        "last_on": last.on if last else None,
        "fits": [shown.fit_shown(each) for each in fits],
        "today": timezone.localdate(at),
        **told,
        **_offered(),
        **typed.told(request, one),
    }
    return render(request, "employment/call.html", said | {"here": reverse("graduate", args=[pk])})


def _step(given: Given, said: "StrPromise") -> Callable[[OfficerRequest, UUID], HttpResponse]:
    """A form of the page: the graduate in scope, one action, back. What is refused stays typed."""

    @require_POST
    def step(request: OfficerRequest, pk: UUID) -> HttpResponse:
        one, back = graduate_or_404(request, pk), reverse("graduate", args=[pk])
        try:
            given(request, one, timezone.now())
        except SaidError as error:
            typed.refused(request, one)
            tell(request, ERROR, error.sentence)
        else:
            typed.noted(request, one)
            tell(request, SUCCESS, str(said))
        return redirect(back)

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


@require_POST
def graduate_reveal(request: OfficerRequest, pk: UUID) -> HttpResponse:
    """One masked value for a purpose on record; a note of a contact and the paper of an outcome by their keys."""
    one, name, purpose = (
        graduate_or_404(request, pk),
        request.POST.get("field", "")[:60],
        request.POST.get("purpose", ""),
    )
    if purpose not in PURPOSES:
        raise Http404
    back = reverse("graduate", args=[pk])
    if name.startswith("paper."):
        outcome, pages = evidence.looked_at(request, one, name.removeprefix("paper."), purpose=purpose)
        told = {"one": one, "outcome": outcome, "pages": pages, "label": shown.word(outcome.evidence)}
        return render(request, "employment/evidence.html", told | {"back": back, "here": back})
    label, secret = _looked_at(one, name)
    subject = f"{one.reference}:{name}"
    value = audit.reveal(secret, officer=request.user.username, purpose=purpose, at=timezone.now(), subject=subject)
    answer = render(
        request,
        "employment/revealed.html",
        {"one": one, "label": label, "value": value, "seconds": SECONDS, "back": back, "here": back},
    )
    answer["Refresh"] = f"{SECONDS}; url={back}"
    return answer


def _looked_at(one: Graduate, name: str) -> tuple[str, Secret]:
    if name in _SECRETS and getattr(one, name):
        return words.said(*_SECRETS[name]), getattr(one, name)
    contact = next((each for each in one.contacts.all() if f"contacts.{each.pk}" == name and each.note), None)
    if contact is None:
        raise Http404
    return words.said("说了什么", "what was said"), contact.note
