"""查重: people who stand in two files. A queue of groups, each looked at once: files as columns, only what differs, three words."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.registry import actions as registry
from huigong.registry import doubles
from huigong.registry.models import Household, Likeness
from huigong.values.sentence import SaidError
from huigong.web.console.asking import OfficerRequest, or_404, tell
from huigong.web.console.doubles.shown import cluster_value, group_shown, line_shown
from huigong.web.console.words import said

_A_PAGE = 50
LISTS = {doubles.OPEN: ("待看", "to look at"), doubles.LATER: ("先放着", "later"), doubles.DONE: ("看过的", "settled")}


def likenesses(request: OfficerRequest) -> HttpResponse:
    which = request.GET.get("list", "")
    which = which if which in LISTS else doubles.OPEN
    page = Paginator(doubles.likenesses_for(request.user, which), _A_PAGE).get_page(request.GET.get("page"))
    lists = [(name, said(*word), doubles.likenesses_for(request.user, name).count()) for name, word in LISTS.items()]
    shown = {
        "page": page,
        "lines": [line_shown(one) for one in page],
        "which": which,
        "lists": lists,
        "many": doubles.many_below(request.user.organisation),
        "at_once": doubles.AT_ONCE,
    }
    return render(request, "doubles/likenesses.html", shown)


def likeness(request: OfficerRequest, pk: UUID) -> HttpResponse:
    found = _likeness_or_404(request, pk)
    group = doubles.group_of(found, request.user)
    waiting = doubles.likenesses_for(request.user, doubles.OPEN).count()
    shown = {"one": found, "group": group_shown(group, found), "waiting": waiting, "is_done": found.outcome in _SETTLED}
    return render(request, "doubles/likeness.html", shown)


@require_POST
def likeness_say(request: OfficerRequest, pk: UUID) -> HttpResponse:
    """One word for the people and files that are ticked; with "the same" their files may be merged into one of them."""
    group = doubles.group_of(_likeness_or_404(request, pk), request.user)
    chosen = [file for file in group.files if str(file.pk) in request.POST.getlist("file")]
    ticked = [one for one in group.clusters if cluster_value(one) in request.POST.getlist("cluster")]
    pairs = doubles.between(group, (file.pk for file in chosen), ticked)
    outcome = request.POST.get("outcome", "")
    if outcome not in Likeness.Outcome.values or not pairs:
        tell(request, messages.ERROR, _("请至少选两份档案和它们之间的一处疑似，再选一个结果。"))
        return redirect("likeness", pk=pk)
    try:
        _say(request, pairs, chosen, outcome)
    except SaidError as error:
        tell(request, messages.ERROR, error.sentence)
        return redirect("likeness", pk=pk)
    tell(request, messages.SUCCESS, _("记下了：%(word)s。不会再问别人。") % {"word": _WORDS[outcome]()})
    following = doubles.likenesses_for(request.user, doubles.OPEN).first()
    return redirect("likeness", pk=following.pk) if following else redirect("likenesses")


@require_POST
def likeness_open(request: OfficerRequest, pk: UUID) -> HttpResponse:
    registry.open_likeness_again(_likeness_or_404(request, pk), officer=request.user.username, at=timezone.now())
    tell(request, messages.SUCCESS, _("重新打开了，原来的判断留在留痕里。"))
    return redirect("likeness", pk=pk)


@require_POST
def likenesses_look(request: OfficerRequest) -> HttpResponse:
    """Compare all files of the officer's federation now; where they are many, the command does, at night."""
    if doubles.many_below(request.user.organisation):
        most = {"n": f"{doubles.AT_ONCE:,}"}
        tell(request, messages.ERROR, _("档案超过 %(n)s 户，页面上不查：请管理员在服务器上查，查完在这里看。") % most)
        return redirect("likenesses")
    found = registry.look_for_likenesses(request.user.organisation, officer=request.user.username, at=timezone.now())
    tell(request, messages.SUCCESS, _("查完了，新找到 %(n)s 对。") % {"n": found})
    return redirect("likenesses")


@transaction.atomic
def _say(request: OfficerRequest, pairs: Sequence[Likeness], chosen: Sequence[Household], outcome: str) -> None:
    """The word and the merges stand or fall together."""
    by, at = request.user.username, timezone.now()
    registry.say_of_likenesses(pairs, outcome, officer=by, at=at)
    kept = next((file for file in chosen if str(file.pk) == request.POST.get("into")), None)
    if outcome != Likeness.Outcome.SAME or kept is None:
        return
    reason = request.POST.get("reason", "").strip() or "查重：同一人，一户一档"
    version = _version(request, kept)
    for file in chosen:
        if file.pk != kept.pk:
            registry.merge(kept, file, versions=(version, _version(request, file)), reason=reason, officer=by, at=at)
            version += 1  # each merge writes the kept file once


def _version(request: OfficerRequest, file: Household) -> int:
    """The version that the page showed."""
    text = request.POST.get(f"version-{file.pk}", "")
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def _likeness_or_404(request: OfficerRequest, pk: UUID) -> Likeness:
    """Both files have to be the officer's to see."""
    seen = (doubles.likenesses_for(request.user, which).filter(pk=pk).first() for which in LISTS)
    return or_404(next((one for one in seen if one), None))


_SETTLED = (Likeness.Outcome.SAME, Likeness.Outcome.NOT_SAME)
_WORDS = {"same": lambda: _("同一人"), "not_same": lambda: _("不是同一人"), "later": lambda: _("先放着")}
