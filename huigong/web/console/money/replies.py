"""回单: drop the bank's file and see line by line what it would do, then let it count; or key the stamped paper, two people apart."""

import uuid

from django.contrib.messages import ERROR, SUCCESS
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.documents import queries as papers
from huigong.documents.models import Document
from huigong.payments import actions
from huigong.payments.actions import KeyedLine
from huigong.payments.lifecycle import WORDS
from huigong.payments.models import BankReply, KeyedReply, Payment, PaymentBatch
from huigong.payments.queries import handed_out_on, reading_of
from huigong.payments.reply_files import MAX_BYTES, ReplyRefusedError
from huigong.payments.reply_profiles import FAILED, PAID, RETURNED, UNKNOWN
from huigong.values.sentence import SaidError
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, a_day_sent, or_404, tell, text_sent
from huigong.web.console.money.batches import TONES, batch_or_404, payments_by_position
from huigong.web.console.money.scan_kept import scan_or_none
from huigong.web.console.scanned import scan_shown

_OUTCOMES = {
    PAID: ("成功", "paid"),
    FAILED: ("失败", "failed"),
    RETURNED: ("退汇", "came back"),
    UNKNOWN: ("处理中", "not known yet"),
}
_REASONS: dict[str, tuple[str, str]] = {
    Payment.Reason.NAME_DIFFERS: ("户名不符", "the name differs"),
    Payment.Reason.ACCOUNT_UNKNOWN: ("账号不存在", "no such account"),
    Payment.Reason.ACCOUNT_CLOSED: ("已销户", "account closed"),
    Payment.Reason.ACCOUNT_FROZEN: ("账户冻结或止付", "account frozen"),
    Payment.Reason.LIMIT: ("超过限额", "over a limit"),
    Payment.Reason.OTHER: ("其他，见回单原件", "other, see the original"),
}


@require_POST
def batch_reply(request: OfficerRequest, batch: str) -> HttpResponse:
    """What a dropped file would do. Nothing of it counts yet; a faulty one is refused whole, with line and column."""
    found, sent = batch_or_404(batch), request.FILES.get("file")
    if sent is None:
        tell(request, ERROR, _("请先选银行给的结果文件。"))
        return redirect("batch", batch)
    shown: dict[str, object] = {"batch": found, "campaign": found.campaign, "name": sent.name}
    try:
        content, at = sent.read(MAX_BYTES + 1), timezone.now()
        looked = actions.look_at_reply(found, content, name=(sent.name or "")[-120:], officer=request.user, at=at)
    except ReplyRefusedError as refused:
        english = (get_language() or "").startswith("en")
        shown["faults"] = [one.en if english else one.zh for one in refused.faults]
        return render(request, "money/reply.html", shown, status=422)
    except SaidError as error:
        tell(request, ERROR, error.sentence)
        return redirect("batch", batch)
    shown |= {
        "document": looked.document,
        "moves": [
            (row, one, words.yuan(row.fen), words.said(*WORDS[one.to]), TONES[one.to], _reason(one.reason))
            for row, one in looked.moves
        ],
        "counts": words.counted_of((words.said(*WORDS[one.to]) for _row, one in looked.moves)),
        "silent": found.declared_count - len(looked.moves),
    }
    return render(request, "money/reply.html", shown)


@require_POST
def batch_reply_take(request: OfficerRequest, batch: str) -> HttpResponse:
    """What was looked at counts from now on: the very bytes that were kept, held against the batch once more."""
    found, kept = batch_or_404(batch), _kept(request.POST.get("document", ""))
    try:
        content = papers.content(kept)
        reply = actions.take_reply(found, content, name=kept.name, officer=request.user, at=timezone.now())
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    else:
        _tell_taken(request, reply)
    return redirect("batch", batch)


