"""Lead a file through its life: reported, checked, put back, its certificate reviewed, confirmed once a year.

Each verb: lock, refuse with what is missing, change, write the entry, advance.
"""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from huigong.registry import receipts, this_time, words
from huigong.registry.actions.edit import locked_file, refuse_merged, write
from huigong.registry.actions.entering import Done, enter, move
from huigong.registry.file_form import form_on
from huigong.registry.lifecycle import CHECKED, DRAFT, ENROLLED, ON_NOTICE, REPORTED
from huigong.registry.models import FileEntry, Household
from huigong.values.sentence import SaidError, Sentence

Kind = FileEntry.Kind
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
    refuse_merged(locked)
    if kind in this_time.CHECKS and locked.status not in {DRAFT, REPORTED}:
        raise SaidError(
            Sentence("check_too_late", "核查已经办完，不再补记。", "The checks are over: nothing is added to them.")
        )
    enter(locked, kind, done)


@transaction.atomic
def visit(household: Household, done: Done) -> None:
    """Somebody went or called, because the family might have aid and has not asked: what came of it (`done.word`)."""
    locked = Household.objects.select_for_update().get(pk=household.pk)
    refuse_merged(locked)
    if not done.word:
        raise SaidError(Sentence("visit_wordless", "请选走访的结果。", "Choose what came of the visit."))
    enter(locked, Kind.VISITED, done)


@transaction.atomic
def check(household: Household, done: Done, *, version: int) -> None:
    """The checks are done: home visit, signed authorisation, civil affairs' answer; each of what the file says now.

    What one of them found against the family, and what was mended in the file after one of them, is for the officer to
    weigh, who says why: it stands with the entry for good.
    """
    locked = locked_file(household, version=version)
    checks = this_time.checks_that_count(locked)
    _refuse_lacking(locked, checks, done)
    against = "；".join(f"{one.get_kind_display()}{one.word}" for one in this_time.found_against(checks))
    if against and not done.note:
        raise SaidError(
            Sentence(
                "check_unreasoned",
                f"{against}。还认为符合的，请在说明里写理由，再定“核查完毕”；不符合的，请退回上一步。",
                f"A check found against the family ({against}): say why it is held to qualify all the same, or put it back.",
            )
        )
    _refuse_mended(locked, checks, done)
    enter(locked, Kind.CHECKED, replace(done, word=against))
    move(locked, CHECKED, done)


def _refuse_lacking(household: Household, checks: Sequence[FileEntry], done: Done) -> None:
    """Raises SaidError where a check is lacking, and says so where it was made before the facts were changed."""
    lacks = [kind for kind in this_time.CHECKS if kind not in {entry.kind for entry in checks}]
    if not lacks:
        return
    named, named_en = "、".join(kind.label for kind in lacks), ", ".join(kind.value for kind in lacks)
    changed = this_time.in_words(this_time.changed_since_checked(household), form_on(timezone.localdate(done.at)))
    why = f"（上次核查完毕之后改过{'、'.join(zh for zh, _ in changed)}，从前的核查不算）" if changed else ""
    why_en = (
        f" ({', '.join(en for _, en in changed)} changed since the last checks, which do not count)" if changed else ""
    )
    raise SaidError(
        Sentence(
            "checks_lacking",
            f"还差：{named}{why}。记齐了再定“核查完毕”。",
            f"Still lacking: {named_en}{why_en}. Note them first.",
        )
    )


def _refuse_mended(household: Household, checks: Sequence[FileEntry], done: Done) -> None:
    """Raises SaidError without a reason where the file was mended after one of the checks: by what it found, or behind it."""
    paths = () if done.note else this_time.changed_behind(household, checks)
    if paths:
        words = this_time.in_words(paths, form_on(timezone.localdate(done.at)))
        raise SaidError(
            Sentence(
                "check_of_other_facts",
                f"记了核查以后又改过：{'、'.join(zh for zh, _ in words)}。按核查的结果改的，请在说明里写明，再定“核查完毕”；"
                "不是的，请按现在的内容重新核查、重新记。",
                f"Changed after a check was noted: {', '.join(en for _, en in words)}. Say in the note that the check led to "
                "it, or check the file again as it is now.",
            )
        )


@transaction.atomic
def review_certificate(household: Household, done: Done, *, version: int) -> None:
    """The half-yearly review of the 特困职工优惠证: its outcome (`done.word`) is what campaigns ask for.

    Raises SaidError for a file that is not on file, for a half-year that has not begun, and where it corrects what was noted
    (another outcome of the same half-year, or an earlier half-year) without a reason, or by the same person.
    """
    locked = locked_file(household, version=version)
    review = words.review_of(f"{done.on.year}年{done.word}")
    if locked.status != ENROLLED:
        raise SaidError(
            Sentence(
                "review_unfit", "优惠证审核只记在档的档案，现在不在档。", "A certificate's review is of a file on file."
            )
        )
    if review.half_year > words.half_year(done.on):
        raise SaidError(
            Sentence(
                "review_before_its_half",
                f"{done.on} 下半年还没开始，不能记下半年的审核；请选上半年，或到7月以后再记。",
                f"The second half-year has not begun on {done.on}: choose the first, or note it from July on.",
            )
        )
    _refuse_correction(locked, review, done)
    locked.certificate_review, locked.certificate_reviewed_in = review.state, review.half_year
    enter(locked, Kind.CERTIFICATE_REVIEW, done)
    write(locked, ["certificate_review", "certificate_reviewed_in"], officer=done.officer, at=done.at)


def _refuse_correction(household: Household, review: words.Review, done: Done) -> None:
    """Raises SaidError where a review says otherwise than the one on the file, unless another person says why."""
    noted = (household.certificate_reviewed_in, household.certificate_review)
    says_otherwise = review.half_year < noted[0] or (review.half_year == noted[0] and review.state != noted[1])
    last = this_time.last_of(household.entries.order_by("at", "id"), Kind.CERTIFICATE_REVIEW)
    if says_otherwise and (not done.note or (last is not None and last.by == done.officer)):
        year, _, half = noted[0].partition("-")
        raise SaidError(
            Sentence(
                "review_corrected",
                f"{year}年{'上' if half == '1' else '下'}半年的已经记过，不用早的、不同的盖掉它。记错了的，请另一位同事来改，"
                "并在说明里写原因。",
                f"A review of {noted[0]} is noted: it is not written over. Where that was a mistake another person corrects it "
                "and says why.",
            )
        )


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
def put_back(household: Household, done: Done, *, version: int) -> None:
    """One step back, with the reason: an objection, a wrong answer, a file handed in too early."""
    locked = locked_file(household, version=version)
    if locked.status not in _BACK or not done.note:
        raise SaidError(
            Sentence("no_step_back", "退回要写原因；在档的档案不退回，办退出。", "Going back needs a reason.")
        )
    enter(locked, Kind.PUT_BACK, done)
    move(locked, _BACK[locked.status], done)
