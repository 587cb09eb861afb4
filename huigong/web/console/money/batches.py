"""一个批次: its count and total, the file with its digest, who took it, what the bank answered, and a way back before it left."""

from django.contrib.messages import ERROR, SUCCESS
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.payments import actions
from huigong.payments import queries as payments
from huigong.payments.hands import decided_in
from huigong.payments.lifecycle import BOUNCED, FAILED, PAID, RECOVERED, RELEASED, UNKNOWN, WITHDRAWN, WORDS
from huigong.payments.models import Payment, PaymentBatch
from huigong.payments.payment_list import payment_list
from huigong.payments.profiles import profile_from
from huigong.payments.queries import card_masked
from huigong.payments.vouchers import told_of_payments, vouchers
from huigong.studentaid import actions as studentaid
from huigong.values.capital_amounts import in_capitals
from huigong.values.sentence import SaidError
from huigong.web import permissions
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, or_404, tell
from huigong.web.console.money import prints

_PRINTS = {
    "list": (payment_list, "发放花名册"),
    "vouchers": (vouchers, "付款凭证"),
    "letters": (told_of_payments, "发放告知书"),
}
TONES = {
    RELEASED: "now",
    PAID: "done",
    FAILED: "stop",
    UNKNOWN: "look",
    BOUNCED: "stop",
    RECOVERED: "stop",
    WITHDRAWN: "",
}


def batch(request: OfficerRequest, batch: str) -> HttpResponse:
    found = batch_or_404(batch)
    takings = list(found.takings.all())
    rows = list(found.payments.select_related("reply").order_by("position"))
    pays = bool(request.roles & permissions.asked("batch-take"))
    decided = pays and request.user.username in decided_in(found)
    taken = bool(takings) and bool(takings[-1].taken_by)
    people = [found.released_by, *(name for one in takings for name in (one.allowed_by, one.taken_by) if name)]
    replies = list(found.replies.select_related("document").order_by("number"))
    takeable = found.status == RELEASED and not replies
    people += [name for one in replies for name in (one.keyed_by, one.taken_by) if name]
    shown = {
        "batch": found,
        "campaign": found.campaign,
        "status": words.said(*WORDS[found.status]),
        "tone": TONES.get(found.status, "done"),
        "total": words.yuan(found.declared_fen),
        "capitals": in_capitals(found.declared_fen),
        "profile": profile_from(payments.profile_text(found)),
        "rows": [
            (
                row,
                words.yuan(row.fen),
                card_masked(row),
                words.said(*WORDS[row.status]),
                TONES[row.status],
            )
            for row in rows
        ],
        "adds_up": (len(rows), sum(row.fen for row in rows)) == (found.declared_count, found.declared_fen),
        "takings": takings,
        "prints": [
            (key, word)
            for key, word in (("list", _("发放花名册")), ("vouchers", _("付款凭证")), ("letters", _("发放告知书")))
            if key != "list" or (found.document and found.status != WITHDRAWN)
        ],
        "replies": replies,
        "names": words.people(people),
        "reading": payments.reading_of(found),
        "pays": pays,
        "decided": decided,
        "may_take": pays and not decided and not taken and takeable,
        "may_allow": pays and taken and takeable and takings[-1].taken_by != request.user.username,
        "may_undo": pays and not taken and takeable,
        "may_answer": pays and not decided and (taken or bool(replies)) and found.status != WITHDRAWN,
    }
    return render(request, "money/batch.html", shown)


@require_POST
def batch_take(request: OfficerRequest, batch: str) -> HttpResponse:
    """The bank's file, or the list by which the treasury pays: once."""
    found = batch_or_404(batch)
    try:
        content = studentaid.hand_out(found, officer=request.user, at=timezone.now())
    except SaidError as error:
        tell(request, ERROR, error.sentence)
        return redirect("batch", batch)
    name = found.file_name or f"{batch}-{_PRINTS['list'][1]}.docx"
    kept = content_disposition_header(as_attachment=True, filename=name)
    headers = {"Content-Disposition": kept or "attachment", "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/octet-stream", headers=headers)


@require_POST
def batch_allow(request: OfficerRequest, batch: str) -> HttpResponse:
    try:
        actions.allow_again(batch_or_404(batch), officer=request.user, at=timezone.now())
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    else:
        tell(request, SUCCESS, _("准许了，请另一位来取。"))
    return redirect("batch", batch)


@require_POST
def batch_undo(request: OfficerRequest, batch: str) -> HttpResponse:
    found = batch_or_404(batch)
    try:
        count = studentaid.take_batch_back(found, officer=request.user, at=timezone.now())
    except SaidError as error:
        tell(request, ERROR, error.sentence)
        return redirect("batch", batch)
    tell(request, SUCCESS, _("收回了 %(n)s 笔，可以再付。") % {"n": count})
    return redirect("payments", found.campaign.code)


def batch_printed(request: OfficerRequest, batch: str, printed: str, kind: str) -> HttpResponse:
    """The payment list to be signed, vouchers, or letters to the families: cards by their last digits only.

    The list by which the treasury pays is taken and not printed.
    """
    found, (make, word) = batch_or_404(batch), or_404(_PRINTS.get(printed))
    if printed == "list" and found.document is None:
        tell(request, ERROR, _("由财政代发，花名册就是付款的凭据：请在这里取，只取一次，再取要另一位准许。"))
        return redirect("batch", batch)
    try:
        paper = make(found, timezone.localdate())
    except SaidError as error:
        tell(request, ERROR, error.sentence)
        return redirect("batch", batch)
    return prints.printed(request, paper, f"{batch}-{word}", kind, back=redirect("batch", batch))


def batch_or_404(number: str) -> PaymentBatch:
    rows = PaymentBatch.objects.select_related("campaign__federation", "campaign__version", "document", "agreement")
    return or_404(rows.filter(number=number).first())


def payments_by_position(found: PaymentBatch) -> list[Payment]:
    return list(found.payments.order_by("position"))
