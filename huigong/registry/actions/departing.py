"""A file ends: the family leaves, comes back, and the paper originals are destroyed once their time is over."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from huigong.circulars import parameters
from huigong.registry import this_time
from huigong.registry.actions.edit import locked_file
from huigong.registry.actions.entering import Done, enter, move, refuse_day
from huigong.registry.actions.one_file import refuse_second_file
from huigong.registry.joined import absorbed_by, holds_on
from huigong.registry.lifecycle import CHECKED, DRAFT, EXITED, ON_NOTICE, REPORTED, TURNED_DOWN, WORDS
from huigong.registry.models import FileEntry, Household
from huigong.values.sentence import SaidError, Sentence
from huigong.values.years import years_on

Kind = FileEntry.Kind
RETENTION_YEARS = 10
"""困难职工档案管理办法 第十五条: a file is kept ten years from removal. A place may say longer, never shorter."""
LEFT = {
    "脱困": "已脱困",
    "死亡": "已注销（死亡）",
    "精准识别退出": "已退出（精准识别）",
    "社会救助兜底": "已退出（兜底保障）",
    "迁出": "已迁出",
}

TURN_DOWNS = {
    "不符合条件": f"{TURNED_DOWN}（不符合）",
    "家庭不再申请": f"{TURNED_DOWN}（不再申请）",
    "填错或重复": f"{TURNED_DOWN}（填错）",
}
"""Why a file ends before it is enrolled, and the word that it then bears."""
_BEFORE = frozenset({DRAFT, REPORTED, CHECKED, ON_NOTICE})


@transaction.atomic
def leave(household: Household, done: Done, *, version: int) -> None:
    """The file is closed for a reason (`done.word`); it is kept ten years, or longer where the place says so.

    They count from the day on which it is written down, whatever earlier day it is for: a typed day alone shortens nothing.
    """
    locked = locked_file(household, version=version)
    refuse_day(done)
    stood = this_time.last_of(this_time.since_opened(locked), Kind.NOTICE, Kind.ENROLLED, Kind.MOVE_IN)
    if stood and done.on < stood.on:
        raise SaidError(
            Sentence(
                "left_before_enrolled",
                f"{stood.on} 才“{stood.get_kind_display()}”，退出不能早于这一天。",
                f"No file leaves before {stood.on}, the day of its last notice, enrolment or move.",
            )
        )
    locked.keep_until = _keep_until(locked, done)
    enter(locked, Kind.EXITED, done)
    move(locked, EXITED, done, word=LEFT.get(done.word, WORDS[EXITED][0]))


@transaction.atomic
def turn_down(household: Household, done: Done, *, version: int) -> None:
    """A file that is not enrolled ends: the family does not qualify, does not want it any more, or it was begun by mistake.

    Its papers are kept as those of one that leaves, and it keeps nobody from a file of their own.
    """
    locked = locked_file(household, version=version)
    if done.word not in TURN_DOWNS or not done.note or locked.status not in _BEFORE:
        raise SaidError(
            Sentence(
                "turned_down_unreasoned",
                "撤下只办没有建档的，要选是哪一种，并在说明里写不符合哪一条、查到什么；在档的办“退出”。",
                "Only a file that is not enrolled is taken off: choose why, and say in the note which clause is not met and "
                "what was found. One that is on file leaves.",
            )
        )
    locked.keep_until = _keep_until(locked, done)
    enter(locked, Kind.TURNED_DOWN, done)
    move(locked, EXITED, done, word=TURN_DOWNS[done.word])


@transaction.atomic
def open_again(household: Household, done: Done, *, version: int) -> None:
    """A family that left is in need again: the same file, checked anew. The clock of its originals stops.

    Raises SaidError where the file was taken off before it was enrolled, and the person has another one by now.
    """
    locked = locked_file(household, version=version)
    if locked.file_status.startswith(TURNED_DOWN):
        refuse_second_file(locked)
    locked.keep_until = None
    enter(locked, Kind.REOPENED, done)
    move(locked, REPORTED, done)


def _keep_until(household: Household, done: Done) -> date:
    longer = parameters.standing("file_retention_years", household.federation, on=done.on)
    counted = max(done.on, timezone.localdate(done.at))
    return years_on(counted, max(RETENTION_YEARS, longer.value if longer else 0))


@transaction.atomic
def note_destroyed(household: Household, done: Done) -> None:
    """The paper originals were destroyed, ten years after the file left. Raises SaidError before that day, and under a legal
    hold on it, on a file merged into it or on a paper of them: nothing is lost.
    """
    locked = Household.objects.select_for_update().get(pk=household.pk)
    if hold := holds_on([locked, *absorbed_by(locked)]).first():
        raise SaidError(
            Sentence(
                "originals_kept_back",
                f"这份档案在保全（{hold.reference}：{hold.reason}），原件不能销毁；要先由另一个人解除保全。",
                f"A legal hold ({hold.reference}: {hold.reason}) keeps this file: its originals are not destroyed.",
            )
        )
    if locked.keep_until is None or done.on < locked.keep_until:
        until = locked.keep_until or "退出后十年 / ten years after it leaves"
        raise SaidError(
            Sentence(
                "originals_kept",
                f"原始档案自移出之日起保存10年（管理办法第十五条），这份要保存到 {until}，现在不能销毁。",
                f"Originals are kept ten years from removal (art. 15), these until {until}: they are not destroyed now.",
            )
        )
    enter(locked, Kind.DESTROYED, done)
