"""Found a city, name what waited for its name, take in the table of units."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huigong.audit import actions as audit
from huigong.organisations.columns import CENTRE, ORGANISATION
from huigong.organisations.models import AidCentre, Organisation
from huigong.organisations.queries import by_code, root
from huigong.values.sentence import SaidError, Sentence
from huigong.values.text import narrow, without_spaces

PENDING_CODE, PENDING_NAME = "city", "（待命名的市总工会）"


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One line of the table of units: a submitting unit and the federation it stands under."""

    unit: str
    federation_code: str


@transaction.atomic
def found_federation(code: str, name: str, *, parent: Organisation | None, officer: str, at: datetime) -> Organisation:
    """The federation of that code, made where it is new, with its aid centre."""
    kept = Organisation.objects.filter(code=code).first()
    if kept:
        if kept.name == PENDING_NAME != name:
            _name(kept, code, name, officer=officer, at=at)
        return kept
    level = "city" if parent is None else "county"
    made = Organisation.objects.create(
        code=code,
        name=name,
        kind=Organisation.Kind.FEDERATION,
        level=level,
        parent=parent,
        division_code=code,
        path=path_of(parent, code),
    )
    told = {"level": level, "columns": ORGANISATION.told(made), "centre": CENTRE.told(centre_beside(made))}
    audit.record("organisation.founded", subject=code, officer=officer, at=at, payload=told)
    return made


def centre_beside(federation: Organisation) -> AidCentre:
    """The aid centre of a federation, made where it has none: no federation is without the place where units hand in."""
    # Cut so that the longest name of a federation still leaves room for the words behind it.
    name = f"{federation.name.removesuffix('本级')[:90]}困难职工帮扶中心"
    return AidCentre.objects.get_or_create(federation=federation, defaults={"name": name})[0]


@transaction.atomic
def found_city(federations: Iterable[tuple[str, str]], *, officer: str, at: datetime) -> Organisation:
    """A city federation and its counties from (code, name) pairs: the city is the code that ends in 00.

    Raises SaidError where none or more than one does.
    """
    pairs = sorted(set(federations))
    cities = [pair for pair in pairs if pair[0].endswith("00")]
    if len(cities) != 1:
        raise SaidError(
            Sentence(
                "no_single_city",
                "指标表里应当正好有一个市总工会（代码以00结尾）。",
                "The quota table should hold exactly one city federation (its code ends in 00).",
            )
        )
    code, name = cities[0]
    pending = Organisation.objects.filter(code=PENDING_CODE, parent=None).first()
    if pending:
        _name(pending, code, name.removesuffix("本级"), officer=officer, at=at)
    city = found_federation(code, name.removesuffix("本级"), parent=None, officer=officer, at=at)
    for code, name in pairs:
        found_federation(code, name, parent=city if code != city.code else None, officer=officer, at=at)
    return city


@transaction.atomic
def pending_city(*, officer: str, at: datetime) -> Organisation:
    """The federation at the top; in an empty installation one that waits for its code and name (found_city gives them).

    So officers can be appointed and files imported before anybody has a quota table.
    """
    standing = root()
    return standing or found_federation(PENDING_CODE, PENDING_NAME, parent=None, officer=officer, at=at)


@transaction.atomic
def pending_federation(code: str, *, officer: str, at: datetime) -> Organisation:
    """The federation of a code that nobody has named yet: the city's own, or a county's below it.

    Only while the city itself waits for its name; later an unknown code is a slip. Raises SaidError then.
    """
    city = pending_city(officer=officer, at=at)
    if city.name != PENDING_NAME or code == city.code:
        return by_code(code)
    if code.endswith("00") and city.code == PENDING_CODE:
        _name(city, code, PENDING_NAME, officer=officer, at=at)
        return city
    return found_federation(code, PENDING_NAME, parent=city, officer=officer, at=at)


