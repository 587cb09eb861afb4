"""Take a registry workbook in. Again: it updates, never doubles, and never overwrites what was edited here since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.lifecycle import actions as lifecycle
from huigong.organisations.models import Organisation
from huigong.organisations.queries import within
from huigong.registry import comparing, derived, details
from huigong.registry.actions.implausible import refuse_implausible
from huigong.registry.columns import file_told
from huigong.registry.comparing import Kept
from huigong.registry.file_form import form_on
from huigong.registry.lifecycle import ERASED, TOLD, status_of
from huigong.registry.models import Household, Member
from huigong.registry.rows import HouseholdRow, RegistryReading
from huigong.vault import actions as vault

_AT_A_TIME = 500
_File = tuple[Household, Sequence[Member], frozenset[str]]
"""A file with its members, and what the workbook wrote over."""
_COLUMNS = frozenset(field.name for field in Household._meta.concrete_fields)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: files made, changed, the same as before; values that were kept; what has no place here."""

    fresh: int = 0
    changed: int = 0
    same: int = 0
    kept: tuple[Kept, ...] = ()
    elsewhere: tuple[str, ...] = ()
    """File numbers that belong to another city: not touched."""
    unplaced: frozenset[str] = frozenset()
    """Names of counties that have no federation here: their files stand under the city."""

    def __add__(self, other: "Imported") -> "Imported":
        return Imported(
            self.fresh + other.fresh,
            self.changed + other.changed,
            self.same + other.same,
            self.kept + other.kept,
            self.elsewhere + other.elsewhere,
            self.unplaced | other.unplaced,
        )


@dataclass(frozen=True, slots=True)
class _Homes:
    """Where files belong: federations by the county's name as files write it (藤县 for 藤县总工会)."""

    city: Organisation
    federations: Mapping[str, Organisation]

    def of(self, county: str) -> Organisation:
        plain = county.removesuffix("总工会").removeprefix(self.city.name.removesuffix("总工会"))
        return self.federations.get(plain, self.city)


def import_workbook(
    reading: RegistryReading, *, city: Organisation, officer: str, at: datetime, looked_at: str = ""
) -> Imported:
    """Write every household of a reading, some hundred a transaction: what was taken stays when the power fails.

    Raises SaidError, before anything is written, where implausibly many of its new files are of workers who have one;
    `looked_at` is what a person says who looked and wants it taken all the same.
    """
    refuse_implausible(reading.households, city, looked_at=looked_at, officer=officer, at=at)
    homes = homes_of(city)
    done = Imported(unplaced=_unplaced(reading.households, homes))
    for start in range(0, len(reading.households), _AT_A_TIME):
        done += _take(reading.households[start : start + _AT_A_TIME], homes, officer=officer, at=at)
    return done


@transaction.atomic
def _take(rows: Sequence[HouseholdRow], homes: _Homes, *, officer: str, at: datetime) -> Imported:
    standing = Household.objects.select_for_update().filter(file_number__in=[row.file_number for row in rows])
    known = {household.file_number: household for household in standing.prefetch_related("members")}
    digests = {row.file_number: comparing.digest_of(row) for row in rows}
    own = set(within(homes.city).values_list("pk", flat=True))
    elsewhere = tuple(number for number, household in known.items() if household.federation_id not in own)
    fresh = [row for row in rows if row.file_number not in known]
    differs = [
        row
        for row in rows
        if row.file_number in known
        and row.file_number not in elsewhere
        and known[row.file_number].status != ERASED
        and _differs(known[row.file_number], digests[row.file_number], homes)
    ]
    made = _make(fresh, digests, homes, at)
    changed, kept = _change(differs, digests, known, homes, officer, at)
    begun = {household.pk for household, *_ in made}
    derived.follow((household for household, *_ in (*made, *changed)), on=timezone.localdate(at))
    audit.record_all(
        audit.Entry(
            "household.imported",
            household.file_number,
            officer,
            at,
            {
                "content": digests[household.file_number],
                **({"to": household.status} if household.pk in begun else {}),
                **({"fields": sorted(over & _COLUMNS)} if over & _COLUMNS else {}),
                **file_told(household, members),
            },
        )
        for household, members, over in (*made, *changed)
    )
    same = len(rows) - len(fresh) - len(changed) - len(elsewhere)
    return Imported(len(fresh), len(changed), same, tuple(kept), elsewhere)


