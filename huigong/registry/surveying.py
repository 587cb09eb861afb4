"""摸底 (二(一)): ask what was frozen, its counts and its names, by who asks; the form of the sheet and what it says otherwise."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from huigong.annexes import definition as definitions
from huigong.annexes.definition import FormDefinition
from huigong.annexes.writing import Row
from huigong.organisations import queries as organisations
from huigong.organisations.models import Officer
from huigong.registry.models import Survey, SurveyLine, SurveyName, SurveyReply
from huigong.registry.survey_names import COUNTS
from huigong.values.text import without_spaces

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Answer:
    """One count that the union's last sheet gives otherwise (`said` None: not readable or left out)."""

    name: str
    counted: int
    said: int | None


@dataclass(frozen=True, slots=True)
class Sums:
    """What some lines of a survey add up to: how many they are, how many of their unions answered, and each of COUNTS."""

    lines: int = 0
    answered: int = 0
    counts: Sequence[int] = (0,) * len(COUNTS)


@lru_cache(maxsize=1)
def form() -> FormDefinition:
    text = (resources.files("huigong.registry") / "survey_form.toml").read_text(encoding="utf-8")
    return definitions.from_table(tomllib.loads(text))


def surveys_for(officer: Officer) -> QuerySet[Survey]:
    """The surveys of the federations at, above and below an officer; of one above, only their own lines are shown."""
    wanted = Q(federation__in=organisations.scope_of(officer)) | Q(
        federation__in=organisations.above(officer.organisation)
    )
    return Survey.objects.filter(wanted).select_related("federation").order_by("-at", "-pk")


def sums_for(officer: Officer, surveys: Sequence[Survey]) -> dict[UUID, Sums]:
    """What the lines that are the officer's to see add up to, for each of some surveys: one question for all."""
    mine = SurveyLine.objects.filter(survey__in=surveys, union__in=organisations.scope_of(officer))
    answered = Count("pk", filter=Exists(SurveyReply.objects.filter(line=OuterRef("pk"))))
    summed = mine.order_by().values_list("survey").annotate(lines=Count("pk"), answered=answered)
    rows = summed.annotate(**{f"sum_of_{name}": Sum(name) for name in COUNTS})
    return {row[0]: Sums(row[1], row[2], row[3:]) for row in rows}


def lines_for(officer: Officer, survey: Survey) -> list[SurveyLine]:
    """The lines that are the officer's to see, in the order of the tree."""
    mine = survey.lines.filter(union__in=organisations.scope_of(officer))
    return list(mine.select_related("union", "survey__federation").order_by("union__path"))


def names_of(lines: Sequence[SurveyLine], count: str, *, page: int) -> list[SurveyName]:
    """A page of those whom a count of these lines counts, in the order of the lines; what it has to read is known beforehand.

    Empty where the lines count nobody, and where they are from before names were kept.
    """
    first, wanted = (page - 1) * A_PAGE, dict[UUID, SurveyLine]()
    begun = passed = 0
    for line in lines:
        until = passed + getattr(line, count)
        if passed < first + A_PAGE and first < until:
            begun = begun if wanted else passed
            wanted[line.pk] = line
        passed = until
    names = _counted(wanted.values(), count)
    return _with_lines(names[first - begun : first - begun + A_PAGE], wanted.values())


def moved_since(
    line: SurveyLine, earlier: SurveyLine | None, count: str, *, most: int
) -> tuple[list[SurveyName], list[SurveyName]]:
    """Whom a count of a line counts and that of the survey before did not, and the other way about; up to so many of each."""
    now, then = _counted([line], count), _counted([earlier] if earlier else [], count)
    same = {"household": OuterRef("household"), "position": OuterRef("position")}
    came = now.exclude(Exists(then.filter(**same)))[:most]
    went = then.exclude(Exists(now.filter(**same)))[:most]
    lines = [line, *([earlier] if earlier else [])]
    return _with_lines(came, lines), _with_lines(went, lines)


def _counted(lines: Iterable[SurveyLine], count: str) -> QuerySet[SurveyName]:
    """The names that a count of these lines counts, in the order of the lines."""
    own = Q(position=0) if count == "households" else Q(**{count: True})
    return SurveyName.objects.filter(own, line__in=list(lines)).order_by("line__union__path", "place")


def _with_lines(names: Iterable[SurveyName], lines: Iterable[SurveyLine]) -> list[SurveyName]:
    by_pk, found = {line.pk: line for line in lines}, list(names)
    for one in found:
        one.line = by_pk[one.line_id]
    return found


def before(survey: Survey) -> dict[UUID, SurveyLine]:
    """The lines of the survey before this one, by union: what changed since is read off them."""
    last = Survey.objects.filter(federation=survey.federation, number__lt=survey.number).order_by("number").last()
    return {line.union_id: line for line in last.lines.select_related("union")} if last else {}


def last_replies(lines: Sequence[SurveyLine]) -> dict[UUID, SurveyReply]:
    """For each line what its union said last."""
    replies = SurveyReply.objects.filter(line__in=lines).order_by("at", "pk")
    return {reply.line_id: reply for reply in replies}


def answers(line: SurveyLine, reply: SurveyReply) -> list[Answer]:
    """Every count on which the sheet and the files differ."""
    pairs = ((name, getattr(line, name), getattr(reply, name)) for name in COUNTS)
    return [Answer(name, mine, theirs) for name, mine, theirs in pairs if mine != theirs]


def as_row(line: SurveyLine) -> Row:
    """A line as the sheet prints it."""
    return {"union_name": line.union.name} | {name: str(getattr(line, name)) for name in COUNTS}


def line_named(lines: Sequence[SurveyLine], text: str) -> SurveyLine | None:
    """The one line whose union bears a name, as it stands or without its last word 工会."""
    wanted = without_spaces(text)
    for plain in (without_spaces, organisations.plain_unit):
        found = [line for line in lines if plain(line.union.name) == plain(wanted)]
        if found:
            return found[0] if len(found) == 1 else None
    return None
