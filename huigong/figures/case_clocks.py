"""案件的保管期限: until when a family's key is needed for what was decided, approved and paid for it (decision 459).

A case that was paid is kept like its vouchers, from the end of the year of its last payment; one that was not, as long as a
file after its closing, and never shorter than the file itself. While it is on its way, its money is out, or something
stands against it, no clock runs.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Model
from django.utils import timezone

from huigong.approvals.models import HouseholdSnapshot
from huigong.casework.models import Check, NoticePoint, OneTimeNotice
from huigong.figures import retention_rules
from huigong.payments.lifecycle import RELEASED as IN_A_BATCH
from huigong.payments.lifecycle import UNKNOWN, WITHDRAWN
from huigong.payments.models import Payment
from huigong.payments.queries import held
from huigong.registry.models import Household
from huigong.studentaid.awards import recoveries_open
from huigong.studentaid.lifecycle import REFUSED, RELEASED
from huigong.studentaid.models import Application, Decision, Settlement
from huigong.values.years import years_on

OF_CASES: dict[type[Model], str] = {
    Application: "reference",
    Decision: "application__reference",
    Settlement: "application__reference",
    Payment: "case_reference",
    HouseholdSnapshot: "case_reference",
    Check: "case_reference",
    OneTimeNotice: "case_reference",
    NoticePoint: "notice__case_reference",
}
"""What a family's key seals of its cases, and how the case of a row is found."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Until when one case needs the key, by which kind of rule; `until` is None while nothing runs, and `why` says so."""

    reference: str
    kind: str
    until: date | None
    why: tuple[str, str] = ("", "")

    def is_over(self, today: date) -> bool:
        return self.until is not None and self.until < today


def clocks_of(files: Sequence[Household]) -> list[Clock]:
    """The clock of every case of which something is sealed under a key of these files, by reference."""
    keys = [one.data_key_id for one in files]
    references = set[str]()
    for model, path in OF_CASES.items():
        references |= set(model._default_manager.filter(data_key__in=keys).values_list(path, flat=True))
    cases = Application.objects.filter(reference__in=references).select_related("campaign").order_by("reference")
    stopped = held(references)
    return [_clock(one, files[0], stopped) for one in cases]


def keys_of_cases(files: Sequence[Household], *, today: date) -> frozenset[UUID]:
    """Those of these files whose key a case still needs: one clock that is not over keeps every key of the line."""
    if all(one.is_over(today) for one in clocks_of(files)):
        return frozenset()
    keys = {one.data_key_id: one.pk for one in files}
    found = set[UUID]()
    for model in OF_CASES:
        found |= _sealed(model, keys.keys())
    return frozenset(keys[key] for key in found)


def _sealed(model: type[Model], keys: Iterable[UUID]) -> set[UUID]:
    return set(model._default_manager.filter(data_key__in=list(keys)).values_list("data_key_id", flat=True).distinct())


def _clock(one: Application, first: Household, stopped: Collection[str]) -> Clock:
    sent = list(Payment.objects.filter(case_reference=one.reference).exclude(status=WITHDRAWN))
    unanswered = any(row.status in {IN_A_BATCH, UNKNOWN} for row in sent)
    if first.keep_until is None:
        return Clock(one.reference, "", None, ("档案还没有退出", "its file has not left"))
    if one.reference in stopped:
        return Clock(one.reference, "", None, ("还有暂停没有解除", "something still stands against it"))
    if unanswered or recoveries_open(Application.objects.filter(pk=one.pk)).exists():
        return Clock(
            one.reference, "", None, ("钱还没有结果，或还在追回", "its money is without an answer, or asked back")
        )
    if one.status not in {REFUSED, RELEASED} and timezone.localdate(one.status_since) <= one.campaign.last_day:
        closed = one.campaign.last_day  # what stood open when the campaign ended was closed by that
    else:
        closed = timezone.localdate(one.status_since)
    if sent:
        return Clock(one.reference, retention_rules.CASE_PAID, _paid_until(sent))
    rule = retention_rules.standing(retention_rules.CASE, on=closed)
    return Clock(one.reference, rule.kind, max(years_on(closed, rule.years), first.keep_until))


def _paid_until(sent: Sequence[Payment]) -> date:
    """Vouchers are kept from the first day after the year to which they belong, also those of what failed or came back."""
    last = max(timezone.localdate(row.status_since) for row in sent)
    rule = retention_rules.standing(retention_rules.CASE_PAID, on=last)
    return date(last.year + rule.years, 12, 31)
