"""The faults of a bank's reply: each is told with its line, its column and its cause, and nothing of the file is applied."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from huigong.audit import queries as audit
from huigong.documents.models import Document
from huigong.ledger import queries as ledger
from huigong.payments.models import BankReply, Hold
from huigong.payments.reply_files import MAX_BYTES, ReplyRefusedError
from huigong.payments.tests.bank import BACK, NO, OK, OPEN, Bank, hand_out, statuses

_ALL = (OK, OK, OK)


def spoilt_cell(line, column, value):
    return lambda bank, batch: bank.file(batch, *_ALL).with_cell(line, column, value)


def spoilt_head(**changes):
    return lambda bank, batch: bank.file(batch, *_ALL, **changes)


def spoilt_bytes(change):
    return lambda bank, batch: change(bank.file(batch, *_ALL).content())


def swapped(bank, batch):
    result = bank.file(batch, *_ALL)
    result.lines[0][1:3], result.lines[1][1:3] = result.lines[1][1:3], result.lines[0][1:3]
    return result


def doubled(bank, batch):
    result = bank.file(batch, *_ALL, count="4", yuan="12000.00", paid_count="4", paid_yuan="12000.00")
    result.lines.append(list(result.lines[0]))
    return result


def after(*outcomes):
    """The batch was answered so a day earlier; then comes a file that contradicts it."""

    def answered(then):
        def made(bank, batch):
            bank.take(batch, bank.file(batch, *outcomes), days=1)
            bank.made += timedelta(days=1)
            return then(bank, batch)

        return made

    return answered


def says(*outcomes, **changes):
    return lambda bank, batch: bank.file(batch, *outcomes, **changes)


def same_file(bank, batch):
    content = bank.file(batch, OK, NO, OPEN).content()
    bank.take(batch, content, officer=bank.nong, days=1)
    return content


def older(bank, batch):
    bank.made += timedelta(days=1)
    bank.take(batch, bank.file(batch, OK, OPEN, OPEN), days=1)
    bank.made -= timedelta(days=1)
    return bank.file(batch, OK, OK, OPEN)


def of_another_batch(bank, batch):
    other = bank.pay(bank.order(11), bank.order(12), bank.order(13))
    return bank.file(other, *_ALL, batch=batch.number)


def an_older_attempt(bank, batch):
    """Payment 2 failed and was paid again in a later batch; then the first batch's bank says that it went after all."""
    bank.take(batch, bank.file(batch, OK, NO, OK), days=1)
    Hold.objects.all().delete()
    bank.pay(bank.order(2, attempt=2))
    return bank.file(batch, OK, OK, OK)


