"""The links of the money: where it came from, what the books say, how it went to the card, and who decided that it may."""

from django.urls import reverse
from django.utils.translation import gettext as _

from huigong.approvals import queries as approvals
from huigong.approvals.models import Approval
from huigong.giving import queries as giving
from huigong.giving.models import Appropriation, Donation
from huigong.ledger import queries as ledger
from huigong.ledger.queries import RECOVERED_PART
from huigong.payments import queries as payments
from huigong.payments.lifecycle import WORDS
from huigong.payments.models import BankReply, FileTaking, Payment
from huigong.payments.queries import card_masked
from huigong.quotas.models import FundSource
from huigong.studentaid import awards
from huigong.studentaid.models import Application, Award, Revocation
from huigong.web.console import words
from huigong.web.console.walk.line import Line, Reader, when, yuan

_SHOWN = 20


def of_source(one: Application, reader: Reader) -> list[Line]:
    """The source, each sum of it that came, with its paper and two pairs of eyes, and what it held after this was approved.

    A source is one purse: which of its sums a family's money came from nobody can say, so that all of them stand here, the
    newest first, as many as can be read. Sums of other campaigns stand by name where their funds open to the reader.
    """
    award = _award(one)
    source = FundSource.objects.filter(code=award.fund_source).first() if award else None
    if award is None or source is None:
        return []
    kind, funds = source.kind and _(source.get_kind_display()), reverse("funds", args=[one.campaign.code])
    what = " · ".join(filter(None, (source.name, kind, source.citation)))
    return [Line(_("来源"), what, funds), *_came(source, award, reader, funds)]


def of_ledger(one: Application) -> list[Line]:
    kinds = {"pending": _("预留"), "post": _("入账"), "void": _("预留取消"), "reversal": _("冲回"), "single": _("划转")}
    rows = ledger.named(sorted(ledger.references(prefix=f"{one.reference}:")))
    ordered = sorted(rows.values(), key=lambda row: (row.at, row.reference))
    return [
        Line(
            f"{_('追回一部分') if row.code == RECOVERED_PART else kinds[row.kind]} {when(row.at)}",
            f"{row.debit} → {row.credit} {yuan(row.fen)} · {row.reference}",
        )
        for row in ordered
    ] + _asked_back(one)


def of_payments(one: Application) -> list[Line]:
    """Each attempt: its batch and file, who took the file and by whose leave, and the bank's answer."""
    rows = payments.payments_of(one.reference).select_related("reply__document", "batch__document")
    rows = rows.prefetch_related("batch__takings")
    replies = [row.reply for row in rows if row.reply]
    people = {name for row in rows for taken in row.batch.takings.all() for name in (taken.allowed_by, taken.taken_by)}
    names = words.people((people | {name for told in replies for name in (told.keyed_by, told.taken_by)}) - {""})
    lines = []
    for row in rows:
        lines.append(_payment(row))
        lines += [_taking(row, taken, names) for taken in row.batch.takings.all() if taken.taken_by]
        if row.reply is not None:
            lines.append(_reply(row, row.reply, names))
    return lines


def of_approval(one: Application) -> list[Line]:
    award = _award(one)
    if award is None:
        return []
    form = approvals.approval_of(one.reference)
    minutes = reverse("approval-scan", args=[form.number, "minutes"]) if form else ""
    return [
        Line(_("集体研究"), award.minutes, minutes),
        Line(_("批准"), f"{yuan(award.fen)} · {when(award.at)}"),
        *(_boxes(form) if form else []),
    ]


def _award(one: Application) -> Award | None:
    """The one that stands, else the last that was taken back."""
    return awards.award_of(one) or Award.objects.filter(application=one).order_by("at").last()


def _came(source: FundSource, award: Award, reader: Reader, funds: str) -> list[Line]:
    """What came and stands, and what the books say that there was left of it after the approval."""
    sums: list[Appropriation | Donation] = [
        *giving.standing_appropriations().filter(fund_source=source).select_related("campaign", "seen"),
        *giving.standing_donations().filter(fund_source=source).select_related("campaign", "seen"),
    ]
    mine = [row for row in sums if reader.opens(_funds_of(row))]
    named = sorted(mine, key=lambda row: (row.seen.at, row.number), reverse=True)[:_SHOWN]
    names = words.people(name for row in named for name in (row.recorded_by, row.seen.seen_by))
    lines = [_sum(row, award, names) for row in named]
    if len(named) < len(sums):
        rest = {"n": len(sums) - len(named), "yuan": yuan(sum(row.fen for row in sums) - sum(row.fen for row in named))}
        lines.append(Line(_("别的到款"), _("还有 %(n)s 笔，共 %(yuan)s") % rest, funds, funds))
    if not sums:
        lines.append(Line(_("到款"), _("现在没有登记着的到款"), funds, funds))
    left = ledger.balance(f"fund:{source.code}", at=award.at).available
    told = _("账上还能用 %(left)s") % {"left": yuan(left)} if left >= 0 else _("那时到款还没有登记")
    return [*lines, Line(_("这次批准以后"), told, funds, funds)]


