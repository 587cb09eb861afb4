"""The pay path with a failure at each of its database calls in turn: after every one of them the step is as if it had not begun.

Nothing is rolled back by the proof itself: what a step left behind where it failed would be found.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connection

from benchmarks.proof.telling import Telling
from huigong.organisations import actions as organisations
from huigong.payments import actions as payments
from huigong.payments.models import PaymentBatch
from huigong.studentaid import actions
from huigong.studentaid.tests.office import Family, Office, opened
from huigong.values import money

AT = datetime(2017, 8, 7, 1, 30, tzinfo=UTC)
_CASE = "SA-450422-2017-00001"
_MOST = 500  # calls of one step


def run(families: int, *, told: Telling) -> None:
    """Every call of every step fails once, so that nothing is left to draw."""
    with tempfile.TemporaryDirectory() as folder:
        city = organisations.found_city(
            [("450400", "梧州市总工会本级"), ("450422", "藤县总工会")], officer="system", at=AT
        )
        office = published(opened(city, AT, Path(folder)), families)
        told.begin("failed calls")
        calls = path(office, told)
    print(f"{sum(calls.values())} failures, one at each call and each commit of the pay path, in {told.cost}:")
    print(f"nothing left behind ({', '.join(f'{step} {count}' for step, count in calls.items())})")


def published(office: Office, families: int) -> Office:
    """Their cases, published and ready to be approved."""
    homes = [Family(number) for number in range(1, families + 1)]
    office.file(*homes)
    office.send(*(home.row() for home in homes))
    office.carry("published")
    return office


def path(office: Office, told: Telling | None = None) -> dict[str, int]:
    """Every step from approval to the second payment of who came back; returns how many calls each needed."""
    later, calls = office.at + timedelta(days=22), dict[str, int]()

    def step(name: str, act: Callable[[], object]) -> None:
        calls[name] = swept(act, told)

    def reply(batch: PaymentBatch, content: bytes, name: str) -> Callable[[], object]:
        return lambda: payments.take_reply(batch, content, name=name, officer=office.chen, at=later)

    step("approve", office.approve)
    step("release", office.release)
    batch = PaymentBatch.objects.get()
    step("take", lambda: actions.hand_out(batch, officer=office.chen, at=later))
    step("reply", reply(batch, answered("失败", "超过限额"), "x"))
    nong = office.officer("农", "verifier")
    step("mended", lambda: actions.confirm_payee(office.case(_CASE), officer=nong, at=later))
    step("again", lambda: actions.pay_again(office.campaign, officer=office.chen, at=later))
    second = PaymentBatch.objects.get(number__endswith="B002")
    payments.take_file(second, officer=office.chen, at=later)
    step("paid", reply(second, answered("成功", ""), "y"))
    assert second.payments.get().status == "paid"
    return calls


def swept(act: Callable[[], object], told: Telling | None = None) -> int:
    """Fail at call 1, 2, 3… of the step, and at its commit, until nothing is left to fail; returns how often it failed."""
    before = everything()
    for number in range(1, _MOST):
        failing = _Failing(number)
        try:
            with connection.execute_wrapper(failing.call), failing.at_commit():
                act()
        except DatabaseError:
            assert everything() == before, f"something stayed behind after call {number}"
            if told:
                told.one()
            continue
        return number - 1
    raise AssertionError("the step never came to its end")


class _Failing:
    """One database call fails, or the commit that would be the call of that number."""

    def __init__(self, number: int) -> None:
        self.number, self.count = number, 0

    def call(self, execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        self._count()
        return execute(sql, params, many, context)

    @contextmanager
    def at_commit(self) -> Iterator[None]:
        commit = connection._commit

        def failing() -> None:
            self._count()
            commit()

        connection._commit = failing
        try:
            yield
        finally:
            connection._commit = commit

    def _count(self) -> None:
        self.count += 1
        if self.count == self.number:
            raise DatabaseError(f"failed at call {self.number}")


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the product, as the database holds it."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model.__module__.startswith("huigong.") and ".tests." not in model.__module__:
                table = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(f"SELECT * FROM {table} ORDER BY {connection.ops.quote_name(model._meta.pk.column)}")
                found[table] = [tuple(map(_plain, row)) for row in cursor.fetchall()]
    return found


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def answered(word: str, why: str) -> bytes:
    """What the bank says of the last batch: the same of every line."""
    rows = PaymentBatch.objects.order_by("number").last().payments.order_by("position")
    lines = [
        f"{row.position},{row.card.plain()},{row.payee_name},{money.in_yuan(row.fen)},金秋助学 {row.batch.number},{word},{why}"
        for row in rows
    ]
    return "\n".join(lines).encode("gb18030")
