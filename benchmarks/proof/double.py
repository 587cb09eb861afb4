"""Every submission two to four times at once: approvals, batches and replies have one effect each, and nobody sees an error page.

Whoever comes second is told so in words (SaidError) or finds it done; anything else would be an HTTP 500.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from random import Random
from threading import Barrier

from django.db import connections

from benchmarks.proof.office import AT, FEN, build
from benchmarks.proof.telling import Telling
from huigong.audit import verification
from huigong.ledger import actions as ledger
from huigong.ledger import queries as of_ledger
from huigong.payments import actions as payments
from huigong.payments.models import BankReply, Payment
from huigong.payments.tests.bank import AID, NAMES, card
from huigong.values.money import Fen
from huigong.values.sentence import SaidError

_FUND = "fund:double"


def run(submissions: int, *, seed: int, told: Telling) -> None:
    chance, world = Random(seed), build()
    ledger.open_account(_FUND, "示例", federation=world.bank.city, may_be_overdrawn="yes", officer="qin", at=AT)
    campaign, chen = world.bank.campaign, world.bank.chen
    cases, calls = -(-submissions // 3), 0
    told.begin("submissions", 3 * cases)
    with ThreadPoolExecutor(4) as pool:
        for number in range(cases):
            reference = f"SA-450422-2017-{number:05d}"
            transfer = f"{reference}:aid:1:pending"
            entry = ledger.Entry(transfer, _FUND, AID, Fen(FEN), "aid", "pending")
            order = payments.Order(reference, NAMES[number % 6], card(number), world.keys[1], FEN, transfer)
            calls += _at_once(pool, chance, lambda e=entry: ledger.post(e, officer="qin", at=AT))
            calls += _at_once(
                pool,
                chance,
                lambda o=order: payments.release(campaign, [o], fund_source="double", officer="chen", at=AT),
            )
            row = Payment.objects.select_related("batch").get(case_reference=reference)
            payments.take_file(row.batch, officer=chen, at=AT)
            line = f"1|{row.payee_name}|{row.card.plain()}|3000.00|成功||\r\n"
            content = f"{row.batch.number}|20170807|1|3000.00|1|3000.00|0|\r\n{line}".encode("gbk")
            calls += _at_once(
                pool,
                chance,
                lambda b=row.batch, c=content: payments.take_reply(b, c, name="x", officer=chen, at=AT),
            )
            told.one(3)
        for _ in range(4):
            pool.submit(connections.close_all)
    kinds = [line.kind for line in of_ledger.transfers()]
    effects = (kinds.count("pending"), Payment.objects.count(), BankReply.objects.count(), kinds.count("post"))
    assert effects == (cases, cases, cases, cases), effects
    assert verification.verify().holds
    print(f"{3 * cases:,} submissions, {calls:,} calls at once in {told.cost}:")
    print(f"{3 * cases:,} effects (promises, batches and replies {cases:,} each), 0 other errors, chain holds")


def _at_once(pool: ThreadPoolExecutor, chance: Random, act: Callable[[], object]) -> int:
    copies = chance.randint(2, 4)
    ready = Barrier(copies)

    def submit() -> None:
        ready.wait()
        with suppress(SaidError):  # told in words that it was done already
            act()

    for one in [pool.submit(submit) for _ in range(copies)]:
        one.result()
    return copies
