"""Large figures: five thousand payments out and their reply in; a chain of a million events verified."""

from benchmarks.proof.office import AT, FEN, build
from benchmarks.proof.telling import Telling
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
_PART = 20_000


def replies(count: int, *, told: Telling, within: float) -> None:
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
    told.begin("lines going out", count)
    payments.release(bank.campaign, orders, fund_source="large", officer="chen", at=AT)
    out, out_cost = told.seconds, told.cost
    batch = PaymentBatch.objects.get()
    payments.take_file(batch, officer=bank.chen, at=AT)
    lines = [
        f"{line.rsplit('|', 2)[0]}|{'失败|户名不符' if number % 10 == 0 else '成功|'}|\r\n"
        for number, line in enumerate(of_payments.file_of(batch).decode("gbk").splitlines())
    ]
    failed = len(range(0, count, 10))
    head = (
        f"{batch.number}|20170807|{count}|{count * 3000}.00|{count - failed}|{(count - failed) * 3000}.00|{failed}|\r\n"
    )
    told.begin("lines coming in", count)
    payments.take_reply(batch, "".join([head, *lines]).encode("gbk"), name="x", officer=bank.chen, at=AT)
    print(f"{count:,} lines: file out {out_cost}, reply in {told.cost}, together {out + told.seconds:.1f} s")
    assert out + told.seconds <= within, f"more than {within} s"


def chain(events: int, *, told: Telling, within: float) -> None:
    """A chain of so many events, then its verification, which recomputes every digest."""
    told.begin("events written", events)
    for start in range(0, events, _PART):
        numbers = range(start, min(start + _PART, events))
        audit.record_all(
            audit.Entry("payment.paid", f"SA-450422-2017-{number:07d}", "chen", AT, {"fen": FEN, "line": number})
            for number in numbers
        )
        told.one(len(numbers))
    written = told.cost
    told.begin("events verified", events)
    report = verification.verify(looked=lambda count: setattr(told, "done", count))
    assert report.holds, report.sentence.en
    assert report.events == events
    print(f"{events:,} events: written in {written}, verified in {told.cost}")
    assert told.seconds <= within, f"more than {within} s"
