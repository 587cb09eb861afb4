"""Forms that lie on their side: names of fields to the left, what they hold to the right, a card (or a column) a student.

A card is turned into the table it would be on the usual form, so that headings, rows and places work as everywhere else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from huigong.annexes.contents import Table, as_text, is_blank
from huigong.annexes.definition import FormDefinition
from huigong.annexes.headings import FIGURES, Heading, find_headings, group_in, names_a_field
from huigong.annexes.marks import REMARKS_HEADING
from huigong.annexes.rows import data_rows

_FEWEST = 4


class _Label(NamedTuple):
    """A cell that names a field, the words of the half of the form that it stands in, and the places to its right."""

    text: str
    above: str
    place: tuple[int, int]
    values: list[tuple[int, int]]


def turned(table: Table, headings: Sequence[Heading], definition: FormDefinition) -> list[Table]:
    """Every card of a table as a table of its own: two levels of heading, a row for each student. Nothing for a usual form."""
    if any(2 * len(heading.columns) > _filled(table, heading.last_row) for heading in headings):
        return []
    table = _without_remarks(table)
    columns = {
        column
        for row in table.rows
        for column, value in enumerate(row)
        if isinstance(value, str) and names_a_field(value, definition, exactly=True)
    }
    labels = [label for number in range(len(table.rows)) for label in _labels(table, number, columns, definition)]
    upright = [_upright(table, card) for card in _cards(_in_halves(labels, definition))]
    return [card for card in upright if _tells_someone(card, definition)]


def _without_remarks(table: Table) -> Table:
    """Without the column that annotating left: it is no further student."""
    left = {column for row in table.rows for column, value in enumerate(row) if value == REMARKS_HEADING}
    if not left:
        return table
    return replace(
        table, rows=[[None if column in left else value for column, value in enumerate(row)] for row in table.rows]
    )


def _filled(table: Table, number: int) -> int:
    return sum(not is_blank(value) for value in table.rows[number])


def _labels(table: Table, number: int, columns: set[int], definition: FormDefinition) -> Iterator[_Label]:
    """The labels of one row, and in between (with no values) the words that say whose half follows."""
    ends = {left: right for top, left, _, right in table.merges if top == number}
    open_label: _Label | None = None
    for column, value in enumerate(table.rows[number]):
        text = as_text(value)
        if open_label and column <= ends.get(open_label.place[1], open_label.place[1]):
            continue
        named = column in columns and names_a_field(
            text, definition, exactly=bool(open_label and not open_label.values)
        )
        if not named and open_label:
            open_label.values.append((number, column))
            continue
        if open_label:
            yield open_label
        open_label = _Label(text, "", (number, column), []) if named else None
        if not named and text and not FIGURES.search(text) and group_in(text, definition):
            yield _Label(text, "", (number, column), [])
    if open_label:
        yield open_label


def _in_halves(labels: Sequence[_Label], definition: FormDefinition) -> list[_Label]:
    """Labels that name something, each under the words of its half where the card has two halves."""
    half, halved = "", []
    for label in labels:
        if label.values:
            halved.append(label._replace(above=half))
        elif group_in(label.text, definition):
            half = label.text
    if len({group_in(label.above, definition) for label in halved} - {""}) < 2:
        return [label._replace(above="") for label in halved]
    return halved


def _cards(labels: Sequence[_Label]) -> list[list[_Label]]:
    """Labels card by card: a new one where the first label comes again. What else comes twice counts once."""
    cards: list[dict[tuple[str, str], _Label]] = []
    for label in labels:
        key = (label.above, label.text)
        if not cards or key == next(iter(cards[-1])):
            cards.append({})
        cards[-1].setdefault(key, label)
    return [list(card.values()) for card in cards if len(card) >= _FEWEST]


def _upright(table: Table, card: Sequence[_Label]) -> Table:
    """The labels as two levels of heading. Where all of them stand in one column, every further column is a student."""
    alone = len({label.place[1] for label in card}) == 1
    students = max(len(label.values) for label in card) if alone else 1
    spots = [
        [label.values[student] if student < len(label.values) else label.place for label in card]
        for student in range(students)
    ]
    return Table(
        name=table.name,
        rows=[
            [label.above for label in card],
            [label.text for label in card],
            *(
                [table.at(*spot) if spot != label.place else None for spot, label in zip(row, card, strict=True)]
                for row in spots
            ),
        ],
        style=table.style,
        first_row=table.first_row,
        first_column=table.first_column,
        lines=table.lines,
        spots=[*[[label.place for label in card]] * 2, *spots],
    )


def _tells_someone(card: Table, definition: FormDefinition) -> bool:
    """Whether a student comes out of it, with a number: a usual heading with strange columns between looks like a card."""
    headings = find_headings(card, definition)
    if not headings or not any(FIGURES.search(as_text(value)) for row in card.rows[2:] for value in row):
        return False
    return any(True for _ in data_rows(card, headings[0], len(card.rows) - 1))
