"""保管期限: how long a paper or a household file is kept, and which are over: files ten years from removal, vouchers thirty.

A paper that no rule speaks of is not erased: nothing is assumed. One that belongs to several things is kept the longest,
and equal bytes are one paper: what anything else points at has no last day, whatever the file says.
"""

from collections.abc import Sequence
from datetime import date
from itertools import islice
from uuid import UUID

from django.db.models import ForeignObjectRel, Model, Q, QuerySet
from django.utils import timezone

from huigong.approvals.models import Approval
from huigong.audit import queries as audit
from huigong.circulars import queries as circulars
from huigong.documents.actions import Kept
from huigong.documents.models import Document, Erasure, LegalHold
from huigong.figures import retention_rules
from huigong.figures.case_clocks import OF_CASES, keys_of_cases
from huigong.organisations.models import Officer
from huigong.payments.models import BankReply, KeyedReply, Payment, PaymentBatch
from huigong.registry.joined import absorbed_by, kept_in
from huigong.registry.lifecycle import ERASED, EXITED
from huigong.registry.models import FileEntry, Household
from huigong.registry.queries import households_for
from huigong.values.years import years_on
from huigong.vault.models import DataKey

FILE = "档案原件：移出之日起10年（管理办法第十五条）"
VOUCHER = "会计凭证：30年（会计档案管理办法）"
NO_RULE = "没有规定保存多久"
ENGLISH = {
    FILE: "originals of a file: ten years from removal (管理办法, article 15)",
    VOUCHER: "vouchers: thirty years (会计档案管理办法)",
    NO_RULE: "no rule says how long",
}
_VOUCHERS = (PaymentBatch, BankReply, KeyedReply)
_RULED = frozenset({*_VOUCHERS, Approval, FileEntry, LegalHold, Erasure})
"""What points at a paper and is asked by the rules here, or says itself whether it is kept."""
_OWN = {Household._meta.app_label, DataKey._meta.app_label}
"""What is sealed by these rooms goes with the file."""


def kept_of(document: Document) -> Kept:
    """The rule and the last day; no day where a file is not removed yet, or no rule is known.

    A paper of a file that was merged is kept like those of the file that it went into, and back by a hold on either.
    """
    lines = [
        kept_in(one)
        for one in Household.objects.filter(pk__in=FileEntry.objects.filter(paper=document).values("household"))
    ]
    files = tuple(sorted({one.file_number for line in lines for one in line}))
    if _is_also_elsewhere(document):
        return _kept(NO_RULE, None, files)
    found: list[Kept] = []
    if any(model.objects.filter(document=document).exists() for model in _VOUCHERS) or _is_minutes(document):
        made = timezone.localdate(document.created_at)
        found.append(_kept(VOUCHER, date(made.year + _voucher_years(on=made), 12, 31), files))
    found += [_kept(FILE, line[-1].keep_until, files) for line in lines]
    open_ = next((one for one in found if one.until is None), None)
    if open_ or not found:
        return open_ or _kept(NO_RULE, None, files)
    return max(found, key=lambda one: one.until or date.max)


def papers_for(officer: Officer, *, erased: bool = False) -> QuerySet[Document]:
    """Papers of the household files, and vouchers of the campaigns, in an officer's scope: those that are still there, or were erased."""
    of_files = FileEntry.objects.filter(household__in=households_for(officer).values("pk"), paper__isnull=False)
    wanted = Q(pk__in=of_files.values("paper")) | _vouchers_of(officer)
    return Document.objects.filter(wanted, erasure__isnull=not erased)


def vouchers_for(officer: Officer) -> QuerySet[Document]:
    """The vouchers in an officer's scope that go by themselves: a paper of a file that was not erased goes with the file."""
    of_files = FileEntry.objects.exclude(household__status=ERASED).filter(paper__isnull=False).values("paper")
    return Document.objects.filter(_vouchers_of(officer), erasure=None).exclude(pk__in=of_files)


