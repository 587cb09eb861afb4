"""Lead a file through its life: reported, checked, on public notice, enrolled, reviewed, left, moved, opened again.

Each verb: lock, refuse with what is missing, change, write the entry, advance.
"""

from django.db import transaction

from huigong.circulars import parameters
from huigong.organisations.models import Organisation
from huigong.registry import receipts, words
from huigong.registry.actions.edit import locked_file, write
from huigong.registry.actions.entering import Done, enter, move
from huigong.registry.joined import absorbed_by, holds_on
from huigong.registry.lifecycle import CHECKED, DRAFT, ENROLLED, EXITED, MOVING, ON_NOTICE, REPORTED, WORDS
from huigong.registry.models import FileEntry, Household
from huigong.values.sentence import SaidError, Sentence
from huigong.values.working_days import WorkingCalendar
from huigong.values.years import years_on

Kind = FileEntry.Kind
NOTICE_DAYS = 5
RETENTION_YEARS = 10
"""困难职工档案管理办法 第十五条: a file is kept ten years from removal. A place may say longer, never shorter."""
CHECKS = (Kind.HOME_VISIT, Kind.AUTHORISATION, Kind.CIVIL_AFFAIRS)
LEFT = {
    "脱困": "已脱困",
    "死亡": "已注销（死亡）",
    "精准识别退出": "已退出（精准识别）",
    "社会救助兜底": "已退出（兜底保障）",
    "迁出": "已迁出",
}
_BACK = {REPORTED: DRAFT, CHECKED: REPORTED, ON_NOTICE: CHECKED}


@transaction.atomic
def report(household: Household, done: Done, *, version: int) -> None:
    """The unit hands its file in. What the form asks for and it lacks is no reason to refuse: it stays on the list."""
    locked = locked_file(household, version=version)
    enter(locked, Kind.REPORTED, done)
    move(locked, REPORTED, done)


@transaction.atomic
def note(household: Household, kind: str, done: Done) -> None:
    """Write down a check, a review of the certificate, or a paper; the file stays where it stands."""
    locked = Household.objects.select_for_update().get(pk=household.pk)
    if kind in CHECKS and locked.status not in {DRAFT, REPORTED}:
        raise SaidError(
            Sentence("check_too_late", "核查已经办完，不再补记。", "The checks are over: nothing is added to them.")
        )
    enter(locked, kind, done)


@transaction.atomic
def visit(household: Household, done: Done) -> None:
    """Somebody went or called, because the family might have aid and has not asked: what came of it (`done.word`)."""
    locked = Household.objects.select_for_update().get(pk=household.pk)
    if not done.word:
        raise SaidError(Sentence("visit_wordless", "请选走访的结果。", "Choose what came of the visit."))
    enter(locked, Kind.VISITED, done)


@transaction.atomic
def check(household: Household, done: Done, *, version: int) -> None:
    """The checks are done: home visit, signed authorisation, civil affairs' answer; each since the last time it was opened."""
    locked = locked_file(household, version=version)
    lacks = [kind for kind in CHECKS if kind not in {entry.kind for entry in _since_opened(locked)}]
    if lacks:
        named = "、".join(kind.label for kind in lacks)
        raise SaidError(
            Sentence(
                "checks_lacking",
                f"还差：{named}。记齐了再定“核查完毕”。",
                f"Still lacking: {', '.join(kind.value for kind in lacks)}. Note them first.",
            )
        )
    enter(locked, Kind.CHECKED, done)
    move(locked, CHECKED, done)


@transaction.atomic
def put_on_notice(household: Household, done: Done, *, calendar: WorkingCalendar, version: int) -> FileEntry:
    """Hang the file out in the unit for five working days from a day on."""
    locked = locked_file(household, version=version)
    _, last = calendar.window(done.on, working_days=NOTICE_DAYS)
    entry = enter(locked, Kind.NOTICE, done, until=last)
    move(locked, ON_NOTICE, done)
    return entry


@transaction.atomic
def enrol(household: Household, done: Done, *, version: int) -> None:
    """Enrol at a level (`done.word`), once the notice is over; by another person than who handed the file in."""
    locked = locked_file(household, version=version)
    opened = _since_opened(locked)
    notice = next((entry for entry in reversed(opened) if entry.kind == Kind.NOTICE), None)
    if notice and notice.until and done.on <= notice.until:
        raise SaidError(
            Sentence(
                "notice_not_over",
                f"公示到 {notice.until} 才满{NOTICE_DAYS}个工作日，{done.on} 还不能建档。",
                f"The notice lasts until {notice.until}: no enrolment on {done.on} yet.",
            )
        )
    if any(entry.by == done.officer for entry in opened if entry.kind == Kind.REPORTED):
        raise SaidError(
            Sentence(
                "enrolled_by_reporter", "谁报的谁不定，请另一位同事来建档。", "Who reported a file does not enrol it."
            )
        )
    locked.enrolment_level = done.word
    enter(locked, Kind.ENROLLED, done)
    move(locked, ENROLLED, done)


