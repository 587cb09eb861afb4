"""kill -9 at a random moment during batch, export and reply: what was acknowledged stands, nothing is half applied.

Each child does the whole way of one payment after another and notes what was acknowledged with one write; the parent
kills it and holds the database against the notes. It is not a power cut: what the system was given to write is written.
"""

import os
import signal
import time
from collections import Counter
from pathlib import Path
from random import Random

from django.conf import settings
from django.db import connection, connections

from benchmarks.proof.office import AT, FEN, World, build
from benchmarks.proof.telling import Telling
from huigong.audit import verification
from huigong.ledger import actions as ledger
from huigong.ledger import queries as of_ledger
from huigong.payments import actions as payments
from huigong.payments import queries as of_payments
from huigong.payments.models import Payment, PaymentBatch
from huigong.payments.tests.bank import AID, NAMES, card
from huigong.values.money import Fen

_LONGEST = 0.5
_FUND = "fund:kills"


def run(kills: int, *, seed: int, told: Telling) -> None:
    chance, world = Random(seed), build()
    ledger.open_account(_FUND, "示例", federation=world.bank.city, may_be_overdrawn="yes", officer="qin", at=AT)
    notes = Path(settings.HUIGONG_HOME) / "acknowledged"
    notes.touch()
    during, slowest = Counter[str](), 0.0
    told.begin("kills", kills)
    for number in range(kills):
        connections.close_all()
        child = os.fork()
        if child == 0:
            _work(world, notes, first=number * 100)
        time.sleep(chance.random() * _LONGEST)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        killed = time.monotonic()
        during[_hold(notes)] += 1
        slowest = max(slowest, time.monotonic() - killed)
        told.one()
    assert verification.verify().holds
    _whole()
    found = ", ".join(f"{stage} {count}" for stage, count in sorted(during.items()))
    print(f"{kills:,} kills in {told.cost}; last acknowledged before them: {found}")
    print(f"{len(_read(notes)):,} acknowledged, 0 lost, 0 half applied, 0 paid twice, chain holds; ", end="")
    print(f"answers again after {slowest:.2f} s at most")


def _work(world: World, notes: Path, *, first: int) -> None:
    """In the child, until it is killed."""
    handle = os.open(notes, os.O_WRONLY | os.O_APPEND)

    def note(what: str) -> None:
        os.write(handle, f"{what}\n".encode())

    for number in range(first, first + 100):
        reference = f"SA-450422-2017-{number:05d}"
        transfer = f"{reference}:aid:1:pending"
        ledger.post(ledger.Entry(transfer, _FUND, AID, Fen(FEN), "aid", "pending"), officer="qin", at=AT)
        note(f"promised {reference}")
        name, key = NAMES[number % len(NAMES)], world.keys[1]
        order = payments.Order(reference, name, card(number), key, FEN, transfer)
        campaign = world.bank.campaign
        (batch,) = payments.release(campaign, [order], fund_source="kills", officer="chen", at=AT)
        note(f"batched {reference}")
        content = payments.take_file(batch, officer=world.bank.chen, at=AT)
        beside = notes.with_name(f"{reference}.part")
        beside.write_bytes(content)
        beside.replace(notes.with_name(f"{reference}.txt"))
        note(f"exported {reference}")
        row = batch.payments.get()
        line = f"1|{row.payee_name}|{row.card.plain()}|3000.00|成功||\r\n"
        head = f"{batch.number}|20170807|1|3000.00|1|3000.00|0|\r\n"
        payments.take_reply(batch, (head + line).encode("gbk"), name="x", officer=world.bank.chen, at=AT)
        note(f"replied {reference}")
    os._exit(0)


def _read(notes: Path) -> list[list[str]]:
    return [line.split(" ") for line in notes.read_text().splitlines()]


def _hold(notes: Path) -> str:
    """What the last child was told stands; returns how far it had come."""
    told = _read(notes)[-8:]
    for stage, reference in told:
        ends = {
            line.reference.rpartition(":")[2]
            for line in of_ledger.named([f"{reference}:aid:1:{end}" for end in ("pending", "post")]).values()
        }
        payment = Payment.objects.filter(case_reference=reference).first()
        assert "pending" in ends, f"{reference}: a promise was lost"
        assert stage == "promised" or payment, f"{reference}: a batch was lost"
        if stage == "exported":
            assert notes.with_name(f"{reference}.txt").read_bytes() == of_payments.file_of(payment.batch)
            assert payment.batch.takings.count() == 1
        assert stage != "replied" or (payment.status == "paid" and "post" in ends), f"{reference}: a reply was lost"
        if payment:
            assert (payment.status == "paid") == ("post" in ends), f"{reference}: a reply is half applied"
    return told[-1][0] if told else "nothing"


def _whole() -> None:
    """Every row, acknowledged or not: nothing is half there, nobody is paid twice."""
    kinds = Counter(line.kind for line in of_ledger.transfers())
    assert kinds["post"] == Payment.objects.filter(status="paid").count()
    cases = list(Payment.objects.values_list("case_reference", flat=True))
    assert len(cases) == len(set(cases))
    for batch in PaymentBatch.objects.select_related("document").prefetch_related("payments"):
        rows = list(batch.payments.all())
        assert (batch.declared_count, batch.declared_fen) == (len(rows), sum(row.fen for row in rows))
        assert len(of_payments.file_of(batch).splitlines()) == len(rows)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchone() == ("ok",)
