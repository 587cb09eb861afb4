"""保管期限: how long a paper is kept by what it belongs to: originals of a file ten years from removal, vouchers thirty.

A paper that no rule speaks of is not erased: nothing is assumed. One that belongs to several things is kept the longest,
and equal bytes are one paper: what anything else points at has no last day, whatever the file says.
"""

from datetime import date

from django.db.models import ForeignObjectRel
from django.utils import timezone

from huigong.approvals.models import Approval
from huigong.documents.actions import Kept
from huigong.documents.models import Document, Erasure, LegalHold
from huigong.payments.models import BankReply, KeyedReply, PaymentBatch
from huigong.registry.models import FileEntry
from huigong.values.years import years_on

FILE = "档案原件：移出之日起10年（管理办法第十五条）"
VOUCHER = "会计凭证：30年（会计档案管理办法）"
NO_RULE = "没有规定保存多久"
_ENGLISH = {
    FILE: "originals of a file: ten years from removal (管理办法, article 15)",
    VOUCHER: "vouchers: thirty years (会计档案管理办法)",
    NO_RULE: "no rule says how long",
}
_VOUCHER_YEARS = 30
_RULED = frozenset({PaymentBatch, BankReply, KeyedReply, Approval, FileEntry, LegalHold, Erasure})
"""What points at a paper and is asked by the rules here, or says itself whether it is kept."""


def kept_of(document: Document) -> Kept:
    """The rule and the last day; no day where a file is not removed yet, or no rule is known."""
    if _is_also_elsewhere(document):
        return _kept(NO_RULE, None)
    found: list[Kept] = []
    used = (PaymentBatch, BankReply, KeyedReply)
    if any(model.objects.filter(document=document).exists() for model in used) or _is_minutes(document):
        found.append(_kept(VOUCHER, years_on(timezone.localdate(document.created_at), _VOUCHER_YEARS)))
    entries = FileEntry.objects.filter(paper=document).select_related("household")
    found += [_kept(FILE, one.household.keep_until) for one in entries]
    open_ = next((one for one in found if one.until is None), None)
    if open_ or not found:
        return open_ or _kept(NO_RULE, None)
    return max(found, key=lambda one: one.until or date.max)


def _kept(rule: str, until: date | None) -> Kept:
    return Kept(rule, until, _ENGLISH[rule])


def _is_also_elsewhere(document: Document) -> bool:
    """Whether anything without a rule of its own points at it. Read off the models, so that a new one is never forgotten."""
    pointing = (
        one
        for one in Document._meta.get_fields(include_hidden=True)
        if isinstance(one, ForeignObjectRel) and one.related_model not in _RULED
    )
    return any(one.related_model._default_manager.filter(**{one.field.name: document}).exists() for one in pointing)


def _is_minutes(document: Document) -> bool:
    return Approval.objects.filter(scan=document).exists()
