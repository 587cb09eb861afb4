"""A state machine over everything that may happen to money: approve, reserve, export, partial reply, bounce, re-issue,
cancel, undo, replay, crash, restore. After every step the books balance, nobody is paid twice, and file = batch = ledger.

Hypothesis chooses the steps. Each run works on a world that was committed before and is rolled back at its end.
"""

import copy
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from benchmarks.proof.office import AT, CASES, FEN, RECEIVED, World, result
from benchmarks.proof.standing import MONEY, STANDING_TWICE, TOTALS, asked, in_file
from benchmarks.proof.telling import Telling
from huigong.audit import verification
from huigong.ledger import actions as ledger
from huigong.ledger import queries as of_ledger
from huigong.ledger.actions import RefusedTransferError
from huigong.payments import actions as payments
from huigong.payments import queries as of_payments
from huigong.payments.models import Hold, Payment, PaymentBatch
from huigong.payments.reply_files import ReplyRefusedError
from huigong.payments.tests.bank import AID, FUND, NAMES, card
from huigong.values.money import Fen
from huigong.values.sentence import SaidError

WORDS = {"paid": "成功", "failed": "失败", "unknown": "处理中", "bounced": "退汇"}
ALLOWED = {"released": ("paid", "failed", "unknown"), "unknown": ("paid", "failed", "unknown"), "paid": ("paid",)}


class CrashError(DatabaseError):
    """What a broken connection or a full disk looks like to an action, and to Django where it ends a transaction."""


@dataclass
class Case:
    """What the model believes of a case."""

    state: str = "new"
    attempt: int = 0


