"""What a workbook changes in a file that stands: its new words are taken, what was edited here since is kept and told.

Edited here is what differs from what the last import said. A cell that could not be read says nothing.
"""

import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huigong.registry.details import details_of
from huigong.registry.fields import fill, set_value, value_of
from huigong.registry.models import Household, Member
from huigong.registry.rows import HouseholdRow, MemberRow
from huigong.vault import blind


@dataclass(frozen=True, slots=True)
class Kept:
    """A value that was edited here since the last import and was therefore not overwritten."""

    file_number: str
    field: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of comparing one file: fields that were taken (of the household), members to write, values kept."""

    taken: frozenset[str]
    fresh: Sequence[Member]
    changed: Sequence[Member]
    kept: Sequence[Kept]


def digest_of(row: HouseholdRow) -> str:
    """Tells the words of one import from those of another."""
    return blind.digest("household", json.dumps(row.everything(), ensure_ascii=False, sort_keys=True))


def begin(household: Household, row: HouseholdRow, *, digest: str) -> list[Member]:
    """Fill a new file and remember the import, whose words are told by `digest`; gives the members to make."""
    fill(household, row.values())
    _take_details(household, row.details, {})
    members = [_new_member(household, member, position) for position, member in enumerate(row.members, 1)]
    _remember(household, row, {}, range(1, len(members) + 1))
    household.imported_digest = digest
    return members


def compare(household: Household, row: HouseholdRow, *, digest: str) -> Outcome:
    """Set on the household and its members what the workbook changed, and remember the import. Writes nothing."""
    last: Mapping[str, Any] = json.loads(household.imported.plain()) if household.imported else {}
    taken, edited = _take(household, row.values(), last, row.unread)
    more, edited_details = _take_details(household, row.details, last.get("details", {}))
    taken, edited = [*taken, *more], [*edited, *edited_details]
    kept = [Kept(household.file_number, name) for name in edited]
    standing = list(household.members.all())
    pairs = _pairs(standing, row.members)
    before = {entry["position"]: entry for entry in last.get("members", [])}
    free = itertools.count(max((member.position for member in standing), default=0) + 1)
    fresh, changed, positions = [], [], []
    for member_row, found in zip(row.members, pairs, strict=True):
        if found is None:
            fresh.append(_new_member(household, member_row, next(free)))
            positions.append(fresh[-1].position)
            continue
        positions.append(found.position)
        was = before.get(found.position, {})
        new, edited = _take(found, member_row.values(), was, member_row.unread)
        more, edited_details = _take_details(found, member_row.details, was.get("details", {}))
        new, edited = [*new, *more], [*edited, *edited_details]
        kept += [Kept(household.file_number, f"members.{found.position}.{name}") for name in edited]
        if new or not found.is_in_file:
            found.is_in_file = True
            changed.append(found)
    changed += _gone(standing, pairs)
    _remember(household, row, last, positions)
    # Without a digest the file is compared at every import, so that what is kept is told every time.
    household.imported_digest = "" if kept else digest
    return Outcome(frozenset(taken), fresh, changed, kept)


def _gone(standing: Sequence[Member], pairs: Sequence[Member | None]) -> list[Member]:
    """Members whom the workbook no longer names: kept, and marked."""
    there = {member.pk for member in pairs if member}
    gone = [member for member in standing if member.is_in_file and member.pk not in there]
    for member in gone:
        member.is_in_file = False
    return gone


def _remember(household: Household, row: HouseholdRow, last: Mapping[str, Any], positions: Sequence[int]) -> None:
    """What this import said, by field; where it said nothing readable, what the one before said."""
    before = {entry["position"]: entry for entry in last.get("members", [])}
    said = row.values() | {name: last[name] for name in row.unread if name in last}
    said |= _details_said(row.details, last)
    members = []
    for member, position in zip(row.members, positions, strict=True):
        was = before.get(position, {})
        unread = {name: was[name] for name in member.unread if name in was}
        members.append(member.values() | unread | _details_said(member.details, was) | {"position": position})
    household.imported = json.dumps(said | {"members": members}, ensure_ascii=False, sort_keys=True)


def _new_member(household: Household, row: MemberRow, position: int) -> Member:
    member = Member(household=household, data_key_id=household.data_key_id, position=position)
    fill(member, row.values())
    _take_details(member, row.details, {})
    return member


def _details_said(new: Mapping[str, Any], last: Mapping[str, Any]) -> dict[str, Any]:
    """What the imports said of fields without a column: this one's words before those of the one before."""
    said = {**last.get("details", {}), **new}
    return {"details": said} if said else {}


def _take_details(
    owner: Household | Member, new: Mapping[str, Any], last: Mapping[str, Any]
) -> tuple[list[str], list[str]]:
    """The same as `_take` for fields that lie in the details."""
    taken, kept = dict[str, Any](), list[str]()
    standing = details_of(owner) if new else {}
    for name, value in new.items():
        if standing.get(name) == value:
            continue
        if name in last and standing.get(name) != last[name]:
            kept.append(name)
            continue
        taken[name] = value
    if taken:
        owner.details = json.dumps(standing | taken, ensure_ascii=False, sort_keys=True)
    return list(taken), kept


def _take(
    owner: Household | Member, new: Mapping[str, Any], last: Mapping[str, Any], unread: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Names of the fields that were set, and of those that were edited here and differ from the workbook."""
    taken, kept = [], []
    for name, value in new.items():
        standing = value_of(owner, name)
        if name in unread or standing == value:
            continue
        if name in last and standing != last[name]:
            kept.append(name)
            continue
        set_value(owner, name, value)
        taken.append(name)
    return taken, kept


def _pairs(standing: Sequence[Member], rows: Sequence[MemberRow]) -> list[Member | None]:
    """For each row the member that it speaks of: by identity number first, then by name among those who are left."""
    left, pairs = list(standing), dict[int, Member]()
    for number, row in enumerate(rows):
        index = blind.index("resident_id", row.id_number)
        if found := next((member for member in left if index and member.id_number_index == index), None):
            pairs[number] = found
            left.remove(found)
    for number, row in enumerate(rows):
        if number not in pairs and (found := next((member for member in left if member.name == row.name), None)):
            pairs[number] = found
            left.remove(found)
    return [pairs.get(number) for number in range(len(rows))]
