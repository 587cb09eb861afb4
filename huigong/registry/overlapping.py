"""重复帮扶: aid that meets the same need of the same person twice. Another question than whether two records are one person.

What came back whole meets no need any more, and what came back in part counts with the rest.

State student aid (奖助贷勤补免) is the base and never an overlap; what was given to a sister is hers. What another department
gave to the household as a whole may have been for this child: it is told apart, for a person to look.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from huigong.registry.aid_kinds import competing
from huigong.registry.aid_standing import standing_aid
from huigong.registry.clusters import clusters
from huigong.registry.models import AidGiven, Household, Likeness, Member, Merge

SAME_PERSON, TOLD_SAME, HOUSEHOLD = "same_person", "told_same", "household"


@dataclass(frozen=True, slots=True)
class Need:
    """A need of a year, such as schooling in 2017, under the name that aid is recorded with; and who has it.

    `people`: the blind index of each person's identity number, and their file where there is one.
    """

    name: str
    purpose: str
    year: int
    people: Mapping[str, UUID | None]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Aid that stands already, and how it was found to be this person's: their number, told to be theirs, or their household's."""

    reference: str
    kind: str
    giver: str
    fen: int
    given_on: date
    how: str

    @property
    def is_certain(self) -> bool:
        """Whether it is this person's; the household's may have been for somebody else in it."""
        return self.how != HOUSEHOLD


def overlaps(need: Need) -> dict[str, list[Overlap]]:
    """For each person who has one: the aid that meets this need already, in the order of its days."""
    words = competing(need.purpose, on=date(need.year, 9, 1))
    wanted = Q(need=need.name) | Q(kind__in=words, given_on__year=need.year)
    rows = list(standing_aid().filter(wanted).order_by("given_on", "case_reference"))
    if not rows:
        return {}
    by_person, by_household = defaultdict[str, list[AidGiven]](list), defaultdict[UUID, list[AidGiven]](list)
    heads = _heads(row.household_id for row in rows)
    for row in rows:
        by_person[row.person_index].append(row)
        if row.kind and row.person_index == heads[row.household_id]:  # given to the household as a whole
            by_household[row.household_id].append(row)
    aliases, one_file = _told_same(), _merged()
    found: dict[str, list[Overlap]] = {}
    for index, household in need.people.items():
        told = {row.pk: _overlap(row, SAME_PERSON) for row in by_person.get(index, ())}
        for other in aliases.get(index, ()):
            told |= {row.pk: _overlap(row, TOLD_SAME) for row in by_person.get(other, ())}
        for home in _homes(household, one_file):
            told = {row.pk: _overlap(row, HOUSEHOLD) for row in by_household.get(home, ())} | told
        if told:
            found[index] = sorted(told.values(), key=lambda one: (one.given_on, one.reference))
    return found


def _overlap(row: AidGiven, how: str) -> Overlap:
    return Overlap(row.case_reference, row.kind, row.giver or row.fund_source, row.remains, row.given_on, how)  # type: ignore[attr-defined]


def _heads(households: Iterable[UUID]) -> dict[UUID, str]:
    return dict(Household.objects.filter(pk__in=set(households)).values_list("pk", "id_number_index"))


def _told_same() -> dict[str, set[str]]:
    """Under which other numbers a person stands on file, as somebody decided of them or of those who they are, too."""
    decided = list(
        Likeness.objects.filter(outcome=Likeness.Outcome.SAME).values_list(
            "one", "one_position", "other", "other_position"
        )
    )
    files = {pk for one, _, other, _ in decided for pk in (one, other)}
    index: dict[tuple[UUID, int], str] = {
        (pk, 0): number for pk, number in Household.objects.filter(pk__in=files).values_list("pk", "id_number_index")
    }
    members = Member.objects.filter(household__in=files).values_list("household", "position", "id_number_index")
    index |= {(pk, position): number for pk, position, number in members}
    aliases = defaultdict[str, set[str]](set)
    ends = (((one, at), (other, there)) for one, at, other, there in decided)
    for cluster in clusters((index.get(one) or one, index.get(other) or other) for one, other in ends):
        numbers = {one for one in cluster if isinstance(one, str)}  # who has none stands in it by file and position
        for number in numbers:
            aliases[number] |= numbers - {number}
    return aliases


def _merged() -> dict[UUID, set[UUID]]:
    """Files that are one household by a merge that stands."""
    one_file = defaultdict[UUID, set[UUID]](set)
    for kept, absorbed in Merge.objects.filter(undone_at=None).values_list("kept", "absorbed"):
        one_file[kept].add(absorbed)
        one_file[absorbed].add(kept)
    return one_file


def _homes(household: UUID | None, one_file: Mapping[UUID, set[UUID]]) -> set[UUID]:
    return {household, *one_file.get(household, ())} if household else set()