def _sum(row: Appropriation | Donation, award: Award, names: dict[str, str]) -> Line:
    paper = row.paper if isinstance(row, Appropriation) else " · ".join(filter(None, (row.donor, row.wish)))
    who = _("%(one)s记，%(other)s核对") % {"one": names[row.recorded_by], "other": names[row.seen.seen_by]}
    late = _("批准以后才核对") if row.seen.at > award.at else ""
    told = (yuan(row.fen), paper, f"{row.received_on}", f"{who} {when(row.seen.at)}", late)
    word = _("捐助") if isinstance(row, Donation) else _("到款")
    return Line(f"{word} {row.number}", " · ".join(filter(None, told)), _funds_of(row), _funds_of(row))


def _funds_of(row: Appropriation | Donation) -> str:
    return reverse("funds", args=[row.campaign.code])


def _asked_back(one: Application) -> list[Line]:
    """Why an approval was taken back, by which papers money came in again, and by which decision the rest was left."""
    lines = []
    for found in Revocation.objects.filter(award__application=one).prefetch_related("parts").order_by("at"):
        rests_on = " · ".join(filter(None, (_(found.get_why_display()), found.grievance, found.clauses)))
        lines.append(Line(f"{_('撤销批准')} {when(found.at)}", rests_on))
        whole, left = getattr(found, "recovery", None), getattr(found, "write_off", None)
        for came in (*found.parts.all(), *filter(None, [whole])):
            lines.append(Line(f"{_('追回')} {came.received_on}", f"{yuan(came.fen)} · {came.paper}"))
        if left:
            told = f"{yuan(left.fen)} · {left.paper} · {left.reason}"
            lines.append(Line(f"{_('核销')} {left.decided_on}", told))
    return lines


def _payment(row: Payment) -> Line:
    file = row.batch.document.sha256[:16] if row.batch.document else _("财政代发")
    return Line(
        _("第 %(n)s 次") % {"n": row.attempt},
        f"{row.batch.number} #{row.position} · {row.payee_name} {card_masked(row)} · "
        f"{yuan(row.fen)} · {words.said(*WORDS[row.status])} · {file}",
        reverse("batch", args=[row.batch.number]),
    )


def _taking(row: Payment, taken: FileTaking, names: dict[str, str]) -> Line:
    told = [f"{names[taken.taken_by]} {when(taken.taken_at)}" if taken.taken_at else names[taken.taken_by]]
    if taken.allowed_by:
        told.append(_("%(name)s准许再取") % {"name": names[taken.allowed_by]})
    batch = reverse("batch", args=[row.batch.number])
    return Line(_("取走") if row.batch.document else _("取花名册"), " · ".join(told), batch, batch)


def _reply(row: Payment, reply: BankReply, names: dict[str, str]) -> Line:
    if reply.keyed_by:
        who = _("%(one)s、%(other)s各录一遍") % {"one": names[reply.keyed_by], "other": names[reply.taken_by]}
    else:
        who = _("%(name)s收") % {"name": names[reply.taken_by]}
    told = f"{reply.dated} · {who} · {reply.document.sha256[:16]}"
    original = reverse("batch-scan-shown", args=[row.batch.number, reply.document_id])
    return Line(_("回单"), told, original, reverse("batch", args=[row.batch.number]))


def _boxes(form: Approval) -> list[Line]:
    """Who wrote what into which box, on screen or on the sheet that was scanned; and the household as it was then."""
    address, states = reverse("approval", args=[form.number]), [one for one in approvals.states_of(form) if one.opinion]
    names = words.people(box.opinion.given_by for box in states if box.opinion)
    lines = [
        Line(
            box.word,
            f"{names[box.opinion.given_by]} · {box.opinion.words.plain()} · {when(box.opinion.at)}",
            reverse("sheet-scan", args=[box.opinion.sheet_id]) if box.opinion.sheet_id else address,
            address,
        )
        for box in states
        if box.opinion
    ]
    return [*lines, Line(_("审批时的档案"), _("加密留存，摘要在留痕里"))]
