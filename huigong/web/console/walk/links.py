"""The chain of one payment, from where its money came from back to the form: what each link rests on, and the chain as a paper."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from huigong.audit import queries as audit
from huigong.documents.official import OfficialPaper
from huigong.studentaid.models import Application
from huigong.web.console import words
from huigong.web.console.walk import of_case, of_money
from huigong.web.console.walk.line import Line, Link, Reader, when


def links_of(one: Application, reader: Reader) -> list[Link]:
    """Source, money, payment, approval, objections, notice, place, decision, verification, form: each rests on the next.

    On the page and on paper alike without what the reader may not know of.
    """
    history = audit.history(one.reference)
    names = words.people(told.actor for told in history)
    links = [
        Link(_("钱从哪来"), of_money.of_source(one, reader)),
        Link(_("钱"), of_money.of_ledger(one)),
        Link(_("发放"), of_money.of_payments(one)),
        Link(_("审批"), of_money.of_approval(one)),
        Link(
            _("异议和申诉"),
            of_case.of_grievances(one),
            _("没有登记针对这一件的异议或申诉。"),
            reverse("grievances", args=[one.campaign.code]),
        ),
        Link(_("公示"), of_case.of_notice(one)),
        Link(_("名额和名次"), of_case.of_place(one, reader)),
        Link(_("认定：逐条、条款"), of_case.of_findings(one)),
        Link(_("审核和材料"), of_case.of_papers(one, names)),
        Link(_("登记表"), of_case.of_forms(one)),
        Link(
            _("留痕"),
            [
                Line(str(told.sequence), f"{when(told.at)} {names[told.actor]} {words.event_word(told.action)}")
                for told in history
            ],
        ),
    ]
    return reader.told(links)


def walk_paper(one: Application, links: Sequence[Link], day: date) -> OfficialPaper:
    """The walk as a numbered paper."""
    office = one.campaign.federation.name
    paper = OfficialPaper(f"{one.reference} 穿行", author=office, day=day)
    head = audit.head()
    for number, link in enumerate(links, 1):
        paper.heading(f"{number}. {link.title}")
        for line in link.lines:
            paper.small(f"{line.word}：{line.said}")
            if line.clause:
                paper.small(f"（{line.word} {line.clause}）")
        if not link.lines:
            paper.small(link.empty or _("这一步没有记录。"))
    paper.small(f"留痕检查点：第{head.sequence}条，{head.digest}")
    paper.signature(office, day)
    return paper
