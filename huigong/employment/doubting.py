"""疑似同人: whoever is to be taken in and probably stands already under another number, as a graduate or in a household file.

An exact number is asked first (taking_in); here names, days of birth, telephones and schools are compared by the matching
engine. Whoever is probably the same makes no case of their own before a person has said that they are not.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from huigong.audit import queries as audit
from huigong.employment.models import Graduate
from huigong.matching import cases, engine
from huigong.matching.engine import Judgement
from huigong.organisations.models import Organisation
from huigong.registry import alike
from huigong.registry import queries as registry
from huigong.registry.alike import Person
from huigong.registry.models import Household, Member
from huigong.vault import actions as vault

SAID_SAME = "graduate.said_same"
"""The event by which an officer's word is kept: of the case or file that a person stands in, with the key of their number."""
_OTHERS = frozenset({cases.TWINS, cases.SIBLINGS, cases.SHARED_PHONE, cases.NAMESAKES, cases.PARENT_AND_CHILD})
"""Relatives and namesakes are somebody else, and nobody is asked about them: each has a number of their own."""
_AT_A_TIME = 400


class Asked(Protocol):
    """The part of a line that is compared."""

    @property
    def name(self) -> str: ...
    @property
    def id_number(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def school(self) -> str: ...
    @property
    def person_index(self) -> str: ...
    @property
    def federation(self) -> Organisation: ...
    @property
    def member(self) -> Member | None: ...


@dataclass(frozen=True, slots=True)
class Doubt:
    """Somebody to be taken in, and the case or the file in which they probably stand; with the reasons."""

    line: Asked
    stands: Graduate | Household
    judgement: Judgement

    @property
    def reference(self) -> str:
        """By what the case or the file is called: the subject of what is said of it."""
        return self.stands.file_number if isinstance(self.stands, Household) else self.stands.reference


def doubts(lines: Sequence[Asked], *, present: Collection[str]) -> dict[str, Doubt]:
    """By the index of the line's number, the surest of those whom each line probably is; nothing is written.

    `present`: the numbers of the whole list. Whose own number stands there is beside these people and not in their place.
    """
    found = dict[str, Doubt]()
    for one in (*_among_graduates(lines, present), *_among_files(lines, present)):
        before = found.get(one.line.person_index)
        if before is None or one.judgement.probability > before.judgement.probability:
            found[one.line.person_index] = one
    return found


def said_same(those: Iterable[Doubt]) -> set[str]:
    """Of these, the numbers of whom an officer said before that they are the one who stands."""
    asked = {(one.reference, one.line.person_index) for one in those}
    if not asked:
        return set()
    told = audit.told_of(SAID_SAME)
    return {one.payload["person"] for one in told if (one.subject, one.payload["person"]) in asked}


def _among_graduates(lines: Sequence[Asked], present: Collection[str]) -> Iterator[Doubt]:
    """Graduates of the same name, whichever office has them; the engine compares all of them with all lines at once."""
    standing = list[Graduate]()
    wanted = sorted({line.name for line in lines})
    for start in range(0, len(wanted), _AT_A_TIME):
        rows = Graduate.objects.filter(name__in=wanted[start : start + _AT_A_TIME]).select_related("federation")
        standing += [one for one in rows.order_by("reference") if one.person_index not in present]
    vault.warm(one.data_key_id for one in standing)
    people = [
        Person(
            one.name,
            one.id_number.plain() if one.id_number else "",
            phone=one.phone.plain() if one.phone else "",
            school=one.school,
        )
        for one in standing
    ]
    for left, right, pattern in alike.linked([_person(line) for line in lines], people):
        judgement = engine.judge(pattern)
        if _is_doubt(judgement):
            yield Doubt(lines[left], standing[right], judgement)


def _among_files(lines: Sequence[Asked], present: Collection[str]) -> Iterator[Doubt]:
    """People of standing files below the line's office, whom no number of the list has found."""
    for line in lines:
        if line.member is not None:
            continue
        files = Household.objects.filter(
            federation__path__startswith=line.federation.path, file_status__startswith="在档"
        )
        for one in registry.candidates_in(files, _person(line)):
            on_file = alike.person_on(one.household, one.position)
            if isinstance(on_file, Member) and on_file.id_number_index not in present and _is_doubt(one.judgement):
                yield Doubt(line, one.household, one.judgement)


def _is_doubt(judgement: Judgement) -> bool:
    return judgement.answer != engine.DIFFERENT and judgement.case not in _OTHERS


def _person(line: Asked) -> Person:
    return Person(line.name, line.id_number, phone=line.phone, school=line.school)
