"""摸底 (二(一)): count children in school, graduates, employed and in need by union out of the files; the form of the sheet.

A file is of the union that keeps it (建档单位工会), else of the one that bears its employer's name, else of its federation.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from huigong.annexes import definition as definitions
from huigong.annexes.definition import FormDefinition
from huigong.annexes.writing import Row
from huigong.organisations import queries as organisations
from huigong.organisations.models import Officer, Organisation
from huigong.registry import words
from huigong.registry.models import Household, Member, Survey, SurveyLine, SurveyReply
from huigong.registry.queries import GRADUATING
from huigong.values.text import without_spaces

COUNTS = ("households", "in_school", "graduates", "employed", "need_help")
Place = tuple[UUID, UUID | None, str]


@dataclass(frozen=True, slots=True)
class Counted:
    """What the files say of one union."""

    union_id: UUID
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Answer:
    """One count that the union's last sheet gives otherwise (`said` None: not readable or left out)."""

    name: str
    counted: int
    said: int | None


@lru_cache(maxsize=1)
def form() -> FormDefinition:
    text = (resources.files("huigong.registry") / "survey_form.toml").read_text(encoding="utf-8")
    return definitions.from_table(tomllib.loads(text))


def counted(federation: Organisation, *, on: date) -> list[Counted]:
    """By union, in the order of the tree; the year of the day says who graduates."""
    union_of = _Unions(federation)
    totals: dict[UUID, Counter[str]] = {}
    for place, name, number in _grouped(federation, year=on.year):
        totals.setdefault(union_of(place), Counter())[name] += number
    order = dict(organisations.within(federation).values_list("pk", "path"))
    chosen = sorted(totals, key=lambda key: order[key])
    return [Counted(key, {name: totals[key][name] for name in COUNTS}) for key in chosen]


def surveys_for(officer: Officer) -> QuerySet[Survey]:
    """The surveys of the federations at, above and below an officer; of one above, only their own lines are shown."""
    wanted = Q(federation__in=organisations.scope_of(officer)) | Q(
        federation__in=organisations.above(officer.organisation)
    )
    return Survey.objects.filter(wanted).select_related("federation").order_by("-at")


def lines_for(officer: Officer, survey: Survey) -> list[SurveyLine]:
    """The lines that are the officer's to see, in the order of the tree."""
    mine = survey.lines.filter(union__in=organisations.scope_of(officer))
    return list(mine.select_related("union", "survey__federation").order_by("union__path"))


def before(survey: Survey) -> dict[UUID, SurveyLine]:
    """The lines of the survey before this one, by union: what changed since is read off them."""
    last = Survey.objects.filter(federation=survey.federation, number__lt=survey.number).order_by("number").last()
    return {line.union_id: line for line in last.lines.all()} if last else {}


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


def _grouped(federation: Organisation, *, year: int) -> Iterator[tuple[Place, str, int]]:
    """Counts by federation, keeping unit and employer, as the database sums them: one pass over files, one over children."""
    own = ("federation_id", "unit_id", "employer")
    files = Household.objects.filter(federation__path__startswith=federation.path, file_status__startswith="在档")
    for *place, number in files.order_by().values_list(*own).annotate(Count("pk")):
        yield (place[0], place[1], place[2]), "households", number
    ends_now = Q(entry_year__isnull=False, length_years__isnull=False, ends=year)
    jobless = Q(occupation__in=words.GRADUATED_JOBLESS)
    of_age = Q(education_level__in=GRADUATING)
    counts = {
        "in_school": Q(occupation__in=words.STUDYING),
        "graduates": of_age & (ends_now | jobless),
        "employed": of_age & ends_now & Q(occupation__in=words.GRADUATED_EMPLOYED),
        "need_help": of_age & jobless,
    }
    children = Member.objects.filter(
        household__federation__path__startswith=federation.path,
        household__file_status__startswith="在档",
        is_in_file=True,
        relationship__in=words.CHILD,
    )
    places = children.order_by().alias(ends=F("entry_year") + F("length_years"))
    summed = places.values_list(*(f"household__{name}" for name in own))
    for row in summed.annotate(**{name: Count("pk", filter=wanted) for name, wanted in counts.items()}):
        for name, number in zip(counts, row[3:], strict=True):
            yield (row[0], row[1], row[2]), name, number


class _Unions:
    """Whose line a file is counted on, remembered for every spelling of an employer."""

    def __init__(self, federation: Organisation) -> None:
        named: dict[str, list[UUID]] = {}
        self._here = set(organisations.within(federation).values_list("pk", flat=True))
        for key, name in organisations.within(federation).filter(closed_on=None).values_list("pk", "name"):
            named.setdefault(organisations.plain_unit(name), []).append(key)
        self._named = {name: keys[0] for name, keys in named.items() if len(keys) == 1}

    def __call__(self, place: Place) -> UUID:
        home, unit, employer = place
        return unit if unit in self._here else self._named.get(organisations.plain_unit(employer), home)
