"""The morning list: whom to call today and why; everybody, narrowed; taking graduates in; the window."""

from datetime import date, datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huigong.employment import actions, graduates_list, queries
from huigong.employment.actions import Line, TakenIn
from huigong.employment.lifecycle import WORDS
from huigong.employment.models import Graduate, Service
from huigong.organisations.queries import federation_of
from huigong.values.sentence import SaidError
from huigong.web.console.asking import OfficerRequest, tell
from huigong.web.console.employment import shown
from huigong.web.console.employment.asking import done, field, one_of, year_asked
from huigong.web.console.employment.sheets_back import keep, kept_list, sent_list
from huigong.web.roles import EMPLOYS

A_PAGE = 50
FILES = "files"
"""What was taken in is the household files and no list that was kept."""


def employment(request: OfficerRequest) -> HttpResponse:
    """Whom to call, by default; with `show=all` everybody, by status and name."""
    today, mine = timezone.localdate(), queries.graduates_for(request.user)
    everybody, status = request.GET.get("show") == "all", request.GET.get("status", "")
    name = request.GET.get("q", "").strip()[:50]
    counts = dict(mine.order_by().values_list("status").annotate(number=Count("*")))
    rows = _narrowed(mine, status, name) if everybody else queries.to_call(request.user, today=today)
    paginator = Paginator(rows, A_PAGE)
    if everybody and not name:
        paginator.__dict__["count"] = counts.get(status, 0) if status else sum(counts.values())
    page = paginator.get_page(request.GET.get("page"))
    told = {
        "everybody": everybody,
        "status": status,
        "q": name,
        "page": page,
        "lines": [shown.line(one, today=today) for one in page],
        "total": sum(counts.values()),
        "chips": [(code, shown.status_word(code), counts.get(code, 0)) for code in WORDS],
        "today": today,
        "may": bool(request.roles & EMPLOYS),
    }
    return render(request, "employment/list.html", told)


def _narrowed(mine: QuerySet[Graduate], status: str, name: str) -> QuerySet[Graduate]:
    rows = mine.filter(status=status) if status in WORDS else mine
    return (rows.filter(name__contains=name) if name else rows).order_by("reference")


def employment_import(request: OfficerRequest) -> HttpResponse:
    """Take graduates in: out of the household files, or out of a list; good rows go in, the others are named."""
    if request.method != "POST":
        return render(request, "employment/import.html", {"campaign_year": year_asked(request)})
    if "files" in request.POST:
        return _from_files(request)
    if "kept" in request.POST:
        return _said(request)
    try:
        told = _from_list(request)
    except SaidError as error:
        told = {"why": error.sentence.in_language(get_language() or "")}
    return render(
        request,
        "employment/import.html",
        told | {"campaign_year": year_asked(request)},
        status=200 if "taken" in told else 422,
    )


def _from_files(request: OfficerRequest) -> HttpResponse:
    at = timezone.now()
    lines = _on_file(request, at)
    taken = actions.take_in(lines, officer=request.user.username, at=at)
    if taken.doubtful:
        told = {
            "taken": taken,
            "rows": len(lines),
            "good": len(lines),
            "doubtful": _doubtful(request, taken),
            "back_pk": FILES,
        }
        return render(request, "employment/import.html", told | {"campaign_year": year_asked(request)})
    said = _("档案里有 %(all)s 人，新列入 %(fresh)s 人，原来就有 %(same)s 人。")
    tell(request, messages.SUCCESS, said % {"all": len(lines), "fresh": len(taken.fresh), "same": len(taken.same)})
    return redirect("employment")


def _on_file(request: OfficerRequest, at: datetime) -> list[Line]:
    return graduates_list.from_files(request.user.organisation, year=year_asked(request), on=timezone.localdate(at))


def _said(request: OfficerRequest) -> HttpResponse:
    """Of whoever probably stands already an officer says which it is: the same, or somebody else, who is taken in."""
    at, by, kept = timezone.now(), request.user.username, request.POST["kept"]
    apart, same = request.POST.get("apart", ""), request.POST.get("same", "")
    if kept == FILES:
        lines = _on_file(request, at)
    else:
        home, today = federation_of(request.user.organisation), timezone.localdate(at)
        with kept_list(request, kept) as path:
            lines = list(graduates_list.read_list(path, home, year=year_asked(request), today=today).lines)
    with transaction.atomic():
        taken = actions.take_in(lines, apart=[apart], officer=by, at=at)
        for one in taken.doubtful:
            if one.line.person_index == same:
                actions.say_same(one, officer=by, at=at)
    left = [one for one in _doubtful(request, taken) if one["key"] != same]
    told = {"taken": taken, "rows": len(lines), "good": len(lines), "doubtful": left, "back_pk": kept}
    return render(request, "employment/import.html", told | {"campaign_year": year_asked(request)})


def _doubtful(request: OfficerRequest, taken: TakenIn) -> list[dict[str, object]]:
    """Each with who stands there and why they may be one; of a case or file elsewhere only the office."""
    home = federation_of(request.user.organisation)
    return [
        {
            "key": one.line.person_index,
            "name": one.line.name,
            "school": one.line.school,
            "stands": one.reference if one.stands.federation.path.startswith(home.path) else "",
            "office": one.stands.federation.name,
            "sure": f"{one.judgement.probability:.0%}",
            "why": [shown.sentence(each) for each in one.judgement.reasons],
        }
        for one in taken.doubtful
    ]


def _from_list(request: OfficerRequest) -> dict[str, object]:
    at, home = timezone.now(), federation_of(request.user.organisation)
    with sent_list(request) as path:
        found = graduates_list.read_list(path, home, year=year_asked(request), today=timezone.localdate(at))
        taken = actions.take_in(found.lines, officer=request.user.username, at=at)
        back = keep(request, path, graduates_list.FORM) if found.faults or taken.doubtful else None
    faults = [(one.severity, shown.sentence(one.sentence)) for one in found.faults]
    told = {"taken": taken, "rows": found.rows, "faults": faults[:200], "good": len(found.lines), "back_pk": back}
    return told | {"doubtful": _doubtful(request, taken)}


def window(request: OfficerRequest) -> HttpResponse:
    """A visit in twenty seconds: what for, and who if they are on the list; it is counted in either case."""
    today = timezone.localdate()
    kinds = shown.choices(Service.Kind.values)
    if request.method == "POST":
        return done(request, lambda: _visit(request, kinds, today), _("记下了，已计数。"), reverse("window"))
    name = request.GET.get("q", "").strip()[:50]
    found = queries.graduates_for(request.user).filter(name__contains=name)[:8] if name else ()
    home = federation_of(request.user.organisation)
    counted = Service.objects.filter(federation=home, on=today, at_window=True).count()
    return render(request, "employment/window.html", {"kinds": kinds, "q": name, "found": found, "visits": counted})


def _visit(request: OfficerRequest, kinds: list[tuple[str, str]], today: date) -> None:
    kind, at, by = one_of(request, "kind", kinds), timezone.now(), request.user.username
    who = field(request, "who", 40)
    one = queries.graduates_for(request.user).filter(reference=who).first() if who else None
    if one:
        actions.serve(one, kind, on=today, at_window=True, note=field(request, "note", 500), officer=by, at=at)
    else:
        actions.serve_somebody(federation_of(request.user.organisation), kind, on=today, officer=by, at=at)