FAULTS = {
    "an empty file": (spoilt_bytes(lambda _: b""), 0, "", "empty"),
    "a head and no line": (spoilt_bytes(lambda content: content.split(b"\n")[0]), 0, "", "empty"),
    "a file that is too large": (spoilt_bytes(lambda _: b"x" * (MAX_BYTES + 1)), 0, "", "too_large"),
    "a picture": (spoilt_bytes(lambda _: b"\x89PNG\x00\x00"), 0, "", "no_text"),
    "bytes that are no GBK": (spoilt_bytes(lambda content: content + b"4|\xff\xff|1\r\n"), 5, "", "encoding"),
    "a column too few": (
        spoilt_bytes(lambda content: content.replace("|3000.00|成功".encode("gbk"), b"", 1)),
        2,
        "",
        "columns",
    ),
    "another bank's layout": (spoilt_bytes(lambda content: content.replace(b"|", b",")), 1, "", "columns"),
    "an empty line between": (
        spoilt_bytes(lambda content: content.replace(b"\r\n2|", b"\r\n\r\n2|")),
        3,
        "",
        "empty_line",
    ),
    "no first line of totals": (spoilt_bytes(lambda content: content.split(b"\n", 1)[1]), 1, "batch", "foreign_batch"),
    "a file that was cut off": (spoilt_bytes(lambda content: content[:-12]), 4, "", "columns"),
    "two lines run into one": (spoilt_bytes(lambda content: content.replace(b"|\r\n2|", b"|2|")), 2, "", "columns"),
    "another batch's number": (spoilt_head(batch="SA-450400-2017-B099"), 1, "batch", "foreign_batch"),
    "another batch under this number": (of_another_batch, 2, "card", "other_card"),
    "a count that differs": (spoilt_head(count="4"), 1, "count", "mis_totalled"),
    "a total that differs": (spoilt_head(yuan="9000.01"), 1, "yuan", "mis_totalled"),
    "a count of successes that differs": (spoilt_head(paid_count="2"), 1, "paid_count", "mis_totalled"),
    "a sum of successes that differs": (spoilt_head(paid_yuan="6000.00"), 1, "paid_yuan", "mis_totalled"),
    "a count of failures that differs": (spoilt_head(failed_count="1"), 1, "failed_count", "mis_totalled"),
    "a day that is none": (spoilt_head(made="20171345"), 1, "made", "no_day"),
    "a day to come": (spoilt_head(made="20991231"), 1, "made", "future"),
    "a day before the batch left": (spoilt_head(made="20170101"), 1, "made", "before_taken"),
    "the same file by somebody else": (same_file, 0, "", "same_file"),
    "an older file than the applied one": (older, 1, "made", "stale"),
    "a payment that is not in the batch": (spoilt_cell(1, "position", "9"), 3, "position", "foreign"),
    "a position that is no number": (spoilt_cell(1, "position", "二"), 3, "position", "foreign"),
    "a payment twice": (doubled, 5, "position", "doubled"),
    "another name": (spoilt_cell(1, "name", "黄桂芬"), 3, "name", "other_name"),
    "another account": (spoilt_cell(1, "card", "6217000000000000019"), 3, "card", "other_card"),
    "a character that became a question mark": (spoilt_cell(1, "name", "黄桂?"), 3, "name", "other_name"),
    "two payees changed for each other": (swapped, 2, "card", "other_card"),
    "another amount": (spoilt_cell(1, "yuan", "3000.01"), 3, "yuan", "other_yuan"),
    "an amount with a third decimal": (spoilt_cell(1, "yuan", "3000.004"), 3, "yuan", "other_yuan"),
    "an account that lost its digits": (spoilt_cell(1, "card", "6.217E+15"), 3, "card", "other_card"),
    "a status that nobody knows": (spoilt_cell(1, "status", "也许"), 3, "status", "status_unknown"),
    "a failure without a reason": (says(OK, (NO, ""), OK), 3, "reason", "no_reason"),
    "a return without a reason": (says(OK, OK, (BACK, "")), 4, "reason", "no_reason"),
    "failed after it was paid": (after(OK, OK, OPEN)(says(OK, NO, OK)), 3, "status", "contradiction"),
    "paid after it failed": (after(OK, NO, OPEN)(says(OK, OK, OK)), 3, "status", "contradiction"),
    "not known after it was paid": (after(OK, OK, OPEN)(says(OK, OPEN, OK)), 3, "status", "contradiction"),
    "paid after it bounced": (after(OK, BACK, OK)(says(OK, OK, OK)), 3, "status", "contradiction"),
    "an attempt that was paid anew": (an_older_attempt, 3, "status", "contradiction"),
    "nothing that is new": (after(OK, NO, OPEN)(says(OK, NO, OPEN)), 0, "", "nothing_new"),
}


def standing(batch):
    balances = [(line.code, line.posted, line.debits_pending) for line in ledger.trial_balance()]
    return statuses(batch), balances, BankReply.objects.count(), Document.objects.count(), Hold.objects.count()


@pytest.mark.parametrize(("spoil", "line", "column", "code"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_and_nothing_is_half_applied(city, at, spoil, line, column, code):
    bank = Bank(city, at)
    batch = bank.pay(bank.order(1), bank.order(2), bank.order(3))
    hand_out(batch, officer=bank.chen, at=at)
    content = spoil(bank, batch)
    content = content if isinstance(content, bytes) else content.content()
    before, told = standing(batch), audit.count()
    with pytest.raises(ReplyRefusedError) as refused:
        bank.take(batch, content, days=2)
    assert (line, column, code) in {(one.line, one.column, one.sentence.code) for one in refused.value.faults}
    assert "一笔都没有记" in refused.value.sentence.zh
    assert standing(batch) == before
    assert audit.count() == told + 1
    assert audit.history(batch.number)[-1].action == "reply.refused"


def test_there_are_as_many_faults_as_the_page_about_money_says():
    page = (Path(settings.BASE_DIR) / "docs" / "explanation" / "money.md").read_text(encoding="utf-8")
    assert f"test_reply_faults.py`, {len(FAULTS)} of them" in page


def test_every_fault_of_a_file_is_told_and_no_payees_number_is_repeated(city, at):
    bank = Bank(city, at)
    batch = bank.pay(bank.order(1), bank.order(2), bank.order(3))
    result = bank.file(batch, *_ALL).with_cell(0, "name", "莫某").with_cell(2, "card", "6217000000000000019")
    with pytest.raises(ReplyRefusedError) as refused:
        bank.take(batch, result)
    assert [(one.line, one.column) for one in refused.value.faults] == [(2, "name"), (4, "card")]
    assert "6217" not in str(refused.value)
    assert "莫某" not in str(refused.value)
