"""A bank's reply moves payments, ledger and holds together: paid, failed, not known yet, and come back days later."""

import io
from datetime import timedelta

import pytest
import xlwt
from django.db import DatabaseError, transaction

from huigong.audit import actions as audit
from huigong.audit.queries import history
from huigong.documents import queries as documents
from huigong.ledger import queries as ledger
from huigong.organisations import actions as organisations
from huigong.organisations.hands import OtherRoleError, SameHandsError
from huigong.payments import actions, profiles, queries
from huigong.payments.actions import KeyedLine
from huigong.payments.models import BankReply, Payment, PaymentBatch
from huigong.payments.reply_files import ReplyRefusedError
from huigong.payments.tests.bank import AID, BACK, FUND, NO, OK, OPEN, Bank, hand_out, statuses
from huigong.values import money
from huigong.values.sentence import SaidError

CASES = [f"SA-450422-2017-0000{number}" for number in range(1, 5)]


@pytest.fixture
def bank(city, at):
    return Bank(city, at)


@pytest.fixture
def batch(bank):
    return bank.pay(*(bank.order(number) for number in (1, 2, 3)))


def money_of(account):
    line = ledger.balance(account)
    return line.posted, line.debits_pending + line.credits_pending


def test_paid_is_posted_failed_is_voided_and_what_is_not_known_stays_promised(bank, batch):
    reply = bank.take(batch, bank.file(batch, OK, NO, OPEN))
    assert statuses(batch) == ["paid", "failed", "unknown"]
    assert money_of(AID) == (300_000, 300_000)
    assert money_of(FUND) == (-300_000, 300_000)
    assert {one.reference[-4:]: one.of[-7:] for one in ledger.transfers() if one.of} == {
        "post": "pending",
        "void": "pending",
    }
    assert Payment.objects.get(position=2).reason == "name_differs"
    assert queries.holds(CASES) == {CASES[1]: "银行没付成或退回，原因待处理"}
    assert PaymentBatch.objects.get().status == "released"
    assert documents.content(reply.document) == bank.file(batch, OK, NO, OPEN).content()
    assert [event.action for event in history(CASES[0])] == ["payment.released", "payment.paid"]


def test_a_batch_is_settled_once_every_payment_has_an_end(bank, batch):
    bank.take(batch, bank.file(batch, OK, OK, OPEN))
    bank.take(batch, bank.file(batch, OK, OK, OK), days=1)
    assert statuses(batch) == ["paid"] * 3
    assert PaymentBatch.objects.get().status == "settled"
    assert [event.action for event in history(batch.number)][-1] == "batch.settled"


def test_money_that_comes_back_days_later_reverses_the_post(bank, batch):
    bank.take(batch, bank.file(batch, OK, OK, OK))
    bank.made += timedelta(days=3)
    bank.take(batch, bank.file(batch, OK, (BACK, "账户已销户"), OK), days=3)
    assert statuses(batch) == ["paid", "bounced", "paid"]
    assert money_of(AID) == (600_000, 0)
    assert Payment.objects.get(position=2).reason == "account_closed"
    assert [one.kind for one in ledger.transfers() if one.reference.startswith(CASES[1])] == [
        "pending",
        "post",
        "reversal",
    ]
    assert queries.held(CASES) == {CASES[1]}


def test_returned_before_anybody_said_paid_is_a_failure(bank, batch):
    bank.take(batch, bank.file(batch, BACK, OK, OK))
    assert statuses(batch)[0] == "failed"
    assert money_of(AID) == (600_000, 0)


def test_a_file_of_some_of_the_payments_is_taken_and_the_others_wait(bank, batch):
    bank.take(batch, bank.file(batch, OK))
    assert statuses(batch) == ["paid", "released", "released"]


def test_a_mark_at_the_beginning_and_separators_at_the_end_are_read(bank, batch):
    content = b"\xef\xbb\xbf" + bank.file(batch, OK, OK, OK).content().decode("gbk").encode()
    bank.take(batch, content + b"\r\n\r\n")
    assert statuses(batch) == ["paid"] * 3


