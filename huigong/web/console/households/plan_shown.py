"""The plan, the aid and the class of a household as its page shows them; what is planned stays masked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from huigong.registry import code_lists
from huigong.registry.actions.aid_elsewhere import ELSEWHERE, MISTAKE, MISTAKES
from huigong.registry.actions.assess import RURAL, TOWN, answer_of, changed_since_assessed, lines_of
from huigong.registry.actions.plan import DONE, DROPPED, MEASURE_WORDS, PLANNED
from huigong.registry.aid_standing import with_what_remains
from huigong.registry.models import AidGiven, Assessment, Household, Measure
from huigong.rules.facts import fact
from huigong.rules.sentences import MET
from huigong.studentaid.models import WriteOff
from huigong.web.console import words
from huigong.web.console.citing import Cited, cited
from huigong.web.console.households.planning import classing_version, colleagues
from huigong.web.console.words import said

_CASE = "revocation__award__application"
_TONES = {PLANNED: "now", DONE: "done", DROPPED: ""}


@dataclass(frozen=True, slots=True)
class MeasureShown:
    one: Measure
    state: str
    tone: str
    late: bool
    file: str


@dataclass(frozen=True, slots=True)
class AidShown:
    on: date
    kind: str
    giver: str
    yuan: str
    """What the family still has of it; `given` says what was given, where some came back on the days of `returned`."""
    reference: str
    given: str
    returned: Sequence[tuple[date, str]]
    stands: bool
    written_off: str
    """By which decision what remains is not asked back any more."""
    file: str
    """The file that it was given to, where that was merged into this one."""
    pk: UUID
    may_be_mistaken: bool
    mistaken: str
    """Why it counts for nothing, where it was noted by mistake."""


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion of an assessment: what it found, and the clause that it cites."""

    label: str
    sentence: str
    cited: Cited
    met: bool


@dataclass(frozen=True, slots=True)
class Classed:
    """The last assessment, in words; `stale` where the file says another category, `outlived` by which facts changed."""

    outcome: str
    number: int
    on: date
    by: str
    lines: Sequence[Line]
    source: str
    stale: bool
    outlived: Sequence[str]


@dataclass(frozen=True, slots=True)
class PlanShown:
    """What the page shows besides the form's sections, and the words to choose from."""

    group: str
    measures: Sequence[MeasureShown]
    aid: Sequence[AidShown]
    times: int
    total: str
    classed: Classed | None
    may_class: bool
    line: str
    rural: str
    lists: dict[str, list[str]]
    mistakes: Sequence[tuple[str, str]]
    owners: Sequence[object]


def plan_of(household: Household, *, absorbed: Sequence[Household], today: date) -> PlanShown:
    """The plan and the aid of one family: what was planned and given in files merged into this one stands here with it."""
    groups = household.key_groups.filter(valid_until=None).first()
    family = [household, *absorbed]
    numbers = {one.pk: one.file_number for one in family[1:]}
    given = AidGiven.objects.filter(household__in=family).order_by("-given_on", "case_reference")
    aid = list(with_what_remains(given).prefetch_related("returns"))
    measures = Measure.objects.filter(household__in=family).select_related("owner")
    given_up = WriteOff.objects.filter(
        revocation__recovery=None,  # what the bank gave back after all was left to nobody
        revocation__award__application__reference__in=[one.case_reference for one in aid],
    )
    left = {one.revocation.award.application.reference: one for one in given_up.select_related(_CASE)}
    last = household.assessments.select_related("version", "line__place").last()
    lines, rural = (lines_of(household, on=today, line=one) for one in (TOWN, RURAL))
    return PlanShown(
        group=groups.word if groups else "",
        measures=[_measure(one, today, numbers.get(one.household_id, "")) for one in measures],
        aid=[_aid(one, left.get(one.case_reference), numbers.get(one.household_id, "")) for one in aid],
        times=sum(one.remains > 0 for one in aid),
        total=words.yuan(sum(one.remains for one in aid)),
        classed=_classed(last, household) if last else None,
        may_class=classing_version() is not None,
        line=words.yuan(lines.line.value) if lines.line else "",
        rural=words.yuan(rural.line.value) if rural.line else "",
        lists=code_lists.words_on(today),
        mistakes=[(code, said(*told)) for code, told in MISTAKES.items()],
        owners=list(colleagues(household.federation.path)[:200]),
    )


def _measure(one: Measure, today: date, file: str) -> MeasureShown:
    (zh, en), tone = MEASURE_WORDS[one.status], _TONES[one.status]
    late = one.status == "planned" and one.due < today
    return MeasureShown(one, said(zh, en), "look" if late else tone, late, file)


def _aid(one: AidGiven, left: WriteOff | None, file: str) -> AidShown:
    kind = one.kind or said("金秋助学", "student aid")
    giver = one.giver or said("工会", "the union")
    remains: int = one.remains  # type: ignore[attr-defined]
    struck = next((each for each in one.returns.all() if each.transfer_reference.startswith(MISTAKE)), None)
    why = MISTAKES.get(struck.transfer_reference.rpartition(":")[2], ("", "")) if struck else ("", "")
    returned = [(each.returned_on, words.yuan(each.fen)) for each in one.returns.all() if each != struck]
    given = words.yuan(one.fen) if returned or struck else ""
    paper = left.paper if left and remains else ""  # what came back whole before was another award's
    return AidShown(
        one.given_on,
        kind,
        giver,
        words.yuan(remains),
        one.case_reference,
        given,
        returned,
        remains > 0,
        paper,
        file,
        one.pk,
        one.fund_source == ELSEWHERE and remains > 0,
        said(*why),
    )


def _classed(last: Assessment, household: Household) -> Classed:
    findings = answer_of(last).findings
    by = words.people([last.by])[last.by]
    source = f"{last.line.place.name} {last.line.valid_from} · {last.line.source}" if last.line else ""
    return Classed(
        outcome=last.outcome or said("不在三类之内，或还定不了", "none of the classes, or not known yet"),
        number=last.number,
        on=last.on,
        by=by,
        lines=[
            Line(
                said(one.label, one.label_en),
                said(one.sentence.zh, one.sentence.en),
                cited(last.version, one.clause),
                one.outcome == MET,
            )
            for one in findings
        ],
        source=source,
        stale=bool(last.outcome) and last.outcome != household.hardship_category,
        outlived=[said(one.zh, one.en) for one in map(fact, changed_since_assessed(last, household))],
    )
