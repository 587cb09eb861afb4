"""Say which class of hardship a household is in, under a circular, on its facts and the lines of its place on a day."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.circulars import parameters
from huigong.circulars import queries as circulars
from huigong.circulars.models import CircularVersion, Parameter
from huigong.registry import details
from huigong.registry.actions.edit import file_in_hand, refuse_erased, refuse_merged, write
from huigong.registry.actions.entering import FIRST_DAY, refuse_beyond
from huigong.registry.columns import ASSESSMENT
from huigong.registry.models import Assessment, Household
from huigong.rules import facts as catalogue
from huigong.rules.criteria import VERSION
from huigong.rules.deciding import Decision, decide
from huigong.rules.facts import Facts
from huigong.rules.sentences import MET
from huigong.values.sentence import SaidError, Sentence
from huigong.vault import blind

TOWN, RURAL = "dibao_line_month", "dibao_line_year_rural"
"""The line of towns is told by the month, that of the country by the year (domain: 保障标准 of civil affairs)."""
MONTHS = 12
PROGRAMME = "hardship_file"
CLASSES = {"deep": "深度困难", "relative": "相对困难", "sudden": "意外致困"}
"""The criteria that class a family, the deepest first, with the word that the file then bears."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The line and the multiple of a place on a day."""

    line: Parameter | None
    multiple: Parameter | None

    @property
    def month_fen(self) -> int | None:
        """The line by the month; a yearly one rounded up to the fen, which is at most eleven fen a year for the family."""
        if self.line is None:
            return None
        return -(-self.line.value // MONTHS) if self.line.name == RURAL else self.line.value


@transaction.atomic
def assess(
    household: Household,
    version: CircularVersion,
    *,
    on: date,
    nothing_excludes: bool | None,
    line: str = TOWN,
    officer: str,
    at: datetime,
) -> Assessment:
    """One more assessment. Raises SaidError for a circular that classes nobody."""
    refuse_beyond(on, FIRST_DAY, timezone.localdate(at) + timedelta(days=3660))
    circular = circulars.circular_of_version(version)
    if circular.head.programme != PROGRAMME:
        raise SaidError(
            Sentence(
                "circular_classes_nobody",
                f"{version.number} 不是困难认定的通知。",
                f"{version.number} classes nobody.",
            )
        )
    locked = Household.objects.select_for_update(of=("self",)).select_related("federation").get(pk=household.pk)
    refuse_erased(locked)
    refuse_merged(locked)
    lines = lines_of(locked, on=on, line=line)
    facts = _facts(locked, lines) | {"confirmed_nothing_excludes": nothing_excludes}
    answer = decide(circular, facts)
    made = Assessment(
        household=locked,
        data_key_id=locked.data_key_id,
        number=locked.assessments.count() + 1,
        version=version,
        vocabulary=VERSION,
        line=lines.line,
        multiple=lines.multiple,
        on=on,
        verdict=answer.verdict,
        outcome=_class_of(answer),
        facts=_stored(facts),
        outcomes=_outcomes(answer),
        digest=_digest(version, facts, answer),
        by=officer,
        at=at,
    )
    made.save(force_insert=True)
    told = {"assessment": str(made.pk), "circular": version.digest, "columns": ASSESSMENT.told(made)}
    audit.record("file.assessed", subject=locked.file_number, officer=officer, at=at, payload=told)
    return made


def lines_of(household: Household, *, on: date, line: str = TOWN) -> Lines:
    """What stands at the household's place. Whether a family lives by the line of towns is for an officer to say."""
    place = household.federation
    return Lines(parameters.standing(line, place, on=on), parameters.standing("relative_percent", place, on=on))


@transaction.atomic
def adopt(assessment: Assessment, *, version: int, officer: str, at: datetime) -> Household:
    """The file bears the class of its last assessment from now on.

    Raises SaidError where that is none, or not the last, or the facts are no longer those that were assessed.
    """
    locked = file_in_hand(assessment.household, version=version)
    if not assessment.outcome or locked.assessments.filter(number__gt=assessment.number).exists():
        raise SaidError(
            Sentence(
                "class_not_adopted",
                "只有最近一次认定、并且定出了类别的，才能写进档案；请先重新认定。",
                "Only the last assessment, and one that found a class, goes into the file: assess it again first.",
            )
        )
    changed = changed_since_assessed(assessment, locked)
    if changed:
        words = [catalogue.fact(name) for name in changed]
        raise SaidError(
            Sentence(
                "assessment_outlived",
                f"认定之后变了：{'、'.join(one.zh for one in words)}。这次认定说的不是现在的情况，请按现在的重新认定。",
                f"Changed since the assessment: {', '.join(one.en for one in words)}. It speaks of what is no more: assess "
                "the household again as it is now.",
            )
        )
    locked.hardship_category = assessment.outcome
    write(locked, ["hardship_category"], officer=officer, at=at)
    told = {"assessment": str(assessment.pk), "number": assessment.number}
    audit.record("file.classed", subject=locked.file_number, officer=officer, at=at, payload=told)
    return locked


def changed_since_assessed(assessment: Assessment, household: Household) -> list[str]:
    """The facts that the file, or the lines of its place on the assessment's day, tell otherwise now."""
    kept = catalogue.from_json(json.loads(assessment.facts.plain()))
    lines = lines_of(household, on=assessment.on, line=assessment.line.name if assessment.line else TOWN)
    return [name for name, value in _facts(household, lines).items() if kept.get(name) != value]


def answer_of(assessment: Assessment) -> Decision:
    """The assessment made again from the facts that it keeps, under the circular as it was."""
    facts = catalogue.from_json(json.loads(assessment.facts.plain()))
    return decide(circulars.circular_of_version(assessment.version), facts)


def replays(assessment: Assessment) -> bool:
    """Whether it says today what it said then."""
    facts = catalogue.from_json(json.loads(assessment.facts.plain()))
    answer = answer_of(assessment)
    return _digest(assessment.version, facts, answer) == assessment.digest and _class_of(answer) == assessment.outcome


def _facts(household: Household, lines: Lines) -> dict[str, str | int | bool | date | None]:
    line = lines.month_fen
    relative = line * lines.multiple.value // 100 if line is not None and lines.multiple else None
    return {
        "annual_income_fen": household.annual_income_fen,
        "essential_expenditure_fen": household.essential_expenditure_fen,
        "household_size": household.size,
        "dibao_line_month_fen": line,
        "relative_line_month_fen": relative,
        "sudden_cost_fen": details.details_of(household).get("sudden_cost_fen"),
    }


def _class_of(answer: Decision) -> str:
    """The deepest class that is met; none where something excludes the family, or the facts do not tell."""
    met = {finding.criterion for finding in answer.findings if finding.outcome == MET}
    if answer.verdict != "eligible":
        return ""
    return next((word for criterion, word in CLASSES.items() if criterion in met), "")


def _stored(facts: Facts) -> str:
    return json.dumps(catalogue.as_json(facts), ensure_ascii=False, sort_keys=True)


def _outcomes(answer: Decision) -> str:
    return json.dumps({finding.criterion: finding.outcome for finding in answer.findings}, sort_keys=True)


def _digest(version: CircularVersion, facts: Facts, answer: Decision) -> str:
    return blind.digest("assessment", version.digest, VERSION, _stored(facts), _outcomes(answer))
