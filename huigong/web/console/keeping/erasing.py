"""到期销毁: look first at what goes and what stays, then say the number; under a legal hold nothing goes."""

from datetime import date
from uuid import UUID

from django.contrib.messages import ERROR, SUCCESS
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.documents import actions as documents
from huigong.figures import retention_rules
from huigong.figures.case_clocks import Clock, clocks_of
from huigong.figures.retention import FILE, kept_of, keys_needed, papers_of, vouchers_for, with_absorbed
from huigong.registry.actions.erasing import refuse_erasure
from huigong.registry.models import Household
from huigong.runs import erasing
from huigong.values.sentence import SaidError
from huigong.web.console.asking import OfficerRequest, or_404, tell
from huigong.web.console.households.asking import file_or_404
from huigong.web.console.keeping.keeping import a_key
from huigong.web.console.keeping.shown import rule_said
from huigong.web.console.words import said


def household_erase(request: OfficerRequest, pk: UUID) -> HttpResponse:
    """What goes with a file and what stays; posted with the file's number, it goes."""
    found, wrong = file_or_404(request, pk), ""
    if request.method == "POST":
        if request.POST.get("number", "").strip() != found.file_number:
            wrong = _("档案编号不对，没有销毁。请照上面再写一遍。")
        else:
            return _erased(request, found)
    page = {"one": found, "wrong": wrong, **_ahead(found), "rule": rule_said(FILE)}
    return render(request, "keeping/erase.html", page, status=422 if wrong else 200)


@require_POST
def keeping_erase(request: OfficerRequest) -> HttpResponse:
    """A voucher whose thirty years are over; a paper of a file goes with the file only, on its page."""
    paper = or_404(vouchers_for(request.user).filter(pk=a_key(request.POST.get("paper", ""))).first())
    try:
        documents.erase(paper, kept_of(paper), officer=request.user.username, at=timezone.now())
        tell(request, SUCCESS, _("销毁了：钥匙和文件没了，摘要和留痕还在。"))
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    return redirect("keeping")


@require_POST
def keeping_key(request: OfficerRequest) -> HttpResponse:
    """The key of a file that was erased before, once its cases need it no more."""
    found = file_or_404(request, a_key(request.POST.get("file", "")))
    try:
        erasing.erase_key(found, officer=request.user, at=timezone.now())
        tell(request, SUCCESS, _("钥匙毁了：它封着的认定、付款和审批时的档案谁也打不开，摘要、账目和留痕还在。"))
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    return redirect("keeping")


def _erased(request: OfficerRequest, found: Household) -> HttpResponse:
    try:
        n = erasing.erase_file(found, officer=request.user, at=timezone.now())
        tell(
            request,
            SUCCESS,
            _("销毁了档案 %(number)s 和 %(n)s 份材料，已留痕。") % {"number": found.file_number, "n": n},
        )
    except SaidError as error:
        tell(request, ERROR, error.sentence)
        return redirect("household-erase", pk=found.pk)
    return redirect("keeping")


def _ahead(found: Household) -> dict[str, object]:
    """What would happen: what stands in the way, which papers go, and whether the key goes too."""
    files, today = with_absorbed(found), timezone.localdate()
    try:
        refuse_erasure(files, today=today)
        against = ""
    except SaidError as error:
        against = said(error.sentence.zh, error.sentence.en)
    papers = papers_of(files)
    return {
        "against": against,
        "others": files[1:],
        "papers": [
            (one, one_kept.until is not None and one_kept.until < today, rule_said(one_kept.rule))
            for one, one_kept in papers
        ],
        "key_stays": bool(keys_needed(files, today=today)),
        "clocks": [_clock_shown(one) for one in clocks_of(files) if not one.is_over(today)],
    }


def _clock_shown(one: Clock) -> tuple[str, date | None, str]:
    """A case, until when it needs the key, and by which rule, with how sure that is; or why no clock runs."""
    if one.until is None:
        return one.reference, None, said(*one.why)
    rule = retention_rules.standing(one.kind, on=one.until)
    return one.reference, one.until, f"{rule.source}（{said(*retention_rules.SURENESS[rule.sureness])}）"
