"""What a careful clerk notices in one row: what is missing, what cannot be, what does not go together."""

from collections.abc import Mapping
from datetime import date

from huigong.annexes import problems
from huigong.annexes.definition import FormDefinition
from huigong.annexes.fields import Said
from huigong.annexes.readings import RowProblem, Value
from huigong.values.resident_id import ResidentId
from huigong.values.sentence import WrongValueError

_PARENT_YEARS = 15
_AGE_TOLERANCE = 1


def check_row(
    definition: FormDefinition,
    values: Mapping[str, Value],
    said: Mapping[str, Said],
    places: Mapping[str, str],
    *,
    year: int | None,
) -> tuple[RowProblem, ...]:
    """Every problem of a row in the order of the columns. `said` holds what the cells' readers noticed already."""
    found = [
        _told(definition, name, answer.kind, places, answer.what, answer.what_en)
        for name, answer in said.items()
        if answer.kind
    ]
    noticed = {problem.field for problem in found}
    for name in definition.required_values:
        if values.get(name) in {None, ""} and name not in noticed:
            found.append(_told(definition, name, "missing", places))
    # A number that cannot be right says nothing about sex, age or who is older.
    student, parent = (
        None if name in noticed else _identity(values.get(name)) for name in ("student_id_number", "parent_id_number")
    )
    if student:
        found += _against_student(definition, values, student, places, year=year)
    if student and parent and _years_between(parent.born, student.born) < _PARENT_YEARS:
        older = _older_in_words(_years_between(parent.born, student.born))
        found.append(_told(definition, "parent_id_number", "parent_too_young", places, *older))
    order = {name: number for number, name in enumerate(definition.value_names)}
    return tuple(sorted(found, key=lambda problem: order.get(problem.field, len(order))))


def _against_student(
    definition: FormDefinition,
    values: Mapping[str, Value],
    student: ResidentId,
    places: Mapping[str, str],
    *,
    year: int | None,
) -> list[RowProblem]:
    found = []
    gender, age = values.get("student_gender"), values.get("student_age")
    if gender and gender != student.gender:
        found.append(_told(definition, "student_gender", "gender_mismatch", places))
    if isinstance(age, int) and year is not None and abs(age - (year - student.born.year)) > _AGE_TOLERANCE:
        found.append(
            _told(
                definition,
                "student_age",
                "age_mismatch",
                places,
                str(age),
                str(age),
                expected=str(year - student.born.year),
            )
        )
    return found


def _identity(value: Value) -> ResidentId | None:
    try:
        return ResidentId.parse(str(value)) if value else None
    except WrongValueError:
        return None


def _years_between(earlier: date, later: date) -> int:
    """Whole years from one birth to another; negative where the first is the later."""
    return later.year - earlier.year - ((later.month, later.day) < (earlier.month, earlier.day))


def _older_in_words(years: int) -> tuple[str, str]:
    if years < 0:
        return f"比学生还小{-years}岁", f"{-years} years younger than the student"
    return f"只比学生大{years}岁", f"only {years} years older than the student"


def _told(
    definition: FormDefinition,
    name: str,
    kind: str,
    places: Mapping[str, str],
    what: str = "",
    what_en: str = "",
    *,
    expected: str = "",
) -> RowProblem:
    words = problems.ROW[kind]
    label, label_en = definition.labels.get(name, (name, name))
    filled = {"label": label, "label_en": label_en, "what": what, "what_en": what_en or what, "expected": expected}
    severity = definition.required_values.get(name, words.severity) if kind == "missing" else words.severity
    return RowProblem(
        name,
        kind,
        severity,
        places.get(name),
        words.message.format(**filled),
        words.remedy.format(**filled),
        words.message_en.format(**filled),
        words.remedy_en.format(**filled),
    )
