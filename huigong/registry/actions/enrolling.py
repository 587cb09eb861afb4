"""The notice of a file and its enrolment: hung out behind the checks, enrolled by another person once the notice is over."""

from django.db import transaction
from django.utils import timezone

from huigong.registry import this_time
from huigong.registry.actions.edit import locked_file, write
from huigong.registry.actions.entering import Done, enter, move
from huigong.registry.actions.one_file import refuse_other_head
from huigong.registry.file_form import form_on
from huigong.registry.lifecycle import ENROLLED, ON_NOTICE
from huigong.registry.models import FileEntry, Household
from huigong.values.sentence import SaidError, Sentence
from huigong.values.working_days import WorkingCalendar

Kind = FileEntry.Kind
NOTICE_DAYS = 5


@transaction.atomic
def put_on_notice(household: Household, done: Done, *, calendar: WorkingCalendar, version: int) -> FileEntry:
    """Hang the file out in the unit for five working days from a day on: not before its checks were done.

    A day before today (it hung, and is written down now) needs the paper that shows it.
    """
    locked = locked_file(household, version=version)
    _refuse_changed(locked, done)
    checked = this_time.last_of(this_time.since_opened(locked), Kind.CHECKED)
    if checked and done.on < checked.on:
        raise SaidError(
            Sentence(
                "notice_before_checks",
                f"{checked.on} 才核查完毕，公示不能从 {done.on} 算起。",
                f"The checks were done on {checked.on}: no notice begins on {done.on}.",
            )
        )
    if done.on < timezone.localdate(done.at) and done.paper is None:
        raise SaidError(
            Sentence(
                "notice_unproved",
                f"公示从 {done.on} 起挂的，今天补记，请附公示的照片或扫描件；没有的，从今天起公示。",
                f"A notice that hung from {done.on} on and is written down today needs its photograph or scan; without one "
                "it begins today.",
            )
        )
    _, last = calendar.window(done.on, working_days=NOTICE_DAYS)
    entry = enter(locked, Kind.NOTICE, done, until=last)
    move(locked, ON_NOTICE, done)
    return entry


@transaction.atomic
def enrol(household: Household, done: Done, *, version: int) -> None:
    """Enrol at a level (`done.word`), once the notice is over; by another person than who handed the file in."""
    locked = locked_file(household, version=version)
    _refuse_unannounced(locked, done)
    _refuse_changed(locked, done)
    _refuse_own_report(locked, done)
    refuse_other_head(locked)
    locked.enrolment_level = done.word
    enter(locked, Kind.ENROLLED, done)
    move(locked, ENROLLED, done)


@transaction.atomic
def set_level(household: Household, done: Done, *, version: int) -> None:
    """A file on file stands at another level (`done.word`) from now on, with the reason; who reported it says nothing here."""
    locked = locked_file(household, version=version)
    if locked.status != ENROLLED or not done.note or done.word == locked.enrolment_level:
        raise SaidError(
            Sentence(
                "level_unreasoned",
                "改建档标准：档案要在档，选另一个标准，并写原因（如上级批复）。",
                "The level of a file on file changes to another one, with the reason.",
            )
        )
    _refuse_own_report(locked, done)
    locked.enrolment_level = done.word
    enter(locked, Kind.LEVELLED, done)
    write(locked, ["enrolment_level"], officer=done.officer, at=done.at)


def _refuse_unannounced(household: Household, done: Done) -> None:
    """Raises SaidError without a notice behind the last checks, or before it is over."""
    entries = this_time.since_opened(household)
    notice = this_time.last_of(entries, Kind.NOTICE, Kind.CHECKED)
    if notice is None or notice.kind != Kind.NOTICE or notice.until is None:
        raise SaidError(
            Sentence(
                "notice_lacking",
                "没有公示的记录，不能建档。请退回上一步，办“上公示”，满五个工作日再建档。",
                "No notice is on record: go one step back, put the file on notice, and enrol it once that is over.",
            )
        )
    if done.on <= notice.until:
        raise SaidError(
            Sentence(
                "notice_not_over",
                f"公示到 {notice.until} 才满{NOTICE_DAYS}个工作日，{done.on} 还不能建档。",
                f"The notice lasts until {notice.until}: no enrolment on {done.on} yet.",
            )
        )


def _refuse_changed(household: Household, done: Done) -> None:
    """Raises SaidError where what was checked, or hung out, is not what the file says now."""
    changed = this_time.changed_since_checked(household)
    if changed:
        words = this_time.in_words(changed, form_on(timezone.localdate(done.at)))
        raise SaidError(
            Sentence(
                "facts_changed",
                f"核查完毕之后改过：{'、'.join(zh for zh, _ in words)}。请退回到“已上报”，按现在的内容重新核查、公示。",
                f"Changed since the checks were done: {', '.join(en for _, en in words)}. Put the file back to “reported”, "
                "and check and announce it as it is now.",
            )
        )


def _refuse_own_report(household: Household, done: Done) -> None:
    """Raises SaidError for who handed the file in or opened it again; where nobody here did, for who checked or announced it."""
    entries = this_time.since_opened(household)
    began = [one for one in entries if one.kind in {Kind.REPORTED, Kind.REOPENED}]
    if any(
        one.by == done.officer for one in began or [one for one in entries if one.kind in {Kind.CHECKED, Kind.NOTICE}]
    ):
        raise SaidError(
            Sentence(
                "enrolled_by_reporter", "谁报的谁不定，请另一位同事来建档。", "Who reported a file does not enrol it."
            )
        )