class MoneyMachine(RuleBasedStateMachine):
    """`world` is set before a run. The model is the plain dictionary `cases`; the database is held against it."""

    world: World
    told: Telling | None = None
    steps = 0
    taken: Counter[str] = Counter()  # what cases came to, and crashes, refusals, restores: over all runs

    @initialize(far=st.lists(st.tuples(st.integers(0, 4), st.sampled_from(sorted(WORDS))), min_size=6, max_size=6))
    def begin(self, far: list[tuple[int, str]]) -> None:
        """Every run begins somewhere else on the way."""
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.cases = {number: Case() for number in CASES}
        self.batches: dict[str, list[int]] = {}
        self.replies: list[tuple[str, bytes]] = []
        self.minutes = 0
        self.seen: dict[int, str] = {}
        self.kept: tuple[object, ...] | None = None
        self.read: dict[str, tuple[str, int, int]] = {}  # what the file of each batch holds
        for number, (steps, outcome) in zip(CASES, far, strict=True):
            for _ in range(steps):
                self.carry_on(number, outcome)

    def teardown(self) -> None:
        if hasattr(self, "outer"):
            self.read.clear()
            self.file_batch_and_ledger_say_one_total()
            assert verification.verify().holds
            if self.told:
                self.told.one()
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

    @property
    def at(self) -> datetime:
        return AT + timedelta(minutes=self.minutes)

    def order(self, number: int) -> payments.Order:
        attempt = max(1, self.cases[number].attempt)
        reference = f"SA-450422-2017-{number:05d}"
        transfer = f"{reference}:aid:{attempt}:pending"
        # Cases 5 and 6 are two children of one worker: equal payments, both of them due.
        same = min(number, 5)
        return payments.Order(reference, NAMES[same - 1], card(same), self.world.keys[number], FEN, transfer, attempt)

    def promised(self) -> int:
        return sum(case.state in {"reserved", "released", "unknown"} for case in self.cases.values()) * FEN

    def paid(self) -> int:
        return sum(case.state == "paid" for case in self.cases.values()) * FEN

    # --- steps

    @rule(number=st.sampled_from(CASES), outcome=st.sampled_from(sorted(WORDS)))
    def carry_on(self, number: int, outcome: str) -> None:
        """One case a step further, whichever is next: so every run comes far, whatever other steps it is made of."""
        state = self.cases[number].state
        if state in {"new", "cancelled"}:
            self.approve_and_reserve(number)
        elif state == "reserved":
            self.export({number})
        elif state in {"released", "unknown"} or (state, outcome) == ("paid", "bounced"):
            row = Payment.objects.select_related("batch").get(
                case_reference=f"SA-450422-2017-{number:05d}", status=state
            )
            self.say(row, outcome)
        elif state in {"failed", "bounced", "withdrawn"}:
            self.pay_again(number)

    def say(self, row: Payment, outcome: str) -> None:
        """One line of a reply. Come back before anybody said paid is a failure; said again is nothing new."""
        content = self.file(row.batch, [(row, WORDS[outcome])])
        if row.status == outcome:
            self.refused(lambda: self.take(row.batch, content), ReplyRefusedError)
            return
        self.take(row.batch, content)
        failed = outcome == "bounced" and row.status != "paid"
        self.cases[int(row.case_reference[-5:])].state = "failed" if failed else outcome

    @rule(number=st.sampled_from(CASES))
    def approve_and_reserve(self, number: int) -> None:
        case = self.cases[number]
        if case.state not in {"new", "cancelled"}:
            return
        attempt = case.attempt + 1
        entry = ledger.Entry(
            f"SA-450422-2017-{number:05d}:aid:{attempt}:pending", FUND, AID, Fen(FEN), "aid", "pending"
        )
        if self.promised() + self.paid() + FEN > RECEIVED:
            self.refused(lambda: ledger.post(entry, officer="qin", at=self.at), RefusedTransferError)
            return
        ledger.post(entry, officer="qin", at=self.at)
        case.state, case.attempt = "reserved", attempt

    @rule(numbers=st.sets(st.sampled_from(CASES), min_size=1))
    def export(self, numbers: set[int]) -> None:
        """Everybody may be named; only whose money is promised and who is not with the bank goes."""
        ready = [number for number in sorted(numbers) if self.cases[number].state == "reserved"]
        named = [self.order(number) for number in ready]
        batches = self.release(named)
        if ready:
            (batch,) = batches
            self.batches[batch.number] = ready
            for number in ready:
                self.cases[number].state = "released"
        else:
            assert batches == []

    def release(self, orders: list[payments.Order]) -> list[PaymentBatch]:
        return payments.release(
            self.world.bank.campaign, orders, fund_source="regional-2017", officer="chen", at=self.at
        )

    @precondition(lambda self: self.batches)
    @rule(data=st.data())
    def partial_reply(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self.batches)))
        batch = PaymentBatch.objects.get(number=number)
        rows = list(batch.payments.order_by("position"))
        chosen = [row for row in rows if row.status in ALLOWED and data.draw(st.booleans())]
        outcomes = {row.position: data.draw(st.sampled_from(ALLOWED[row.status])) for row in chosen}
        fresh = {row.position for row in chosen if outcomes[row.position] != row.status}
        content = self.file(batch, [(row, WORDS[outcomes[row.position]]) for row in chosen])
        if batch.status == "withdrawn":  # its file leaves the house no more, so that nothing answers it
            chen = self.world.bank.chen
            self.refused(lambda: payments.take_reply(batch, content, name="x", officer=chen, at=self.at), SaidError)
            return
        self.hand_out(batch, content)
        if not fresh:
            self.refused(lambda: self.take(batch, content), ReplyRefusedError)
            return
        self.take(batch, content)
        for row in chosen:
            if row.position in fresh:
                self.cases[int(row.case_reference[-5:])].state = outcomes[row.position]

    @precondition(lambda self: self.batches)
    @rule(data=st.data(), taken=st.booleans())
    def undo(self, data: st.DataObject, taken: bool) -> None:  # noqa: FBT001  drawn
        """A batch goes back while nobody took its file and no reply came; after that it does not."""
        number = data.draw(st.sampled_from(sorted(self.batches)))
        batch, chen = PaymentBatch.objects.get(number=number), self.world.bank.chen
        if taken and batch.status == "released" and not batch.takings.exists():
            payments.take_file(batch, officer=chen, at=self.at)
        if batch.status != "released" or batch.replies.exists() or batch.takings.exists():
            self.refused(lambda: payments.undo_batch(batch, officer=chen, at=self.at), SaidError)
            return
        payments.undo_batch(batch, officer=chen, at=self.at)
        for case in self.batches[number]:
            self.cases[case].state = "withdrawn"

    @precondition(lambda self: any(case.state == "paid" for case in self.cases.values()))
    @rule(data=st.data())
    def bounce(self, data: st.DataObject) -> None:
        row = data.draw(st.sampled_from(list(Payment.objects.filter(status="paid").order_by("case_reference"))))
        self.take(row.batch, self.file(row.batch, [(row, "退汇")]))
        self.cases[int(row.case_reference[-5:])].state = "bounced"

    @precondition(lambda self: any(case.state in {"failed", "bounced"} for case in self.cases.values()))
    @rule(data=st.data(), mended=st.booleans())
    def reissue(self, data: st.DataObject, mended: bool) -> None:  # noqa: FBT001  drawn
        back = [number for number, case in self.cases.items() if case.state in {"failed", "bounced"}]
        number = data.draw(st.sampled_from(back))
        reference = f"SA-450422-2017-{number:05d}"
        if not mended:
            assert of_payments.held([reference]) == {reference}
            assert self.release([self.order(number)]) == []
            return
        self.pay_again(number)

    def pay_again(self, number: int) -> None:
        case, reference = self.cases[number], f"SA-450422-2017-{number:05d}"
        if self.promised() + self.paid() + FEN > RECEIVED:
            return
        payments.lift(reference, reason=Hold.Reason.BANK_RETURNED, officer="huang", at=self.at)
        case.attempt += 1
        order = self.order(number)
        entry = ledger.Entry(order.transfer_reference, FUND, AID, Fen(FEN), "aid", "pending")
        ledger.post(entry, officer="chen", at=self.at)
        (batch,) = self.release([order])
        self.batches[batch.number] = [number]
        case.state = "released"

    @precondition(lambda self: any(case.state == "reserved" for case in self.cases.values()))
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from([one for one, case in self.cases.items() if case.state == "reserved"]))
        order = self.order(number)
        stem = order.transfer_reference.removesuffix(":pending")
        entry = ledger.Entry(f"{stem}:void", FUND, AID, Fen(FEN), "aid", "void", order.transfer_reference)
        ledger.post(entry, officer="qin", at=self.at)
        self.cases[number].state = "cancelled"

    @rule(number=st.sampled_from(CASES))
    def replay(self, number: int) -> None:
        """Everything once more: the approval, the export, every reply that was taken in. Nothing may move."""
        before = self.digest()
        case = self.cases[number]
        if case.attempt:
            entry = ledger.Entry(self.order(number).transfer_reference, FUND, AID, Fen(FEN), "aid", "pending")
            assert ledger.post_all([entry], officer="qin", at=self.at) == 0
        if case.state in {"released", "unknown", "paid"}:
            assert self.release([self.order(number)]) == []
        for batch, content in self.replies[-3:]:
            self.refused(lambda b=batch, c=content: self.take(PaymentBatch.objects.get(number=b), c), ReplyRefusedError)
        assert self.digest() == before

    @precondition(lambda self: any(case.state == "reserved" for case in self.cases.values()))
    @rule(call=st.integers(1, 60))
    def crash_in_export(self, call: int) -> None:
        orders = [self.order(number) for number, case in self.cases.items() if case.state == "reserved"]
        self.crash(call, lambda: self.release(orders))

    @precondition(lambda self: any(case.state == "released" for case in self.cases.values()))
    @rule(call=st.integers(1, 60))
    def crash_in_reply(self, call: int) -> None:
        row = Payment.objects.filter(status="released").order_by("case_reference").first()
        content = self.file(row.batch, [(row, "成功")])
        self.hand_out(row.batch, content)
        self.crash(
            call, lambda: payments.take_reply(row.batch, content, name="x", officer=self.world.bank.chen, at=self.at)
        )

    def crash(self, call: int, act: Callable[[], object]) -> None:
        """Fail at one database call: the action itself leaves nothing. Where it needs fewer, the crash comes before its commit."""
        before, count = self.digest(), 0

        def failing(execute, sql, params, many, context):
            nonlocal count
            count += 1
            if count == call:
                raise CrashError
            return execute(sql, params, many, context)

        uncommitted = transaction.savepoint()
        try:
            with connection.execute_wrapper(failing):
                act()
            transaction.savepoint_rollback(uncommitted)
        except CrashError:
            self.taken["crash"] += 1
            transaction.savepoint_commit(uncommitted)  # what the action left, if it left anything
        assert self.digest() == before

    @rule()
    def keep_a_backup(self) -> None:
        if self.kept is None:
            self.kept = (
                transaction.savepoint(),
                copy.deepcopy(self.cases),
                copy.deepcopy(self.batches),
                list(self.replies),
            )

    @precondition(lambda self: self.kept is not None)
    @rule()
    def restore(self) -> None:
        """The database as it was; the office knows no more than that either."""
        savepoint, self.cases, self.batches, self.replies = self.kept
        transaction.savepoint_rollback(savepoint)
        self.kept, self.read = None, {}
        self.taken["restore"] += 1
        self.seen = {number: case.state for number, case in self.cases.items()}

    # --- what always holds

    @invariant()
    def the_books_balance_and_nobody_is_paid_twice(self) -> None:
        if not hasattr(self, "cases"):
            return
        self.count()
        lines = {line.code: line for line in of_ledger.trial_balance()}
        assert sum(line.debits_posted for line in lines.values()) == sum(line.credits_posted for line in lines.values())
        assert sum(line.debits_pending for line in lines.values()) == sum(
            line.credits_pending for line in lines.values()
        )
        assert lines[AID].posted == self.paid() <= RECEIVED
        assert lines[AID].credits_pending == self.promised()
        assert lines[FUND].available == RECEIVED - self.paid() - self.promised() >= 0
        assert asked(STANDING_TWICE) == []

    @invariant()
    def file_batch_and_ledger_say_one_total(self) -> None:
        """Batch and ledger at every step, by plain SQL; the file when its batch is new, and every file at the run's end."""
        if not hasattr(self, "cases"):
            return
        rows = asked(TOTALS)
        for number, sha256, *totals in rows:
            declared_count, declared_fen, count, fen, promised = map(int, totals)
            assert (declared_count, declared_fen, fen) == (count, promised, promised), number
            if number not in self.read or self.read[number][0] != sha256:
                self.read[number] = (sha256, *in_file(number))
            assert self.read[number] == (sha256, count, fen), number
        assert {row[0] for row in rows} >= self.batches.keys()

    def count(self) -> None:
        """What became of cases, for the figures at the end: a machine that moves nothing proves nothing."""
        type(self).steps += 1
        states = {number: case.state for number, case in self.cases.items()}
        self.taken.update(state for number, state in states.items() if state != self.seen.get(number, "new"))
        self.seen = states

    # --- ways to say it

    def file(self, batch: PaymentBatch, told: list[tuple[Payment, str]]) -> bytes:
        """A result that no earlier one was: the minute it was made stands in it."""
        self.minutes += 1
        return result(batch.number, told, made=self.at)

    def take(self, batch: PaymentBatch, content: bytes) -> None:
        self.hand_out(batch, content)
        payments.take_reply(batch, content, name="x", officer=self.world.bank.chen, at=self.at)
        self.replies.append((batch.number, content))

    def hand_out(self, batch: PaymentBatch, content: bytes) -> None:
        """Nothing answers what nobody was handed; once it was, it may be answered."""
        if not batch.takings.exists():
            chen = self.world.bank.chen
            self.refused(lambda: payments.take_reply(batch, content, name="x", officer=chen, at=self.at), SaidError)
            payments.take_file(batch, officer=chen, at=self.at)

    def refused(self, act, error) -> None:
        before = self.digest()
        try:
            act()
        except error:
            self.taken["refusal"] += 1
            assert self.digest() == before
            return
        raise AssertionError("it was not refused")

    def digest(self) -> tuple[object, ...]:
        """Everything about money in the database; refusals are told in history and move nothing here."""
        return tuple(map(tuple, (asked(question) for question in MONEY)))
