"""What the pages of a survey show: the counts of a union beside the last survey and beside its sheet, and whom they count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from huigong.organisations.models import Officer
from huigong.registry import queries, surveying
from huigong.registry.models import Member, SurveyLine, SurveyName, SurveyReply
from huigong.registry.survey_names import COUNTS
from huigong.web.console import words
from huigong.web.console.finding.found import file_addresses


@dataclass(frozen=True, slots=True)
class Figure:
    """One count: as it was frozen, how it moved since the survey before, and what the union says where that is otherwise."""

    name: str
    label: str
    frozen: int
    moved: int = 0
    differs: bool = False
    said: int | None = None


@dataclass(frozen=True, slots=True)
class LineShown:
    """One union of a survey; `reply` is its last sheet."""

    line: SurveyLine
    figures: Sequence[Figure]
    reply: SurveyReply | None

    @property
    def differing(self) -> int:
        return sum(one.differs for one in self.figures)


@dataclass(frozen=True, slots=True)
class NameShown:
    """One whom a count counts: as frozen, and what the file says today; `address` and `now` are empty where it is not here any more."""

    name: str
    union: str
    address: str
    file_number: str
    worker: str
    now: str


def labels() -> dict[str, str]:
    """The word of each count, as the sheet prints it."""
    form = surveying.form()
    return {name: words.said(*form.labels[name]) for name in COUNTS}


def sums(counts: Sequence[int]) -> list[Figure]:
    return [Figure(name, label, count) for (name, label), count in zip(labels().items(), counts, strict=True)]


def summed(lines: Sequence[SurveyLine]) -> list[Figure]:
    return sums([sum(getattr(line, name) for line in lines) for name in COUNTS])


def shown(line: SurveyLine, earlier: SurveyLine | None, reply: SurveyReply | None) -> LineShown:
    answers = {one.name: one.said for one in surveying.answers(line, reply)} if reply else {}
    figures = [
        Figure(
            name,
            label,
            getattr(line, name),
            getattr(line, name) - getattr(earlier, name) if earlier else 0,
            name in answers,
            answers.get(name),
        )
        for name, label in labels().items()
    ]
    return LineShown(line, figures, reply)


def named(officer: Officer, names: Sequence[SurveyName], *, roles: frozenset[str]) -> list[NameShown]:
    """Names as frozen, each beside its file as it stands today where that is the officer's to see: two questions."""
    here = queries.households_for(officer).filter(pk__in={one.household_id for one in names})
    files = {pk: told for pk, *told in here.values_list("pk", "file_number", "worker_name", "file_status")}
    today = _occupations(files, names, timezone.localdate())
    addresses = dict(zip(files, file_addresses(files, roles), strict=True))
    return [
        NameShown(
            one.name,
            one.line.union.name,
            addresses.get(one.household_id, ""),
            files[one.household_id][0] if one.household_id in files else "",
            files[one.household_id][1] if one.household_id in files else "",
            today.get((one.household_id, one.position), ""),
        )
        for one in names
    ]


def _occupation(member: Member, on: date) -> str:
    if queries.is_past_schooling(member, on=on):
        return words.said(f"{member.occupation}（按学制已毕业）", f"{member.occupation} (schooling over)")
    return member.occupation


def _occupations(
    files: Mapping[UUID, Sequence[str]], names: Sequence[SurveyName], on: date
) -> dict[tuple[UUID, int], str]:
    """What each file, and each child that is asked for, says of itself today."""
    members = Member.objects.filter(household__in=files, is_in_file=True, position__in={one.position for one in names})
    asked = members.only("household", "position", "occupation", "relationship", "entry_year", "length_years")
    found = {(one.household_id, one.position): _occupation(one, on) for one in asked}
    return found | {(pk, 0): status for pk, (_number, _worker, status) in files.items()}
