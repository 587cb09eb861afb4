"""Whoever writes the record of aid holds the family's file first, then the head of history: as whoever edits the file does."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huigong.audit.tests.kept import kept
from huigong.payments.models import Hold, PaymentBatch
from huigong.payments.tests.bank import hand_out
from huigong.studentaid import actions
from huigong.studentaid.actions import revoking
from huigong.studentaid.models import Revocation
from huigong.studentaid.tests.objected_to import CASE, answer, back, object_to, reply
from huigong.studentaid.tests.office import WEI


@pytest.fixture
@kept
def approved(office):
    office.file(WEI)
    office.send(WEI.row())
    office.carry("approved")
    return office


def locked_in_order(do):
    """Whether the file is held before the head of history. SQLite locks nothing by row, but is asked in the same order."""
    with CaptureQueriesContext(connection) as asked:
        do()
    said = [one["sql"] for one in asked]
    holds = [sql for sql in said if "FOR UPDATE" in sql] if connection.vendor == "postgresql" else said
    file = next((at for at, sql in enumerate(holds) if sql.startswith('SELECT "registry_household"."id"')), None)
    head = next(at for at, sql in enumerate(holds) if 'FROM "audit_chainhead"' in sql)
    return file is not None and file < head


def test_release_holds_the_files_first(approved):
    assert locked_in_order(approved.release)


def test_an_upheld_objection_holds_the_file_before_its_answer_is_told(approved):
    nong = approved.officer("农", "approver")
    one = object_to(approved, assignee=nong)
    assert locked_in_order(lambda: answer(approved, one, "yes", by=nong, days=21))


def test_recovering_holds_the_file_first(approved):
    approved.release()
    nong, batch = approved.officer("农", "approver"), PaymentBatch.objects.get()
    hand_out(batch, officer=approved.chen, at=approved.at)
    answer(approved, object_to(approved, assignee=nong), "yes", by=nong, days=22)
    reply(approved, batch, "成功")
    assert locked_in_order(lambda: back(approved, Revocation.objects.get()))


def test_taking_a_batch_back_holds_the_files_first(approved):
    approved.release()
    told = {"officer": approved.chen, "at": approved.at}
    assert locked_in_order(lambda: actions.take_batch_back(PaymentBatch.objects.get(), **told))


def test_paying_again_holds_the_file_first(approved):
    approved.release()
    reply(approved, PaymentBatch.objects.get(), "失败")
    told = {"officer": approved.chen, "at": approved.at}
    assert locked_in_order(lambda: actions.pay_again(approved.campaign, **told))


def test_taking_back_what_was_met_holds_the_file_first(approved, monkeypatch):
    monkeypatch.setattr(revoking, "met_for_certain", lambda _one: ["DN-1"])
    told = {"officer": approved.qin, "at": approved.at}
    assert locked_in_order(lambda: actions.revoke_met_already(approved.case(), **told))


def test_revoking_for_another_fund_holds_the_file_first(approved, monkeypatch):
    monkeypatch.setattr(revoking, "reasons_held", lambda _references: {(CASE, Hold.Reason.FUND_RULE)})
    told = {"officer": approved.qin, "at": approved.at}
    assert locked_in_order(lambda: actions.revoke_for_another_fund(approved.case(), **told))