@transaction.atomic
def review_certificate(household: Household, done: Done, *, version: int) -> None:
    """The half-yearly review of the 特困职工优惠证: its outcome (`done.word`) is what campaigns ask for."""
    locked = locked_file(household, version=version)
    review = words.review_of(f"{done.on.year}年{done.word}")
    locked.certificate_review, locked.certificate_reviewed_in = review.state, review.half_year
    enter(locked, Kind.CERTIFICATE_REVIEW, done)
    write(locked, ["certificate_review", "certificate_reviewed_in"], officer=done.officer, at=done.at)


@transaction.atomic
def confirm_unchanged(household: Household, done: Done, *, code: str) -> None:
    """The family says by its receipt that nothing changed this year. Raises SaidError for a wrong code."""
    locked = Household.objects.select_for_update().filter(pk=household.pk).first()
    if locked is None or locked.status != ENROLLED or not receipts.is_right(locked, code, year=done.on.year):
        raise SaidError(
            Sentence(
                "receipt_unknown",
                "档案号或回执码不对，请照回执再输一遍；还不行，请打回执上的电话。",
                "The file number or the code is not right: copy it again from the receipt, or call the number on it.",
            )
        )
    enter(locked, Kind.YEARLY_CHECK, done)


@transaction.atomic
def leave(household: Household, done: Done, *, version: int) -> None:
    """The file is closed for a reason (`done.word`); it is kept ten years from this day, or longer where the place says so."""
    locked = locked_file(household, version=version)
    longer = parameters.standing("file_retention_years", locked.federation, on=done.on)
    locked.keep_until = years_on(done.on, max(RETENTION_YEARS, longer.value if longer else 0))
    enter(locked, Kind.EXITED, done)
    move(locked, EXITED, done, word=LEFT.get(done.word, WORDS[EXITED][0]))


@transaction.atomic
def open_again(household: Household, done: Done, *, version: int) -> None:
    """A family that left is in need again: the same file, checked anew. The clock of its originals stops."""
    locked = locked_file(household, version=version)
    locked.keep_until = None
    enter(locked, Kind.REOPENED, done)
    move(locked, REPORTED, done)


@transaction.atomic
def send_to(household: Household, to: Organisation, done: Done, *, version: int) -> None:
    """Hand the file to another union. Until that takes it the file stands here, and the family loses nothing."""
    locked = locked_file(household, version=version)
    if to.kind != Organisation.Kind.FEDERATION or to.pk == locked.federation_id:
        raise SaidError(
            Sentence("no_place_to_move", "请选另一个总工会接收。", "Choose another federation to receive the file.")
        )
    locked.moving_to = to
    enter(locked, Kind.MOVE_OUT, done, to=to)
    move(locked, MOVING, done)


@transaction.atomic
def take_over(household: Household, done: Done, *, version: int) -> None:
    """The receiving union takes the file, with everything that is in it."""
    locked = locked_file(household, version=version)
    assert locked.moving_to is not None, "a file that moves knows where to"
    enter(locked, Kind.MOVE_IN, done, to=locked.moving_to)
    locked.federation, locked.unit, locked.moving_to = locked.moving_to, None, None
    locked.county = locked.federation.name.removesuffix("总工会")
    move(locked, ENROLLED, done)


@transaction.atomic
def decline(household: Household, done: Done, *, version: int) -> None:
    """The receiving union does not take the file: it stays where it was."""
    locked = locked_file(household, version=version)
    enter(locked, Kind.DECLINED, done, to=locked.moving_to)
    locked.moving_to = None
    move(locked, ENROLLED, done)


@transaction.atomic
def put_back(household: Household, done: Done, *, version: int) -> None:
    """One step back, with the reason: an objection, a wrong answer, a file handed in too early."""
    locked = locked_file(household, version=version)
    if locked.status not in _BACK or not done.note:
        raise SaidError(
            Sentence("no_step_back", "退回要写原因；在档的档案不退回，办退出。", "Going back needs a reason.")
        )
    enter(locked, Kind.PUT_BACK, done)
    move(locked, _BACK[locked.status], done)


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


def _since_opened(household: Household) -> list[FileEntry]:
    """The entries of this time around: those behind the last opening."""
    entries = list(household.entries.order_by("at", "id"))
    last = max((place for place, one in enumerate(entries) if one.kind == Kind.REOPENED), default=-1)
    return entries[last + 1 :]
