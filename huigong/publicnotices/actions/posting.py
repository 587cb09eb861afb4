"""Where a notice hangs on paper: put it up, enter the stamped statement with its photograph, confirm it, take it down.

As with a sheet that a leader signed: what one clerk enters stands only when another has compared it with the scan.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.documents.models import Document
from huigong.organisations.hands import refuse_other_role
from huigong.organisations.models import Appointment, Officer, Organisation
from huigong.publicnotices.columns import POSTING
from huigong.publicnotices.models import NoticePosting, PublicNotice
from huigong.values.sentence import SaidError, Sentence
from huigong.values.text import whole

_SHORTEST, _LONGEST = 6, 200
_BEFORE = timedelta(days=7)
"""A sheet is printed when the notice was published, which is days before its window and not weeks."""


@dataclass(frozen=True, slots=True)
class Statement:
    """公示情况说明: from when to when it hung, how many objections the unit heard, the stamped paper and the photograph."""

    hung_on: date
    until: date
    objections: int
    paper: Document
    photograph: Document


def begin_postings(notice: PublicNotice, units: Collection[UUID], *, officer: str, at: datetime) -> None:
    """One board for every unit that has a line, so that none is forgotten when the notice is over."""
    rows = [
        NoticePosting(notice=notice, kind=NoticePosting.Kind.BOARD, unit_id=unit) for unit in sorted(units, key=str)
    ]
    NoticePosting.objects.bulk_create(rows, batch_size=400)
    audit.record_all(_entry("notice.posted", row, officer, at) for row in rows)


@transaction.atomic
def post_up(
    notice: PublicNotice, *, kind: str, unit: Organisation, place: str, officer: Officer, at: datetime
) -> NoticePosting:
    """Another channel besides the boards: it will be asked to be taken down like them. Raises SaidError."""
    if kind == NoticePosting.Kind.BOARD or not place.strip():
        raise SaidError(
            Sentence(
                "posting_unnamed",
                "还没有记：请写清楚发在哪里（网站、群或张贴的地方）。单位公告栏发布时已经列好。",
                "Not noted yet: say where it was put up. The units' boards are listed already.",
            )
        )
    made = NoticePosting(notice=notice, kind=kind, unit=unit, place=whole(place, 100, "发在哪里", "the place"))
    made.save(force_insert=True)
    audit.record_all([_entry("notice.posted", made, officer.username, at)])
    return made


@transaction.atomic
def enter_statement(posting: NoticePosting, told: Statement, *, clerk: Officer, at: datetime) -> NoticePosting:
    """What came back stamped. Raises SaidError where the days do not hold, or it was confirmed already."""
    kept = _locked(posting)
    if kept.confirmed_by:
        raise _done()
    _refuse_days(told, kept.notice, today=timezone.localdate(at))
    kept.hung_on, kept.until, kept.objections = told.hung_on, told.until, told.objections
    kept.statement, kept.photograph = told.paper, told.photograph
    kept.entered_by, kept.entered_at = clerk.username, at
    kept.save()
    audit.record_all([_entry("notice.statement_entered", kept, clerk.username, at)])
    return kept


@transaction.atomic
def confirm_statement(posting: NoticePosting, *, clerk: Officer, at: datetime) -> NoticePosting:
    """Another clerk has compared statement and photograph. Raises SaidError for the same clerk, twice, or nothing entered."""
    kept = _locked(posting)
    if kept.confirmed_by:
        raise _done()
    if not kept.entered_by:
        raise SaidError(
            Sentence("statement_missing", "公示情况说明还没有录入。", "The statement has not been entered yet.")
        )
    if kept.entered_by == clerk.username:
        raise SaidError(
            Sentence("sheet_same_hands", "录入的人不能自己核对，请换一位。", "Another clerk confirms what one entered.")
        )
    kept.confirmed_by, kept.confirmed_at = clerk.username, at
    kept.save()
    audit.record_all([_entry("notice.statement_confirmed", kept, clerk.username, at)])
    return kept


@transaction.atomic
def speak_for(posting: NoticePosting, *, word: str, officer: Officer, at: datetime) -> NoticePosting:
    """A reasoned word that approval need not wait for a board. Raises SaidError without one, before its window is over, or twice."""
    refuse_other_role(officer, Appointment.Role.VERIFIER, Appointment.Role.APPROVER, at=at)
    kept, reason = _locked(posting), " ".join(word.split())
    over = timezone.localdate(at) > kept.notice.last_day
    if kept.kind != NoticePosting.Kind.BOARD or not over or kept.word_by or not _SHORTEST <= len(reason) <= _LONGEST:
        raise SaidError(
            Sentence(
                "word_for_a_board",
                f"还没有记：公示期满的单位公告栏才要说，说一次，理由 {_SHORTEST} 到 {_LONGEST} 个字（向谁核实过、为什么可以不等）。",
                f"Not noted: a word is for a unit's board whose window is over, once, in {_SHORTEST} to {_LONGEST} signs (with whom "
                "it was made sure, why there is no need to wait).",
            )
        )
    kept.word, kept.word_by = reason, officer.username
    kept.save()
    audit.record_all([_entry("notice.board_spoken_for", kept, officer.username, at)])
    return kept


@transaction.atomic
def take_down(posting: NoticePosting, *, on: date, officer: Officer, at: datetime) -> NoticePosting:
    """It hangs there no more. Raises SaidError before its window is over, for a day ahead, or twice."""
    kept = _locked(posting)
    if kept.taken_down_on:
        raise SaidError(Sentence("posting_down", "这一处已经取下了。", "It was taken down already."))
    if not kept.notice.last_day < on <= timezone.localdate(at):
        last = kept.notice.last_day
        raise SaidError(
            Sentence(
                "posting_hangs",
                f"公示到 {last} 当天还算，取下的日期要在那以后、今天以前（含今天）。",
                f"The notice hangs up to and including {last}: it is taken down after that day, and not ahead.",
            )
        )
    kept.taken_down_on, kept.taken_down_by = on, officer.username
    kept.save()
    audit.record_all([_entry("notice.taken_down", kept, officer.username, at)])
    return kept


def _locked(posting: NoticePosting) -> NoticePosting:
    rows = NoticePosting.objects.select_for_update(of=("self",)).select_related("notice")
    return rows.get(pk=posting.pk)


def _entry(action: str, row: NoticePosting, officer: str, at: datetime) -> audit.Entry:
    told = {"posting": str(row.pk), "columns": POSTING.told(row)}
    return audit.Entry(action, row.notice.number, officer, at, told)


def _refuse_days(told: Statement, notice: PublicNotice, *, today: date) -> None:
    if told.hung_on > told.until or told.until > today or told.hung_on < notice.first_day - _BEFORE:
        raise SaidError(
            Sentence(
                "statement_days",
                f"张贴的起止日期不对：止不能早于起，也不能在今天以后；公示 {notice.first_day} 才开始，"
                f"张贴最早 {notice.first_day - _BEFORE}。请对照说明上的日期。",
                "The days do not hold: the last is not before the first, nor ahead; the notice begins on "
                f"{notice.first_day}, so that it hung from {notice.first_day - _BEFORE} at the earliest. Look at the statement.",
            )
        )
    if told.hung_on > notice.first_day or told.until < notice.last_day:
        raise SaidError(
            Sentence(
                "statement_short",
                f"公示期是 {notice.first_day} 到 {notice.last_day}（{notice.rule}），张贴的日期没有盖住它。"
                "请补足天数后再交，或者另发一次公示。",
                f"The window is {notice.first_day} to {notice.last_day}: the paper hung for less. Hang it on, or publish anew.",
            )
        )


def _done() -> SaidError:
    return SaidError(
        Sentence("statement_done", "这份说明已经核对过，不再改。", "This statement was confirmed already.")
    )
