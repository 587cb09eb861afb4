"""The links of one payment's chain, from the yuan back to the form: what each rests on, and where it can be opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from huigong.approvals import queries as approvals
from huigong.audit import queries as audit
from huigong.circulars.queries import circular_of
from huigong.documents.official import OfficialPaper
from huigong.ledger import queries as ledger
from huigong.ledger.queries import RECOVERED_PART
from huigong.payments import queries as payments
from huigong.payments.lifecycle import WORDS
from huigong.payments.queries import card_masked
from huigong.publicnotices import queries as publicnotices
from huigong.studentaid import awards
from huigong.studentaid import queries as studentaid
from huigong.studentaid.models import Application, Revocation
from huigong.values import money
from huigong.web.console import words
from huigong.web.console.applications.findings import in_order


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of a link: what, how it stands, and where it opens (empty: nowhere)."""

    word: str
    said: str
    address: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain with its facts; none: this step left nothing, and that is told."""

    title: str
    lines: Sequence[Line]


def links_of(one: Application) -> list[Link]:
    """Money, payment, approval, notice, place, decision, verification, form: each rests on the next."""
    history = audit.history(one.reference)
    names = words.people(told.actor for told in history)
    return [
        Link(_("钱"), _of_ledger(one)),
        Link(_("发放"), _of_payments(one)),
        Link(_("审批"), _of_approval(one)),
        Link(_("公示"), _of_notice(one)),
        Link(_("名额和名次"), _of_place(one)),
        Link(_("认定：逐条、条款"), _of_findings(one)),
        Link(_("审核和材料"), _of_papers(one, names)),
        Link(_("登记表"), _of_forms(one)),
        Link(
            _("留痕"),
            [
                Line(str(told.sequence), f"{_when(told.at)} {names[told.actor]} {words.event_word(told.action)}")
                for told in history
            ],
        ),
    ]


def walk_paper(one: Application, links: Sequence[Link], day: date) -> OfficialPaper:
    """The walk as a numbered paper."""
    office = one.campaign.federation.name
    paper = OfficialPaper(f"{one.reference} 穿行", author=office, day=day)
    head = audit.head()
    for number, link in enumerate(links, 1):
        paper.heading(f"{number}. {link.title}")
        for line in link.lines:
            paper.small(f"{line.word}：{line.said}")
        if not link.lines:
            paper.small("没有记录")
    paper.small(f"留痕检查点：第{head.sequence}条，{head.digest}")
    paper.signature(office, day)
    return paper


def _of_ledger(one: Application) -> list[Line]:
    kinds = {"pending": _("预留"), "post": _("入账"), "void": _("预留取消"), "reversal": _("冲回"), "single": _("划转")}
    rows = ledger.named(sorted(ledger.references(prefix=f"{one.reference}:")))
    ordered = sorted(rows.values(), key=lambda row: (row.at, row.reference))
    return [
        Line(
            f"{_('追回一部分') if row.code == RECOVERED_PART else kinds[row.kind]} {_when(row.at)}",
            f"{row.debit} → {row.credit} {_yuan(row.fen)} · {row.reference}",
        )
        for row in ordered
    ] + _asked_back(one)


def _asked_back(one: Application) -> list[Line]:
    """Why an approval was taken back, by which papers money came in again, and by which decision the rest was left."""
    lines = []
    for found in Revocation.objects.filter(award__application=one).prefetch_related("parts").order_by("at"):
        rests_on = " · ".join(filter(None, (_(found.get_why_display()), found.grievance, found.clauses)))
        lines.append(Line(f"{_('撤销批准')} {_when(found.at)}", rests_on))
        whole, left = getattr(found, "recovery", None), getattr(found, "write_off", None)
        for came in (*found.parts.all(), *filter(None, [whole])):
            lines.append(Line(f"{_('追回')} {came.received_on}", f"{_yuan(came.fen)} · {came.paper}"))
        if left:
            told = f"{_yuan(left.fen)} · {left.paper} · {left.reason}"
            lines.append(Line(f"{_('核销')} {left.decided_on}", told))
    return lines


def _of_payments(one: Application) -> list[Line]:
    lines = []
    for row in payments.payments_of(one.reference).select_related("reply__document", "batch__document"):
        batch = reverse("batch", args=[row.batch.number])
        file = row.batch.document.sha256[:16] if row.batch.document else _("财政代发")
        lines.append(
            Line(
                _("第 %(n)s 次") % {"n": row.attempt},
                f"{row.batch.number} #{row.position} · {row.payee_name} {card_masked(row)} · "
                f"{_yuan(row.fen)} · {words.said(*WORDS[row.status])} · {file}",
                batch,
            )
        )
        if row.reply is not None:
            lines.append(Line(_("回单"), f"{row.reply.dated} · {row.reply.document.sha256[:16]}", batch))
    return lines


def _of_approval(one: Application) -> list[Line]:
    award = awards.award_of(one)
    if award is None:
        return []
    lines = [
        Line(_("集体研究"), award.minutes),
        Line(_("批准"), f"{_yuan(award.fen)} · {_when(award.at)}"),
    ]
    form = approvals.approval_of(one.reference)
    if form is not None:
        address = reverse("approval", args=[form.number])
        names = words.people(box.opinion.given_by for box in approvals.states_of(form) if box.opinion)
        lines += [
            Line(
                box.word,
                f"{names[box.opinion.given_by]} · {box.opinion.words.plain()} · {_when(box.opinion.at)}",
                address,
            )
            for box in approvals.states_of(form)
            if box.opinion
        ]
        lines.append(Line(_("审批时的档案"), _("加密留存，摘要在留痕里")))
    return lines


def _of_notice(one: Application) -> list[Line]:
    notice = publicnotices.notices_on([one.reference]).get(one.reference)
    if notice is None:
        return []
    return [Line(notice.number, f"{notice.first_day} – {notice.last_day} · {notice.clause}")]


def _of_place(one: Application) -> list[Line]:
    if one.rank is None:
        return []
    return [Line(one.federation.name, _("第 %(n)s 名") % {"n": one.rank})]


def _of_findings(one: Application) -> list[Line]:
    circular = circular_of(one.campaign)
    found = studentaid.findings_of([one]).get(one.pk, ())
    return [
        Line(line.cited.clause, f"{line.title}：{line.word} · {line.sentence}", line.cited.address, line.tone)
        for line in in_order(one, circular, found)
    ]


def _of_papers(one: Application, names: dict[str, str]) -> list[Line]:
    lines = [Line(_("审核"), names.get(one.verified_by, one.verified_by))] if one.verified_by else []
    submissions = studentaid.submissions_of([one]).get(one.pk, [])
    return lines + [
        Line(words.fact_word(paper.kind), f"{paper.seen_by} · {paper.seen_on or ''}")
        for paper in studentaid.papers_of_case(submissions)
    ]


def _of_forms(one: Application) -> list[Line]:
    return [
        Line(
            submission.row.form.name,
            _("第 %(n)s 行") % {"n": submission.row.number} + f" · {submission.row.form.sha256[:16]}",
            f"{reverse('form', args=[submission.row.form_id])}?row={submission.row.number}#row-{submission.row.number}",
        )
        for submission in studentaid.submissions_of([one]).get(one.pk, [])
    ]


def _when(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def _yuan(fen: int) -> str:
    return words.said(f"{money.for_people(fen)} 元", f"{money.for_people(fen)} yuan")
