"""公示张贴: one place where a notice hung: the papers for it, the stamped statement with its photograph, and taking it down."""

import uuid
from collections.abc import Callable

from django import forms
from django.contrib.messages import ERROR, SUCCESS
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.audit import actions as audit
from huigong.circulars.queries import circular_of
from huigong.documents import actions as documents
from huigong.documents.models import Document
from huigong.documents.official import OfficialPaper
from huigong.publicnotices import actions, board_sheet, papers, query_codes
from huigong.publicnotices.models import NoticeLine, NoticePosting
from huigong.studentaid import queries as studentaid
from huigong.studentaid.boards import recorded_on
from huigong.studentaid.models import Application
from huigong.values.sentence import SaidError, Sentence
from huigong.web import permissions
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, or_404, tell
from huigong.web.console.daylight.public_notices import clock, public_address, state
from huigong.web.console.desk.letters import DOCX
from huigong.web.console.scanned import scan_shown, scan_type

_MAX_BYTES = 10_000_000


class DownForm(forms.Form):
    on = forms.DateField(required=False)


class StatementForm(forms.Form):
    hung_on = forms.DateField()
    until = forms.DateField()
    objections = forms.IntegerField(min_value=0, max_value=999)
    statement = forms.FileField()
    photograph = forms.FileField()


