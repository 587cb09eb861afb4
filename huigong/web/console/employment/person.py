"""One graduate on a page: whom to call and why, what fits, the plan, what was done, what became of them."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from huigong.audit import queries as history
from huigong.employment import actions, entitled, evidence, queries
from huigong.employment import words as terms
from huigong.employment.actions.following import due_months
from huigong.employment.calling import reasons
from huigong.employment.evidence import Kinds
from huigong.employment.lifecycle import IN_HAND
from huigong.employment.models import Graduate
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest
from huigong.web.console.employment import offered, shown, typed
from huigong.web.console.employment.asking import graduate_or_404
from huigong.web.console.employment.looks import PURPOSES
from huigong.web.console.employment.policies import claims_shown
from huigong.web.permissions import asked
from huigong.web.roles import EMPLOYS

HIRED, MOST_TO_JOIN = ("post", "public_post"), 60


def graduate(request: OfficerRequest, pk: UUID) -> HttpResponse:
    one, today, kinds = graduate_or_404(request, pk), timezone.localdate(), evidence.kinds()
    standing, may = queries.standing_outcome(one), bool(request.roles & EMPLOYS)
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
        "may": may,
        "claims": claims_shown(entitled.claims_of(one, standing, on=today)),
        "following": queries.to_call(request.user, today=today).exclude(pk=one.pk).first() if may else None,
        "to_join": _to_join(request, today),
        "hired_for": queries.hired_for(one),
        "aided": queries.was_aided(one, until=today),
        "may_pay": bool(request.roles & asked("graduate-support")),
        "today": today,
        **_said(one, kinds),
        **offered.choices(kinds, today),
        **typed.told(request, one),
    }
    return render(request, "employment/graduate.html", told)


def _to_join(request: OfficerRequest, today: date) -> list[tuple[str, str]]:
    """Trainings, traineeships and fairs on offer, to which a service may send somebody."""
    offered_now = queries.on_offer(request.user, today=today).exclude(kind__in=HIRED).order_by("kind", "valid_until")
    return [
        (str(one.pk), f"{shown.word(one.kind)} · {one.title} · {one.employer.name}")
        for one in offered_now[:MOST_TO_JOIN]
    ]


def _said(one: Graduate, kinds: Kinds) -> dict[str, object]:
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
            (each, shown.word(each.kind), shown.evidence_word(kinds, each), shown.word(each.ended_why))
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