@transaction.atomic
def set_telephone(federation: Organisation, telephone: str, *, officer: str, at: datetime) -> None:
    """The desk telephone of a federation's aid centre; empty for none. Raises SaidError for what is no telephone number."""
    plain = narrow(telephone)
    if not re.fullmatch(r"[0-9+() \-—转,，、]{0,40}", plain):
        raise SaidError(
            Sentence(
                "telephone_unfit",
                f"“{plain[:40]}”不像值班电话：请只写数字、横线和“转”，最多40位。",
                f"“{plain[:40]}” does not look like a desk telephone: digits, dashes and 转 only, 40 at most.",
            )
        )
    if federation.kind != Organisation.Kind.FEDERATION:
        raise SaidError(
            Sentence(
                "telephone_of_no_centre",
                f"{federation.name}没有帮扶中心，不登记值班电话；请到上级总工会那一页登记。",
                f"{federation.name} has no aid centre: write the telephone down at the federation above it.",
            )
        )
    centre = centre_beside(federation)
    locked = AidCentre.objects.select_for_update(of=("self",)).select_related("federation").get(pk=centre.pk)
    locked.telephone = plain
    locked.save(update_fields=["telephone"])
    told = {"centre": CENTRE.told(locked)}
    audit.record("centre.telephoned", subject=locked.federation.code, officer=officer, at=at, payload=told)


def _name(federation: Organisation, code: str, name: str, *, officer: str, at: datetime) -> None:
    """Give a federation that waited its code and name; what stands below it moves along."""
    was, before = federation.code, federation.path
    federation.code, federation.name, federation.division_code = code, name, code
    federation.path = path_of(federation.parent, code)
    federation.save(update_fields=["code", "name", "division_code", "path"])
    for below in Organisation.objects.filter(path__startswith=before).exclude(pk=federation.pk):
        below.path = federation.path + below.path.removeprefix(before)
        below.save(update_fields=["path"])
    federation.aid_centre.name = f"{name}困难职工帮扶中心"
    federation.aid_centre.save(update_fields=["name"])
    told = {"was": was, "columns": ORGANISATION.told(federation), "centre": CENTRE.told(federation.aid_centre)}
    audit.record("organisation.named", subject=code, officer=officer, at=at, payload=told)


@transaction.atomic
def import_units(rows: Iterable[UnitRow], *, officer: str, at: datetime) -> int:
    """Take in submitting units; one that its federation knows is left alone. Returns how many are new.

    Two federations may each have a unit of the same name: they are two units.
    """
    known, federations = _known_units(), dict[str, Organisation]()
    fresh = []
    for row in sorted(rows, key=lambda row: (row.federation_code, row.unit)):
        place = (without_spaces(row.unit), row.federation_code)
        if place in known:
            continue
        known.add(place)
        if row.federation_code not in federations:
            federations[row.federation_code] = by_code(row.federation_code)
        parent = federations[row.federation_code]
        code = f"{parent.code}-{hashlib.sha256(place[0].encode()).hexdigest()[:8]}"
        kind = Organisation.Kind.DIRECTLY_RUN_UNION if parent.parent_id is None else Organisation.Kind.GRASSROOTS_UNION
        fresh.append(
            Organisation(
                code=code,
                name=row.unit.strip(),
                kind=kind,
                level="grassroots",
                parent=parent,
                path=path_of(parent, code),
            )
        )
    Organisation.objects.bulk_create(fresh)
    audit.record_all(
        audit.Entry(
            "organisation.founded",
            unit.code,
            officer,
            at,
            {"level": unit.level, "columns": ORGANISATION.told(unit)},
        )
        for unit in fresh
    )
    return len(fresh)


def path_of(parent: Organisation | None, code: str) -> str:
    return f"{parent.path if parent else '/'}{code}/"


def _known_units() -> set[tuple[str, str]]:
    """Every unit by its name and the code of the nearest federation above it."""
    places = Organisation.objects.values_list("name", "kind", "code", "path")
    codes = {code for _, kind, code, _ in places if kind == Organisation.Kind.FEDERATION}
    return {
        (without_spaces(name), next((step for step in reversed(path.strip("/").split("/")) if step in codes), ""))
        for name, kind, _, path in places
        if kind != Organisation.Kind.FEDERATION
    }
