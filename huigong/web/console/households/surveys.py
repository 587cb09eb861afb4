"""摸底 (二(一)): freeze the counts of every union, list the surveys, show one, and open the names behind each of its figures."""

import uuid
from collections.abc import Sequence
from typing import TypeVar

from django.contrib.messages import SUCCESS
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.organisations import queries as organisations
from huigong.registry import actions as registry
from huigong.registry import surveying, waiting
from huigong.registry.models import Survey
from huigong.registry.surveying import Sums
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, day_sent, or_404, tell
from huigong.web.console.finding.files_listed import page_number
from huigong.web.console.households.surveys_shown import labels, named, shown, summed, sums
from huigong.web.console.once import once
from huigong.web.roles import HANDS_IN, KEEPS_FILES

_SURVEYS, _LINES, _MOVED = 20, 100, 200
Row = TypeVar("Row")


def surveys(request: OfficerRequest) -> HttpResponse:
    """The surveys with their sums, the newest first, a page at a time."""
    number = page_number(request.GET.get("page", ""))
    found = surveying.surveys_for(request.user)[(number - 1) * _SURVEYS : number * _SURVEYS + 1]
    rows, pages = _page(list(found), number, _SURVEYS)
    by, of = words.people(one.by for one in rows), surveying.sums_for(request.user, rows)
    told = [(one, by[one.by], of.get(one.pk, Sums())) for one in rows]
    said = {
        "rows": [(one, who, mine, sums(mine.counts)) for one, who, mine in told],
        "heads": labels().values(),
        "here": organisations.federation_of(request.user.organisation),
        "may": bool(request.roles & KEEPS_FILES),
        "past": waiting.counts(request.user, ["past-schooling"], today=timezone.localdate())["past-schooling"],
    }
    return render(request, "households/surveys.html", said | pages)


@require_POST
def surveys_freeze(request: OfficerRequest) -> HttpResponse:
    here = organisations.federation_of(request.user.organisation)

    def do() -> str:
        made = registry.freeze(here, on=day_sent(request, "on"), officer=request.user.username, at=timezone.now())
        tell(request, SUCCESS, _("数字和名单定下了，以后不会变；档案再改，重新摸底一次，旧的留着对照。"))
        return reverse("survey", args=[made.pk])

    return once(request, do, back=reverse("surveys"))


def survey(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    found, number = survey_or_404(request, pk), page_number(request.GET.get("page", ""))
    lines = surveying.lines_for(request.user, found)
    replies, earlier = surveying.last_replies(lines), surveying.before(found)
    rows = [shown(line, earlier.get(line.union_id), replies.get(line.pk)) for line in lines]
    here, pages = _page(rows[(number - 1) * _LINES : number * _LINES + 1], number, _LINES)
    said = {
        "one": found,
        "rows": here,
        "unions": len(rows),
        "sums": summed(lines),
        "heads": labels().values(),
        "by": words.people([found.by])[found.by],
        "answered": len(replies),
        "differing": [row for row in rows if row.differing],
        "may": bool(request.roles & HANDS_IN),
    }
    return render(request, "households/survey.html", said | pages)


def survey_names(request: OfficerRequest, pk: uuid.UUID, count: str) -> HttpResponse:
    """Whom one figure counts: of every union that is the reader's to see, or of one (`?union=` its code)."""
    found, number = survey_or_404(request, pk), page_number(request.GET.get("page", ""))
    label, code = or_404(labels().get(count)), request.GET.get("union", "")
    lines = [line for line in surveying.lines_for(request.user, found) if code in {"", line.union.code}]
    names = surveying.names_of(or_404(lines or None) if code else lines, count, page=number)
    many = sum(getattr(line, count) for line in lines)
    said = {
        "one": found,
        "count": count,
        "label": label,
        "many": many,
        "union": lines[0].union if code else None,
        "names": named(request.user, names, roles=request.roles),
        "kept": all(line.names_sealed for line in lines),
        "number": number,
        "before": number - 1,
        "after": number + 1 if number * surveying.A_PAGE < many else 0,
    }
    return render(request, "households/survey_names.html", said)


def survey_moved(request: OfficerRequest, pk: uuid.UUID, count: str) -> HttpResponse:
    """By whom a figure of one union (`?union=` its code) differs from that of the survey before."""
    found, label = survey_or_404(request, pk), or_404(labels().get(count))
    if "union" not in request.GET:
        return redirect("survey", pk=pk)  # sums have no survey before: a union may be new in this one
    mine = surveying.lines_for(request.user, found)
    line = or_404(next((one for one in mine if one.union.code == request.GET.get("union")), None))
    earlier = surveying.before(found).get(line.union_id)
    sides = surveying.moved_since(line, earlier, count, most=_MOVED)
    came, went = (named(request.user, side, roles=request.roles) for side in sides)
    said = {
        "one": found,
        "count": count,
        "label": label,
        "union": line.union,
        "came": came,
        "went": went,
        "most": _MOVED,
    }
    said["kept"] = bool(line.names_sealed and (earlier is None or earlier.names_sealed))
    return render(request, "households/survey_moved.html", said)


def survey_or_404(request: OfficerRequest, pk: uuid.UUID) -> Survey:
    return or_404(surveying.surveys_for(request.user).filter(pk=pk).first())


def _page(rows: Sequence[Row], number: int, most: int) -> tuple[Sequence[Row], dict[str, int]]:
    """The rows of a page, one more than it holds having been read, and where to go from it."""
    return rows[:most], {"number": number, "before": number - 1, "after": number + 1 if len(rows) > most else 0}
