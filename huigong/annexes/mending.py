"""One value of a row that was read, written anew by a person: the whole row is checked again as if it had been read so."""

from dataclasses import replace

from huigong.annexes import checking
from huigong.annexes.definition import FormDefinition
from huigong.annexes.fields import Column, read_cell
from huigong.annexes.readings import FormRow, RowProblem

# What follows from several values together; everything else was noticed in one cell and stays with that cell.
_DERIVED = frozenset({"missing", "gender_mismatch", "age_mismatch", "parent_too_young"})


def mended(row: FormRow, definition: FormDefinition, name: str, text: str, *, year: int | None) -> FormRow:
    """The row with `text` in the column that gives `name` (admission date and school are one column).

    Raises KeyError for a value that the form does not have.
    """
    field = next((field for field in definition.fields if name in field.value_names), None)
    if field is None:
        raise KeyError(name)
    own = _single(field.kind, name)
    answer = read_cell(own, text, Column(year=year, true_zeros=True))
    names = (name,) if own != field.kind else field.value_names
    values = dict(row.values)
    values.update(zip(names, answer.values, strict=True))
    noticed = [problem for problem in row.problems if problem.field not in names and problem.kind not in _DERIVED]
    said = {name: answer} if answer.kind else {}
    found = checking.check_row(definition, values, said, row.places, year=year)
    kept = {problem.field for problem in noticed}
    fresh = [problem for problem in found if not (problem.kind == "missing" and problem.field in kept)]
    order = {value: number for number, value in enumerate(definition.value_names)}
    problems: list[RowProblem] = sorted((*noticed, *fresh), key=lambda problem: order.get(problem.field, len(order)))
    return replace(row, values=values, problems=tuple(problems))


def _single(kind: str, name: str) -> str:
    """Half of an admission is mended by itself: its day, or its school."""
    if kind == "admission":
        return "school" if name == "school" else "admission_date"
    return kind
