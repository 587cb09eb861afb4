"""登记表网格, handing over: the rows become a workbook that is read and received like any other that comes in."""

import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huigong.annexes import pool
from huigong.annexes.definition import FormDefinition
from huigong.annexes.readings import FormReading, RowProblem
from huigong.annexes.readings import FormRow as RowRead
from huigong.annexes.writing import FIRST_ROW, Filled, blank_workbook
from huigong.audit import actions as audit
from huigong.circulars.models import Campaign
from huigong.intake import actions as intake
from huigong.intake.models import FormReceived
from huigong.organisations.models import Officer
from huigong.values.sentence import SaidError, Sentence
from huigong.vault import actions as vault
from huigong.web.console.forms.cells import told
from huigong.web.console.forms.grid import GridCell, GridRow

_SLASHES = re.compile(r"[/\\\x00]")


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The form as it came in; or, where `form` is None, the rows with what is wrong said at their cells."""

    form: FormReceived | None
    rows: Sequence[GridRow]


def hand_over(
    campaign: Campaign,
    definition: FormDefinition,
    rows: Sequence[GridRow],
    *,
    officer: Officer,
    at: datetime,
    with_faults: bool,
) -> HandedOver:
    """Write the rows as a workbook, read it as any form is read, and receive it where nothing is wrong with it.

    `with_faults` receives it all the same: rows with errors are then returned ones, as in a file that was sent.
    Raises SaidError where no row says anything.
    """
    written = [row for row in rows if row.whole]
    if not written:
        raise SaidError(
            Sentence(
                "grid_empty",
                "还没有填一行：请在第一格写优惠证编号或惠工卡号。",
                "No row is filled in: begin with a certificate or card number in the first cell.",
            )
        )
    if any(cell.state == "stop" for row in rows for cell in row.cells):  # longer than a cell: not even written
        return HandedOver(None, rows)
    vault.warm(row.family.data_key_id for row in written if row.family)
    day = timezone.localdate(at)
    content = blank_workbook(
        definition,
        unit=officer.organisation.name,
        rows=[row.whole for row in written],
        filled=Filled(officer.name, day),
    )
    with tempfile.TemporaryDirectory(prefix="huigong-") as folder:
        path = Path(folder) / f"{_SLASHES.sub(' ', officer.organisation.name)[:50]} 网上填 {day}.xlsx"
        path.write_bytes(content)
        (reading,) = pool.read_all([path], definition, received_on=min(day, campaign.last_day), workers=1)
        checked = _checked(rows, written, reading, definition)
        unread = [row for row in checked if row.said]
        if unread or (not with_faults and any(one.state == "stop" for row in checked for one in row.cells)):
            return HandedOver(None, checked)
        return HandedOver(_received(campaign, path, reading, written, officer, at), checked)


@transaction.atomic
def _received(
    campaign: Campaign, path: Path, reading: FormReading, rows: Sequence[GridRow], officer: Officer, at: datetime
) -> FormReceived:
    """Received like any file; that plain numbers came out of the household files is recorded beside it."""
    by = officer.username
    form = intake.receive(campaign, path, reading, received_on=timezone.localdate(at), officer=by, at=at)
    filed = {"files": len({row.family.pk for row in rows if row.family}), "rows": len(rows)}
    audit.record("form.filled_here", subject=intake.form_reference(form), officer=by, at=at, payload=filed)
    return form


def _checked(
    rows: Sequence[GridRow], written: Sequence[GridRow], reading: FormReading, definition: FormDefinition
) -> list[GridRow]:
    """Every row with what the reader says of it; one that the reader passed over says that nobody is told by it."""
    read = {written[_line(row) - FIRST_ROW].number: row for row in reading.rows}
    nobody = _("这一行看不出是谁：请填能找到档案的号，或写上姓名和身份证号码。")
    return [
        _with_problems(row, read[row.number], definition)
        if row.number in read
        else replace(row, said=nobody, cells=(replace(row.cells[0], state="stop", said=nobody), *row.cells[1:]))
        if row.whole
        else row
        for row in rows
    ]


def _line(row: RowRead) -> int:
    place = next(iter(row.places.values()))
    return int("".join(sign for sign in place.rpartition("!")[2] if sign.isdecimal()))


def _with_problems(row: GridRow, read: RowRead, definition: FormDefinition) -> GridRow:
    columns = {name: one.name for one in definition.printed for name in (*one.value_names, one.name)}
    by_column: dict[str, list[RowProblem]] = {}
    for problem in read.problems:
        by_column.setdefault(columns.get(problem.field, problem.field), []).append(problem)
    return replace(row, cells=tuple(_said(cell, read, by_column, definition) for cell in row.cells))


def _said(
    cell: GridCell,
    read: RowRead,
    problems: Mapping[str, Sequence[RowProblem]],
    definition: FormDefinition,
) -> GridCell:
    """The cell with its problems in words; a cell out of the file that has one opens to be typed in."""
    here = problems.get(cell.name, ())
    if not here:
        return replace(cell, state="", said="")
    english = (get_language() or "").startswith("en")
    words = " ".join(told(one, read, definition, english=english) for one in here)
    stops = any(one.severity == "error" for one in here)
    place = "input" if cell.place == "file" else cell.place
    return replace(cell, place=place, state="stop" if stops else "look", said=words)
