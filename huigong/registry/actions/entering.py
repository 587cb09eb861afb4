"""Write one entry of a file's life, and move the file with it: what every step of the life does the same way."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from huigong.audit import actions as audit
from huigong.documents.models import Document
from huigong.lifecycle import actions as lifecycle
from huigong.organisations.models import Organisation
from huigong.registry import derived
from huigong.registry.actions.edit import refuse_erased
from huigong.registry.columns import ENTRY, file_told
from huigong.registry.lifecycle import NEXT, WORDS
from huigong.registry.models import FileEntry, Household
from huigong.values.sentence import SaidError, Sentence

FIRST_DAY = date(1950, 1, 1)
"""Nothing that an office writes down was done before."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a person says of a step: its day, its outcome in words, the paper, a note; who says it and when."""

    on: date
    officer: str
    at: datetime
    word: str = ""
    paper: Document | None = None
    note: str = ""


def enter(
    household: Household, kind: str, done: Done, *, until: date | None = None, to: Organisation | None = None
) -> FileEntry:
    """One more entry. Raises SaidError for a day that has not come yet, and for a file that was erased."""
    refuse_erased(household)
    refuse_day(done)
    entry = FileEntry(
        household=household,
        data_key_id=household.data_key_id,
        kind=kind,
        on=done.on,
        until=until,
        word=done.word[:60],
        to=to,
        paper=done.paper,
        note=done.note or None,
        by=done.officer,
        at=done.at,
    )
    entry.save(force_insert=True)
    told = {"kind": kind, "entry": str(entry.pk), "on": done.on.isoformat(), "columns": ENTRY.told(entry)}
    audit.record("file.entered", subject=household.file_number, officer=done.officer, at=done.at, payload=told)
    return entry


def refuse_day(done: Done) -> None:
    """Raises SaidError for a day that has not come yet, and for one before there were unions to do anything."""
    if done.on > timezone.localdate(done.at):
        raise SaidError(
            Sentence(
                "entry_in_future",
                f"日期 {done.on} 还没到；办了再记。",
                f"{done.on} has not come yet: write it down once it is done.",
            )
        )
    if done.on < FIRST_DAY:
        raise SaidError(
            Sentence(
                "entry_too_early",
                f"日期 {done.on} 太早了，请核对年份。",
                f"{done.on} is too early: look at the year again.",
            )
        )


def refuse_beyond(day: date, first: date, last: date) -> None:
    """Raises SaidError for a day that cannot be meant."""
    if not first <= day <= last:
        raise SaidError(
            Sentence(
                "day_beyond",
                f"日期 {day} 不对，请写 {first} 到 {last} 之间的一天。",
                f"{day} is not between {first} and {last}.",
            )
        )


def move(household: Household, to: str, done: Done, *, word: str = "") -> None:
    """The file into its next state, with every column that was set on it, and its own word for that state."""
    household.file_status = word or WORDS[to][0]
    household.imported_digest = ""  # the next import compares the file, whatever that says
    lifecycle.advance(
        household,
        to,
        next_table=NEXT,
        officer=done.officer,
        at=done.at,
        action="file.moved",
        subject=household.file_number,
        payload=file_told(household, household.members.order_by("position")),
    )
    household.save()
    derived.follow([household], on=timezone.localdate(done.at))
