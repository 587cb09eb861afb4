"""What the review desk shows beside the paper: each criterion as a task, what changed since the family was told, the row."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import get_language

from huigong.casework import queries as casework
from huigong.casework.actions.notices import Value
from huigong.casework.models import CaseLock, Check, NoticePoint, OneTimeNotice, Scan
from huigong.circulars import queries as circulars
from huigong.intake.contents import row_read
from huigong.rules.circular import Circular
from huigong.rules.deciding import Finding
from huigong.rules.facts import in_words
from huigong.rules.sentences import MET
from huigong.studentaid import queries
from huigong.studentaid.facts import PAPERS
from huigong.studentaid.models import Application
from huigong.web.console import words
from huigong.web.console.applications.findings import Found, in_order
from huigong.web.console.forms.cells import NO_REMEDY, cells

OUTCOMES = (
    (Check.Outcome.FINE, ("没问题", "fine")),
    (Check.Outcome.MISSING, ("缺东西", "something missing")),
    (Check.Outcome.DOUBT, ("有疑问", "in doubt")),
)


_LINE = re.compile(r"line (\d+) column (\d+)")
_IN_WORD = re.compile(r"(.+) row (\d+) column (\d+)")


@dataclass(frozen=True, slots=True)
class Task:
    """One criterion to look at. `outcome` is empty while nobody looked at these facts; `stale`: somebody looked before."""

    criterion: str
    found: Found
    outcome: str
    stale: bool
    note: str
    who: str
    by_hand: bool
    """Whether a person has to look: a paper, a look, or something that is not met. The rest was compared by the system."""


@dataclass(frozen=True, slots=True)
class Told:
    """A point that the family was told: answered or not, and by what it is answered."""

    pk: str
    said: str
    clause: str
    answered: bool
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact that is not what it was when the family was told."""

    word: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class Written:
    """One field of the form as the unit wrote it: heading, value (numbers masked), the cell it stands in."""

    heading: str
    value: str
    cell: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything beside the paper."""

    tasks: Sequence[Task]
    machine: Sequence[Task]
    unseen: int
    missing: int
    doubts: int
    notice: OneTimeNotice | None
    points: Sequence[Told]
    differences: Sequence[Difference]
    written: Sequence[Written]
    scans: Sequence[Scan]
    holder: CaseLock | None
    holder_name: str


def desk_of(application: Application, *, holder: CaseLock | None, typed: Mapping[str, str] | None = None) -> Desk:
    """`holder` is the lock of somebody else, where one stands; `typed` is what was ticked and written and not said yet."""
    circular = circulars.circular_of(application.campaign)
    findings = queries.findings_of([application]).get(application.pk, ())
    tasks = _tasks(application, circular, findings)
    shown = [_as_typed(task, typed, application) for task in tasks] if typed else tasks
    hands = [task for task in tasks if task.by_hand]
    notices = casework.notices_of(application.reference)
    last = notices[-1] if notices else None
    return Desk(
        tasks=[task for task in shown if task.by_hand],
        machine=[task for task in shown if not task.by_hand],
        unseen=sum(not task.outcome for task in hands),
        missing=sum(task.outcome == Check.Outcome.MISSING for task in tasks),
        doubts=sum(task.outcome == Check.Outcome.DOUBT for task in tasks),
        notice=last,
        points=_points(application, last, findings) if last else (),
        differences=_differences(last, facts_now(application)) if last else (),
        written=_written(application, circular),
        scans=casework.scans_of(application.reference),
        holder=holder,
        holder_name=words.people([holder.held_by])[holder.held_by] if holder else "",
    )


def facts_now(application: Application) -> Mapping[str, Value]:
    """The facts of the decision that stands, as JSON holds them."""
    decision = queries.last_decisions([application]).get(application.pk)
    told: Mapping[str, Value] = json.loads(decision.facts.plain()) if decision else {}
    return told


def _tasks(application: Application, circular: Circular, findings: Sequence[Finding]) -> list[Task]:
    """In the circular's order: what stands against the case, and each paper that is asked of it, is looked at by a person."""
    checks = casework.checks_of(application.reference)
    people = words.people({check.checked_by for check in checks.values()})
    tasks = []
    for finding, found in zip(findings, in_order(application, circular, findings), strict=True):
        check = checks.get(finding.criterion)
        stands = check is not None and check.facts_digest == application.facts_digest
        tasks.append(
            Task(
                criterion=finding.criterion,
                found=found,
                outcome=str(check.outcome) if check and stands else "",
                stale=check is not None and not stands,
                note=check.note.plain() if check and stands and check.note else "",
                who=people[check.checked_by] if check and stands else "",
                by_hand=_is_a_paper_asked_for(finding) or found.tone in {"look", "stop"},
            )
        )
    return tasks


