"""Find the heading of a form in a table: any column order, aliases, one level or two, anywhere, more than once."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from huigong.annexes import wording
from huigong.annexes.contents import Table, as_text
from huigong.annexes.definition import FieldDefinition, FormDefinition
from huigong.annexes.fields import Column
from huigong.values.text import without_spaces

_FEWEST = 4
_PART_OF_A_NAME = frozenset(["时间", "日期", "年月", "号码", "编号"])
_OF_A_PERSON = frozenset(["name", "gender", "age", "resident_id"])
FIGURES = re.compile(r"\d{5}")  # a row with an identity number or a telephone is data and no heading
_MONTHLY = re.compile(r"月人均|人均月|元/月|每月|/月")
_TEN_THOUSANDS = re.compile(r"万元|[(（]万[)）]|单位[:：]?万")


@dataclass(frozen=True)
class Heading:
    """A heading row (and the row above it, where it has two levels): which column holds which field."""

    first_row: int
    last_row: int
    columns: Mapping[int, FieldDefinition]
    hints: Mapping[int, Column]

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(field.name for field in self.columns.values())

    def in_year(self, year: int | None) -> "Heading":
        """The same, with columns that know in which year the form was filled in."""
        return replace(self, hints={column: replace(hint, year=year) for column, hint in self.hints.items()})


def find_headings(table: Table, definition: FormDefinition) -> list[Heading]:
    """Every heading of a table, top to bottom. A row counts as one where at least four of its cells name fields."""
    found: list[Heading] = []
    for number in range(len(table.rows)):
        heading = _heading_at(table, number, definition)
        if heading is None:
            continue
        if found and heading.first_row <= found[-1].last_row:
            if len(heading.columns) >= len(found[-1].columns):
                found[-1] = heading
            continue
        found.append(heading)
    return found


def fields_of(texts: Sequence[str], definition: FormDefinition) -> Mapping[int, FieldDefinition]:
    """Which columns the cells of one row name, if it were a heading; a row with figures in it is none."""
    return {} if any(map(_has_figures, texts)) else _assign(texts, [""] * len(texts), definition)


def names_a_field(text: str, definition: FormDefinition, *, exactly: bool) -> bool:
    """Whether a text alone names a field: in listed words, or (unless `exactly`) in words that nobody listed."""
    plain = wording.plain(text)
    exact, bare = definition.wordings
    if not plain or plain in exact or plain in bare:
        return bool(plain)
    return not exactly and not FIGURES.search(plain) and bool(_unlisted(plain, definition))


def _unlisted(text: str, definition: FormDefinition) -> list[FieldDefinition]:
    """Fields that a heading may mean which nobody listed."""
    if len(text) > 30 or any(word in text for word in definition.other_columns):
        return []
    return [field for field in definition.fields if any(word in text for word in field.contains)]


def _has_figures(text: str) -> bool:
    """Figures of data; those of an example in brackets (如13800000000) leave a heading a heading."""
    found = FIGURES.search(text)
    return bool(found) and (text.isalnum() or bool(FIGURES.search(wording.plain(text))))


def _heading_at(table: Table, number: int, definition: FormDefinition) -> Heading | None:
    bottom = [as_text(value) for value in table.rows[number]]
    if sum(bool(text.strip()) for text in bottom) < 2 or any(map(_has_figures, bottom)):
        return None
    alone = _assign(bottom, [""] * len(bottom), definition)
    if number == 0:
        return _made(number, number, alone, bottom)
    top = _spread(table, number - 1, len(bottom))
    both = [_joined(text, above, definition) for text, above in zip(bottom, top, strict=True)]
    two_level = {} if any(map(_has_figures, top)) else _assign(both, top, definition)
    if len(two_level) > len(alone) or (len(two_level) == len(alone) >= _FEWEST and _has_group(top, definition)):
        return _made(number - 1, number, two_level, both)
    return _made(number, number, alone, bottom)


def _joined(text: str, above: str, definition: FormDefinition) -> str:
    """What two levels say together: the lower one, but both where only both are a name (身份证 over 号码, 录取情况 over 时间)."""
    if not text.strip() or not above.strip():
        return text if text.strip() else above
    exact, bare = definition.wordings
    own, together = wording.plain(text), wording.plain(above + text)
    if own in exact or own in bare:
        return text
    said = together in exact or together in bare or (own in _PART_OF_A_NAME and _unlisted(together, definition))
    return above + text if said else text


def _made(first: int, last: int, columns: Mapping[int, FieldDefinition], texts: Sequence[str]) -> Heading | None:
    if len({field.name for field in columns.values()}) < _FEWEST:
        return None
    if any(len(wording.plain(texts[column])) > 40 for column in columns):
        return None
    hints = {
        column: Column(
            in_ten_thousands=bool(_TEN_THOUSANDS.search(texts[column])), monthly=bool(_MONTHLY.search(texts[column]))
        )
        for column in columns
    }
    return Heading(first, last, columns, hints)


def _spread(table: Table, number: int, width: int) -> list[str]:
    """The row above, each merged text over all columns it covers; in files without merges a text covers the blanks to its right."""
    texts = [as_text(value) for value in table.rows[number]][:width]
    texts += [""] * (width - len(texts))
    for top, left, bottom, right in table.merges:
        if top <= number <= bottom and left < width:
            text = as_text(table.at(top, left))
            for column in range(left, min(right + 1, width)):
                texts[column] = text
    if not table.merges:
        carried = ""
        for column, text in enumerate(texts):
            carried = text if text.strip() else carried
            texts[column] = carried
    return texts


def _has_group(top: Sequence[str], definition: FormDefinition) -> bool:
    return any(group_in(text, definition) for text in top if text.strip())


def _assign(texts: Sequence[str], above: Sequence[str], definition: FormDefinition) -> dict[int, FieldDefinition]:
    """Columns to fields: whole headings first, then bare ones by their group, then wordings that nobody listed."""
    plain = [wording.plain(text) for text in texts]
    taken: dict[int, FieldDefinition] = {}
    exact, bare = definition.wordings
    for column, text in enumerate(plain):
        field = exact.get(text) if text else None
        if field and field.name not in {known.name for known in taken.values()}:
            taken[column] = field
    for column, text in enumerate(plain):
        if column in taken or not text or text not in bare:
            continue
        group = _group_of(column, texts, above, taken, definition)
        if plain.count(text) > 1 and group not in {field.group for field in bare[text]}:
            continue  # the other half's column of the same name (a parent's 性别) is no anchor for what follows it
        _take(taken, column, bare[text], group)
    for column, text in enumerate(plain):
        if column in taken or not text or text in bare:
            continue
        own = group_in(text, definition)
        # 家长年龄 is no student's 年龄, even on a form that does not ask for the student's.
        fitting = [
            field for field in _unlisted(text, definition) if own in {"", field.group} or field.kind not in _OF_A_PERSON
        ]
        _take(taken, column, fitting, own or _group_of(column, texts, above, taken, definition))
    return taken


def _take(taken: dict[int, FieldDefinition], column: int, fitting: Sequence[FieldDefinition], group: str) -> None:
    free = [field for field in fitting if field.name not in {known.name for known in taken.values()}]
    chosen = [field for field in free if field.group == group] or (
        free if len({field.group for field in fitting}) == 1 else []
    )
    if not chosen and len(free) == 1 and len(fitting) > 1:
        chosen = free  # the other one of the two was named already
    if chosen:
        taken[column] = chosen[0]


def _group_of(
    column: int,
    texts: Sequence[str],
    above: Sequence[str],
    taken: Mapping[int, FieldDefinition],
    definition: FormDefinition,
) -> str:
    """Whose column it is: by the level above, else by the nearest column to the left, else to the right."""
    if above[column].strip() and above[column] != texts[column] and (group := group_in(above[column], definition)):
        return group
    left = [known for known in taken if known < column]
    right = [known for known in taken if known > column]
    nearest = max(left) if left else min(right) if right else None
    return taken[nearest].group if nearest is not None else definition.groups[0].id if definition.groups else ""


def group_in(text: str, definition: FormDefinition) -> str:
    """The group whose words a text says; the one named last where both are (被资助学生的家长 is the parent's)."""
    plain = wording.simplified(without_spaces(text))
    said = [
        (plain.rfind(word), group.id)
        for group in definition.groups
        for word in (without_spaces(group.heading), *group.words)
        if word in plain
    ]
    whole = [group.id for group in definition.groups if without_spaces(group.heading) in plain]
    return whole[0] if whole else max(said)[1] if said else ""
