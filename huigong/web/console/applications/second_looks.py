"""复核: draw cases by a seed for a second look, and give an opinion on facts and papers without seeing what the first found."""

import uuid

from django.contrib.messages import ERROR, SUCCESS
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from huigong.casework import actions as casework
from huigong.casework import queries as desk
from huigong.casework.models import SecondLook
from huigong.circulars.models import Campaign
from huigong.circulars.queries import circular_of
from huigong.rules.facts import in_words
from huigong.studentaid import queries
from huigong.studentaid.facts import PAPERS
from huigong.studentaid.lifecycle import WORDS
from huigong.studentaid.models import Application
from huigong.values.sentence import SaidError
from huigong.values.text import whole
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, or_404, tell, whole_or_403
from huigong.web.console.once import once
from huigong.web.roles import SETTLES

_MOST = 500


def second_looks(request: OfficerRequest, code: str) -> HttpResponse:
    """The draws with how far first and second agree; posting draws anew from the verified cases of a status."""
    campaign = whole_or_403(request, code)
    if request.method == "POST":
        return _draw(request, campaign)
    counts = queries.counts(queries.vouched_for(campaign))
    shown = {
        "campaign": campaign,
        "draws": [(one, told, list(one.looks.all())) for one, told in desk.draws_of(code)],
        "statuses": [(one, words.status_word(one), counts[one]) for one in WORDS if counts[one]],
        "count": sum(counts.values()),
        "opinions": {one.value: words.status_word(one.value) for one in SecondLook.Opinion},
    }
    return render(request, "applications/second_looks.html", shown)


def _draw(request: OfficerRequest, campaign: Campaign) -> HttpResponse:
    sent, at = request.POST, timezone.now()
    seed, size, status = sent.get("seed", "").strip()[:40], sent.get("size", ""), sent.get("status", "")
    back = reverse("second-looks", args=[campaign.code])
    if not seed or not size.isdecimal() or len(size) > len(str(_MOST)) or not 0 < int(size) <= _MOST:
        tell(request, ERROR, _("还没有抽：种子要写，件数从 1 到 500。"))
        return redirect(back)
    rows = queries.vouched_for(campaign).filter(**({"status": status} if status else {}))

    def do() -> str:
        made = casework.draw(
            campaign.code,
            rows.values_list("reference", flat=True),
            seed=seed,
            size=int(size),
            officer=request.user,
            at=at,
        )
        tell(request, SUCCESS, _("抽了 %(n)s 件，同一个种子谁抽都是这几件。") % {"n": made.size})
        return back

    return once(request, do, back=back)


def second_look(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    """One case, blind: its facts and papers, not its findings or status. After the opinion both stand side by side."""
    look = or_404(SecondLook.objects.select_related("draw").filter(pk=pk).first())
    found = or_404(queries.application_for(request.user, look.case_reference))
    if request.method == "POST":
        return _give(request, look, found)
    facts, may = _facts(found), bool(request.roles & SETTLES)
    shown = {
        "campaign": found.campaign,
        "look": look,
        "case": found,
        "facts": [told for name, told in facts.items() if name not in PAPERS],
        "papers": [told for name, told in facts.items() if name in PAPERS],
        "opinions": [(one.value, words.status_word(one.value)) for one in SecondLook.Opinion],
        "given": words.status_word(look.opinion),
        "first": words.status_word(look.first_verdict),
        "by": words.people({look.looked_by})[look.looked_by],
        "left": look.draw.looks.filter(opinion="").count(),
        "next": look.draw.looks.filter(opinion="").exclude(pk=look.pk).order_by("position").first(),
        "scans": [(words.fact_word(one.paper), one) for one in desk.scans_of(look.case_reference)] if may else [],
        "own": found.verified_by == request.user.username,
        "may": may,
    }
    return render(request, "applications/second_look.html", shown)


def _facts(application: Application) -> dict[str, tuple[str, str]]:
    """The facts that the circular asks for, as the standing decision holds them, in words."""
    decision = queries.last_decisions([application]).get(application.pk)
    told = queries.facts_of_decision(decision) if decision else {}
    asked_for = circular_of(application.campaign).facts
    return {
        name: (words.fact_word(name), words.said(*in_words(name, told[name]))) for name in asked_for if name in told
    }


def _give(request: OfficerRequest, look: SecondLook, found: Application) -> HttpResponse:
    opinion, note = request.POST.get("opinion", ""), request.POST.get("note", "")
    back = redirect("second-look", look.pk)
    if look.opinion or opinion not in SecondLook.Opinion.values:
        tell(request, ERROR, _("还没有记：意见给过了就不能再改；没给过的，请选一个。"))
        return back
    try:
        casework.give(
            look.pk,
            opinion=opinion,
            first_verdict=found.verdict,
            first_hands=[found.verified_by],
            note=whole(note, 500, "意见", "the opinion"),
            officer=request.user,
            at=timezone.now(),
        )
        tell(request, SUCCESS, _("记下了。原认定和您的意见并排在下面。"))
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    return back
