"""Mend a row in place, confirm a repaired number, take rows, undo taking."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from huigong.annexes import mending
from huigong.annexes.definition import FormDefinition
from huigong.annexes.readings import FormRow as RowRead
from huigong.annexes.readings import Value
from huigong.audit import actions as audit
from huigong.intake import repairs
from huigong.intake.actions.receive import row_told
from huigong.intake.actions.units import advance, row_reference
from huigong.intake.contents import Mend, mends_of, row_read, stamped_of
from huigong.intake.lifecycle import ACCEPTED, NEXT, READY, RETURNED, SUBMITTED, WAITING
from huigong.intake.mends import with_mend, year_of
from huigong.intake.models import FormRow
from huigong.intake.placing import as_proposal, place
from huigong.intake.queries import stamped_sheet
from huigong.intake.stamping import differing, on_the_sheet
from huigong.lifecycle import actions as lifecycle
from huigong.values.sentence import SaidError, Sentence

_OPEN = frozenset({READY, RETURNED, WAITING})
_NUMBERS = 10
"""So many rows are named in a sentence."""


class ChangedMeanwhileError(SaidError):
    """Somebody mended the row after it was read by whoever mends it now."""


@transaction.atomic
def mend_cells(
    row: FormRow,
    texts: Mapping[str, str],
    *,
    version: int,
    definition: FormDefinition,
    officer: str,
    at: datetime,
) -> FormRow:
    """Write values anew and check the whole row again. Raises SaidError for a row that was taken already.

    `version` is the row's as it was read: where it is another by now, nothing is written (ChangedMeanwhileError).
    """
    locked = _locked(row)
    if locked.version != version:
        raise ChangedMeanwhileError(_changed_meanwhile(locked))
    if locked.status == SUBMITTED:
        raise SaidError(_is_case([locked]))
    if locked.status not in _OPEN:
        raise SaidError(
            Sentence(
                "row_taken",
                f"第 {locked.number} 行已经收了，不能再改；要改请先撤回。",
                f"Row {locked.number} was taken: undo that before mending it.",
            )
        )
    for name in texts:
        if name not in definition.value_names:
            raise SaidError(
                Sentence("value_unknown", f"登记表没有“{name}”这一栏。", f"The form has no value called “{name}”.")
            )
    sheet = on_the_sheet(locked, definition) if stamped_sheet(locked.form) else {}
    read, mends = _mended(locked, texts, definition, at)
    _settle(locked, read, mends, differing(read, sheet), officer=officer, at=at)
    return locked


@transaction.atomic
def confirm_repair(row: FormRow, *, definition: FormDefinition, officer: str, at: datetime) -> FormRow:
    """Put the numbers that the household file supplied into a row: a person has compared them."""
    locked = _locked(row)
    if locked.status != WAITING or not locked.proposal:
        raise SaidError(
            Sentence(
                "nothing_to_confirm",
                f"第 {locked.number} 行没有待确认的号码。",
                f"Row {locked.number} has no number to confirm.",
            )
        )
    read, proposal = row_read(locked), json.loads(locked.proposal.plain())
    found = repairs.proposals(read, repairs.lost_fields(read), city=locked.form.campaign.federation)
    if not found or json.loads(as_proposal(found)) != proposal:
        raise SaidError(
            Sentence(
                "repair_stale",
                f"第 {locked.number} 行：档案后来变了，原来建议的号码不再对得上。请照身份证原件填写这一格。",
                f"Row {locked.number}: the household file has changed since; write the number from the identity card.",
            )
        )
    numbers = {name: number for name, number in proposal.items() if name != "file"}
    read, mends = _mended(locked, numbers, definition, at)
    audit.record(
        "row.repaired",
        subject=row_reference(locked.form, locked.number),
        officer=officer,
        at=at,
        payload={"file": proposal["file"], "fields": len(proposal) - 1},
    )
    _settle(locked, read, mends, stamped_of(locked), officer=officer, at=at)
    return locked


@transaction.atomic
def accept_rows(rows: Sequence[FormRow], *, officer: str, at: datetime) -> int:
    """Take rows that are ready; returns how many. Rows in another state are left alone."""
    ready = list(FormRow.objects.select_for_update().filter(pk__in=[row.pk for row in rows], status=READY))
    advance(ready, ACCEPTED, "row.accepted", officer=officer, at=at)
    return len(ready)


@transaction.atomic
def undo_accept(rows: Sequence[FormRow], *, officer: str, at: datetime) -> int:
    """Give taken rows back to the heap; rows that are a case already are left alone.

    Raises SaidError where nothing can be given back because the rows are cases.
    """
    theirs = FormRow.objects.select_for_update().filter(pk__in=[row.pk for row in rows]).order_by("form", "number")
    standing = list(theirs.filter(status__in=(ACCEPTED, SUBMITTED)))
    taken = [row for row in standing if row.status == ACCEPTED]
    if standing and not taken:
        raise SaidError(_is_case(standing))
    advance(taken, READY, "row.undone", officer=officer, at=at)
    return len(taken)


def _changed_meanwhile(row: FormRow) -> Sentence:
    return Sentence(
        "row_changed_meanwhile",
        f"第 {row.number} 行在您打开以后被别人改过，这次没有存，您填的还在。请比一比再存。",
        f"Row {row.number} was mended by somebody since you opened it; nothing was saved, and what you typed is kept. "
        "Compare the two and save again.",
    )


def _is_case(rows: Sequence[FormRow]) -> Sentence:
    numbers = "、".join(str(row.number) for row in rows[:_NUMBERS]) + ("…" if len(rows) > _NUMBERS else "")
    return Sentence(
        "row_is_case",
        f"第 {numbers} 行已立案，不能撤回，也不能在表里改：立案的凭案号办理，请到“申请”里办。",
        f"Row {numbers} is a case already and can be neither given back nor mended here: go on under Applications.",
    )


def _mended(
    row: FormRow, texts: Mapping[str, str], definition: FormDefinition, at: datetime
) -> tuple[RowRead, Sequence[Mend]]:
    """The row with these values written anew, and all that was mended in it."""
    read, mends, day = row_read(row), mends_of(row), timezone.localdate(at)
    for name, text in texts.items():
        was = read.values.get(name)
        read = mending.mended(read, definition, name, text, year=year_of(row.form))
        mends = with_mend(mends, Mend(name, text, was, day), read)
    return read, mends


def _settle(
    row: FormRow,
    read: RowRead,
    mends: Sequence[Mend],
    stamped: Mapping[str, Value],
    *,
    officer: str,
    at: datetime,
) -> None:
    """Keep what the row says now and move it to where that puts it. `stamped`: where the stamped sheet, if it came, says else."""
    to = place(row, read, good=READY, mends=mends, stamped=stamped)
    if row.status == to:
        row.version += 1  # a move counts by itself
    row.save()
    told = row_told(row)
    subject = row_reference(row.form, row.number)
    if row.status == to:
        audit.record("row.mended", subject=subject, officer=officer, at=at, payload=told)
        return
    del told["to"]
    lifecycle.advance(
        row, to, next_table=NEXT, officer=officer, at=at, action="row.mended", subject=subject, payload=told
    )


def _locked(row: FormRow) -> FormRow:
    return (
        FormRow.objects.select_for_update(of=("self",))
        .select_related("form", "form__campaign", "form__campaign__federation")
        .get(pk=row.pk)
    )