@require_POST
def batch_scan(request: OfficerRequest, batch: str) -> HttpResponse:
    """The stamped reply is kept first, so that both people read the same scan."""
    found = batch_or_404(batch)
    scan = scan_or_none(request, at=timezone.now())
    if scan is None:
        tell(request, ERROR, _("请先选盖章回单的扫描件（pdf、jpg、png，不超过 10 MB）。"))
        return redirect("batch", batch)
    request.session[f"scan-{found.number}"] = str(scan.pk)
    return redirect("batch-key", found.number)


def batch_key(request: OfficerRequest, batch: str) -> HttpResponse:
    """Beside the scan a line for each payment. The second person does not see what the first one read."""
    found = batch_or_404(batch)
    first = reading_of(found)
    scan = first.document if first else _kept(request.session.get(f"scan-{found.number}", ""))
    rows = payments_by_position(found)
    if request.method == "POST":
        return _keyed(request, found, scan, rows)
    shown = {
        "batch": found,
        "campaign": found.campaign,
        "scan": scan,
        "is_image": scan.media_type.startswith("image/"),
        "days": (handed_out_on(found), timezone.localdate()),
        "second": first is not None and first.keyed_by != request.user.username,
        "rows": [(row, words.yuan(row.fen)) for row in rows],
        "outcomes": [(code, words.said(*pair)) for code, pair in _OUTCOMES.items()],
        "reasons": [(code, _reason(code)) for code in Payment.Reason.values],
    }
    return render(request, "money/key.html", shown)


@require_POST
def batch_reading_discard(request: OfficerRequest, batch: str) -> HttpResponse:
    """The first reading is wrong, and who keyed it does not mend it: another one puts it away with a reason."""
    found = batch_or_404(batch)
    try:
        actions.discard_reading(
            found, because=text_sent(request, "because", most=200), officer=request.user, at=timezone.now()
        )
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    else:
        tell(request, SUCCESS, _("作废了，请重新传扫描件，两人各录一遍。"))
    return redirect("batch", batch)


def batch_scan_shown(request: OfficerRequest, batch: str, pk: uuid.UUID) -> HttpResponse:
    """A scan or result file of this batch, or one that is being keyed for it."""
    found = batch_or_404(batch)
    keyed = KeyedReply.objects.filter(batch=found, document=pk).exists()
    known = (
        keyed or found.replies.filter(document=pk).exists() or request.session.get(f"scan-{found.number}") == str(pk)
    )
    document = or_404(Document.objects.filter(pk=pk).first() if known else None)
    return scan_shown(request, document, back=redirect("batch", batch))


def _keyed(request: OfficerRequest, found: PaymentBatch, scan: Document, rows: list[Payment]) -> HttpResponse:
    lines = [
        KeyedLine(
            row.position,
            outcome,
            request.POST.get(f"reason-{row.position}", "") if outcome in (FAILED, RETURNED) else "",
        )
        for row in rows
        if (outcome := request.POST.get(f"outcome-{row.position}", ""))
    ]
    try:
        content, at = papers.content(scan), timezone.now()
        dated = a_day_sent(request, "dated")
        reply = actions.key_reply(found, content, lines, dated=dated, name=scan.name, officer=request.user, at=at)
    except SaidError as error:
        tell(request, ERROR, error.sentence)
        return redirect("batch-key", found.number)
    if reply is None:
        tell(request, SUCCESS, _("录好了第一遍，请另一位不看您录的，再录一遍。"))
    else:
        _tell_taken(request, reply)
    return redirect("batch", found.number)


def _tell_taken(request: OfficerRequest, reply: BankReply) -> None:
    moved = words.counted_of(words.said(*WORDS[row.status]) for row in reply.payments.all())
    tell(request, SUCCESS, _("第 %(n)s 份回单算数了：%(moved)s。") % {"n": reply.number, "moved": moved})


def _kept(pk: str) -> Document:
    try:
        key = uuid.UUID(pk)
    except ValueError:
        return or_404(None)
    return or_404(Document.objects.filter(pk=key).first())


def _reason(code: str) -> str:
    return words.said(*_REASONS[code]) if code else ""
