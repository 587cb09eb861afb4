"""A family's key goes with the last of its clocks: not while its money is without an answer, a case is kept, or a hold stands."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from huigong.audit import verification
from huigong.audit.queries import history
from huigong.documents import actions as documents
from huigong.documents.actions import Ground
from huigong.employment.models import Graduate
from huigong.figures import books, retention_rules
from huigong.figures.case_clocks import clocks_of
from huigong.figures.retention import keys_over, without_rule
from huigong.figures.tests.conftest import town  # noqa: F401  the fixture
from huigong.organisations.hands import OtherRoleError
from huigong.partners.models import Hit
from huigong.payments import actions as payments
from huigong.payments.models import Hold, Payment, PaymentBatch
from huigong.payments.queries import card_masked
from huigong.payments.tests.bank import hand_out
from huigong.registry import actions
from huigong.registry.actions.departing import RETENTION_YEARS
from huigong.registry.models import Household
from huigong.registry.tests.lives import Life
from huigong.runs import erasing
from huigong.runs.tests.test_erasing import OVER
from huigong.studentaid.models import Award
from huigong.studentaid.queries import findings_of
from huigong.values import money
from huigong.values.names import GONE
from huigong.values.sentence import SaidError
from huigong.vault.keys import WrongKeyError

LAST = date(2047, 12, 31)
AFTER = datetime(2048, 1, 1, 2, tzinfo=UTC)
GROUND = Ground("诉讼", "梧法〔2047〕8号")


def answered(office):
    """The bank says of every payment that it arrived."""
    batch = PaymentBatch.objects.get()
    lines = [
        f"{row.position},{row.card.plain()},{row.payee_name},{money.in_yuan(row.fen)},,成功,"
        for row in batch.payments.order_by("position")
    ]
    at = office.at + timedelta(days=22)
    hand_out(batch, officer=office.chen, at=at)
    payments.take_reply(batch, "\n".join(lines).encode("gb18030"), name="回单.csv", officer=office.chen, at=at)


@pytest.fixture
def paid(town):  # noqa: F811
    """A family that was paid in 2017, left, and whose file was erased in 2028."""
    answered(town.office)
    return town, erased(town, 1)


def erased(town, number):  # noqa: F811
    case = town.of(number)
    Life(case.household, town.office.at).verb(actions.leave, word="脱困")
    erasing.erase_file(Household.objects.get(pk=case.household_id), officer=town.office.qin, at=OVER)
    case.refresh_from_db()
    return case


def key(case, town, at):  # noqa: F811
    return erasing.erase_key(Household.objects.get(pk=case.household_id), officer=town.office.qin, at=at)


def has_key(case):
    case.refresh_from_db()
    return "file.key_erased" not in [one.action for one in history(case.household.file_number)]


def test_a_paid_case_keeps_it_thirty_years_and_then_it_goes(paid):
    town, case = paid  # noqa: F811
    qin = town.office.qin
    (clock,) = clocks_of([case.household])
    assert (clock.reference, clock.kind, clock.until) == (case.reference, "case_paid", LAST)
    with pytest.raises(SaidError, match=rf"{case.reference} 保存到 2047-12-31"):
        key(case, town, datetime(2047, 12, 31, 3, tzinfo=UTC))
    assert keys_over(qin, today=LAST, most=9) == []
    assert keys_over(qin, today=AFTER.date(), most=9) == [case.household]
    with pytest.raises(OtherRoleError):
        erasing.erase_key(case.household, officer=town.office.huang, at=AFTER)
    assert case.decisions.last().facts.plain()
    assert key(case, town, AFTER) == 1
    row = PaymentBatch.objects.get().payments.get(case_reference=case.reference)
    for field in (case.decisions.last().facts, row.card):
        with pytest.raises(WrongKeyError):
            field.plain()
    assert (findings_of([case]), card_masked(row), keys_over(qin, today=AFTER.date(), most=9)) == ({}, "****", [])
    assert verification.verify().holds
    assert books.verify().sentence.zh.startswith("对账通过")
    with pytest.raises(SaidError, match="钥匙已经毁了"):
        key(case, town, AFTER)


def test_a_legal_hold_keeps_it_whatever_the_clock_says(paid):
    town, case = paid  # noqa: F811
    hold = erasing.keep_file_back(case.household, GROUND, officer="liang", at=OVER)
    with pytest.raises(SaidError, match="梧法"):
        key(case, town, AFTER)
    assert has_key(case)
    documents.let_go(hold, officer="qin", at=AFTER)
    key(case, town, AFTER)
    with pytest.raises(SaidError, match="销毁"):
        erasing.keep_file_back(case.household, GROUND, officer="liang", at=AFTER)


def test_while_the_bank_has_not_answered_or_something_stands_against_it_no_clock_runs(town):  # noqa: F811
    case = erased(town, 1)
    with pytest.raises(SaidError, match="钱还没有结果"):
        key(case, town, AFTER)
    answered(town.office)
    payments.hold(case.reference, reason=Hold.Reason.OBJECTION, officer="qin", at=AFTER)
    with pytest.raises(SaidError, match="还有暂停没有解除"):
        key(case, town, AFTER)
    payments.lift(case.reference, reason=Hold.Reason.OBJECTION, officer="qin", at=AFTER)
    assert key(case, town, AFTER) == 1


def test_a_case_that_was_not_paid_goes_with_its_file(town):  # noqa: F811
    case = town.of(4)  # waits for a place that never came
    Life(case.household, town.office.at).verb(actions.leave, word="脱困")
    home = Household.objects.get(pk=case.household_id)
    (clock,) = clocks_of([home])
    assert (clock.kind, clock.until.year) == ("case", 2027)
    assert clock.until >= home.keep_until
    erasing.erase_file(home, officer=town.office.qin, at=OVER)
    assert not has_key(case)
    assert books.verify().holds


def test_a_file_that_stands_keeps_it_and_so_does_what_no_rule_speaks_of(paid):
    town, _ = paid  # noqa: F811
    for number in (4, 6):
        with pytest.raises(SaidError, match="档案还没有退出"):
            key(town.of(number), town, datetime(2100, 1, 1, tzinfo=UTC))
    assert {Graduate, Hit} <= {model for model, _ in without_rule()}


def test_every_rule_says_where_it_stands_and_how_sure_that_is():
    kinds = {one.kind for one in retention_rules.rules()}
    assert kinds == {"file", "voucher", "case_paid", "case"}
    for one in retention_rules.rules():
        assert one.source
        assert one.sureness in retention_rules.SURENESS
    assert retention_rules.standing("case_paid", on=date(2010, 1, 1)).years == 30
    assert retention_rules.standing("file", on=LAST).years == RETENTION_YEARS


def test_names_go_with_the_key_and_whatever_else_is_written_in_their_place_is_found(paid):
    town, case = paid  # noqa: F811
    assert case.student_name != GONE
    key(case, town, AFTER)
    case.refresh_from_db()
    row = Payment.objects.get(case_reference=case.reference)
    award = case.awards.get()
    assert {case.student_name, case.worker_name, row.payee_name, award.payee_name} == {GONE}
    assert Payment.objects.exclude(case_reference=case.reference).filter(payee_name=GONE).count() == 0
    assert books.verify().holds
    for change in ({"payee_name": "x"}, {"payee_name": GONE, "fen": 1}, {"card_index": "0"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Award.objects.filter(pk=award.pk).update(**change)
    for model, where in ((type(case), {"pk": case.pk}), (Payment, {"pk": row.pk})):
        name = "student_name" if model is type(case) else "payee_name"
        model.objects.filter(**where).update(**{name: "韦小明"})
        assert not books.verify().holds
        model.objects.filter(**where).update(**{name: GONE})
    other = Payment.objects.exclude(case_reference=case.reference).first()
    Payment.objects.filter(pk=other.pk).update(payee_name=GONE)  # whose key stands
    assert not books.verify().holds
