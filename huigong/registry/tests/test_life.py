"""The life of a file: what each step asks for, what it refuses and why, what history holds, who may follow whom."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from huigong.audit import queries as audit
from huigong.documents import actions as documents
from huigong.lifecycle.actions import NotAllowedError
from huigong.registry import actions, code_lists, receipts, waiting
from huigong.registry.actions.departing import LEFT
from huigong.registry.lifecycle import NEXT, TOLD, WORDS, status_of
from huigong.registry.models import FileEntry
from huigong.registry.tests.lives import Life, drafted
from huigong.values.sentence import SaidError
from huigong.values.working_days import shipped_calendar

CALENDAR = {"calendar": shipped_calendar()}


@pytest.fixture
def life(huang, at):
    actions.keep_codes(code_lists.shipped(), source="shipped", officer="system", at=at)
    return Life(drafted(huang, at), at)


def test_from_draft_to_enrolled(life):
    life.enrolled()
    file = life.file
    assert (file.status, file.file_status, file.is_enrolled, file.enrolment_level) == ("enrolled", "在档", True, "县级")
    kinds = list(file.entries.values_list("kind", flat=True))
    assert kinds == ["reported", "home_visit", "authorisation", "civil_affairs", "checked", "notice", "enrolled"]
    told = [one for one in audit.history(file.file_number) if one.action == "file.moved"]
    assert [one.payload["to"] for one in told] == ["reported", "checked", "on_notice", "enrolled"]


def test_checks_that_are_lacking_are_named_together(life):
    life.verb(actions.report, by="lu")
    actions.note(life.file, "home_visit", life.done())
    with pytest.raises(SaidError, match="还差：核对授权、民政核对"):
        life.verb(actions.check)


def test_the_notice_hangs_for_five_working_days_and_nobody_is_enrolled_before(life):
    life.checked()
    entry = life.verb(actions.put_on_notice, extra=CALENDAR)
    assert (entry.on, entry.until) == (date(2017, 8, 7), date(2017, 8, 11))
    life.later(4)
    with pytest.raises(SaidError, match="公示到 2017-08-11"):
        life.verb(actions.enrol, word="县级")
    life.later(1)
    life.verb(actions.enrol, word="县级")


def test_who_reported_a_file_does_not_enrol_it(life):
    life.checked()
    life.verb(actions.put_on_notice, extra=CALENDAR)
    life.later(8)
    with pytest.raises(SaidError, match="谁报的谁不定"):
        life.verb(actions.enrol, by="lu", word="县级")


def test_a_step_out_of_order_is_refused_and_leaves_no_entry(life):
    with pytest.raises(NotAllowedError):
        life.verb(actions.put_on_notice, extra=CALENDAR)
    assert not life.file.entries.exists()


def test_a_stale_version_moves_nothing(life):
    file = life.file
    life.verb(actions.report, by="lu")
    with pytest.raises(actions.StaleFileError):
        actions.report(file, life.done(by="lu"), version=file.version)


def test_what_has_not_come_yet_is_not_written_down(life):
    with pytest.raises(SaidError, match="还没到"):
        life.verb(actions.report, on=date(2017, 9, 1))


def test_one_step_back_needs_a_reason_which_is_encrypted(life):
    life.checked()
    with pytest.raises(SaidError, match="写原因"):
        life.verb(actions.put_back)
    life.verb(actions.put_back, note="收入有出入")
    assert life.file.status == "reported"
    assert life.file.entries.get(kind="put_back").note.plain() == "收入有出入"
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM registry_fileentry WHERE kind = 'put_back'")
        assert "收入有出入".encode() not in bytes(cursor.fetchone()[0])


@pytest.mark.parametrize(("reason", "word"), [("脱困", "已脱困"), ("死亡", "已注销（死亡）"), ("其他", "已退出")])
def test_whoever_leaves_is_no_longer_on_file_and_the_originals_are_kept_ten_years(life, reason, word):
    life.enrolled()
    left = life.at.date()
    life.verb(actions.leave, word=reason)
    file = life.file
    assert (file.status, file.file_status, file.is_enrolled) == ("exited", word, False)
    assert file.keep_until == left.replace(year=left.year + 10)


def test_originals_are_not_destroyed_before_their_day_and_the_refusal_says_until_when(life):
    paper = documents.store(b"visit", name="入户.jpg", media_type="image/jpeg", officer="lu", at=life.at)
    life.enrolled(paper=paper)
    with pytest.raises(SaidError, match="退出后十年"):
        actions.note_destroyed(life.file, life.done())
    life.verb(actions.leave, word="脱困")
    with pytest.raises(SaidError, match=r"第十五条.*2027-08-15"):
        actions.note_destroyed(life.file, life.done())
    life.later(3653)
    hold = documents.keep_file_back(life.file.file_number, documents.Ground("复查", "3号"), officer="liang", at=life.at)
    with pytest.raises(SaidError, match="在保全"):
        actions.note_destroyed(life.file, life.done())
    documents.let_go(hold, officer="qin", at=life.at)
    hold = documents.keep_back(paper, documents.Ground("复查", "4号"), officer="liang", at=life.at)
    with pytest.raises(SaidError, match="4号"):
        actions.note_destroyed(life.file, life.done())
    documents.let_go(hold, officer="qin", at=life.at)
    actions.note_destroyed(life.file, life.done())
    assert life.file.entries.filter(kind="destroyed").exists()


def test_a_family_in_need_again_has_its_old_file_and_is_checked_anew(life):
    life.enrolled()
    life.verb(actions.leave, word="脱困")
    life.verb(actions.open_again)
    assert (life.file.status, life.file.keep_until) == ("reported", None)
    with pytest.raises(SaidError, match="还差：入户调查"):
        life.verb(actions.check)


def test_a_file_that_moves_stands_until_the_other_union_takes_it(life, city):
    other = city.children.get()
    life.enrolled()
    life.verb(actions.send_to, other)
    assert (life.file.is_enrolled, life.file.federation) == (True, city)
    life.verb(actions.take_over)
    file = life.file
    assert (file.status, file.federation, file.moving_to, file.county) == ("enrolled", other, None, "藤县")


def test_a_file_that_is_declined_stays(life, city):
    life.enrolled()
    life.verb(actions.send_to, city.children.get())
    with pytest.raises(SaidError, match="写原因"):
        life.verb(actions.decline)
    life.verb(actions.decline, note="这家不在藤县")
    assert (life.file.federation, life.file.moving_to, life.file.is_enrolled) == (city, None, True)


def test_a_file_does_not_move_to_where_it_is(life, city):
    life.enrolled()
    with pytest.raises(SaidError, match="另一个总工会"):
        life.verb(actions.send_to, city)


def test_the_certificates_review_is_what_campaigns_ask_for(life):
    life.enrolled()
    life.verb(actions.review_certificate, word="下半年通过")
    assert (life.file.certificate_review, life.file.certificate_reviewed_in) == ("passed", "2017-2")


def test_a_family_confirms_by_its_receipt_and_by_nothing_else(life):
    life.enrolled()
    code = receipts.code_of(life.file, year=2017)
    assert code != receipts.code_of(life.file, year=2018)
    for wrong in ("", "ABCDEFGH", receipts.code_of(life.file, year=2018)):
        with pytest.raises(SaidError, match="不对"):
            actions.confirm_unchanged(life.file, life.done(by="family"), code=wrong)
    actions.confirm_unchanged(life.file, life.done(by="family"), code=f" {code[:4].lower()}-{code[4:]}")
    assert life.file.entries.filter(kind="yearly_check", by="family").count() == 1


def test_an_import_that_brings_another_word_moves_the_file_with_it(life, at):
    life.enrolled()
    actions.amend(life.file, "file_status", "已注销", officer="huang", at=life.at)
    assert (life.file.status, life.file.is_enrolled) == ("exited", False)


def test_an_entry_is_never_rewritten(life):
    life.verb(actions.report, by="lu")
    for statement in ("UPDATE registry_fileentry SET word = 'x'", "DELETE FROM registry_fileentry"):
        with pytest.raises(DatabaseError, match="guard"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("在档", "enrolled"), ("在档（市级）", "enrolled"), ("在档（转出中）", "moving"), ("已脱困", "exited"),
        ("已注销", "exited"), ("已迁出", "exited"), ("", "reported"), ("待审", "reported"), ("草稿", "draft"),
    ],
)  # fmt: skip
def test_the_one_reading_of_a_files_own_word(word, state):
    assert status_of(word) == state


def test_every_word_that_is_written_is_read_as_its_state():
    assert all(status_of(zh) == state for state, (zh, _) in WORDS.items())
    assert all(status_of(word) == "exited" for word in LEFT.values())
    assert NEXT.keys() == TOLD.keys() == WORDS.keys()
    assert set(FileEntry.Kind.values) >= {"reported", "exited"}


@pytest.mark.parametrize("until", ["draft", "reported", "checked", "on_notice"])
def test_a_file_that_is_not_enrolled_ends_with_its_reason_and_keeps_nobody_from_another(life, huang, until):
    if until == "reported":
        life.verb(actions.report, by="lu")
    elif until != "draft":
        life.checked()
    if until == "on_notice":
        life.verb(actions.put_on_notice, extra=CALENDAR)
    assert life.file.status == until
    for wrong in ({"word": "不符合条件"}, {"word": "不喜欢", "note": "三(二)"}):
        with pytest.raises(SaidError, match="哪一条"):
            life.verb(actions.turn_down, **wrong)
    life.verb(actions.turn_down, word="不符合条件", note="三(二)：有两套住房")
    file = life.file
    assert (file.status, file.file_status, file.is_enrolled) == ("exited", "已撤下（不符合）", False)
    assert status_of(file.file_status) == "exited"
    assert file.keep_until.year == life.at.year + 10
    assert file not in waiting.waiting(huang, "to-complete", today=life.at.date())
    again = drafted(huang, life.at)
    assert again.status == "draft"
    with pytest.raises(SaidError, match="一户一档"):
        life.verb(actions.open_again)


def test_a_file_that_was_taken_off_is_taken_up_again_and_one_that_stands_is_not_taken_off(life):
    life.verb(actions.turn_down, word="填错或重复", note="号码抄错")
    life.verb(actions.open_again)
    assert life.file.status == "reported"
    actions.amend(life.file, "file_status", "在档", officer="huang", at=life.at)
    with pytest.raises(SaidError, match="在档的办“退出”"):
        life.verb(actions.turn_down, word="不符合条件", note="三(二)")
