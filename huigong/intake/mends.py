"""What a person mended in a row here, and what becomes of it when a corrected copy of the same form arrives.

The copy's own change wins, but only in a cell that the unit changed: what it left as it was is what the person here has
mended since. So a mend keeps what the unit's paper said before it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from huigong.annexes import mending
from huigong.annexes.definition import FormDefinition
from huigong.annexes.readings import FormRow as RowRead
from huigong.annexes.readings import RowProblem
from huigong.intake.contents import Mend, mends_of, row_read
from huigong.intake.corrections import standing
from huigong.intake.models import FormReceived, FormRow


def year_of(form: FormReceived) -> int | None:
    """The year that ages and admissions are held against, as when the form was read."""
    day = form.filled_on or form.received_on
    return day.year if day else None


def with_mend(mends: Sequence[Mend], fresh: Mend, read: RowRead) -> tuple[Mend, ...]:
    """The mends of a row after one more; the paper's own word is that before the first. `read` is the row as mended."""
    before = next((one.was for one in mends if one.name == fresh.name), fresh.was)
    others = tuple(one for one in mends if one.name != fresh.name)
    if read.values.get(fresh.name) == before:
        return others  # back to what the paper says: nothing is mended
    return (*others, replace(fresh, was=before))


def standing_mends(corrects: FormReceived, rows: Sequence[FormRow]) -> Mapping[int, tuple[Mend, ...]]:
    """For rows of a corrected copy the mends of the same student's row, as it stands now in the chain of copies."""
    found = {number: mends_of(row) for number, row in standing(corrects, rows).items()}
    return {number: mends for number, mends in found.items() if mends}


def carried(
    read: RowRead, mends: Sequence[Mend], definition: FormDefinition, *, year: int | None
) -> tuple[RowRead, tuple[Mend, ...]]:
    """The copy's row with every mend of a cell that the unit did not change, and the mends that so stay."""
    kept = tuple(
        replace(one, outlived_copy=True)
        for one in mends
        if one.name in definition.value_names and read.values.get(one.name) == one.was
    )
    for one in kept:
        read = mending.mended(read, definition, one.name, one.text, year=year)
    return read, kept


def mended_here(row: FormRow, definition: FormDefinition) -> tuple[RowProblem, ...]:
    """What the row says of its mends, in words: a look that stops nothing."""
    mends = mends_of(row)
    places = row_read(row).places if mends else {}
    return tuple(_said(one, places.get(one.name), definition) for one in mends)


def _said(mend: Mend, place: str | None, definition: FormDefinition) -> RowProblem:
    zh, en = definition.labels.get(mend.name, (mend.name, mend.name))
    copy, copy_en = (
        ("更正稿没有改这一格，照这里改的。", "The corrected copy left the cell as it was, so this stands.")
        if mend.outlived_copy
        else ("", "")
    )
    return RowProblem(
        field=mend.name,
        kind="mended_here",
        severity="look",
        cell=place,
        message=f"{zh}{mend.day} 在系统里改过。{copy}",
        remedy="原表这一格还是旧的；重交时请照样改好。",
        message_en=f"{en} was mended here on {mend.day}. {copy_en}".strip(),
        remedy_en="The form itself still says the old; mend the cell in the same way when it is sent again.",
    )
