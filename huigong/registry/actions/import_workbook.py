"""Take a registry workbook in. Again: it updates, never doubles, and never overwrites what was edited here since."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from huigong.audit import actions as audit
from huigong.organisations.models import Organisation
from huigong.organisations.queries import within
from huigong.registry.models import Household, Member
from huigong.registry.workbook import HouseholdRow, MemberRow, RegistryReading
from huigong.values import resident_id
from huigong.values.resident_id import ResidentId
from huigong.values.sentence import WrongValueError
from huigong.vault import actions as vault
from huigong.vault import blind

_AT_A_TIME = 500
_FIELDS = tuple(name for name in HouseholdRow("", "").values())
_MEMBER_FIELDS = tuple(asdict(MemberRow("")))
_ENCRYPTED = frozenset({"id_number", "card", "phone"})


@dataclass(frozen=True, slots=True)
class Kept:
    """A value that was edited here since the last import and was therefore not overwritten."""

    file_number: str
    field: str


@dataclass
class Imported:
    """What an import did: files made, changed, the same as before, and values that were kept."""

    fresh: int = 0
    changed: int = 0
    same: int = 0
    kept: list[Kept] = field(default_factory=list)


def import_workbook(reading: RegistryReading, *, city: Organisation, officer: str, at: datetime) -> Imported:
    """Write every household of a reading, some hundred a transaction: what was taken stays when the power fails."""
    done, homes = Imported(), _federations(city)
    for start in range(0, len(reading.households), _AT_A_TIME):
        _take(reading.households[start : start + _AT_A_TIME], homes, city, done, officer=officer, at=at)
    return done


@transaction.atomic
def _take(
    rows: Sequence[HouseholdRow],
    homes: Mapping[str, Organisation],
    city: Organisation,
    done: Imported,
    *,
    officer: str,
    at: datetime,
) -> None:
    known = {
        household.file_number: household
        for household in Household.objects.select_for_update().filter(file_number__in=[row.file_number for row in rows])
    }
    told = {row.file_number: json.dumps(asdict(row), ensure_ascii=False, sort_keys=True) for row in rows}
    digests = {number: blind.digest("household", text) for number, text in told.items()}
    fresh = [row for row in rows if row.file_number not in known]
    changed = [
        row
        for row in rows
        if row.file_number in known and known[row.file_number].imported_digest != digests[row.file_number]
    ]
    done.same += len(rows) - len(fresh) - len(changed)
    keys = vault.new_data_keys(len(fresh))
    made = []
    for row, key in zip(fresh, keys, strict=True):
        household = Household(file_number=row.file_number, data_key=key, federation=homes.get(row.county, city))
        _fill(household, row.values())
        household.imported, household.imported_digest = told[row.file_number], digests[row.file_number]
        made.append(household)
    Household.objects.bulk_create(made, batch_size=_AT_A_TIME)
    Member.objects.bulk_create(
        [
            _member(household, member, position)
            for household, row in zip(made, fresh, strict=True)
            for position, member in enumerate(row.members, 1)
        ],
        batch_size=_AT_A_TIME,
    )
    for row in changed:
        household = known[row.file_number]
        done.kept += _update(household, row, homes, city)
        household.imported, household.imported_digest = told[row.file_number], digests[row.file_number]
        household.save()
    done.fresh += len(fresh)
    done.changed += len(changed)
    audit.record_all(
        audit.Entry("household.imported", row.file_number, officer, at, {"content": digests[row.file_number]})
        for row in (*fresh, *changed)
    )


def _update(
    household: Household, row: HouseholdRow, homes: Mapping[str, Organisation], city: Organisation
) -> list[Kept]:
    """Set what the workbook changed; keep what differs from the last import, and say so where the workbook says else."""
    last = json.loads(household.imported.plain()) if household.imported else {}
    new, kept, take = row.values(), [], {}
    for name in _FIELDS:
        standing = value_of(household, name)
        if standing == new[name]:
            continue
        if name in last and standing != last[name]:
            if new[name] != last[name]:
                kept.append(Kept(household.file_number, name))
            continue
        take[name] = new[name]
    _fill(household, take)
    if "county" in take:
        household.federation = homes.get(row.county, city)
    _update_members(household, row, last.get("members", []), kept)
    return kept


def _update_members(
    household: Household, row: HouseholdRow, last: Sequence[Mapping[str, Any]], kept: list[Kept]
) -> None:
    """Members are the same by identity number, else by name; one who is gone from the workbook is kept and marked."""
    standing = list(household.members.all())
    before = {(entry["id_number"], entry["name"]): entry for entry in last}
    left = list(standing)
    for member in row.members:
        found = _same(left, member)
        if found is None:
            position = max((one.position for one in standing), default=0) + 1
            standing.append(_member(household, member, position))
            standing[-1].save(force_insert=True)
            continue
        left.remove(found)
        was = before.get((value_of(found, "id_number"), found.name), {})
        new, take = asdict(member), {}
        for name in _MEMBER_FIELDS:
            now = value_of(found, name)
            if now == new[name]:
                continue
            if name in was and now != was[name]:
                kept.extend([Kept(household.file_number, f"members.{name}")] if new[name] != was[name] else [])
                continue
            take[name] = new[name]
        _fill(found, take)
        found.is_in_file = True
        found.save()
    for gone in left:
        gone.is_in_file = False
        gone.save(update_fields=["is_in_file"])


def _same(members: Sequence[Member], row: MemberRow) -> Member | None:
    index = blind.index("resident_id", row.id_number)
    by_number = [member for member in members if index and member.id_number_index == index]
    by_name = [member for member in members if member.name == row.name and not (index and member.id_number_index)]
    return (by_number or by_name or [None])[0]  # type: ignore[list-item]


def value_of(owner: Household | Member, name: str) -> Any:
    """A field as an import tells it: encrypted ones opened, none as empty text."""
    value = getattr(owner, name)
    if name in _ENCRYPTED:
        return value.plain() if value is not None else ""
    return value


def _fill(owner: Household | Member, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        set_value(owner, name, value)


def set_value(owner: Household | Member, name: str, value: Any) -> None:
    """Set one field together with its blind index and its mark."""
    if name not in _ENCRYPTED:
        setattr(owner, name, value)
        return
    setattr(owner, name, value or None)
    setattr(owner, f"{name}_index", blind.index({"id_number": "resident_id"}.get(name, name), value))
    if name == "id_number":
        owner.id_number_valid = not value or _is_valid(value)


def _is_valid(number: str) -> bool:
    try:
        ResidentId.parse(number)
    except WrongValueError:
        return False
    return resident_id.normalise(number) == number


def _member(household: Household, row: MemberRow, position: int) -> Member:
    member = Member(household=household, data_key_id=household.data_key_id, position=position)
    _fill(member, asdict(row))
    return member


def _federations(city: Organisation) -> dict[str, Organisation]:
    """Federations by the county's name as files write it: 藤县 for 藤县总工会."""
    return {
        organisation.name.removesuffix("总工会"): organisation
        for organisation in within(city).filter(kind=Organisation.Kind.FEDERATION)
    }
