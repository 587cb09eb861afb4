"""A bank file is handed out once; again only after another person allowed it, and never to the one who allowed."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from huigong.audit import actions as audit
from huigong.audit.queries import history
from huigong.organisations import actions as organisations
from huigong.organisations.hands import OtherRoleError, SameHandsError
from huigong.payments import actions, queries
from huigong.payments.actions.taking import TakenAlreadyError
from huigong.payments.models import FileTaking
from huigong.payments.profiles import text_of
from huigong.payments.tests.bank import NO, OK, OPEN, Bank
from huigong.payments.tests.test_release import order, released
from huigong.values.sentence import SaidError


@pytest.fixture
def batch(city, at):
    return released(city, at, order())[1][0]


@pytest.fixture
def hands(city, at):
    """陈 of finance, 覃 who approves, 农 of finance too, 黄 who only verifies."""
    return {
        name: organisations.add_officer(word, role=role, organisation=city, by="system", at=at)
        for name, word, role in (
            ("chen", "陈", "finance"),
            ("qin", "覃", "approver"),
            ("nong", "农", "finance"),
            ("huang", "黄", "verifier"),
        )
    }


def take(batch, officer, at):
    return actions.take_file(batch, officer=officer, at=at)


def test_the_first_taking_needs_nobody_else_and_gives_the_bytes_that_were_kept(batch, hands, at):
    assert take(batch, hands["chen"], at) == queries.file_of(batch)
    taking = FileTaking.objects.get()
    assert (taking.number, taking.taken_by, taking.allowed_by) == (1, "chen", "")
    assert [event.action for event in history(batch.number)] == ["batch.released", "file.taken"]


@pytest.mark.parametrize("who", ["chen", "nong", "qin"])
def test_a_second_taking_is_refused_to_everybody(batch, hands, at, who):
    take(batch, hands["chen"], at)
    with pytest.raises(TakenAlreadyError, match="可能重复付款"):
        take(batch, hands[who], at)
    assert FileTaking.objects.count() == 1


def test_whoever_took_it_does_not_allow_it_again(batch, hands, at):
    take(batch, hands["chen"], at)
    with pytest.raises(TakenAlreadyError):
        actions.allow_again(batch, officer=hands["chen"], at=at)


def test_another_person_allows_it_and_it_is_taken_once_more(batch, hands, at):
    first = take(batch, hands["chen"], at)
    actions.allow_again(batch, officer=hands["qin"], at=at)
    assert take(batch, hands["chen"], at) == first
    with pytest.raises(TakenAlreadyError):
        take(batch, hands["nong"], at)
    told = [(event.action, event.actor) for event in history(batch.number)]
    assert told[1:] == [("file.taken", "chen"), ("file.allowed", hands["qin"].username), ("file.taken", "chen")]


def test_whoever_allowed_it_does_not_take_it(batch, hands, at):
    take(batch, hands["chen"], at)
    actions.allow_again(batch, officer=hands["qin"], at=at)
    with pytest.raises(TakenAlreadyError, match="另一个人"):
        take(batch, hands["qin"], at)


def test_there_is_nothing_to_allow_before_it_was_taken(batch, hands, at):
    with pytest.raises(TakenAlreadyError, match="现在就可以取"):
        actions.allow_again(batch, officer=hands["qin"], at=at)


@pytest.mark.parametrize("verb", [actions.take_file, actions.allow_again])
def test_only_who_pays_or_approves_touches_it(batch, hands, at, verb):
    with pytest.raises(OtherRoleError):
        verb(batch, officer=hands["huang"], at=at)
    assert not FileTaking.objects.exists()


def test_the_database_itself_refuses_one_person_alone_and_a_second_taking_without_leave(batch, at):
    alone = {"allowed_by": "chen", "allowed_at": at, "taken_by": "chen", "taken_at": at}
    for wrong in ({"number": 2, **alone}, {"number": 2, "taken_by": "chen", "taken_at": at}):
        with pytest.raises(DatabaseError), transaction.atomic():
            FileTaking.objects.create(batch=batch, **wrong)


def test_what_the_treasury_pays_has_nothing_to_take(city, at, hands):
    campaign, _ = released(city, at)
    actions.agree(campaign, text_of("treasury"), officer="chen", at=at)
    (batch,) = actions.release(campaign, [order()], fund_source="regional-2017", officer="chen", at=at)
    with pytest.raises(SaidError, match="花名册"):
        take(batch, hands["chen"], at)


def test_the_treasurys_list_is_handed_out_once_and_not_under_a_hold(city, at, hands):
    campaign, _ = released(city, at)
    actions.agree(campaign, text_of("treasury"), officer="chen", at=at)
    (batch,) = actions.release(campaign, [order()], fund_source="regional-2017", officer="chen", at=at)
    case = batch.payments.get().case_reference
    actions.hold(case, reason="objection", officer="qin", at=at)
    with pytest.raises(SaidError, match="暂停着"):
        actions.take_list(batch, officer=hands["chen"], at=at)
    actions.lift(case, reason="objection", officer="qin", at=at)
    first = actions.take_list(batch, officer=hands["chen"], at=at)
    assert first.startswith(b"PK")
    with pytest.raises(TakenAlreadyError, match="可能重复付款"):
        actions.take_list(batch, officer=hands["nong"], at=at)
    assert history(batch.number)[-1].action == "file.taken"
    actions.allow_again(batch, officer=hands["nong"], at=at)
    later = at + timedelta(days=3)
    assert actions.take_list(batch, officer=hands["chen"], at=later) == first, "the same order, byte for byte"


def test_a_bank_is_paid_by_its_file_and_not_by_a_list(batch, hands, at):
    with pytest.raises(SaidError, match="请取银行文件"):
        actions.take_list(batch, officer=hands["chen"], at=at)


@pytest.mark.parametrize("done", ["application.verified", "application.approved", "payee.confirmed", "payment.mended"])
def test_who_decided_on_one_of_its_cases_does_not_take_it(batch, hands, at, done):
    audit.record(done, subject=batch.payments.get().case_reference, officer="nong", at=at, payload={})
    with pytest.raises(SameHandsError, match="没有经手过"):
        take(batch, hands["nong"], at)
    assert not FileTaking.objects.exists()
    take(batch, hands["chen"], at)


@pytest.mark.parametrize("word", [OK, NO, OPEN])
def test_what_was_answered_is_handed_out_no_more(city, at, word):
    bank = Bank(city, at)
    batch = bank.pay(bank.order(1), bank.order(2))
    bank.take(batch, bank.file(batch, word, OPEN))
    with pytest.raises(SaidError, match="已有回单"):
        actions.allow_again(batch, officer=bank.nong, at=at)
    with pytest.raises(SaidError, match="已有回单"):
        take(batch, bank.nong, at)


def test_leave_to_take_it_again_ends_with_the_reply(city, at):
    bank = Bank(city, at)
    batch = bank.pay(bank.order(1))
    take(batch, bank.chen, at)
    actions.allow_again(batch, officer=bank.nong, at=at)
    bank.take(batch, bank.file(batch, NO))
    with pytest.raises(SaidError, match="已有回单"):
        take(batch, bank.chen, at)