def _is_a_paper_asked_for(finding: Finding) -> bool:
    """A criterion of a paper that is met without it does not ask it of this case (a new student's school report)."""
    return finding.fact in PAPERS and (finding.outcome != MET or bool(finding.value))


def _as_typed(task: Task, typed: Mapping[str, str], application: Application) -> Task:
    """A note is put back always, a tick only where the facts are still those that were ticked."""
    note = typed.get(f"note-{task.criterion}", task.note)
    ticked = typed.get(f"check-{task.criterion}", "")
    same = typed.get("seen") == application.facts_digest and ticked in Check.Outcome.values
    return replace(task, note=note, outcome=ticked if same else task.outcome)


def _points(application: Application, notice: OneTimeNotice, findings: Sequence[Finding]) -> list[Told]:
    checks = casework.checks_of(application.reference)
    content = {finding.criterion for finding in findings if finding.outcome == MET}
    content -= {
        criterion
        for criterion, check in checks.items()
        if check.outcome != Check.Outcome.FINE and check.facts_digest == application.facts_digest
    }
    return [
        Told(
            pk=str(point.pk),
            said=point.said.plain(),
            clause=point.clause,
            answered=_is_answered(point, content),
            by_hand=not point.criterion,
        )
        for point in notice.points.all()
    ]


def _is_answered(point: NoticePoint, content: set[str]) -> bool:
    """A point of a criterion answers itself once the rules and the desk are content; one in an officer's words when an
    officer says so.
    """
    return point.criterion in content if point.criterion else hasattr(point, "answer")


def _differences(notice: OneTimeNotice, now: Mapping[str, object]) -> list[Difference]:
    then: Mapping[str, object] = json.loads(notice.facts.plain())
    return [
        Difference(words.fact_word(name), _value(name, then.get(name)), _value(name, now.get(name)))
        for name in casework.changed(then, now)
    ]


def _value(name: str, value: object) -> str:
    if value is None:
        return words.said("还不知道", "not known")
    return words.said(*in_words(name, value))


def _written(application: Application, circular: Circular) -> list[Written]:
    """The row that opened the case, as it was read, each value with the cell it stands in; numbers of people masked."""
    submissions = queries.submissions_of([application]).get(application.pk, [])
    if not submissions or circular.form is None:
        return []
    read = row_read(submissions[0].row)
    english = (get_language() or "").startswith("en")
    shown = cells(read, circular.form, english=english, entries="none", remedy=NO_REMEDY)
    return [
        Written(
            cell.label,
            cell.text,
            _place(next((read.places[one] for one in field.value_names if one in read.places), "")),
        )
        for cell, field in zip(shown, circular.form.printed, strict=True)
    ]


def _place(place: str) -> str:
    """Where a cell stands, in the reader's words; a sheet's (登记表!F7) is the same in both."""
    if found := _LINE.fullmatch(place):
        return words.said(f"第 {found[1]} 行第 {found[2]} 栏", place)
    if found := _IN_WORD.fullmatch(place):
        return words.said(f"第 {found[2]} 行第 {found[3]} 栏（{found[1]}）", place)
    return place
