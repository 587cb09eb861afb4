"""Take in an export of the national system, and take values that it has into a file: by a person, field by field."""

import json
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.organisations.models import Officer
from huigong.registry import code_lists, inputs
from huigong.registry.actions.edit import file_in_hand, set_fields, set_member_fields, write
from huigong.registry.columns import DUMP
from huigong.registry.differing import Difference, as_typed
from huigong.registry.models import Household, NationalDump
from huigong.registry.national_sheets import DumpRow
from huigong.values.sentence import SaidError, Sentence
from huigong.vault import actions as vault


@transaction.atomic
def keep_dump(rows: Sequence[DumpRow], *, name: str, officer: Officer, at: datetime) -> NationalDump:
    """What the national system says, to be compared; no file is touched by it."""
    dump = NationalDump(
        organisation=officer.organisation,
        data_key=vault.new_data_key(),
        name=name[-100:],
        files=len(rows),
        by=officer.username,
        at=at,
    )
    dump.rows = json.dumps([row.as_json() for row in rows], ensure_ascii=False)
    dump.save(force_insert=True)
    told = {"dump": str(dump.pk), "files": len(rows), "columns": DUMP.told(dump)}
    subject = f"national:{officer.organisation.code}"
    audit.record("national.dropped", subject=subject, officer=officer.username, at=at, payload=told)
    return dump


@transaction.atomic
def take_theirs(
    household: Household, chosen: Sequence[Difference], *, version: int, officer: str, at: datetime
) -> Household:
    """These fields of the file as the national system has them. Raises SaidError for a value that the file cannot hold."""
    if not chosen:
        raise SaidError(Sentence("nothing_ticked", "还没有勾要收的项。", "Nothing was ticked."))
    locked, today = file_in_hand(household, version=version), timezone.localdate(at)
    for prefix in {one.path.removesuffix(one.field.name) for one in chosen}:
        taken = [one for one in chosen if one.path.removesuffix(one.field.name) == prefix]
        values = {one.field: _value(one, today) for one in taken}
        if prefix:
            set_member_fields(locked, locked.members.get(position=int(prefix.split(".")[1])), values)
        else:
            set_fields(locked, values)
    write(locked, [one.path for one in chosen], officer=officer, at=at)
    told = {"fields": len(chosen)}
    audit.record("national.taken", subject=locked.file_number, officer=officer, at=at, payload=told)
    return locked


def _value(one: Difference, today: date) -> object:
    return inputs.read(one.field, as_typed(one.field, one.theirs), words=code_lists.words_on(today))