def test_what_is_not_known_is_not_paid_again_by_itself(bank, batch):
    bank.take(batch, bank.file(batch, OPEN, OK, OK))
    assert queries.paid(CASES[:1]) == {CASES[0]}
    again = actions.Order(CASES[0], "韦秀兰", Payment.objects.get(position=1).card.plain(), batch.payments.first().data_key_id, 300_000, "x:pending", 2)  # fmt: skip
    assert actions.release(bank.campaign, [again], fund_source="regional-2017", officer="chen", at=bank.at) == []


def test_two_equal_payments_are_both_paid(bank):
    batch = bank.pay(bank.order(1, account=1), bank.order(2, account=1))
    bank.take(batch, bank.file(batch, OK, OK))
    assert money_of(AID) == (600_000, 0)


def sheet(batch, *outcomes):
    book = xlwt.Workbook()
    page = book.add_sheet("结果")
    for column, word in enumerate(("账号", "姓名", "金额", "备注", "状态", "原因")):
        page.write(0, column, word)
    for number, (row, word) in enumerate(zip(batch.payments.order_by("position"), outcomes, strict=False), 1):
        for column, cell in enumerate(
            (row.card.plain(), row.payee_name, row.fen / 100, "", word, "销户" if word == NO else "")
        ):
            page.write(number, column, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_portals_sheet_without_numbers_is_matched_by_account_name_and_amount(city, at):
    bank = Bank(city, at, "xls-portal")
    batch = bank.pay(*(bank.order(number, fen=300_010) for number in (1, 2, 3)))
    bank.take(batch, sheet(batch, OK, NO, OK))
    assert statuses(batch) == ["paid", "failed", "paid"]


def test_equal_payments_of_a_sheet_that_ended_differently_are_left_to_two_people(city, at):
    bank = Bank(city, at, "xls-portal")
    batch = bank.pay(bank.order(1, account=1), bank.order(2, account=1), bank.order(3))
    with pytest.raises(ReplyRefusedError) as refused:
        bank.take(batch, sheet(batch, OK, NO, OK))
    assert [(one.line, one.sentence.code) for one in refused.value.faults] == [(2, "ambiguous")]
    bank.take(batch, sheet(batch, OK, OK, OK))
    assert statuses(batch) == ["paid"] * 3


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + bytes(600), "账号,姓名".encode()])
def test_what_is_no_sheet_is_told(city, at, content):
    bank = Bank(city, at, "xls-portal")
    with pytest.raises(ReplyRefusedError):
        bank.take(bank.pay(bank.order(1)), content)


def test_a_plain_csv_gives_our_reference_back(city, at):
    bank = Bank(city, at, "csv-plain")
    batch = bank.pay(bank.order(1), bank.order(2))
    lines = [f"{row.card.plain()},{row.payee_name},{money.in_yuan(row.fen)},,{row.case_reference},{OK}," for row in batch.payments.order_by("-position")]  # fmt: skip
    bank.take(batch, "\n".join(lines).encode("gb18030"))
    assert statuses(batch) == ["paid", "paid"]


def line_of(batch, profile, word, why="", *, remark=None):
    """The bank's answer to the only payment of a batch; its remark as it went out, unless told."""
    row = batch.payments.get()
    remark = f"金秋助学 {batch.number}" if remark is None else remark
    cells = [row.card.plain(), row.payee_name, money.in_yuan(row.fen), remark]
    cells = ["1", *cells] if profile == "default" else [*cells, row.case_reference]
    return (",".join([*cells, word, why]) + "\n").encode("gb18030")


@pytest.fixture(params=["default", "csv-plain"])
def twice(request, city, at):
    """One case failed by the first batch and stands in a second one, to the same card."""
    bank = Bank(city, at, request.param)
    first = bank.pay(bank.order(1))
    told = line_of(first, request.param, NO, "超过限额")
    bank.take(first, told)
    actions.lift(CASES[0], reason="bank_returned", officer="huang", at=at)
    return bank, first, bank.pay(bank.order(1, attempt=2)), told


@pytest.mark.parametrize("change", ["the same bytes", "another line end"])
def test_the_answer_to_one_batch_is_none_of_the_next(twice, change):
    bank, _, second, told = twice
    with pytest.raises(ReplyRefusedError) as refused:
        bank.take(second, told if change == "the same bytes" else told.replace(b"\n", b"\r\n"))
    code = "same_file" if change == "the same bytes" else "other_remark"
    assert [one.sentence.code for one in refused.value.faults] == [code]
    assert statuses(second) == ["released"]


