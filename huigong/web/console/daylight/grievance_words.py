"""What an objection or appeal stops, and what its answer changes, in words: by its kind, and by where the case and its money are.

An appeal stops nothing and takes nothing away from whoever it is about. An objection stops approval and payment, but not a
payment that left the house already.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from huigong.grievances.models import Grievance
from huigong.payments.lifecycle import CAME_BACK
from huigong.payments.queries import handed_out_on, latest
from huigong.studentaid.awards import recovery_is_open, standing_awards
from huigong.studentaid.lifecycle import NEXT, SUBMITTED
from huigong.studentaid.models import Application


@dataclass(frozen=True, slots=True)
class Effect:
    """Whether it is an objection, and of its case: approved, in a batch or at the bank, out of the house, asked back, free to go back."""

    objects: bool
    is_approved: bool = False
    is_in_batch: bool = False
    has_left: bool = False
    is_asked_back: bool = False
    goes_back: bool = False

    def meanwhile(self) -> str:
        """What stands still until the answer."""
        if not self.objects:
            return _("申诉不暂停什么，答复以前这一件照常办。")
        if self.is_asked_back:
            return _("这一件付出的钱还没有回来，回来以前不再审批、不再发放。")
        if self.has_left:
            return _("这一件的钱已经交出去付了，这一笔停不住；成立的要追回，没付成的在答复以前不再付。")
        return _("这一件在答复以前不审批、不发放。")

    def if_refused(self) -> str:
        if not self.objects:
            return _("原来的结果不变")
        if self.is_asked_back:
            return _("付出的钱还没有回来，这一件仍然暂停")
        if self.has_left:
            return _("已经付的照旧")
        return _("没有别的异议的，可以接着审批发放")

    def if_upheld(self) -> str:
        if self.is_approved and not self.objects:
            return _("批准的不变，钱和名额都不动；怎么办要写在答复里")
        if self.is_asked_back:
            return _("付出的钱还没有回来，回来以后退回重新审核")
        if self.is_approved and self.is_in_batch:
            return _("撤销批准；批次没交出的请财务收回，交出了的请财务追回")
        if self.is_approved:
            return _("撤销批准，钱回到资金，退回重新审核")
        if self.goes_back:
            return _("退回重新审核")
        return _("这一件还在审核，照核实的接着审核")

    def advice(self) -> str:
        """What is left to do where an upheld answer changes nothing by itself."""
        if not self.is_approved or self.objects:
            return ""
        return _(
            "申诉成立也不改已经批准的。答复里请写明批准的不变、下一步怎么办；确实要重办的，另外登记一件异议（写同一个案号），"
            "成立后批准撤销、从审核重新办，已经付的先追回。"
        )


def effect_of(grievance: Grievance, reference: str) -> Effect:
    """As things stand now; `reference` is the case that it is about, or nothing yet."""
    objects = grievance.kind == Grievance.Kind.OBJECTION
    case = Application.objects.filter(campaign=grievance.campaign_id, reference=reference).first()
    if case is None:
        return Effect(objects)
    last = latest([case.reference]).get(case.reference)
    is_in_batch = last is not None and last.status not in CAME_BACK
    return Effect(
        objects,
        is_approved=standing_awards().filter(application=case).exists(),
        is_in_batch=is_in_batch,
        has_left=last is not None and is_in_batch and handed_out_on(last.batch) is not None,
        is_asked_back=recovery_is_open(case),
        goes_back=SUBMITTED in NEXT.get(case.status, frozenset()),
    )
