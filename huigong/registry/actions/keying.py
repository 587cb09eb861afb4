"""Write down which fields of a file were typed into the national system."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.registry.columns import KEYING
from huigong.registry.file_form import form_on
from huigong.registry.models import Household, Keying
from huigong.registry.national import cells_of, digest_of


@transaction.atomic
def note_keyed(
    household: Household,
    ticked: Collection[str],
    *,
    seen: Mapping[str, str] | None = None,
    officer: str,
    at: datetime,
) -> Keying:
    """The ticked fields are in the national system; whole where none that holds anything is left.

    `seen` has the digests of a sheet that somebody keyed from: what was changed behind that sheet is noted as it was keyed,
    and so is to key again. Without it the fields are noted as they stand now.
    """
    today = timezone.localdate(at)
    locked = Household.objects.select_for_update().get(pk=household.pk)
    cells = cells_of(locked, locked.members.order_by("position"), form_on(today), today=today)
    now = digest_of(cells)
    shown = now if seen is None else {cell.path: seen[cell.path] for cell in cells if cell.path in seen}
    keyed = {path: digest for path, digest in shown.items() if path in ticked}
    made = Keying(household=locked, keyed=keyed, is_whole=keyed == now, by=officer, at=at)
    made.save(force_insert=True)
    told = {"keying": str(made.pk), "fields": len(keyed), "columns": KEYING.told(made)}
    audit.record("file.keyed", subject=locked.file_number, officer=officer, at=at, payload=told)
    return made
