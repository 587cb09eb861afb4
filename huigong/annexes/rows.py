"""The data rows under a heading: example rows, totals, footers and blank lines are not people; merged cells hold for all they cover."""

import re
from collections.abc import Iterator, Mapping

from huigong.annexes import checking
from huigong.annexes.contents import CellValue, Table, as_text, is_blank
from huigong.annexes.definition import FormDefinition
from huigong.annexes.fields import Said, read_cell
from huigong.annexes.headings import Heading
from huigong.annexes.marks import fingerprint
from huigong.annexes.readings import FormRow, Value
from huigong.annexes.somebody import is_somebody, says_example
from huigong.values.text import without_spaces

_TOTAL = re.compile(
    r"^(?:合计|小计|总计|共计|累计|总数|总人数|本页合计|本页小计)(?:$|[:：\d（(,，、共数金人户元]|[一二三四五六七八九十两]+[人户名个元])"
)
_LABELS = r"(?:填表人|填报人|经办人|制表人|负责人|审核人|单位负责人|注|备注|说明|填表说明|附注|联系电话|单位|盖章)"
_FOOTER = re.compile(rf"^{_LABELS}[:：、.．)）]")
_LABEL = re.compile(rf"{_LABELS}(?:签字|签名|签章|盖章|公章|姓名|名称|意见)*(?:[(（].*)?")
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九]、|[(（][一二三四五][)）])")
_FEW = 3
"""Cells of a numbered note, or of a footer that goes on behind its label; a person fills in more."""
_DITTO = frozenset(["同上", "同前", "〃", "″", "”", '"', "''", "””", '""', "‖", "々"])


def data_rows(table: Table, heading: Heading, last_row: int) -> Iterator[tuple[int, dict[int, tuple[CellValue, int]]]]:
    """Row numbers with, for each known column, its value and the row in which that value stands (merged cells)."""
    before: dict[int, tuple[CellValue, int]] = {}
    above = _covered(table)
    for number in range(heading.last_row + 1, last_row + 1):
        if all(map(is_blank, table.rows[number])):
            continue
        cells = {}
        for column in heading.columns:
            row = above.get((number, column), number)
            value = table.at(row, column)
            if column in before and isinstance(value, str) and len(value) < 5 and value.strip() in _DITTO:
                value = before[column][0]
            cells[column] = (value, row)
        if not table.can_merge:
            _carry_family(cells, before, heading)
        if _is_a_person(table, number, heading, cells):
            before = cells
            yield number, cells


def read_row(
    number: int,
    table: Table,
    heading: Heading,
    cells: Mapping[int, tuple[CellValue, int]],
    definition: FormDefinition,
    *,
    year: int | None,
) -> FormRow:
    """Typed values, the place of each, and problems."""
    values: dict[str, Value] = dict.fromkeys(definition.value_names)
    said: dict[str, Said] = {}
    places: dict[str, str] = {}
    for column, field in heading.columns.items():
        value, row = cells[column]
        answer = (
            Said((None,) * len(field.value_names))
            if is_blank(value)
            else read_cell(field.kind, value, heading.hints[column])
        )
        for name, part in zip(field.value_names, answer.values, strict=True):
            places.setdefault(name, table.place(row, column))
            if part is not None:
                values[name] = part
        if answer.kind:
            said[field.value_names[-1]] = answer
    return FormRow(
        number=number,
        values=values,
        problems=checking.check_row(definition, values, said, places, year=year),
        places=places,
        fingerprint=fingerprint(value for value, _ in cells.values()),
    )


def _is_a_person(table: Table, number: int, heading: Heading, cells: Mapping[int, tuple[CellValue, int]]) -> bool:
    """Somebody for certain, whatever the row begins with; or else a row of which enough is filled in and that is no footer."""
    filled = [
        (column, without_spaces(as_text(value)))
        for column, value in enumerate(table.rows[number])
        if not is_blank(value)
    ]
    if says_example([text for _, text in filled]):
        return False
    if is_somebody(cells, heading):
        return True
    return not _is_beside_the_form(filled, heading) and _tells_a_person(cells, heading)


def _is_beside_the_form(filled: list[tuple[int, str]], heading: Heading) -> bool:
    """A total, a footer, a note, or the line that numbers the columns."""
    column, first = filled[0]
    if _TOTAL.match(first) or any(_TOTAL.match(text) for _, text in filled[:3] if len(text) < 8):
        return True
    # Somebody may be called 注丽, nobody 填表人：陆敏; and somebody may work in 单位食堂.
    if _FOOTER.match(first) or (len(filled) <= _FEW and _NUMBERED.match(first)):
        return True
    labelled = _LABEL.fullmatch(first) or (len(filled) <= _FEW and re.match(_LABELS, first))
    if labelled and (column not in heading.columns or heading.columns[column].kind != "name"):
        return True
    figures = [text.removesuffix(".0") for _, text in filled]
    return (
        len(figures) >= 5
        and all(text.isdigit() and len(text) <= 2 for text in figures)
        and figures == sorted(figures, key=int)
    )


def _tells_a_person(cells: Mapping[int, tuple[CellValue, int]], heading: Heading) -> bool:
    """An identity number, or a name in a row of which enough is filled in (`tells` of the definition)."""
    filled = [(heading.columns[column], value) for column, (value, _) in cells.items() if not is_blank(value)]
    # 高中 1 1500 in a summary below the form is nobody: a name has letters.
    return any(
        field.tells == 1 or (1 < field.tells <= len(filled) and any(sign.isalpha() for sign in as_text(value)))
        for field, value in filled
    )


def _covered(table: Table) -> dict[tuple[int, int], int]:
    """For the first cell of every row inside a merge that goes down: the row in which its value stands."""
    return {
        (row, left): top
        for top, left, bottom, _ in table.merges
        for row in range(top + 1, min(bottom, len(table.rows) - 1) + 1)
    }


def _carry_family(
    cells: dict[int, tuple[CellValue, int]], before: Mapping[int, tuple[CellValue, int]], heading: Heading
) -> None:
    """Text files cannot merge: where the whole family is blank and a student is there, the family above is meant."""
    family = [column for column, field in heading.columns.items() if field.group == "family"]
    student = [column for column, field in heading.columns.items() if field.group != "family"]
    if (
        before
        and all(is_blank(cells[column][0]) for column in family)
        and any(not is_blank(cells[column][0]) for column in student)
    ):
        for column in family:
            cells[column] = before[column]
