"""撮合: make a round, see whom it proposes where and why, decide on each, see who is left and why."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.contrib.messages import ERROR, SUCCESS
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.employment import actions, fitting, queries, taking_part
from huigong.employment.fitting import Fit
from huigong.employment.lifecycle import DROPPED, NOT_TAKEN, SENT, TAKEN
from huigong.employment.models import Graduate, Opening, Proposal, Round
from huigong.values.sentence import SaidError
from huigong.web.console.asking import OfficerRequest, federation_or_403, or_404, tell
from huigong.web.console.employment import shown
from huigong.web.console.employment.asking import done, round_or_404
from huigong.web.roles import EMPLOYS

A_PAGE, MOST_LEFT, MOST_OFFERED = 50, 30, 300


def rounds(request: OfficerRequest) -> HttpResponse:
    """Every round of one's own, and what one made now would look at."""
    home, today = federation_or_403(request), timezone.localdate()
    people, openings, free = taking_part.participants(home, today=today)
    told = {
        "rounds": queries.rounds_for(request.user)[:40],
        "people": len(people),
        "zero": sum(one.zero_employment for one in people),
        "openings": len(openings),
        "places": sum(free),
        "may": bool(request.roles & EMPLOYS),
    }
    return render(request, "employment/rounds.html", told)


@require_POST
def round_make(request: OfficerRequest) -> HttpResponse:
    home = federation_or_403(request)
    try:
        made = actions.propose(home, officer=request.user.username, at=timezone.now())
    except SaidError as error:
        tell(request, ERROR, error.sentence)
        return redirect("rounds")
    tell(request, SUCCESS, _("撮合好了，请逐个看过再推荐。"))
    return redirect("round", made.pk)


def round_page(request: OfficerRequest, pk: UUID) -> HttpResponse:
    made = round_or_404(request, pk)
    page = Paginator(queries.proposals_of(made), A_PAGE).get_page(request.GET.get("page"))
    told = {
        "round": made,
        "page": page,
        "lines": [_line(one) for one in page],
        "from_best": _gap(made),
        "lacking": _left(made, queries.on_offer(request.user, today=timezone.localdate())),
        "may": bool(request.roles & EMPLOYS),
    }
    return render(request, "employment/round.html", told)


def _line(one: Proposal) -> dict[str, object]:
    found = shown.fit_shown(fitting.fit(one.graduate, one.opening))
    return {"one": one, "fit": found, "status": shown.status_word(one.status), "tone": shown.TONES[one.status]}


def _gap(made: Round) -> str:
    """How far the solution is from the best that could be, in thousandths of a per cent at the most."""
    return f"{(made.bound - made.value) / made.bound:.3%}" if made.bound else "0%"


def _left(made: Round, on_offer: QuerySet[Opening]) -> list[tuple[Graduate, str]]:
    """Who has no opening in the round, each with why: nothing fits, or what fits was given to somebody before them."""
    offered = list(on_offer.filter(kind__in=taking_part.OFFERED).order_by("valid_until", "reference")[:MOST_OFFERED])
    trainings = queries.trainings_of(on_offer.filter(kind=Opening.Kind.TRAINING))
    given = set(made.proposals.values_list("opening", flat=True))
    people = list(queries.unplaced(made)[:MOST_LEFT])
    not_again = set(taking_part.apart(people, offered))
    return [
        (
            one,
            _lacks(
                [
                    fitting.fit(one, each, trainings)
                    for what, each in enumerate(offered)
                    if (who, what) not in not_again
                ],
                given,
            ),
        )
        for who, one in enumerate(people)
    ]


def _lacks(fits: Sequence[Fit], given: Collection[UUID]) -> str:
    """Why somebody was left: the nearest opening with what it misses, and the course that closes it."""
    if not fits:
        return _("现在没有可推荐的岗位。")
    if good := next((each for each in fits if each.fits), None):
        title = {"title": good.opening.title}
        if good.opening.pk in given:
            return _("合适的岗位名额已满（如%(title)s），先给了零就业家庭或更合适的人。") % title
        return _("有合适的岗位（如%(title)s），这一次没有算进去：请再撮合一次。") % title
    nearest = min(fits, key=lambda each: (len(each.misses), -each.points))
    why = "；".join(shown.sentence(each.sentence) for each in nearest.misses) + f"（{nearest.opening.title}）"
    if nearest.closed_by:
        why += _("。“%(title)s”能补上，其余符合。") % {"title": nearest.closed_by.title}
    return why


@require_POST
def proposal_answer(request: OfficerRequest, pk: UUID) -> HttpResponse:
    """Send one proposal, or note what came of it."""
    made, to, by, at = round_or_404(request, pk), request.POST.get("to", ""), request.user.username, timezone.now()
    wanted = request.POST.get("proposal", "")
    one = or_404(next((each for each in made.proposals.all() if str(each.pk) == wanted), None))
    back = f"{reverse('round', args=[pk])}?page={request.GET.get('page', '1')[:4]}"
    if to == SENT:
        return done(request, lambda: actions.send(one, officer=by, at=at), _("推荐了，算一次职业介绍。"), back)
    if to not in {TAKEN, NOT_TAKEN, DROPPED}:
        return redirect(back)
    return done(
        request, lambda: actions.answer(one, to, officer=by, at=at), _("记下了。录用的请到本人页上记去向和凭据。"), back
    )
