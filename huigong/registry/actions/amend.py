"""Change one value of a household file by hand: from then on an import does not overwrite it."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.lifecycle import actions as lifecycle
from huigong.organisations.models import Organisation
from huigong.registry import derived, details
from huigong.registry.actions.edit import refuse_erased
from huigong.registry.actions.import_workbook import homes_of
from huigong.registry.columns import file_told
from huigong.registry.fields import ENCRYPTED, set_value
from huigong.registry.file_form import form_on
from huigong.registry.lifecycle import TOLD, status_of
from huigong.registry.models import Household, Member
from huigong.registry.rows import HouseholdRow, MemberRow
from huigong.values import bank_card, names, phone, resident_id
from huigong.values.sentence import SaidError, Sentence
from huigong.vault import blind

AMENDABLE = frozenset(HouseholdRow("", "").values())
MEMBER_AMENDABLE = frozenset(MemberRow("").values())
_NORMAL = {
    "id_number": resident_id.normalise,
    "card": bank_card.normalise,
    "phone": phone.normalise,
    "worker_name": names.normalise,
    "name": names.normalise,
}


@transaction.atomic
def amend(household: Household, name: str, value: Any, *, officer: str, at: datetime) -> None:
    """Set a field of the file. Raises SaidError for a field that no person may set, or a value that it cannot hold."""
    _refuse_unknown(name, AMENDABLE)
    locked = Household.objects.select_for_update(of=("self",)).select_related("federation").get(pk=household.pk)
    refuse_erased(locked)
    _set(locked, name, value)
    if name == "county":
        locked.federation = homes_of(_city_of(locked.federation)).of(locked.county)
    if (to := status_of(locked.file_status)) != locked.status:
        lifecycle.advance(
            locked, to, next_table=TOLD, officer=officer, at=at, action="file.moved", subject=locked.file_number
        )
    _write(locked, at=at)
    _record(locked, name, value, officer=officer, at=at)


@transaction.atomic
def amend_member(member: Member, name: str, value: Any, *, officer: str, at: datetime) -> None:
    """Set a field of a family member, such as a number that a spreadsheet had lost."""
    _refuse_unknown(name, MEMBER_AMENDABLE)
    household = Household.objects.select_for_update().get(pk=member.household_id)
    refuse_erased(household)
    locked = Member.objects.select_for_update().get(pk=member.pk)
    _set(locked, name, value)
    locked.save()
    _write(household, at=at)
    _record(household, f"members.{locked.position}.{name}", value, officer=officer, at=at)


def _set(owner: Household | Member, name: str, value: Any) -> None:
    """The value in its normal form, if the column can hold it."""
    if isinstance(value, str):
        value = _NORMAL.get(name, str.strip)(value)
    set_value(owner, name, value if name in ENCRYPTED and isinstance(value, str) else _clean(owner, name, value))


def _clean(owner: Household | Member, name: str, value: Any) -> Any:
    column = owner._meta.get_field(name)
    if name in ENCRYPTED or not isinstance(column, models.Field):
        raise _unfit(name)
    if value is None and column.null:
        return None
    try:
        clean = column.clean(value, owner)
    except ValidationError:
        raise _unfit(name) from None
    if isinstance(clean, int) and clean < 0:
        raise _unfit(name)
    return clean


def _city_of(federation: Organisation) -> Organisation:
    while federation.parent:
        federation = federation.parent
    return federation


def _write(household: Household, *, at: datetime) -> None:
    """A new version; without its digest the file is compared at the next import, whatever that says."""
    details.note_lacking(household, household.members.order_by("position"), form_on(timezone.localdate(at)))
    household.imported_digest = ""
    household.version += 1
    household.save()


def _record(household: Household, name: str, value: Any, *, officer: str, at: datetime) -> None:
    told = {"field": name, "content": blind.digest("household", name, str(value))}
    told |= file_told(household, household.members.order_by("position"))
    derived.follow([household], on=timezone.localdate(at))
    audit.record("household.amended", subject=household.file_number, officer=officer, at=at, payload=told)


def _refuse_unknown(name: str, amendable: frozenset[str]) -> None:
    if name not in amendable:
        raise SaidError(
            Sentence("field_not_amendable", f"档案里的“{name}”不能手改。", f"“{name}” of a file is not set by hand.")
        )


def _unfit(name: str) -> SaidError:
    return SaidError(
        Sentence(
            "value_unfit",
            f"这个值不能写进档案的“{name}”，请核对后重填。",
            f"“{name}” of a file cannot hold that value.",
        )
    )
