"""One form as a sheet: where it was read, its rows with what is wrong in words, and the same problems by repair."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huigong.annexes.definition import FormDefinition
from huigong.annexes.readings import FileProblem
from huigong.annexes.readings import FormRow as RowRead
from huigong.intake.contents import row_read
from huigong.intake.lifecycle import ACCEPTED, READY, REPLACED, RETURNED, SUBMITTED, WAITING
from huigong.intake.mends import mended_here
from huigong.intake.models import FormReceived, FormRow
from huigong.intake.repairs import LOST
from huigong.web.console.forms import repairs
from huigong.web.console.forms.cells import NO_REMEDY, Cell, Remedy, cells, remedy_of, told
from huigong.web.console.forms.leaves import Leaves, leaves_of
from huigong.web.console.forms.mending_cells import base_of

_PLACE = re.compile(
    r"(?:(?P<sheet>.+)!\D+(?P<cell>\d+))|(?:(?P<table>table \d+) row (?P<row>\d+) .*)|(?:line (?P<line>\d+) .*)"
)
_OPEN = frozenset({READY, RETURNED, WAITING})
_TAGS = {ACCEPTED: ("done", "已收"), SUBMITTED: ("done", "已立案"), REPLACED: ("", "有更正稿")}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the sheet."""

    number: int
    who: str
    cells: tuple[Cell, ...]
    tag: str
    word: str
    said: tuple[str, ...]
    remedy: Remedy
    is_open: bool
    is_opened: bool
    version: int
    bases: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Repair:
    """All problems that are mended in the same way: how many rows, and what to do."""

    kind: str
    title: str
    remedy: str
    tag: str
    count: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One leaf of the sheet, and what is told of the whole."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    leaves: Leaves
    repairs: tuple[Repair, ...]
    read_at: str
    recognised: int
    filler: str
    problems: tuple[FileProblem, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a form is asked for: rows with one repair only, a leaf, the leaf that holds a row, a row opened to be typed in;
    and what was typed before and not saved (`row:value`).
    """

    only: str = ""
    page: str = ""
    holding: int = 0
    opened: int = 0
    drafted: Mapping[str, str] = field(default_factory=dict)

    def drafted_of(self, number: int) -> dict[str, str]:
        start = f"{number}:"
        return {name.removeprefix(start): text for name, text in self.drafted.items() if name.startswith(start)}


def sheet_of(form: FormReceived, definition: FormDefinition, *, mends: str, asked: Asked) -> Sheet:
    """The sheet in the reader's language. `mends`: "none" or "faults"; every cell of an opened row can then be typed in."""
    english = (get_language() or "").startswith("en")
    about = json.loads(form.about.plain())
    rows = [(row, row_read(row)) for row in form.rows.all()]
    wanted = [(row, read) for row, read in rows if not asked.only or asked.only in _kinds(row, read)]
    leaves = leaves_of(
        [row for row, _read in wanted],
        troubled={row.number for row, read in wanted if row.status in _OPEN and read.problems},
        page=asked.page,
        holding=asked.opened or asked.holding,
    )
    leaf = [(row, read) for row, read in wanted if leaves.here.first <= row.number <= leaves.here.last]
    return Sheet(
        columns=tuple(field.label_en if english else field.label for field in definition.printed),
        lines=tuple(_line(row, read, definition, english, mends, asked) for row, read in leaf),
        leaves=leaves,
        repairs=_repairs(rows, definition, english),
        read_at=read_at(place for _row, read in rows for place in read.places.values()),
        recognised=_recognised((read for _row, read in rows), definition),
        filler=about["filler"] or "",
        problems=tuple(FileProblem(**problem) for problem in about["problems"]),
        rows=len(rows),
    )


def _kinds(row: FormRow, read: RowRead) -> frozenset[str]:
    """The repairs that a row needs, by which the bar on the left picks rows."""
    if row.status not in _OPEN:
        return frozenset()
    return frozenset(_kind(problem.kind, problem.field) for problem in read.problems) | {row.waits_for}


def _line(
    row: FormRow,
    read: RowRead,
    definition: FormDefinition,
    english: bool,  # noqa: FBT001
    mends: str,
    asked: Asked,
) -> Line:
    is_open, drafted = row.status in _OPEN, asked.drafted_of(row.number)
    is_opened = row.number == asked.opened or bool(drafted)
    entries = "none" if not is_open else "all" if is_opened and mends != "none" else mends
    remedy = remedy_of(row) if row.status == WAITING else NO_REMEDY
    tag, word = _state(row)
    # Where a file supplies the lost numbers, that is the thing to say; how they were lost is not.
    said = [problem for problem in read.problems if not (remedy.numbers and problem.kind == LOST)]
    mended = mended_here(row, definition)
    return Line(
        number=row.number,
        who=" → ".join(filter(None, (row.parent_name, row.student_name))),
        cells=cells(read, definition, english=english, entries=entries, remedy=remedy, drafted=drafted),
        tag=tag,
        word=_(word),
        said=tuple(told(problem, read, definition, english=english) for problem in (*said, *mended))
        if is_open
        else tuple(told(problem, read, definition, english=english) for problem in mended),
        remedy=remedy,
        is_open=is_open,
        is_opened=is_opened and is_open and mends != "none",
        version=row.version,
        bases={name: base_of(name, read, definition) for name in definition.value_names} if entries != "none" else {},
    )


def _state(row: FormRow) -> tuple[str, str]:
    if row.status == READY:
        return ("look", "看一眼，可以收") if row.looks else ("done", "可收")
    if row.status == WAITING:
        return "look", repairs.TITLES.get(row.waits_for, "等人核实")
    return _TAGS.get(row.status, ("stop", "改好才能收"))


def _kind(kind: str, field: str) -> str:
    return f"{kind}-{field}" if kind == "missing" else kind


def _repairs(
    rows: Sequence[tuple[FormRow, RowRead]],
    definition: FormDefinition,
    english: bool,  # noqa: FBT001
) -> tuple[Repair, ...]:
    """By repair, those that stop first. A row with the same fault in two cells counts once."""
    found: dict[str, Repair] = {}
    count: Counter[str] = Counter()
    for row, read in rows:
        if row.status not in _OPEN:
            continue
        here = {_kind(problem.kind, problem.field): problem for problem in read.problems}
        for kind, problem in here.items():
            label = definition.labels.get(problem.field, (problem.field, problem.field))[english]
            remedy = problem.remedy_en if english else problem.remedy
            tag = "stop" if problem.severity == "error" else "look"
            found.setdefault(kind, Repair(kind, repairs.title(problem.kind, label), remedy, tag, 0))
        waits = {row.waits_for} if row.status == WAITING and row.waits_for else set()
        for kind in waits:
            found.setdefault(kind, Repair(kind, repairs.title(kind, ""), "", "look", 0))
        count.update(here.keys() | waits)
    told_ = [Repair(one.kind, one.title, one.remedy, one.tag, count[one.kind]) for one in found.values()]
    return tuple(sorted(told_, key=lambda one: (one.tag != "stop", -one.count)))


def read_at(places: Iterable[str]) -> str:
    """The tables and lines in which rows were found, in words: 表“登记表”第 5–12 行."""
    spans: dict[str, tuple[int, int]] = {}
    for place in places:
        if not (found := _PLACE.fullmatch(place)):
            continue
        number = int(found["cell"] or found["row"] or found["line"])
        name = found["sheet"] or found["table"] or ""
        low, high = spans.get(name, (number, number))
        spans[name] = min(low, number), max(high, number)
    return "、".join(_where(name, *span) for name, span in spans.items())


def _where(name: str, low: int, high: int) -> str:
    told_: Mapping[str, object] = {"name": name.removeprefix("table "), "low": low, "high": high}
    if not name:
        return _("第 %(low)s–%(high)s 行") % told_
    if name.startswith("table "):
        return _("第 %(name)s 张表第 %(low)s–%(high)s 行") % told_
    return _("表“%(name)s”第 %(low)s–%(high)s 行") % told_


def _recognised(reads: Iterable[RowRead], definition: FormDefinition) -> int:
    names = {name for read in reads for name in read.places}
    return sum(bool(names & {field.name, *field.value_names}) for field in definition.printed)
