"""Who on file may be this person: files as records that the matching engine compares, and the pairs that it finds.

A child's record bears its parents (the worker and the spouse of its file), so that siblings, twins and namesakes are told
apart. Numbers are opened in memory for the comparison and go nowhere.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from uuid import UUID

import polars as pl

from huigong.matching import comparing, engine
from huigong.matching.engine import Judgement
from huigong.registry import keys, words
from huigong.registry.models import Household, Member, SearchKey
from huigong.values import names
from huigong.values.spoken import readings
from huigong.vault import actions as vault
from huigong.vault.fields import Secret

SPOUSE = frozenset({"配偶", "夫", "妻", "丈夫", "妻子"})
_MOST_AT_A_KEY = 60
_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of somebody, by the columns of matching; whatever is empty is not known."""

    name: str = ""
    id_number: str = ""
    birth_date: str = ""
    father_name: str = ""
    father_id_number: str = ""
    mother_name: str = ""
    mother_id_number: str = ""
    phone: str = ""
    unit: str = ""
    school: str = ""


@dataclass(frozen=True, slots=True)
class OnFile:
    """A person of a file: the worker (position 0) or a member."""

    household_id: UUID
    position: int
    person: Person


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody on file who may be the person that was asked for, and what the two are to each other."""

    household: Household
    position: int
    name: str
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people of two files whom the engine brought together."""

    one: OnFile
    other: OnFile
    pattern: int


def people_of(households: Iterable[Household]) -> Iterator[OnFile]:
    """The worker and every member who is in the file, with the parents of the worker's children. Members come prefetched."""
    for household in households:
        members = [one for one in household.members.all() if one.is_in_file]
        worker = {"name": household.worker_name, "id_number": _plain(household.id_number)}
        spouse = next(
            ({"name": m.name, "id_number": _plain(m.id_number)} for m in members if m.relationship in SPOUSE), {}
        )
        phone, unit = _plain(household.phone), household.employer
        yield OnFile(household.pk, 0, Person(**worker, phone=phone, unit=unit))
        parents = _parents(worker, spouse, household.gender)
        for member in members:
            child = parents if member.relationship in words.CHILD else {}
            own = {"name": member.name, "id_number": _plain(member.id_number), "school": member.school}
            yield OnFile(household.pk, member.position, Person(**own, **child, **({"phone": phone} if child else {})))


def judged(person: Person, among: Sequence[OnFile]) -> list[Judgement]:
    """What a person is to each of these, in their order."""
    if not among:
        return []
    table = engine.ready(_table([person, *(one.person for one in among)]))
    pairs = pl.DataFrame(
        {"left": [0] * len(among), "right": range(1, len(among) + 1)}, schema={"left": pl.UInt32, "right": pl.UInt32}
    )
    return [engine.judge(pattern) for pattern in comparing.patterns(table, table, pairs)]


def pairs_among(people: Sequence[OnFile]) -> list[Pair]:
    """Pairs across files that are one person or may be: twice in one file is that file's own matter."""
    if not people:
        return []
    found = engine.match(_table([one.person for one in people])).pairs.filter(pl.col("answer") != engine.DIFFERENT)
    pairs = (
        Pair(people[left], people[right], pattern)
        for left, right, pattern in found.select("left", "right", "pattern").iter_rows()
    )
    return [pair for pair in pairs if pair.one.household_id != pair.other.household_id]


def links(asked: Sequence[Person], among: Sequence[OnFile]) -> list[tuple[int, OnFile, int]]:
    """Of a list that came: the number of each line, whom on file it is or may be, and the pattern; the surest first."""
    return [(left, among[right], pattern) for left, right, pattern in linked(asked, [one.person for one in among])]


def linked(asked: Sequence[Person], among: Sequence[Person]) -> list[tuple[int, int, int]]:
    """Of two lists of people: the number of each in both, and the pattern; the surest first."""
    if not asked or not among:
        return []
    found = engine.link(_table(asked), _table(among)).pairs
    found = found.filter(pl.col("answer") != engine.DIFFERENT).sort("probability", descending=True)
    return list(found.select("left", "right", "pattern").iter_rows())


def keys_for(person: Person) -> list[tuple[str, bytes]]:
    """The search keys at which somebody like this person would stand: number, name, its sound, telephone, the number's end."""
    kind = SearchKey.Kind
    plain = names.normalise(person.name).lower()
    found = [(kind.NAME, plain.encode())] if plain else []
    found += [(kind.PINYIN, one.whole.encode()) for one in (readings(plain) if plain else ())]
    if person.id_number:
        found += [(kind.IDENTITY, keys.number(kind.IDENTITY, person.id_number))]
        found += [(kind.IDENTITY_TAIL, keys.tail(kind.IDENTITY_TAIL, person.id_number[-keys.TAIL :]))]
    if person.phone:
        found += [(kind.PHONE, keys.number(kind.PHONE, person.phone))]
    return [(str(one), key) for one, key in found]


def households_at(where: Iterable[tuple[str, bytes]]) -> set[UUID]:
    """The files at these keys. A key at which too many stand (a common name) tells nobody apart and is left out."""
    found = set[UUID]()
    for kind, key in where:
        here = SearchKey.objects.filter(kind=kind, key=key, household__isnull=False).values_list("household", flat=True)
        told = [pk for pk in here[: _MOST_AT_A_KEY + 1] if pk is not None]
        if len(told) <= _MOST_AT_A_KEY:
            found.update(told)
    return found


def opened(households: Sequence[Household]) -> list[OnFile]:
    """The people of these files, their keys unwrapped in one go."""
    vault.warm(one.data_key_id for one in households)
    return list(people_of(households))


def person_on(household: Household, position: int) -> Household | Member | None:
    """The row that a position of a file means: 0 is the worker."""
    if position == 0:
        return household
    return next((one for one in household.members.all() if one.position == position), None)


def _parents(worker: Mapping[str, str], spouse: Mapping[str, str], gender: str) -> dict[str, str]:
    father, mother = (spouse, worker) if gender == "female" else (worker, spouse)
    told = {"father_name": father.get("name", ""), "father_id_number": father.get("id_number", "")}
    return told | {"mother_name": mother.get("name", ""), "mother_id_number": mother.get("id_number", "")}


def _table(people: Sequence[Person]) -> pl.DataFrame:
    columns = [one.name for one in fields(Person)]
    return pl.DataFrame({name: pl.Series([getattr(one, name) for one in people], dtype=pl.String) for name in columns})


def _plain(secret: Secret | None) -> str:
    return secret.plain() if secret else ""
