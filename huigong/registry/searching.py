"""Find files and cases by half a fact, each with what matched; and where families are filed that the asker may not see.

Every clue is a range of one index, read to a limit: nothing is counted, no number is opened, and what is found is joined
to its file only for the few that are shown.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from huigong.organisations import queries as organisations
from huigong.organisations.models import Officer, Organisation
from huigong.registry import keys
from huigong.registry.clues import Clue
from huigong.registry.lifecycle import EXITED, TURNED_DOWN
from huigong.registry.models import Household, Member, SearchKey
from huigong.registry.queries import households_for

SHOWN = 20
_READ = 240  # keys a clue, so that the shown ones are full even where a family has several that match
_ELSEWHERE = 5
_FEW = 400


@dataclass(frozen=True, slots=True)
class Match:
    """Why something was found: by what kind of fact, of whom (`position` 0: the worker), whole or as a beginning."""

    kind: str
    position: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A file that the asker may see, with what matched and the names of the people whom it matched."""

    household: Household
    matches: tuple[Match, ...]
    names: dict[int, str]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A family that is filed where the asker may not look: whose it is, and whom to call. Nothing else is told."""

    federation: str
    code: str
    centre: str
    telephone: str
    kind: str


@dataclass(frozen=True, slots=True)
class Found:
    """Files, references of cases with what matched, and offices elsewhere; `more`: there are more than are shown."""

    hits: tuple[Hit, ...]
    cases: dict[str, tuple[Match, ...]]
    elsewhere: tuple[Elsewhere, ...]
    more: bool


FILE_NUMBER = "file_number"


def find(officer: Officer, clues: Sequence[Clue], *, numbers: Collection[str] = ()) -> Found:
    """What these clues lead an officer to, and the files that bear one of these numbers; nothing for somebody who left."""
    homes = _homes(officer)
    files, cases = dict[UUID, dict[Match, None]](), dict[str, dict[Match, None]]()
    numbered = Household.objects.filter(file_number__in=set(numbers) - {""}).values_list("pk", flat=True)[:_ELSEWHERE]
    own = dict.fromkeys(numbered if officer.is_active else (), FILE_NUMBER)
    files.update({pk: {Match(FILE_NUMBER, 0, whole=True): None} for pk in own})
    full = False
    for clue in clues if officer.is_active else ():
        rows = _rows(clue, homes)
        full = full or len(rows) == _READ
        for one in rows:
            match = Match(clue.kind, one.position, bytes(one.key) == clue.key)
            if one.household_id is None:
                cases.setdefault(one.case_reference, {})[match] = None
            else:
                files.setdefault(one.household_id, {})[match] = None
    seen = list(files)
    chosen = sorted(seen, key=lambda pk: not any(match.whole for match in files[pk]))
    hits = _hits(officer, chosen[: 2 * SHOWN], files)
    return Found(
        hits=hits[:SHOWN],
        cases={reference: tuple(matches) for reference, matches in cases.items()},
        elsewhere=_elsewhere(officer, clues, homes, own),
        more=full or len(chosen) > 2 * SHOWN or len(hits) > SHOWN,
    )


def cases(clues: Sequence[Clue]) -> list[str] | QuerySet[SearchKey, str]:
    """The references of all cases that these clues lead to, whoever asks: told where they are few, else asked for."""
    wanted = Q(pk__in=())
    for clue in clues:
        wanted |= Q(kind=clue.kind, **_range(clue))
    found = SearchKey.objects.filter(wanted, household=None).order_by().values_list("case_reference", flat=True)
    told = list(found[: _FEW + 1])
    return told if len(told) <= _FEW else found


def _of_the_whole_name(people: Sequence[tuple[UUID, int]], clue: Clue) -> list[UUID]:
    """The files of those people who are called so. A key is the end of a name too, and a given name tells of nobody."""
    files = {pk for pk, _ in people}
    called = {(pk, 0): name for pk, name in Household.objects.filter(pk__in=files).values_list("pk", "worker_name")}
    members = Member.objects.filter(household__in=files).values_list("household_id", "position", "name")
    called |= {(pk, position): name for pk, position, name in members}
    return [pk for pk, position in people if keys.name(called.get((pk, position), "")) == clue.key]


def _homes(officer: Officer) -> list[UUID] | None:
    """The federations whose keys are read; None for all. An officer of a unit reads those of the federation above it."""
    if organisations.serves_all(officer):
        return None
    federations = organisations.scope_of(officer).filter(kind=Organisation.Kind.FEDERATION)
    return list(federations.values_list("pk", flat=True)) or [organisations.federation_of(officer.organisation).pk]


def _rows(clue: Clue, homes: list[UUID] | None) -> list[SearchKey]:
    rows = SearchKey.objects.filter(kind=clue.kind, **_range(clue))
    if homes is not None:
        rows = rows.filter(federation__in=homes)
    return list(rows.order_by("kind", "key").only("key", "household_id", "case_reference", "position")[:_READ])


def _range(clue: Clue) -> dict[str, bytes]:
    # No byte of UTF-8 is 255: the end of everything that begins so.
    return {"key__gte": clue.key, "key__lt": clue.key + b"\xff"} if clue.begins else {"key": clue.key}


def _hits(officer: Officer, chosen: Sequence[UUID], matched: dict[UUID, dict[Match, None]]) -> tuple[Hit, ...]:
    columns = ("file_number", "worker_name", "federation__name", "employer", "file_status", "hardship_category")
    rows = households_for(officer).filter(pk__in=chosen).select_related("federation").only(*columns)
    found = {one.pk: one for one in rows}
    names = {(pk, 0): one.worker_name for pk, one in found.items()}
    members = Member.objects.filter(household__in=found).values_list("household_id", "position", "name")
    names |= {(pk, position): name for pk, position, name in members}
    return tuple(
        Hit(
            found[pk],
            tuple(matched[pk]),
            {one.position: names.get((pk, one.position), "") for one in matched[pk]},
        )
        for pk in chosen
        if pk in found
    )


def _elsewhere(
    officer: Officer, clues: Iterable[Clue], homes: list[UUID] | None, numbered: Mapping[UUID, str]
) -> tuple[Elsewhere, ...]:
    """Offices of files that answer a whole fact and that the officer may not see; none where they would be many."""
    kinds = dict(numbered)
    for clue in clues if officer.is_active and homes is not None else ():
        if clue.tells_a_person:
            found = SearchKey.objects.filter(kind=clue.kind, key=clue.key, household__isnull=False)
            people = [(pk, place) for pk, place in found.values_list("household", "position")[:_READ] if pk is not None]
            for pk in (
                _of_the_whole_name(people, clue) if clue.kind == SearchKey.Kind.NAME else [pk for pk, _ in people]
            ):
                kinds.setdefault(pk, clue.kind)
    seen = set(households_for(officer).filter(pk__in=kinds).values_list("pk", flat=True))
    hidden = [pk for pk in kinds if pk not in seen]
    if not hidden or len(hidden) > _ELSEWHERE * 2:
        return ()
    # One that was taken off before it was enrolled keeps nobody from a file, here or there.
    standing = Household.objects.filter(pk__in=hidden).exclude(status=EXITED, file_status__startswith=TURNED_DOWN)
    filed = dict(standing.values_list("federation_id", "pk"))
    # From the federation, not from its centre: a family is told of even where nobody has made a centre yet.
    offices = (
        Organisation.objects.filter(pk__in=filed)
        .order_by("path")
        .values_list("pk", "name", "code", "aid_centre__name", "aid_centre__telephone")
    )
    return tuple(
        Elsewhere(name, code, centre or "", telephone or "", kinds[filed[pk]])
        for pk, name, code, centre, telephone in offices[:_ELSEWHERE]
    )