def _differs(household: Household, digest: str, homes: _Homes) -> bool:
    """Whether there is anything to compare: other words, or a federation that was founded since."""
    moved = household.federation_id != homes.of(household.county).pk
    return moved or household.imported_digest != digest


def _make(rows: Sequence[HouseholdRow], digests: Mapping[str, str], homes: _Homes, at: datetime) -> list[_File]:
    """The files that are new, with their members."""
    made, form = list[_File](), form_on(timezone.localdate(at))
    for row, key in zip(rows, vault.new_data_keys(len(rows)), strict=True):
        household = Household(file_number=row.file_number, data_key=key, federation=homes.of(row.county))
        members = comparing.begin(household, row, digest=digests[row.file_number])
        lifecycle.begin(household, status_of(household.file_status), at=at)
        details.note_lacking(household, members, form)
        made.append((household, members, frozenset()))
    Household.objects.bulk_create([household for household, *_ in made], batch_size=_AT_A_TIME)
    Member.objects.bulk_create([member for _, members, _over in made for member in members], batch_size=_AT_A_TIME)
    return made


def _change(
    rows: Sequence[HouseholdRow],
    digests: Mapping[str, str],
    known: Mapping[str, Household],
    homes: _Homes,
    officer: str,
    at: datetime,
) -> tuple[list[_File], list[Kept]]:
    """The files in which something changed, with all their members, and every value that was kept."""
    vault.warm(known[row.file_number].data_key_id for row in rows)
    changed, kept, households, members = list[_File](), list[Kept](), list[Household](), list[Member]()
    form = form_on(timezone.localdate(at))
    for row in rows:
        household = known[row.file_number]
        before = household.imported.plain() if household.imported else ""
        outcome = comparing.compare(household, row, digest=digests[row.file_number])
        kept += outcome.kept
        moved = household.federation_id != homes.of(household.county).pk
        household.federation = homes.of(household.county)
        if household.imported.plain() != before or moved or outcome.taken or outcome.fresh or outcome.changed:
            standing = sorted([*household.members.all(), *outcome.fresh], key=lambda member: member.position)
            details.note_lacking(household, standing, form)
            changed.append((household, standing, outcome.taken))
        households.append(household)
        members += (*outcome.fresh, *outcome.changed)
    _move([household for household, *_ in changed], officer=officer, at=at)
    _write(Household, households)
    _write(Member, members)
    return changed, kept


def _move(households: Sequence[Household], *, officer: str, at: datetime) -> None:
    """Files whose own word for their state is another one now move with it; every one that changed is a new version."""
    moves = [
        lifecycle.Move(household, to, household.file_number, "file.moved")
        for household in households
        if (to := status_of(household.file_status)) != household.status
    ]
    lifecycle.advance_all(moves, next_table=TOLD, officer=officer, at=at)
    moved = {move.row.pk for move in moves}
    for household in households:
        household.version += household.pk not in moved


def _write(model: type[Household | Member], rows: Sequence[Any]) -> None:
    """Rows that are new and rows that changed in few statements: a save for each takes most of the time of an import."""
    columns = [column.name for column in model._meta.concrete_fields if not column.primary_key]
    model._default_manager.bulk_create(
        rows, batch_size=_AT_A_TIME, update_conflicts=True, unique_fields=("id",), update_fields=columns
    )


def homes_of(city: Organisation) -> _Homes:
    federations = within(city).filter(kind=Organisation.Kind.FEDERATION)
    return _Homes(city, {federation.name.removesuffix("总工会"): federation for federation in federations})


def _unplaced(rows: Sequence[HouseholdRow], homes: _Homes) -> frozenset[str]:
    """Counties that no federation here is called after; the city's own names are no counties."""
    own = {"", "市本级", "本级", "市直", homes.city.name.removesuffix("总工会")}
    named = {row.county for row in rows} - own
    return frozenset(county for county in named if homes.of(county) == homes.city)
