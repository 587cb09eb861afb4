"""A stamped reply is read by two people apart: what both read alike is applied, and nothing else."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from huigong.audit.queries import history
from huigong.payments import actions
from huigong.payments.actions import KeyedLine
from huigong.payments.actions.keying import ReadingsDifferError
from huigong.payments.models import BankReply, KeyedReply
from huigong.payments.reply_files import ReplyRefusedError
from huigong.payments.tests.bank import BACK, NO, OK, OPEN, Bank, hand_out, statuses
from huigong.values.sentence import SaidError

READ = (KeyedLine(1, "paid"), KeyedLine(2, "failed", "account_closed"))


@pytest.fixture
def bank(city, at):
    return Bank(city, at, "treasury")


@pytest.fixture
def batch(bank):
    batch = bank.pay(bank.order(1), bank.order(2))
    hand_out(batch, officer=bank.nong, at=bank.at)
    return batch


def key(bank, batch, officer, *lines, scan=b"scan", dated=None, days=0):
    told = {"dated": dated or bank.made, "name": "回单.jpg"}
    return actions.key_reply(batch, scan, lines or READ, **told, officer=officer, at=bank.at + timedelta(days=days))


def test_the_first_reading_changes_nothing(bank, batch):
    assert key(bank, batch, bank.chen) is None
    assert statuses(batch) == ["released", "released"]
    assert history(batch.number)[-1].action == "reply.keyed"


def test_a_second_reading_that_says_the_same_is_applied(bank, batch):
    key(bank, batch, bank.chen)
    reply = key(bank, batch, bank.nong, *reversed(READ))
    assert statuses(batch) == ["paid", "failed"]
    assert (reply.keyed_by, reply.taken_by) == (bank.chen.username, bank.nong.username)
    assert [event.action for event in history(batch.number)][-3:] == ["reply.taken", "batch.settled", "reply.agreed"]


def test_one_person_alone_never_applies_it(bank, batch):
    for _ in range(3):
        assert key(bank, batch, bank.chen) is None
    assert KeyedReply.objects.count() == 1
    assert statuses(batch) == ["released", "released"]


@pytest.mark.parametrize(
    "lines",
    [
        (KeyedLine(1, "paid"), KeyedLine(2, "paid")),
        (KeyedLine(1, "paid"),),
        (KeyedLine(1, "paid"), KeyedLine(2, "failed", "limit")),
    ],
)
def test_two_readings_that_differ_tell_how_many_keep_both_and_apply_nothing(bank, batch, lines):
    key(bank, batch, bank.chen)
    with pytest.raises(ReadingsDifferError, match="有 1 笔两人录的不一样") as differ:
        key(bank, batch, bank.nong, *lines)
    assert "第 2 笔" not in str(differ.value)
    told = history(batch.number)[-1]
    assert (told.action, told.actor) == ("reply.differed", bank.nong.username)
    assert told.payload["read"] == [f"{one.position} {one.outcome} {one.reason}".strip() for one in lines]
    assert KeyedReply.objects.get().keyed_by == bank.chen.username
    assert statuses(batch) == ["released", "released"]
    assert not BankReply.objects.exists()


def test_whoever_read_first_may_read_again_and_then_both_agree(bank, batch):
    key(bank, batch, bank.chen, KeyedLine(1, "paid"), KeyedLine(2, "paid"))
    key(bank, batch, bank.chen)
    assert key(bank, batch, bank.nong)


def test_the_reply_bears_the_day_on_the_paper_which_both_read_alike(bank, batch):
    day = bank.made + timedelta(days=1)
    key(bank, batch, bank.chen, dated=day, days=9)
    with pytest.raises(ReadingsDifferError, match="日期"):
        key(bank, batch, bank.nong, days=9)
    assert key(bank, batch, bank.nong, dated=day, days=9).dated == day


@pytest.mark.parametrize("off", [-1, 2])
def test_a_paper_of_a_day_before_the_batch_left_or_to_come_is_none_of_it(bank, batch, off):
    with pytest.raises(ReplyRefusedError, match="不在今天以后"):
        key(bank, batch, bank.chen, dated=bank.made + timedelta(days=off), days=1)


def test_paper_keyed_later_makes_the_banks_file_of_the_others_not_stale(city, at):
    bank = Bank(city, at)
    batch = bank.pay(bank.order(1), bank.order(2))
    hand_out(batch, officer=bank.chen, at=at)
    line, day = KeyedLine(1, "paid"), bank.made + timedelta(days=2)
    for officer in (bank.chen, bank.nong):
        key(bank, batch, officer, line, dated=day, days=3)
    bank.made += timedelta(days=1)
    bank.take(batch, bank.file(batch, OK, NO), days=3)
    assert statuses(batch) == ["paid", "failed"]


def test_a_file_older_than_the_paper_moves_nothing_that_the_paper_told(city, at):
    bank = Bank(city, at)
    batch = bank.pay(bank.order(1), bank.order(2))
    hand_out(batch, officer=bank.chen, at=at)
    for officer in (bank.chen, bank.nong):
        key(bank, batch, officer, KeyedLine(1, "paid"), dated=bank.made + timedelta(days=2), days=3)
    bank.made += timedelta(days=1)
    with pytest.raises(ReplyRefusedError, match="更新的结果"):
        bank.take(batch, bank.file(batch, BACK, OK), days=3)
    assert statuses(batch) == ["paid", "released"]


def test_a_wrong_first_reading_is_put_away_by_another_with_a_reason_and_read_anew(bank, batch):
    key(bank, batch, bank.chen, KeyedLine(1, "paid"), KeyedLine(2, "paid"))
    for officer, because in ((bank.chen, "我录错了"), (bank.nong, " ")):
        with pytest.raises(SaidError, match="没有作废"):
            actions.discard_reading(batch, because=because, officer=officer, at=bank.at)
    with pytest.raises(SaidError, match="不替您截短"):
        actions.discard_reading(batch, because="错" * 201, officer=bank.nong, at=bank.at)
    actions.discard_reading(batch, because="陈已离职，第 2 笔看错", officer=bank.nong, at=bank.at)
    assert history(batch.number)[-1].action == "reply.discarded"
    with pytest.raises(SaidError, match="没有作废"):
        actions.discard_reading(batch, because="再一次", officer=bank.nong, at=bank.at)
    key(bank, batch, bank.nong)
    assert key(bank, batch, bank.chen)
    assert statuses(batch) == ["paid", "failed"]
    assert KeyedReply.objects.count() == 2


def test_the_database_itself_refuses_to_discard_ones_own_reading(bank, batch):
    key(bank, batch, bank.chen)
    with pytest.raises(DatabaseError), transaction.atomic():
        KeyedReply.objects.update(discarded_by=bank.chen.username)


def test_two_scans_are_two_papers(bank, batch):
    key(bank, batch, bank.chen)
    with pytest.raises(ReadingsDifferError, match="扫描件"):
        key(bank, batch, bank.nong, scan=b"another")


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ((KeyedLine(9, "paid"),), "foreign"),
        ((KeyedLine(1, "paid"), KeyedLine(1, "paid")), "doubled"),
        ((KeyedLine(1, "gone"),), "status_unknown"),
        ((KeyedLine(1, "failed"),), "no_reason"),
    ],
)
def test_a_line_that_is_none_of_the_batch_is_told(bank, batch, lines, code):
    with pytest.raises(ReplyRefusedError) as refused:
        key(bank, batch, bank.chen, *lines)
    assert refused.value.faults[0].sentence.code == code


def test_paper_that_contradicts_what_was_taken_in_is_refused(bank, batch):
    key(bank, batch, bank.chen)
    key(bank, batch, bank.nong)
    lines = (KeyedLine(1, "failed", "other"),)
    key(bank, batch, bank.chen, *lines, scan=b"later")
    with pytest.raises(ReplyRefusedError, match="相反"):
        key(bank, batch, bank.nong, *lines, scan=b"later")
    assert statuses(batch) == ["paid", "failed"]


def test_the_same_paper_is_not_taken_in_twice(bank, batch):
    key(bank, batch, bank.chen)
    key(bank, batch, bank.nong)
    with pytest.raises(ReplyRefusedError, match="收过"):
        key(bank, batch, bank.chen)


def test_two_people_settle_what_the_banks_file_left_open(city, at):
    bank = Bank(city, at)
    batch = bank.pay(bank.order(1), bank.order(2))
    bank.take(batch, bank.file(batch, OK, OPEN))
    lines = (KeyedLine(2, "paid"),)
    key(bank, batch, bank.chen, *lines)
    assert key(bank, batch, bank.nong, *lines)
    assert statuses(batch) == ["paid", "paid"]
