"""Change one value of a household file by hand: from then on an import does not overwrite it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from huigong.audit import actions as audit
from huigong.registry.actions.import_workbook import set_value
from huigong.registry.models import Household
from huigong.registry.workbook import HouseholdRow
from huigong.values.sentence import SaidError, Sentence
from huigong.vault import blind

AMENDABLE = frozenset(HouseholdRow("", "").values())


@transaction.atomic
def amend(household: Household, name: str, value: Any, *, officer: str, at: datetime) -> None:
    """Set a field of the file. Raises SaidError for a field that no person may set."""
    if name not in AMENDABLE:
        raise SaidError(
            Sentence("field_not_amendable", f"档案里的“{name}”不能手改。", f"“{name}” of a file is not set by hand.")
        )
    locked = Household.objects.select_for_update().get(pk=household.pk)
    set_value(locked, name, value)
    locked.save()
    told = {"field": name, "content": blind.digest("household", name, str(value))}
    audit.record("household.amended", subject=locked.file_number, officer=officer, at=at, payload=told)
