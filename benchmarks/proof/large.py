"""Large figures: five thousand payments out and their reply in; a chain of a million events verified."""

import time

from benchmarks.proof.machine import AT, FEN, build
from huigong.audit import actions as audit
from huigong.audit import verification
from huigong.ledger import actions as ledger
from huigong.payments import actions as payments
from huigong.payments import queries as of_payments
from huigong.payments.models import PaymentBatch
from huigong.payments.profiles import text_of
from huigong.payments.tests.bank import AID, NAMES, card
from huigong.values.money import Fen

_FUND = "fund:large"


def replies(count: int) -> int:
    """A batch file of so many lines written, and its result taken in: every tenth failed."""
    world = build()
    bank = world.bank
    wide = text_of("txt-pipe").replace("max_rows = 1000", f"max_rows = {count}")
    payments.agree(bank.campaign, wide, officer="chen", at=AT)
    ledger.open_account(_FUND, "示例", federation=bank.city, may_be_overdrawn="yes", officer="qin", at=AT)
    references = [f"SA-450422-2017-{number:05d}" for number in range(count)]
    transfers = [f"{reference}:aid:1:pending" for reference in references]
    ledger.post_all(
        [ledger.Entry(one, _FUND, AID, Fen(FEN), "aid", "pending") for one in transfers], officer="qin", at=AT
    )
    orders = [
        payments.Order(reference, NAMES[number % 6], card(number), world.keys[1], FEN, transfers[number])
        for number, reference in enumerate(references)
    ]
    began = time.monotonic()
    payments.release(bank.campaign, orders, fund_source="large", officer="chen", at=AT)
    out = time.monotonic() - began
    batch = PaymentBatch.objects.get()
    lines = [
        f"{line.rsplit('|', 2)[0]}|{'失败|户名不符' if number % 10 == 0 else '成功|'}|\r\n"
        for number, line in enumerate(of_payments.file_of(batch).decode("gbk").splitlines())
    ]
    failed = len(range(0, count, 10))
    head = (
        f"{batch.number}|20170807|{count}|{count * 3000}.00|{count - failed}|{(count - failed) * 3000}.00|{failed}|\r\n"
    )
    began = time.monotonic()
    payments.take_reply(batch, "".join([head, *lines]).encode("gbk"), name="x", officer=bank.chen, at=AT)
    back = time.monotonic() - began
    print(f"{count} lines: file out {out:.1f} s, reply in {back:.1f} s, together {out + back:.1f} s")
    return 0


def chain(events: int) -> int:
    """A chain of so many events, then its verification, which recomputes every digest."""
    began, part = time.monotonic(), 20_000
    for start in range(0, events, part):
        audit.record_all(
            audit.Entry("payment.paid", f"SA-450422-2017-{number:07d}", "chen", AT, {"fen": FEN, "line": number})
            for number in range(start, min(start + part, events))
        )
    written = time.monotonic() - began
    began = time.monotonic()
    report = verification.verify()
    assert report.holds
    assert report.events == events
    print(f"{events} events: written in {written:.0f} s, verified in {time.monotonic() - began:.1f} s")
    return 0
