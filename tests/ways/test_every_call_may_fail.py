"""The pay path with a failure at each of its database calls in turn: after every one of them the step is as if it had not begun."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from huigong.payments import actions as payments
from huigong.payments.models import PaymentBatch
from huigong.studentaid import actions
from huigong.studentaid.tests.office import Family, opened
from huigong.values import money

CASE = "SA-450422-2017-00001"
MOST = 500


@pytest.fixture
def office(city, at, tmp_path):
    (tmp_path / "papers").mkdir()
    office = opened(city, at, tmp_path / "papers")
    families = [Family(number) for number in (1, 2)]
    office.file(*families)
    office.send(*(family.row() for family in families))
    office.carry("published")
    return office


def everything():
    """Every row of every table of the product, as the database holds it."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model.__module__.startswith("huigong.") and ".tests." not in model.__module__:
                table = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(f"SELECT * FROM {table} ORDER BY {connection.ops.quote_name(model._meta.pk.column)}")
                found[table] = [tuple(map(bytes_or_value, row)) for row in cursor.fetchall()]
    return found


def bytes_or_value(value):
    return bytes(value) if isinstance(value, memoryview) else value


def failing_at(number):
    count = 0

    def wrapper(execute, sql, params, many, context):
        nonlocal count
        count += 1
        if count == number:
            raise DatabaseError(f"failed at call {number}")
        return execute(sql, params, many, context)

    return wrapper


def swept(act):
    """Fail at call 1, 2, 3… of the step until it needs no more; returns how many calls it made."""
    before = everything()
    for number in range(1, MOST):
        try:
            with transaction.atomic(), connection.execute_wrapper(failing_at(number)):
                act()
        except DatabaseError:
            assert everything() == before, f"something stayed behind after call {number}"
            continue
        return number - 1
    raise AssertionError("the step never came to its end")


def answered(office, word, why):
    rows = PaymentBatch.objects.order_by("number").last().payments.order_by("position")
    lines = [
        f"{row.position},{row.card.plain()},{row.payee_name},{money.in_yuan(row.fen)},,{word},{why}" for row in rows
    ]
    return "\n".join(lines).encode("gb18030")


def test_no_call_of_the_pay_path_leaves_half_a_step(office):
    later = office.at + timedelta(days=22)
    calls = {"approve": swept(office.approve), "release": swept(office.release)}
    batch = PaymentBatch.objects.get()
    calls["take"] = swept(lambda: payments.take_file(batch, officer=office.chen, at=later))
    failed = answered(office, "失败", "超过限额")
    calls["reply"] = swept(lambda: payments.take_reply(batch, failed, name="x", officer=office.chen, at=later))
    nong = office.officer("农", "verifier")
    calls["mended"] = swept(lambda: actions.confirm_payee(office.case(CASE), officer=nong, at=later))
    calls["again"] = swept(lambda: actions.pay_again(office.campaign, officer=office.chen, at=later))
    second = PaymentBatch.objects.get(number__endswith="B002")
    paid = answered(office, "成功", "")
    calls["paid"] = swept(lambda: payments.take_reply(second, paid, name="y", officer=office.chen, at=later))
    assert second.payments.get().status == "paid"
    assert min(calls.values()) >= 5
    assert sum(calls.values()) > 100