def vouchers_over(officer: Officer, *, today: date, most: int) -> list[tuple[Document, Kept]]:
    """The first vouchers in scope whose thirty years are over, each with its term; no more are asked than are wanted."""
    begun = years_on(today, -_voucher_years(on=today))
    old = vouchers_for(officer).filter(created_at__date__lt=begun).order_by("created_at", "pk")
    termed = ((one, kept_of(one)) for one in old.iterator())
    return list(islice((pair for pair in termed if pair[1].until is not None and pair[1].until < today), most))


def files_over(officer: Officer, *, today: date) -> QuerySet[Household]:
    """Files in scope that left so long ago that their time is over."""
    files = households_for(officer).filter(status=EXITED, keep_until__lt=today)
    return files.select_related("federation").order_by("keep_until", "file_number")


def with_absorbed(household: Household) -> list[Household]:
    """The file, and those that were merged into it and go with it."""
    return [household, *absorbed_by(household)]


def papers_of(files: Sequence[Household]) -> list[tuple[Document, Kept]]:
    """The papers of these files that are still there, each with its term."""
    papers = FileEntry.objects.filter(household__in=files, paper__isnull=False).values("paper")
    return [
        (one, kept_of(one)) for one in Document.objects.filter(pk__in=papers, erasure=None).order_by("created_at", "pk")
    ]


def keys_needed(files: Sequence[Household], *, today: date) -> frozenset[UUID]:
    """Those of these files under whose key something is sealed that is kept longer: a case whose clock is not over, or what
    no rule speaks of (a graduate, a hit of a comparison).

    Read off the models, so that a new one is never forgotten. What the registry itself seals goes with the file.
    """
    keys = {one.data_key_id: one.pk for one in files}
    needed = set(keys_of_cases(files, today=today))
    for model, name in without_rule():
        rows = model._default_manager.filter(**{f"{name}__in": keys})
        needed |= {keys[key] for key in rows.values_list(name, flat=True).distinct()}
    return frozenset(needed)


def keys_over(officer: Officer, *, today: date, most: int) -> list[Household]:
    """Files in scope that were erased and whose key nothing needs any more: it can be destroyed now. The first of them."""
    gone = {told.subject for told in audit.told_of("file.key_erased")}
    left = households_for(officer).filter(status=ERASED).exclude(file_number__in=gone).select_related("federation")
    years = retention_rules.standing(retention_rules.CASE_PAID, on=today).years
    left = left.exclude(
        data_key__in=Payment.objects.filter(status_since__year__gte=today.year - years).values("data_key")
    )
    for model, name in without_rule():
        left = left.exclude(data_key__in=model._default_manager.filter(**{f"{name}__isnull": False}).values(name))
    over = (one for one in left.order_by("keep_until", "file_number").iterator() if not keys_needed([one], today=today))
    return list(islice(over, most))


def without_rule() -> list[tuple[type[Model], str]]:
    """What a family's key seals outside the registry and the cases, by model and column."""
    return [
        (one.related_model, f"{one.field.name}_id")
        for one in DataKey._meta.get_fields(include_hidden=True)
        if isinstance(one, ForeignObjectRel)
        and one.related_model not in OF_CASES
        and one.related_model._meta.app_label not in _OWN
    ]


def _vouchers_of(officer: Officer) -> Q:
    """Bank files, replies and minutes of the campaigns of an officer's office and those below it, never of one above:
    an office below reads the circular of that, and keeps none of its books.
    """
    below = circulars.campaigns_for(officer).filter(federation__path__startswith=officer.organisation.path)
    batches = PaymentBatch.objects.filter(campaign__in=below.values("pk"))
    wanted = Q(pk__in=batches.filter(document__isnull=False).values("document"))
    for model in (BankReply, KeyedReply):
        wanted |= Q(pk__in=model.objects.filter(batch__in=batches).values("document"))
    return wanted | Q(
        pk__in=Approval.objects.filter(campaign__in=below.values("pk"), scan__isnull=False).values("scan")
    )


def _voucher_years(*, on: date) -> int:
    return retention_rules.standing(retention_rules.VOUCHER, on=on).years


def _kept(rule: str, until: date | None, files: tuple[str, ...]) -> Kept:
    return Kept(rule, until, ENGLISH[rule], files)


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
