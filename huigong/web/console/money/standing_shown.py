"""暂停的原因和出路: what stands against money that waits, in words, and for each reason what ends it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huigong.payments import queries as payments
from huigong.payments.fitting import UNFIT
from huigong.payments.models import Hold
from huigong.studentaid.fund_checks import refusals, sentence_of
from huigong.studentaid.models import Application
from huigong.studentaid.other_help import could_pay
from huigong.web.console import words

_ENDS: Mapping[str, Promise] = {
    Hold.Reason.CARD_CHANGED: _("由没有改过这份档案的审核人核实是本人的卡，再确认"),
    Hold.Reason.FACTS_CHANGED: _("事实改回来的，再查一次；真的变了，请审核人打开这一件，退回重新审核"),
    Hold.Reason.OBJECTION: _("等异议答复"),
    Hold.Reason.IDENTITY: _("在档案里改对号码，再查一次"),
    Hold.Reason.SAME_NEED: _("打开这一件：不是同一需要的，审核人核实；学生本人得过的，审批人撤回"),
    Hold.Reason.BANK_RETURNED: _("原因处理好了，由审核人确认，再付"),
    Hold.Reason.FUND_RULE: _("规则现在不拦了：请再查一次"),
}


@dataclass(frozen=True, slots=True)
class Against:
    """One reason, and what ends it."""

    reason: str
    word: str
    ends: str


def against(cases: Sequence[Application], sources: Mapping[str, str], *, on: date) -> dict[str, list[Against]]:
    """By reference, every reason that stands against these cases; `sources` says from which money each would be paid."""
    standing = payments.standing_against(one.reference for one in cases)
    ruled = [one for one in cases if Hold.Reason.FUND_RULE in standing.get(one.reference, ())]
    told = _by_fund(ruled, sources, on=on)
    return {
        reference: [Against(reason, str(_(reason.label)), ends(reason, told.get(reference, ""))) for reason in reasons]
        for reference, reasons in standing.items()
    }


def ends(reason: Hold.Reason, by_fund: str = "") -> str:
    """What ends it; `by_fund` is what the rules of its fund say, where they still stand against it."""
    if reason == Hold.Reason.FUND_RULE and by_fund:
        return by_fund
    return words.said(*UNFIT[reason]) if reason in UNFIT else str(_ENDS[reason])


def _by_fund(cases: Sequence[Application], sources: Mapping[str, str], *, on: date) -> dict[str, str]:
    """The sentence of the rule that stands against each."""
    told = {}
    for source in sorted({sources[one.reference] for one in cases}):
        own = [one for one in cases if sources[one.reference] == source]
        stops = refusals(source, own, on=on)
        others = could_pay(source, [one for one in own if one.reference in stops], on=on)
        for reference, refusal in stops.items():
            sentence = sentence_of(refusal, others[reference])
            told[reference] = words.said(sentence.zh, sentence.en)
    return told
