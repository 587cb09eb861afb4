"""盖章页: what the code on a printed form says of its data, and whether the data still says the same.

A code holds no data, only keyed digests: one for every row and one for every column, so that a cell that was changed
since is found where its row and its column meet. Long forms have several codes.
"""

import base64
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from huigong.annexes.definition import FormDefinition
from huigong.annexes.readings import FormRow as RowRead
from huigong.annexes.readings import Value
from huigong.intake.contents import row_read, stamped_of
from huigong.intake.corrections import standing
from huigong.intake.lifecycle import REPLACED
from huigong.intake.models import FormReceived, FormRow
from huigong.vault import blind

ROWS_A_CODE = 24  # with twelve columns a code of 57 × 57 squares at a middling level of repair
_HEAD, _DIGEST, _NUMBER, _SEAL = "HG1", 3, 2, 6  # bytes
_CODE = re.compile(r"HG1/([A-Z2-7]{26})/(\d{1,3})\.(\d{1,3})/([A-Z2-7]+)")

Cells = Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Printed:
    """What stands on the printed page: the codes, and the same data in eight signs that a person can read out."""

    codes: tuple[str, ...]
    short: str


@dataclass(frozen=True, slots=True)
class Compared:
    """`outcome`: same, changed, no_code, other_form, foreign or incomplete; rows and columns that were changed since;
    `stamped`: the numbers of the rows that stand on the paper, in its order.
    """

    outcome: str
    rows: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()
    added: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()
    stamped: tuple[int, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Whether each cell where such a row and such a column meet was changed; else the changed ones are among them."""
        return min(len(self.rows), len(self.columns)) == 1


@dataclass(frozen=True, slots=True)
class _Part:
    number: int
    parts: int
    rows: Mapping[int, bytes]
    columns: tuple[bytes, ...]


def texts_of(form: FormReceived, definition: FormDefinition) -> dict[int, dict[str, str]]:
    """The rows that stand, as texts by the names of printed columns."""
    rows = form.rows.exclude(status=REPLACED).order_by("number")
    return {
        row.number: {
            field.name: " ".join(str(values.get(name) or "") for name in field.value_names).strip()
            for field in definition.printed
        }
        for row, values in ((row, row_read(row).values) for row in rows)
    }


def on_the_sheet(row: FormRow, definition: FormDefinition) -> dict[str, Value]:
    """What the stamped sheet of its form, which has come, says of a row: what the row says, but for what was mended since."""
    values, stamped = row_read(row).values, stamped_of(row)
    return {name: stamped[name] if name in stamped else values.get(name) for name in _names(definition)}


def standing_stamps(
    corrects: FormReceived, rows: Sequence[FormRow], definition: FormDefinition
) -> dict[int, dict[str, Value]]:
    """Of each row of a corrected copy where the stamped sheet, which has come, is known to say else: of somebody new, nothing."""
    earlier, new = standing(corrects, rows), dict[str, Value](dict.fromkeys(_names(definition)))
    return {row.number: stamped_of(earlier[row.number]) if row.number in earlier else new for row in rows}


def differing(read: RowRead, sheet: Mapping[str, Value]) -> dict[str, Value]:
    """What the sheet says where the row says else."""
    return {name: said for name, said in sheet.items() if read.values.get(name) != said}


def printed(form: FormReceived, definition: FormDefinition) -> Printed:
    """The codes of the form as it stands now."""
    cells = _cells(form, definition)
    numbers = list(cells)
    chunks = [numbers[start : start + ROWS_A_CODE] for start in range(0, len(numbers), ROWS_A_CODE)] or [[]]
    codes = tuple(_code(form, cells, chunk, place, len(chunks)) for place, chunk in enumerate(chunks, 1))
    short = _base32(bytes.fromhex(blind.digest("stamp-short", *codes)[:10]))
    return Printed(codes, f"{short[:4]}-{short[4:8]}")


def compared(texts: Iterable[str], form: FormReceived, definition: FormDefinition) -> Compared:
    """The codes that were read on a page, held against the form as it stands now."""
    read = [found for text in texts if (found := _CODE.fullmatch(text.strip()))]
    own = [found for found in read if found[1] == _base32(form.pk.bytes)]
    if not own:
        return Compared("other_form" if read else "no_code")
    parts = {part.number: part for found in own if (part := _part(form, found, len(definition.printed)))}
    if not parts:
        return Compared("foreign")
    if len(parts) < max(part.parts for part in parts.values()):
        return Compared("incomplete")
    return _held(list(parts.values()), form, definition)


def told_of(found: Compared, outcome: str, document: str) -> dict[str, str]:
    """What an event tells of it: rows and columns only, none of what stands in them."""
    return {
        "outcome": outcome,
        "document": document,
        "rows": _numbers(found.rows),
        "columns": ",".join(found.columns),
        "added": _numbers(found.added),
        "gone": _numbers(found.gone),
    }


def _names(definition: FormDefinition) -> list[str]:
    """The names of the values that the printed columns hold."""
    return list(dict.fromkeys(name for field in definition.printed for name in field.value_names))


def _numbers(rows: Sequence[int]) -> str:
    return ",".join(map(str, rows[:20]))


def _held(parts: Sequence[_Part], form: FormReceived, definition: FormDefinition) -> Compared:
    cells = _cells(form, definition)
    stamped = tuple(number for part in sorted(parts, key=lambda one: one.number) for number in part.rows)
    rows, columns = set[int](), set[str]()
    for part in parts:
        rows |= {number for number, told in part.rows.items() if number in cells and told != _row(form, number, cells)}
        there = [number for number in part.rows if number in cells]
        if len(there) == len(part.rows):  # of a row that is gone no column can be said to be the same
            now = _columns(form, cells, there, len(definition.printed))
            columns |= {
                field.name
                for field, before, after in zip(definition.printed, part.columns, now, strict=True)
                if before != after
            }
    gone, added = sorted(set(stamped) - cells.keys()), sorted(cells.keys() - set(stamped))
    names = tuple(field.name for field in definition.printed if field.name in columns)
    same = not (rows or columns or gone or added)
    outcome = "same" if same else "changed"
    return Compared(outcome, tuple(sorted(rows)), names, tuple(added), tuple(gone), stamped)


def _cells(form: FormReceived, definition: FormDefinition) -> dict[int, tuple[str, ...]]:
    return {number: tuple(texts.values()) for number, texts in texts_of(form, definition).items()}


def _code(form: FormReceived, cells: Cells, numbers: Sequence[int], place: int, parts: int) -> str:
    width = len(next(iter(cells.values()), ()))
    rows = b"".join(number.to_bytes(_NUMBER, "big") + _row(form, number, cells) for number in numbers)
    body = len(numbers).to_bytes(_NUMBER, "big") + rows + b"".join(_columns(form, cells, numbers, width))
    return f"{_HEAD}/{_base32(form.pk.bytes)}/{place}.{parts}/{_base32(body + _seal(form.pk, place, parts, body))}"


def _part(form: FormReceived, found: re.Match[str], width: int) -> _Part | None:
    """What a code says; None for one that was not made here."""
    place, parts = int(found[2]), int(found[3])
    try:
        told = base64.b32decode(found[4] + "=" * (-len(found[4]) % 8))
    except ValueError:
        return None
    body, seal = told[:-_SEAL], told[-_SEAL:]
    if seal != _seal(form.pk, place, parts, body):
        return None
    step, count = _NUMBER + _DIGEST, int.from_bytes(body[:_NUMBER], "big")
    lines = [body[_NUMBER + place * step :][:step] for place in range(count)]
    ends = body[_NUMBER + count * step :]
    columns = tuple(ends[place * _DIGEST :][:_DIGEST] for place in range(width))
    return _Part(place, parts, {int.from_bytes(line[:_NUMBER], "big"): line[_NUMBER:] for line in lines}, columns)


def _row(form: FormReceived, number: int, cells: Cells) -> bytes:
    return _digest("stamp-row", form.pk.hex, number, *cells[number])


def _columns(form: FormReceived, cells: Cells, numbers: Sequence[int], width: int) -> tuple[bytes, ...]:
    return tuple(
        _digest(
            "stamp-column", form.pk.hex, place, *(text for number in numbers for text in (number, cells[number][place]))
        )
        for place in range(width)
    )


def _seal(form: UUID, place: int, parts: int, body: bytes) -> bytes:
    return bytes.fromhex(blind.digest("stamp-seal", form.hex, place, parts, body.hex()))[:_SEAL]


def _digest(*told: str | int) -> bytes:
    return bytes.fromhex(blind.digest(*told))[:_DIGEST]


def _base32(content: bytes) -> str:
    return base64.b32encode(content).decode().rstrip("=")