@pytest.mark.parametrize("remark", ["", "金秋助学", "金秋助学 SA-4504"])
def test_what_does_not_say_which_of_two_batches_it_answers_is_left_to_two_people(twice, remark):
    bank, _, second, _ = twice
    with pytest.raises(ReplyRefusedError, match="没写是哪一批"):
        bank.take(second, line_of(second, bank.profile, OK, remark=remark))
    assert statuses(second) == ["released"]


def test_by_its_remark_the_second_batch_is_answered(twice):
    bank, _, second, _ = twice
    bank.take(second, line_of(second, bank.profile, OK))
    assert statuses(second) == ["paid"]


def test_a_bank_that_gives_no_remark_back_is_taken_where_nothing_like_it_went_out(city, at):
    bank = Bank(city, at, "default")
    batch = bank.pay(bank.order(1))
    bank.take(batch, line_of(batch, "default", OK, remark=""))
    assert statuses(batch) == ["paid"]


def test_what_was_agreed_before_remarks_named_the_batch_is_read_as_agreed(city, at):
    bank = Bank(city, at, "default")
    old = (
        profiles.text_of("default")
        .replace(" {batch}", "")
        .replace('"yuan", "remark", "status"', '"yuan", "empty", "status"')
    )
    actions.agree(bank.campaign, old, officer="chen", at=at)
    first = bank.pay(bank.order(1))
    bank.take(first, line_of(first, "default", NO, "超过限额", remark=""))
    actions.lift(CASES[0], reason="bank_returned", officer="huang", at=at)
    second = bank.pay(bank.order(1, attempt=2))
    with pytest.raises(ReplyRefusedError, match="没写是哪一批"):
        bank.take(second, line_of(second, "default", OK, remark=""))


def test_the_treasury_answers_on_paper_only(city, at):
    bank = Bank(city, at, "treasury")
    with pytest.raises(SaidError, match="两人录入"):
        bank.take(bank.pay(bank.order(1)), b"x")


def test_nothing_answers_what_nobody_was_handed(bank, batch):
    content = bank.file(batch, OK, OK, OK).content()
    for answer in (
        lambda: actions.take_reply(batch, content, name="x", officer=bank.chen, at=bank.at),
        lambda: actions.look_at_reply(batch, content, name="x", officer=bank.chen, at=bank.at),
        lambda: actions.key_reply(
            batch, b"scan", [KeyedLine(1, "paid")], dated=bank.made, name="x", officer=bank.chen, at=bank.at
        ),
    ):
        with pytest.raises(SaidError, match="还没有人取走"):
            answer()
    assert statuses(batch) == ["released"] * 3


def test_who_decided_on_a_case_neither_looks_at_its_reply_nor_takes_or_keys_it(bank, batch):
    hand_out(batch, officer=bank.chen, at=bank.at)
    audit.record("application.approved", subject=CASES[1], officer=bank.nong.username, at=bank.at, payload={})
    content, nong = bank.file(batch, OK, OK, OK).content(), {"officer": bank.nong, "at": bank.at}
    for answer in (
        lambda: actions.take_reply(batch, content, name="x", **nong),
        lambda: actions.look_at_reply(batch, content, name="x", **nong),
        lambda: actions.key_reply(batch, b"scan", [KeyedLine(1, "paid")], dated=bank.made, name="x", **nong),
    ):
        with pytest.raises(SameHandsError, match="没有经手过"):
            answer()
    bank.take(batch, content)
    assert statuses(batch) == ["paid"] * 3


def test_only_who_pays_or_approves_takes_in_a_reply(bank, batch, city, at):
    lu = organisations.add_officer("陆", role="preparer", organisation=city, by="system", at=at)
    with pytest.raises(OtherRoleError):
        bank.take(batch, bank.file(batch, OK, OK, OK), officer=lu)
    assert statuses(batch) == ["released"] * 3


def test_a_reply_is_never_changed(bank, batch):
    bank.take(batch, bank.file(batch, OK, OK, OK))
    with pytest.raises(DatabaseError, match="huigong guard"), transaction.atomic():
        BankReply.objects.update(taken_by="mo")
