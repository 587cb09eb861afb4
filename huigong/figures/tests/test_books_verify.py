"""Holding the books against history: an altered amount, status, verdict or award is named."""

from dataclasses import replace

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection

from huigong.audit import actions as audit
from huigong.figures import books
from huigong.intake.models import FormRow
from huigong.ledger import actions as ledger
from huigong.ledger.models import Transfer
from huigong.organisations.models import Officer
from huigong.payments.models import Payment
from huigong.payments.tests.test_release import order, released
from huigong.publicnotices.models import NoticeLine
from huigong.registry.models import AidGiven, Household
from huigong.studentaid.models import Application, Award, Decision
from huigong.values.money import Fen

SEALED = {"columns", "decided", "line", "source", "centre", "members", "appointment"}
CASE = "SA-450422-2017-00001"


def unguarded(table):
    """As somebody with the file in hand does it: the guard is dropped first."""
    with connection.cursor() as cursor:
        on = "" if connection.vendor == "sqlite" else f" ON {table}"
        cursor.execute(f"DROP TRIGGER {table}_no_update{on}")


def altered(sql):
    unguarded("ledger_transfer")
    with connection.cursor() as cursor:
        cursor.execute(sql)


def posted(city, at):
    for code, overdrawn in (("fund", "yes"), ("aid", "no")):
        ledger.open_account(code, code, federation=city, may_be_overdrawn=overdrawn, officer="qin", at=at)
    ledger.post(ledger.Entry("case:1:pending", "fund", "aid", Fen(300_000), "award", "pending"), officer="qin", at=at)


def test_untouched_books_hold(city, at):
    posted(city, at)
    released(city, at, order())
    held = books.verify()
    assert (held.holds, held.not_held) == (True, 0)
    # Transfer, batch and payment; two accounts; two organisations and centres, circular, campaign, the bank's file.
    assert held.rows == 3 + 2 + 4 + 3


def test_an_altered_transfer_is_named(city, at):
    posted(city, at)
    altered("UPDATE ledger_transfer SET fen = 900000")
    held = books.verify()
    assert held.wrong == "case:1:pending"
    assert "900000" in held.sentence.zh


def test_an_altered_payment_is_named(city, at):
    released(city, at, order())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE payments_payment SET fen = 1")
    assert books.verify().wrong == "SA-450422-2017-00001"


def test_a_password_that_opens_is_named_though_no_event_tells_of_passwords(city, huang):
    assert books.verify().holds
    Officer.objects.filter(pk=huang.pk).update(password=make_password("opens"))
    held = books.verify()
    assert held.wrong == huang.username
    assert "opens" not in held.sentence.zh
    Officer.objects.filter(pk=huang.pk).update(password=make_password(None))
    assert books.verify().holds


def test_a_whole_campaign_holds(town):
    held = books.verify()
    assert (held.holds, held.not_held) == (True, 0)
    counted = (Application, Decision, Award, Transfer, Payment, FormRow, Household, NoticeLine, AidGiven)
    assert held.rows > sum(model.objects.count() for model in counted)


def test_a_case_that_changed_hands_on_the_way_still_holds(town):
    town.office.settle(town.of(6), "late")
    town.office.vouch()
    assert books.verify().holds


@pytest.mark.parametrize(
    ("model", "table", "changes", "kind"),
    [
        (Application, None, {"status": "released"}, "申请"),
        (Decision, "studentaid_decision", {"verdict": "eligible"}, "认定"),
        (Decision, "studentaid_decision", {"amount_fen": 900_000}, "认定"),
        (Decision, "studentaid_decision", {"digest": "0" * 64}, "认定"),
        (Decision, "studentaid_decision", {"number": 9}, "认定"),
        (Award, "studentaid_award", {"fen": 900_000}, "资助"),
        (Award, "studentaid_award", {"minutes": "2017-9"}, "资助"),
        (Award, "studentaid_award", {"payee_name": "莫志强"}, "资助"),
        (Award, "studentaid_award", {"card_index": "0" * 64}, "资助"),
        (Award, "studentaid_award", {"transfer_reference": "elsewhere"}, "资助"),
    ],
)
def test_one_altered_row_is_named(town, model, table, changes, kind):
    if table:
        unguarded(table)
    one = town.of(1) if model is Award else town.of(5)
    which = {"pk": one.pk} if model is Application else {"application": one}
    assert model.objects.filter(**which).update(**changes) == 1
    held = books.verify()
    assert held.wrong == one.reference
    assert kind in held.sentence.zh


def test_a_decision_put_behind_the_one_that_stands_is_named(town):
    decision = Decision.objects.get(application=town.of(5))
    kept = decision.facts.plain(), decision.outcomes.plain()
    decision.pk, decision.number, decision.verdict = None, 2, "eligible"
    decision.pk = Decision._meta.pk.get_default()
    decision.facts, decision.outcomes = kept
    decision.save(force_insert=True)
    assert books.verify().wrong == town.of(5).reference


def test_events_from_before_digests_are_counted_and_do_not_fail(city, at, monkeypatch):
    recorded = audit.record_all

    def without_digests(entries):
        recorded([replace(one, payload={k: v for k, v in one.payload.items() if k not in SEALED}) for one in entries])

    monkeypatch.setattr(audit, "record_all", without_digests)
    released(city, at, order())
    held = books.verify()
    assert held.holds
    assert held.not_held > 0
    assert f"{held.not_held} 行" in held.sentence.zh


def test_what_differs_is_named_and_no_value_is_printed(city, at):
    released(city, at, order())
    Payment.objects.update(payee_name="莫志强")
    held = books.verify()
    assert (held.wrong, "收款人" in held.sentence.zh, "payee name" in held.sentence.en) == (CASE, True, True)
    assert "莫志强" not in held.sentence.zh + held.sentence.en
