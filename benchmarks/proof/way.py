"""A state machine over the whole way of the money, by the product's own gates: approve, release, hand out, a reply, a bounce,
pay again, take back; objections upheld or not, aid from elsewhere, a payee that changes, money asked back, a case hung anew.

`machine` drives payments and ledger by their own verbs; here every step is the verb that a page calls, and each may be
refused. What the model keeps is what nobody in the office can alter: what the bank gave to each family and took back. Each
run works on a campaign that was committed before, on its notice, and is rolled back at its end.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from benchmarks.proof.centre import FAMILIES, RECEIVED, Centre
from benchmarks.proof.office import FEN, result
from benchmarks.proof.standing import MONEY, STANDING_TWICE, TOTALS, asked, in_file
from benchmarks.proof.telling import Telling
from huigong.audit import verification
from huigong.figures import books
from huigong.grievances import actions as grievances
from huigong.grievances.actions import Answer, Told
from huigong.grievances.models import Grievance
from huigong.ledger import queries as of_ledger
from huigong.payments import actions as payments
from huigong.payments.lifecycle import CAME_BACK
from huigong.payments.models import Payment, PaymentBatch
from huigong.payments.queries import held
from huigong.registry import actions as registry
from huigong.registry.actions import Aid
from huigong.registry.file_form import form_on
from huigong.registry.models import Household
from huigong.studentaid import actions
from huigong.studentaid.awards import recoveries_open, standing_awards
from huigong.studentaid.cases import need_of
from huigong.studentaid.lifecycle import APPROVED, ON_NOTICE, RELEASED
from huigong.studentaid.models import Application
from huigong.studentaid.money_line import money_lines
from huigong.studentaid.tests.office import Office, card
from huigong.values.money import Fen
from huigong.values.sentence import SaidError
from huigong.values.working_days import shipped_calendar

ALLOWED = {"released": ("成功", "失败", "处理中"), "unknown": ("成功", "失败", "处理中"), "paid": ("成功", "退汇")}
_numbers = st.sampled_from(FAMILIES)


def reference(number: int) -> str:
    return f"SA-450422-2017-{number:05d}"


class WayMachine(RuleBasedStateMachine):
    """`centre` is set before a run."""

    centre: Centre
    told: Telling | None = None
    steps = 0
    taken: Counter[str] = Counter()  # what was done and what was refused, over all runs

    @initialize(objected=_numbers, far=st.integers(0, 4), word=st.sampled_from(["成功", "失败", "处理中"]))
    def begin(self, objected: int, far: int, word: str) -> None:
        """One is objected to, so that there is money for the others; every run begins somewhere else on the way."""
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.minutes, self.days, self.number = 0, 21, 0
        # Fen that the bank gave a family, less what it took back and what came in again.
        self.got: Counter[str] = Counter()
        self.met: set[str] = set()
        self.files: dict[str, tuple[str, int, int]] = {}
        self.object_to(objected)
        for _ in range(far):
            self.carry_on(word)

    def teardown(self) -> None:
        if hasattr(self, "outer"):
            assert not connection.needs_rollback
            assert verification.verify().holds
            kept = books.verify()
            assert kept.holds, kept.sentence.zh
            if self.told:
                self.told.one()
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

    @property
    def office(self) -> Office:
        return self.centre.office

    @property
    def at(self) -> datetime:
        return self.office.at + timedelta(days=self.days, minutes=self.minutes)

    @property
    def on(self) -> date:
        return self.at.date()

    def case(self, number: int) -> Application:
        return self.office.case(reference(number))

    def do(self, what: str, act: Callable[[], object]) -> bool:
        """Do it and, where it was done, once more: what is sent twice moves money once. Whether it was done."""
        self.minutes += 1
        untouched = self.money()
        try:
            act()
        except SaidError:
            self.taken[f"{what} refused"] += 1
            assert self.money() == untouched, f"{what} was refused"
            return False
        before = self.money()
        self.taken[what if before != untouched else f"{what}, no money moved"] += 1
        with suppress(SaidError):
            act()
        assert self.money() == before, f"{what} twice"
        return True

    # --- the way

    @rule(word=st.sampled_from(["成功", "成功", "失败", "处理中", "退汇"]))
    def carry_on(self, word: str) -> None:
        """Whatever is next: a batch to be handed out, to be answered, to be made, an approval. So every run comes far."""
        made = PaymentBatch.objects.exclude(status="withdrawn").order_by("number")
        untaken, taken = made.filter(takings=None).first(), made.exclude(takings=None).last()
        answered = (
            [row for row in taken.payments.order_by("position") if word in ALLOWED.get(row.status, ())] if taken else []
        )
        if untaken:
            self.hand_it_out(untaken) or self.take_it_back(untaken)
        elif taken and answered and any(row.status != "paid" or word == "退汇" for row in answered):
            self.say(taken, dict.fromkeys(answered, word))
        elif Application.objects.filter(status=APPROVED).exists():
            self.release()
        else:
            for number in sorted(
                {int(row.case_reference[-5:]) for row in Payment.objects.filter(status__in=CAME_BACK)}
            ):
                self.end_a_hold(number, "mended")
            self.pay_again()
            self.approve()

    @rule()
    def approve(self) -> None:
        if not Application.objects.filter(status=ON_NOTICE).exists():
            return
        office = self.office
        decision = actions.CollectiveDecision(f"2017-3, {self.on}")
        told = {"officer": office.qin, "on": self.on}
        self.do("approve", lambda: actions.approve(office.campaign, office.circular, decision, **told, at=self.at))

    @rule()
    def release(self) -> None:
        office = self.office
        told = {"officer": office.chen, "on": self.on}
        self.do("release", lambda: actions.release(office.campaign, office.circular, **told, at=self.at))

    @rule()
    def pay_again(self) -> None:
        office = self.office
        self.do("pay again", lambda: actions.pay_again(office.campaign, officer=office.chen, at=self.at))

    @rule(data=st.data())
    def hand_out(self, data: st.DataObject) -> None:
        if batch := self.drawn(data):
            self.hand_it_out(batch)

    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        if batch := self.drawn(data):
            self.take_it_back(batch)

    @rule(data=st.data())
    def reply(self, data: st.DataObject) -> None:
        """What the bank says of some of a batch; what it said counts for the families, taken in here or not at all."""
        batch = self.drawn(data)
        if batch is None:
            return
        rows = [
            row for row in batch.payments.order_by("position") if row.status in ALLOWED and data.draw(st.booleans())
        ]
        self.say(batch, {row: data.draw(st.sampled_from(ALLOWED[row.status])) for row in rows})

    # --- what comes between

    @rule(number=_numbers)
    def object_to(self, number: int) -> None:
        if Grievance.objects.filter(case_reference=reference(number), answered_by="").exists():
            return
        self.number += 1
        told = Told("objection", "visit", "这家不困难，请核实", case_reference=reference(number))
        submission, office = UUID(int=self.number), self.office
        self.do(
            "object",
            lambda: grievances.record(office.campaign, told, submission=submission, officer="lu", at=self.at),
        )

    @rule(number=_numbers, upheld=st.sampled_from(["yes", "no", "no"]))
    def answer(self, number: int, upheld: str) -> None:
        one = Grievance.objects.filter(case_reference=reference(number), answered_by="").first()
        if one is None:
            return
        answer = Answer("核实过了。", ["二(四)"])
        assign = {"case_reference": reference(number), "officer": self.centre.luo}
        self.do("assign", lambda: actions.assign_grievance(one, self.centre.wei, **assign, at=self.at))
        told = {"upheld": upheld, "officer": self.centre.wei}
        self.do(f"answer {upheld}", lambda: actions.answer_grievance(one, answer, **told, at=self.at))

    @rule(number=_numbers, whole=st.booleans())
    def uphold(self, number: int, whole: bool) -> None:  # noqa: FBT001  drawn
        """Objected to and upheld wherever the case stands: sent back, or its money asked back and brought."""
        self.object_to(number)
        self.answer(number, "yes")
        self.recover(number, whole)

    @rule(number=_numbers)
    def meet_elsewhere(self, number: int) -> None:
        """Another office paid this student's schooling."""
        if reference(number) in self.met:
            return
        one, office = self.case(number), self.office
        self.number += 1
        aid = Aid(one.household_id, one.student_index, need_of(office.campaign), "donations", FEN, f"DN-{self.number}")
        registry.give_all([aid], on=self.on, officer="chen", at=self.at)
        self.met.add(reference(number))

    @rule(number=_numbers, other=st.booleans())
    def change_payee(self, number: int, other: bool) -> None:  # noqa: FBT001  drawn
        household = Household.objects.get(pk=self.case(number).household_id)
        field = form_on(self.on).field("household", "card")
        values = {field: card(number + 50 * other)}
        self.do(
            "change payee",
            lambda: registry.edit(household, values, version=household.version, officer="lu", at=self.at),
        )

    @rule(number=_numbers, verb=st.sampled_from(["met", "need", "payee", "mended", "back"]))
    def end_a_hold(self, number: int, verb: str) -> None:
        act, who = {
            "met": (actions.revoke_met_already, self.centre.luo),
            "need": (actions.confirm_other_need, self.centre.wei),
            "payee": (actions.confirm_changed_payee, self.centre.wei),
            "mended": (actions.confirm_payee, self.centre.wei),
            "back": (actions.send_back, self.centre.wei),
        }[verb]
        self.do(f"end {verb}", lambda: act(self.case(number), officer=who, at=self.at))

    @rule()
    def ask_anew(self) -> None:
        office = self.office
        told = {"officer": office.huang, "on": self.on}
        self.do("ask anew", lambda: actions.ask_anew(office.campaign, office.circular, **told, at=self.at))

    @rule(number=_numbers, whole=st.booleans())
    def recover(self, number: int, whole: bool) -> None:  # noqa: FBT001  drawn
        """The family brings back what was asked back, whole or a third of it."""
        mine = Application.objects.filter(reference=reference(number))
        revocation = recoveries_open(mine).first()
        if revocation is None:
            return
        self.number += 1
        came = actions.CameIn(self.on, f"退{self.number}", None if whole else Fen(FEN // 3))
        before = self.got[reference(number)]
        was_paid = Payment.objects.filter(case_reference=reference(number), status="paid").exists()
        if self.do("recover", lambda: actions.recover(revocation, came, officer=self.office.chen, at=self.at)):
            owed = before if was_paid else 0
            self.got[reference(number)] -= owed if whole else min(owed, FEN // 3)

    @rule()
    def hang_anew(self) -> None:
        """What went back is verified, decided, ranked and hung again, and its window passes."""
        if self.days > 60:
            return
        office, gathered = self.office, self.office.gather()
        self.do("verify", lambda: actions.verify(gathered, officer=office.huang, at=self.at))
        version = office.campaign.version
        told = {"officer": "system"}
        self.do("decide", lambda: actions.decide(office.gather(), office.circular, version, **told, at=self.at))
        self.do("share", lambda: actions.share(office.campaign, office.circular, **told, at=self.at))
        hung = {"from_day": self.on + timedelta(days=1), "calendar": shipped_calendar()}
        self.do("publish", lambda: actions.publish(office.campaign, office.circular, **hung, **told, at=self.at))
        self.days += 12

    @rule(
        call=st.integers(1, 120), verb=st.sampled_from(["approve", "release", "again", "out", "back"]), data=st.data()
    )
    def crash(self, call: int, verb: str, data: st.DataObject) -> None:
        """One database call fails: the step leaves nothing of the money. Where it needs fewer, it is rolled back."""
        office, batch, count = self.office, self.drawn(data), 0
        decision = actions.CollectiveDecision("2017-3")
        told = {"on": self.on, "at": self.at}
        act = {
            "approve": lambda: actions.approve(office.campaign, office.circular, decision, officer=office.qin, **told),
            "release": lambda: actions.release(office.campaign, office.circular, officer=office.chen, **told),
            "again": lambda: actions.pay_again(office.campaign, officer=office.chen, at=self.at),
            "out": lambda: batch and actions.hand_out(batch, officer=office.chen, at=self.at),
            "back": lambda: batch and actions.take_batch_back(batch, officer=office.chen, at=self.at),
        }[verb]

        def failing(execute, sql, params, many, context):
            nonlocal count
            count += 1
            if count == call:
                raise DatabaseError(f"failed at call {call}")
            return execute(sql, params, many, context)

        before, uncommitted = self.money(), transaction.savepoint()
        try:
            with connection.execute_wrapper(failing):
                act()
            transaction.savepoint_rollback(uncommitted)
        except SaidError:
            transaction.set_rollback(
                False
            )  # where undoing what was refused failed, the connection is lost, and with it all
            transaction.savepoint_rollback(uncommitted)
        except DatabaseError:
            self.taken["crash"] += 1
            transaction.savepoint_commit(uncommitted)
        assert self.money() == before

    # --- what always holds

    @invariant()
    def the_books_agree_with_the_bank(self) -> None:
        if not hasattr(self, "got"):
            return
        type(self).steps += 1
        lines = of_ledger.trial_balance()
        assert sum(line.debits_posted - line.credits_posted for line in lines) == 0
        assert sum(line.debits_pending - line.credits_pending for line in lines) == 0
        assert sum(line.posted for line in lines if line.code.startswith("aid:")) == sum(self.got.values()) <= RECEIVED
        assert next(line.available for line in lines if line.code == "fund:regional-2017") >= 0
        assert all(0 <= fen <= FEN for fen in self.got.values()), self.got
        assert all(line.adds_up for line in money_lines(self.office.campaign))

    @invariant()
    def nobody_is_paid_twice_and_file_batch_and_ledger_say_one_total(self) -> None:
        if not hasattr(self, "got"):
            return
        assert asked(STANDING_TWICE) == []
        for number, sha256, *totals in asked(TOTALS):
            declared_count, declared_fen, count, fen, promised = map(int, totals)
            assert (declared_count, declared_fen, fen) == (count, promised, promised), number
            if number not in self.files:
                self.files[number] = (sha256, *in_file(number))
            assert self.files[number] == (sha256, count, fen), number

    @invariant()
    def promised_is_who_has_an_award(self) -> None:
        if not hasattr(self, "got"):
            return
        promised = Application.objects.filter(status__in=(APPROVED, RELEASED)).values_list("reference", flat=True)
        standing = sorted(standing_awards().values_list("application__reference", flat=True))
        out = set(recoveries_open(Application.objects.all()).values_list("award__application__reference", flat=True))
        assert len(standing) == len(set(standing)), standing
        assert set(standing) == set(promised) - out, (standing, list(promised), out)

    def left_rightly(self, batch: PaymentBatch) -> None:
        """What just left: nobody held, objected to, met elsewhere or revoked, and each to the payee of the file."""
        rows = list(batch.payments.filter(status="released"))
        cases = {row.case_reference for row in rows}
        assert held(cases) == set()
        assert not Grievance.objects.filter(case_reference__in=cases, kind="objection", answered_by="").exists()
        assert cases & self.met == set()
        awards = {one.application.reference: one for one in standing_awards().select_related("application__household")}
        for row in rows:
            household = awards[row.case_reference].application.household
            assert (row.payee_name, row.card_index) == (household.worker_name, household.card_index)

    # --- ways to say it

    def hand_it_out(self, batch: PaymentBatch) -> bool:
        if not self.do("hand out", lambda: actions.hand_out(batch, officer=self.office.chen, at=self.at)):
            return False
        self.left_rightly(batch)
        return True

    def take_it_back(self, batch: PaymentBatch) -> bool:
        return self.do("take back", lambda: actions.take_batch_back(batch, officer=self.office.chen, at=self.at))

    def say(self, batch: PaymentBatch, words: dict[Payment, str]) -> None:
        content, chen = result(batch.number, list(words.items()), made=self.at), self.office.chen
        if not self.do("reply", lambda: payments.take_reply(batch, content, name="x", officer=chen, at=self.at)):
            return
        for row, word in words.items():
            if word == "成功" and row.status != "paid":
                self.got[row.case_reference] += row.fen
            elif word == "退汇":
                self.got[row.case_reference] -= row.fen

    def drawn(self, data: st.DataObject) -> PaymentBatch | None:
        numbers = list(PaymentBatch.objects.order_by("number").values_list("number", flat=True))
        return PaymentBatch.objects.get(number=data.draw(st.sampled_from(numbers))) if numbers else None

    def money(self) -> tuple[object, ...]:
        """Payments, batches, transfers, replies and takings as they stand; a hold that is found moves no money."""
        return tuple(map(tuple, (asked(question) for question in MONEY if "payments_hold" not in question)))
