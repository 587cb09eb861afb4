"""Write down which fields of a file were typed into the national system."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.registry.columns import KEYING
from huigong.registry.file_form import form_on
from huigong.registry.models import Household, Keying
from huigong.registry.national import cells_of, digest_of


@transaction.atomic
def note_keyed(household: Household, ticked: Collection[str], *, officer: str, at: datetime) -> Keying:
    """The ticked fields, as they stand now, are in the national system; whole where none that holds anything is left."""
    today = timezone.localdate(at)
    locked = Household.objects.select_for_update().get(pk=household.pk)
    now = digest_of(cells_of(locked, locked.members.order_by("position"), form_on(today), today=today))
    keyed = {path: digest for path, digest in now.items() if path in ticked}
    made = Keying(household=locked, keyed=keyed, is_whole=keyed == now, by=officer, at=at)
    made.save(force_insert=True)
    told = {"keying": str(made.pk), "fields": len(keyed), "columns": KEYING.told(made)}
    audit.record("file.keyed", subject=locked.file_number, officer=officer, at=at, payload=told)
    return made
