"""End an approval form: approved, with the households as they stood, or not approved."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from huigong.approvals.columns import SNAPSHOT
from huigong.approvals.lifecycle import APPROVED, DECLINED, NEXT
from huigong.approvals.models import Approval, Box, HouseholdSnapshot
from huigong.audit import actions as audit
from huigong.lifecycle import actions as lifecycle
from huigong.vault.models import DataKey


@transaction.atomic
def finish(
    approval: Approval, stood: Mapping[str, tuple[DataKey, str]], *, fen: int, officer: str, at: datetime
) -> None:
    """The last box agreed. `stood`: for every case that was approved its household as JSON under the household's key.

    History tells of each case who signed for it, but for the box of finance, which pays.
    """
    form = Approval.objects.select_for_update().get(pk=approval.pk)
    kept = []
    for reference, (key, content) in sorted(stood.items()):
        one = HouseholdSnapshot(approval=form, case_reference=reference, data_key=key, at=at)
        one.content = content
        kept.append(one)
    HouseholdSnapshot.objects.bulk_create(kept, batch_size=400)
    signed = sorted(set(form.opinions.exclude(box=Box.FINANCE).values_list("given_by", flat=True)))
    told = {"form": form.number, "signed": signed}
    audit.record_all(
        audit.Entry("household.kept", one.case_reference, officer, at, told | {"columns": SNAPSHOT.told(one)})
        for one in kept
    )
    lifecycle.advance(
        form,
        APPROVED,
        next_table=NEXT,
        officer=officer,
        at=at,
        action="approval.approved",
        subject=form.number,
        payload={"approved": len(kept), "fen": fen},
    )


@transaction.atomic
def decline(approval: Approval, *, officer: str, at: datetime) -> None:
    """A box did not agree: nothing is approved by this form; its cases may be put to another decision."""
    form = Approval.objects.select_for_update().get(pk=approval.pk)
    lifecycle.advance(
        form,
        DECLINED,
        next_table=NEXT,
        officer=officer,
        at=at,
        action="approval.declined",
        subject=form.number,
    )