def posting(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    found, today = _found(pk), timezone.localdate()
    word, tone = state(found, today)
    shown = {
        "posting": found,
        "notice": found.notice,
        "clock": clock(found.notice, today),
        "word": word,
        "tone": tone,
        "lines": len(_lines_of(found)),
        "names": words.people(
            name for name in (found.entered_by, found.confirmed_by, found.word_by, found.taken_down_by) if name
        ),
        "own": found.entered_by == request.user.username,
        "may": bool(request.roles & permissions.asked("posting-enter")),
        "may_speak": bool(request.roles & permissions.asked("posting-word")),
        "recorded": recorded_on(found) if found.objections else 0,
        "over": today > found.notice.last_day,
        "ended": today >= found.notice.last_day,
        "today": today,
        "images": [(one, one.media_type.startswith("image/")) for one in _files_of(found)],
    }
    return render(request, "daylight/posting.html", shown)


def posting_paper(request: OfficerRequest, pk: uuid.UUID, paper: str) -> HttpResponse:
    """The sheet for this board, the empty statement, or the slips with the families' codes (which is on record)."""
    found = _found(pk)
    stem, kind = (paper.removesuffix("-pdf"), "pdf") if paper == "board-pdf" else (paper, "docx")
    try:
        made = _PAPERS.get(paper, _board)(request, found)
    except SaidError as error:  # a character that the PDF's font lacks
        tell(request, ERROR, error.sentence)
        return redirect("posting", pk)
    name = f"{found.notice.number}-{found.unit.code}-{stem}.{kind}"
    told = {"file": f"{stem}.{kind}", "purpose": "work", "notice": found.notice.number}
    audit.record(
        "output.downloaded",
        subject=found.notice.campaign.code,
        officer=request.user.username,
        at=timezone.now(),
        payload=told,
    )
    kept_as = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    media = "application/pdf" if kind == "pdf" else DOCX
    return HttpResponse(made, content_type=media, headers={"Content-Disposition": kept_as})


def posting_file(request: OfficerRequest, pk: uuid.UUID, which: str) -> HttpResponse:
    """The stamped statement or the photograph, as it came."""
    found = _found(pk)
    document = found.photograph if which == "photograph" else found.statement
    if document is None:
        tell(request, ERROR, _("这一处的情况说明还没有录入。"))
        return redirect("posting", pk)
    return scan_shown(request, document, back=redirect("posting", pk))


@require_POST
def posting_enter(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    found, form = _found(pk), StatementForm(request.POST, request.FILES)
    try:
        told = _told(request, form)
        if told is None:
            tell(
                request,
                ERROR,
                _("还没有录下：起止日期、异议件数、盖章的情况说明和现场照片（pdf、jpg、png，各不超过 10 MB）都要有。"),
            )
            return redirect("posting", pk)
        actions.enter_statement(found, told, clerk=request.user, at=timezone.now())
        tell(request, SUCCESS, _("录好了，请另一位对照原件核对。"))
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    return redirect("posting", pk)


@require_POST
def posting_confirm(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    if request.POST.get("sure") != "yes":
        tell(request, ERROR, _("还没有核对：请对照原件和照片看过，再勾选。"))
        return redirect("posting", pk)
    return _do(request, pk, lambda one: actions.confirm_statement(one, clerk=request.user, at=timezone.now()))


@require_POST
def posting_word(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    word = request.POST.get("word", "")
    return _do(request, pk, lambda one: actions.speak_for(one, word=word, officer=request.user, at=timezone.now()))


@require_POST
def posting_down(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    form, now = DownForm(request.POST), timezone.now()
    if not form.is_valid():
        tell(request, ERROR, _("还没有记下：撤下的日期请写成 2017-09-01。"))
        return redirect("posting", pk)
    on = form.cleaned_data["on"] or timezone.localdate(now)
    return _do(request, pk, lambda one: actions.take_down(one, on=on, officer=request.user, at=now))


def _do(request: OfficerRequest, pk: uuid.UUID, act: Callable[[NoticePosting], NoticePosting]) -> HttpResponse:
    try:
        act(_found(pk))
        tell(request, SUCCESS, _("记下了。"))
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    return redirect("posting", pk)


def _told(request: OfficerRequest, form: StatementForm) -> actions.Statement | None:
    """What was sent in, with both files kept; None where something is missing."""
    if not form.is_valid():
        return None
    told = form.cleaned_data
    contents = [told[name].read(_MAX_BYTES + 1) for name in ("statement", "photograph")]
    types = [scan_type(content) for content in contents]
    if not all(types) or any(len(content) > _MAX_BYTES for content in contents):
        return None
    statement, photograph = (
        documents.store(
            content, name=told[name].name[-120:], media_type=media, officer=request.user.username, at=timezone.now()
        )
        for name, content, media in zip(("statement", "photograph"), contents, types, strict=True)
    )
    return actions.Statement(told["hung_on"], told["until"], told["objections"], statement, photograph)


def _found(pk: uuid.UUID) -> NoticePosting:
    rows = NoticePosting.objects.select_related(
        "notice__campaign__version", "notice__campaign__federation", "unit", "statement", "photograph"
    )
    return or_404(rows.filter(pk=pk).first())


def _files_of(posting: NoticePosting) -> list[Document]:
    return [one for one in (posting.statement, posting.photograph) if one is not None]


def _lines_of(posting: NoticePosting) -> list[NoticeLine]:
    """The lines of the unit's own cases on its board; on another channel those of whoever put it up and of all below.

    Never more: a clerk of one unit who puts the notice into a group is not handed every family of the city.
    """
    campaign, unit = posting.notice.campaign, posting.unit
    if posting.kind == NoticePosting.Kind.BOARD:
        cases = Application.objects.filter(campaign=campaign, unit=unit)
    else:
        cases = studentaid.applications_within(unit, campaign)
    lines = posting.notice.lines.select_related("notice").order_by("number")
    return list(lines.filter(case_reference__in=cases.order_by().values("reference")))


def _board(request: OfficerRequest, found: NoticePosting) -> bytes:
    return _board_paper(request, found).content()


def _board_pdf(request: OfficerRequest, found: NoticePosting) -> bytes:
    return _board_paper(request, found).pdf()


def _board_paper(request: OfficerRequest, found: NoticePosting) -> OfficialPaper:
    head = circular_of(found.notice.campaign).head
    return board_sheet.paper_of(head, [found.notice], _lines_of(found), address=public_address(request, found.notice))


def _statement(_request: OfficerRequest, found: NoticePosting) -> bytes:
    head = circular_of(found.notice.campaign).head
    return papers.statement(head, found.notice, found.unit.name, len(_lines_of(found)))


def _slips(request: OfficerRequest, found: NoticePosting) -> bytes:
    """Raises SaidError for another channel than a unit's board: the unit hands its families their slips, nobody else does."""
    if found.kind != NoticePosting.Kind.BOARD:
        raise SaidError(
            Sentence(
                "slips_of_a_board",
                "查询单没有取：上面有全名和查询码，只由单位当面交给本单位的各家。请到单位公告栏那一处去取。",
                "No slips here: they bear whole names and codes, and a unit hands them to its own families. "
                "Take them at the unit's board.",
            )
        )
    if timezone.localdate() > found.notice.last_day:
        raise SaidError(
            Sentence(
                "slips_over",
                f"查询单没有取：{found.notice.number} 公示到 {found.notice.last_day}，已经结束，不再需要全名和查询码。"
                "要看名单，请看公示本身。",
                f"No slips here: the notice {found.notice.number} ended on {found.notice.last_day}, and nobody needs whole "
                "names and codes any more. The list is on the notice itself.",
            )
        )
    lines = {line.case_reference: line for line in _lines_of(found)}
    cases = Application.objects.filter(reference__in=lines).order_by("reference")
    own = [papers.Slip(one.worker_name, one.reference, query_codes.code_of(lines[one.reference])) for one in cases]
    head = circular_of(found.notice.campaign).head
    return papers.slips(head, found.notice, own, address=public_address(request, found.notice))


_PAPERS = {"board": _board, "board-pdf": _board_pdf, "statement": _statement, "slips": _slips}
