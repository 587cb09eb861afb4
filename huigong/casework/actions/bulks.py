"""Note that many cases were verified in one go, and that this was taken back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from huigong.audit import actions as audit
from huigong.casework.columns import BULK, UNDONE
from huigong.casework.models import BulkVerification
from huigong.organisations.models import Officer
from huigong.values.sentence import SaidError, Sentence
from huigong.vault import actions as vault


class UndoneError(SaidError):
    """A bulk that was taken back already."""


@transaction.atomic
def note_bulk(campaign_code: str, references: Sequence[str], *, officer: Officer, at: datetime) -> BulkVerification:
    """The record of a bulk; verifying itself is the programme's action, in the same transaction."""
    audit.take_turn()
    number = BulkVerification.objects.filter(campaign_code=campaign_code).count() + 1
    bulk = BulkVerification.objects.create(
        campaign_code=campaign_code,
        number=number,
        references=sorted(references),
        verified_by=officer.username,
        at=at,
        data_key=vault.new_data_key(),
    )
    told = {"bulk": str(bulk.pk), "number": number, "cases": len(bulk.references), "columns": BULK.told(bulk)}
    audit.record("bulk.verified", subject=campaign_code, officer=officer.username, at=at, payload=told)
    return bulk


@transaction.atomic
def undo_bulk(bulk_id: UUID, *, reason: str, officer: Officer, at: datetime) -> BulkVerification:
    """Note that a bulk was taken back; moving its cases back is the programme's action. Raises UndoneError."""
    bulk = BulkVerification.objects.select_for_update().get(pk=bulk_id)
    if bulk.undone_at is not None:
        raise UndoneError(Sentence("bulk_undone", "这一批已经撤销过了。", "This bulk was undone already."))
    bulk.undone_by, bulk.undone_at, bulk.reason = officer.username, at, reason
    bulk.save(update_fields=["undone_by", "undone_at", "reason"])
    told = {"bulk": str(bulk.pk), "columns": UNDONE.told(bulk)}
    audit.record("bulk.undone", subject=bulk.campaign_code, officer=officer.username, at=at, payload=told)
    return bulk
