"""标准 and 代码表: dated values and dated words, each with its source; added to, never taken away."""

import csv
import io
from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.circulars import parameters
from huigong.circulars.models import Parameter
from huigong.employment import evidence
from huigong.organisations import queries as organisations
from huigong.organisations.models import Organisation
from huigong.registry import actions as registry
from huigong.registry import code_lists
from huigong.values.sentence import SaidError, Sentence
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, day_sent, tell
from huigong.web.roles import KEEPS_FILES
from huigong.web.uploads import table_text

_MOST = 2_000_000


def standards(request: OfficerRequest) -> HttpResponse:
    """The dibao lines and multiples that this officer's files are held to; one more by hand, many by CSV (standards_keep)."""
    rows = [
        (row, words.said(*parameters.NAMES[row.name][:2]), _value(row))
        for row in parameters.parameters_for(request.user)
    ]
    shown = {
        "rows": rows,
        "names": [(name, words.said(zh, en)) for name, (zh, en, _unit) in parameters.NAMES.items()],
        "places": organisations.scope_of(request.user).filter(kind=Organisation.Kind.FEDERATION),
        "may": bool(request.roles & KEEPS_FILES),
    }
    return render(request, "households/standards.html", shown)


def code_words(request: OfficerRequest) -> HttpResponse:
    """The code lists with their days; an old word stays for the files of its day."""
    chosen = request.GET.get("list", "hardship_category")
    chosen = chosen if chosen in code_lists.LISTS else "hardship_category"
    shown = {
        "lists": [(name, words.said(*titles)) for name, titles in code_lists.LISTS.items()],
        "chosen": chosen,
        "title": words.said(*code_lists.LISTS[chosen]),
        **_of_list(chosen, timezone.localdate()),
        "may": bool(request.roles & KEEPS_FILES) and _keeps_codes(request),
        "keeper": organisations.root(),
    }
    return render(request, "households/code_lists.html", shown)


def _of_list(name: str, today: date) -> dict[str, object]:
    """What holds today, then what held or will; a list that was never loaded is asked of no file."""
    rows = code_lists.listed(name)
    is_loaded = any(one.is_kept for one in rows)
    return {
        "parts": [
            (_("在用"), [one for one in rows if one.row.holds(today)]),
            (_("还没到日子"), [one for one in rows if one.row.valid_from and one.row.valid_from > today]),
            (_("停用"), [one for one in rows if one.row.valid_until and one.row.valid_until < today]),
        ],
        "count": len(rows),
        "is_loaded": is_loaded or name in evidence.LISTS.values(),
    }


@require_POST
def standards_keep(request: OfficerRequest) -> HttpResponse:
    return _took(request, _standards, "standards")


@require_POST
def code_words_keep(request: OfficerRequest) -> HttpResponse:
    return _took(request, _codes, "code-lists")


def _took(request: OfficerRequest, take: Callable[[OfficerRequest], int], back: str) -> HttpResponse:
    try:
        made = take(request)
        tell(request, messages.SUCCESS, _("收了 %(n)s 条，已留痕。") % {"n": made})
    except SaidError as error:
        tell(request, messages.ERROR, error.sentence)
    return redirect(back)


def _standards(request: OfficerRequest) -> int:
    rows = parameters.read_rows(_table(request, parameters.HEADINGS), name=_("表"))
    mine = set(organisations.scope_of(request.user).values_list("code", flat=True))
    foreign = [row.place for row in rows if row.place not in mine]
    if foreign:
        raise SaidError(
            Sentence(
                "place_not_yours",
                f"{foreign[0]} 不归您的总工会管，一条也没有收。",
                f"{foreign[0]} is not in your scope: nothing was taken.",
            )
        )
    return parameters.keep_parameters(rows, officer=request.user.username, at=timezone.now())


def _codes(request: OfficerRequest) -> int:
    """The shipped lists, a table, one word that was typed, or one whose end is lifted; by the office that keeps them for all."""
    at, by = timezone.now(), request.user.username
    _refuse_elsewhere(request)
    if "lift" in request.POST:
        text = {name: request.POST.get(name, "").strip() for name in ("list", "word", "source")}
        registry.lift_end(
            text["list"], text["word"], day_sent(request, "valid_from"), source=text["source"], officer=by, at=at
        )
        return 1
    if "shipped" in request.POST:
        return registry.keep_codes(code_lists.shipped(), source="shipped", officer=by, at=at)
    rows = code_lists.read_text(_table(request, code_lists.HEADINGS), name=_("表"))
    return registry.keep_codes(rows, source="page", officer=by, at=at)


def _keeps_codes(request: OfficerRequest) -> bool:
    """There is one set of lists for everybody below the top federation, as there is one calendar: it keeps both."""
    return request.user.organisation.parent_id is None


def _refuse_elsewhere(request: OfficerRequest) -> None:
    if not _keeps_codes(request):
        keeper = organisations.root()
        raise SaidError(
            Sentence(
                "codes_kept_above",
                f"代码表全市用一张，由{keeper}保管，这里一条也没有收。要添词或停用，请把词、日期和出处报给他们。",
                f"One set of code lists holds for all and {keeper} keeps it: nothing was taken. Send them word, days and source.",
            )
        )


def _table(request: OfficerRequest, headings: tuple[str, ...]) -> str:
    """The CSV that was dropped in, or the one row that was typed, as CSV."""
    file = request.FILES.get("table")
    if file is None:
        made = io.StringIO()
        writer = csv.writer(made)
        writer.writerow(headings)
        writer.writerow([request.POST.get(name, "") for name in headings])
        return made.getvalue()
    return table_text(file, most=_MOST)


def _value(row: Parameter) -> str:
    unit = parameters.NAMES[row.name][2]
    return words.yuan(row.value) if unit == "fen" else f"{row.value}{'%' if unit == 'percent' else ''}"
