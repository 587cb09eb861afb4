"""Write into the next box of an approval form, by somebody with its role who has written into no other."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huigong.approvals.columns import OPINION
from huigong.approvals.lifecycle import OPEN
from huigong.approvals.models import Approval, Box, Opinion
from huigong.approvals.queries import ROLES
from huigong.audit import actions as audit
from huigong.organisations.hands import SameHandsError, refuse_other_role
from huigong.organisations.models import Officer, SignedSheet
from huigong.values.sentence import SaidError, Sentence
from huigong.values.text import whole


@dataclass(frozen=True, slots=True)
class Given:
    """An opinion: yes or no, in words; on paper also the sheet with its two clerks."""

    agrees: bool
    words: str
    sheet: SignedSheet | None = None


@transaction.atomic
def opine(approval: Approval, given: Given, *, officer: Officer, at: datetime) -> Opinion:
    """The opinion of the next box. Raises SaidError out of turn, OtherRoleError, SameHandsError for who signed already."""
    form = Approval.objects.select_for_update().get(pk=approval.pk)
    position = form.opinions.count()
    if form.status != OPEN or position >= len(form.boxes):
        raise SaidError(
            Sentence(
                "form_closed",
                f"审批表 {form.number} 已经签完或收回，不再签。",
                f"The approval form {form.number} is closed: nothing more is signed.",
            )
        )
    box = Box(form.boxes[position])
    refuse_other_role(officer, *ROLES[box], at=at)
    if form.opinions.filter(given_by=officer.username).exists():
        raise SameHandsError(
            Sentence(
                "signed_already",
                f"{officer.name}已在这张审批表上签过，“{box.label}”栏要另一个人签。",
                f"{officer.name} has signed this form: the box “{box.value}” is for somebody else.",
            )
        )
    if not given.agrees and not given.words.strip():
        raise SaidError(Sentence("why_not", "不同意请写一句原因。", "Please say in a sentence why you do not agree."))
    opinion = Opinion(
        approval=form,
        position=position,
        box=box.value,
        given_by=officer.username,
        agrees=given.agrees,
        data_key=form.data_key,
        sheet=given.sheet,
        at=at,
    )
    opinion.words = whole(given.words, 200, "意见", "the opinion") or "同意"
    opinion.save(force_insert=True)
    told = {"box": box.value, "agrees": int(given.agrees), "position": position, "columns": OPINION.told(opinion)}
    audit.record("approval.signed", subject=form.number, officer=officer.username, at=at, payload=told)
    return opinion
