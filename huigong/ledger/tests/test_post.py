"""Transfers: once per reference, never overdrawn, never rewritten, settled once; books balance by construction."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huigong.audit import queries as audit
from huigong.ledger import actions, queries
from huigong.ledger.actions import Entry, RefusedTransferError
from huigong.ledger.models import Transfer

pytestmark = pytest.mark.django_db


@pytest.fixture
def books(city, at):
    actions.open_account("source", "自治区资金", federation=city, may_be_overdrawn="yes", officer="system", at=at)
    actions.open_account("fund", "金秋助学资金", federation=city, officer="system", at=at)
    actions.open_account("family", "待付家庭", federation=city, officer="system", at=at)
    actions.post(Entry("fund-in", "source", "fund", 1_000_000, "funding"), officer="chen", at=at)


def pending(reference="SA-1:award:1:pending", fen=300_000):
    return Entry(reference, "fund", "family", fen, "award", kind="pending")


def balanced():
    lines = queries.trial_balance()
    return sum(line.debits_posted for line in lines) == sum(line.credits_posted for line in lines) and sum(
        line.debits_pending for line in lines
    ) == sum(line.credits_pending for line in lines)


def test_an_approval_pends_and_the_banks_answer_posts_it(books, at):
    actions.post(pending(), officer="qin", at=at)
    fund = queries.balance("fund")
    assert (fund.posted, fund.available) == (1_000_000, 700_000)
    actions.post(
        Entry("SA-1:award:1:post", "fund", "family", 300_000, "award", kind="post", of="SA-1:award:1:pending"),
        officer="chen",
        at=at,
    )
    assert (queries.balance("fund").posted, queries.balance("family").posted) == (700_000, 300_000)
    assert balanced()


def test_doing_it_twice_does_it_once(books, at):
    actions.post(pending(), officer="qin", at=at)
    events = audit.count()
    assert actions.post_all([pending()], officer="qin", at=at) == 0
    assert (Transfer.objects.count(), audit.count()) == (2, events)


def test_a_reference_used_for_another_amount_or_purpose_is_refused(books, at):
    actions.post(pending(), officer="qin", at=at)
    other_code = Entry("SA-1:award:1:pending", "fund", "family", 300_000, "relief", kind="pending")
    for entry in (pending(fen=1), other_code):
        with pytest.raises(RefusedTransferError, match="已经记过"):
            actions.post(entry, officer="qin", at=at)


def test_an_overdraft_is_refused_whole(books, at):
    with pytest.raises(RefusedTransferError, match="还差"):
        actions.post_all([pending(f"SA-{number}:award:1:pending") for number in range(4)], officer="qin", at=at)
    assert Transfer.objects.count() == 1


def test_an_unknown_account_and_a_settlement_of_nothing_are_refused(books, at):
    with pytest.raises(RefusedTransferError, match="没有账户"):
        actions.post(Entry("x", "fund", "nobody", 1, "award"), officer="qin", at=at)
    with pytest.raises(RefusedTransferError, match="找不到"):
        actions.post(Entry("x", "fund", "family", 1, "award", kind="post", of="y"), officer="qin", at=at)


def test_a_pending_transfer_is_settled_once(books, at):
    actions.post(pending(), officer="qin", at=at)
    actions.post(
        Entry("v", "fund", "family", 300_000, "award", kind="void", of="SA-1:award:1:pending"), officer="chen", at=at
    )
    for kind in ("post", "void"):
        with pytest.raises(RefusedTransferError, match="已由 v 结清"):
            actions.post(
                Entry("p", "fund", "family", 300_000, "award", kind=kind, of="SA-1:award:1:pending"),
                officer="chen",
                at=at,
            )
    assert queries.balance("fund").available == 1_000_000


def test_a_pending_transfer_is_settled_once_within_one_call_too(books, at):
    actions.post(pending(), officer="qin", at=at)
    both = [
        Entry(kind, "fund", "family", 300_000, "award", kind=kind, of="SA-1:award:1:pending")
        for kind in ("post", "void")
    ]
    with pytest.raises(RefusedTransferError, match="已由 post 结清"):
        actions.post_all(both, officer="chen", at=at)
    assert Transfer.objects.count() == 2


def test_a_post_is_taken_back_once(books, at):
    actions.post(pending(), officer="qin", at=at)
    post = Entry("p", "fund", "family", 300_000, "award", kind="post", of="SA-1:award:1:pending")
    actions.post_all([post], officer="chen", at=at)
    back = [Entry(name, "family", "fund", 300_000, "award", kind="reversal", of="p") for name in ("r", "r2")]
    actions.post(back[0], officer="chen", at=at)
    with pytest.raises(RefusedTransferError, match="已由 r 结清"):
        actions.post(back[1], officer="chen", at=at)
    assert actions.post_all([back[0], post], officer="chen", at=at) == 0


def test_the_database_itself_refuses_a_second_settlement(books, at):
    actions.post(pending(), officer="qin", at=at)
    of = Transfer.objects.get(kind="pending")
    alike = {"debit": of.debit, "credit": of.credit, "fen": of.fen, "of": of, "code": "award", "at": at}
    Transfer.objects.create(kind="void", reference="v", **alike)
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.create(kind="post", reference="p", **alike)


@pytest.mark.parametrize(
    "sql", ["UPDATE ledger_transfer SET fen = 1", "DELETE FROM ledger_transfer", "DELETE FROM ledger_account"]
)
def test_the_database_refuses_to_rewrite_the_books(books, sql):
    with pytest.raises(DatabaseError, match="huigong guard"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="REPLACE is SQLite's")
@pytest.mark.parametrize(
    ("kind", "of", "reference"),
    [("single", "NULL", "'fund-in'"), ("post", "of_id", "'other'"), ("void", "of_id", "'other'")],
    ids=["by its reference", "by what it settles", "by what it settles, as a void"],
)
def test_a_foreign_client_cannot_replace_a_transfer(books, at, kind, of, reference):
    actions.post(pending(), officer="qin", at=at)
    actions.post(
        Entry("p", "fund", "family", 300_000, "award", kind="post", of="SA-1:award:1:pending"), officer="chen", at=at
    )
    before = sorted(Transfer.objects.values_list("id", "reference"))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers=OFF")
        try:
            with pytest.raises(IntegrityError, match="huigong guard"), transaction.atomic():
                cursor.execute(
                    "INSERT OR REPLACE INTO ledger_transfer (id, debit_id, credit_id, fen, kind, of_id, code, reference, at) "
                    f"SELECT '{'f' * 32}', debit_id, credit_id, 1, '{kind}', {of}, code, {reference}, at FROM ledger_transfer WHERE reference = 'p'"
                )
        finally:
            cursor.execute("PRAGMA recursive_triggers=ON")
    assert sorted(Transfer.objects.values_list("id", "reference")) == before


def test_a_transfer_event_tells_all_that_the_row_holds(books, at):
    actions.post(pending(), officer="qin", at=at)
    told = next(one for one in audit.told_of("transfer.posted") if one.subject == "SA-1:award:1:pending").payload
    row = Transfer.objects.select_related("debit", "credit").get(reference="SA-1:award:1:pending")
    assert (told["fen"], told["debit"], told["credit"], told["kind"]) == (
        row.fen,
        row.debit.code,
        row.credit.code,
        row.kind,
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(1, 600_000), st.sampled_from(["post", "void", "leave", "twice"])), max_size=8))
def test_books_balance_and_the_fund_is_never_overdrawn(books, at, steps):
    with transaction.atomic():
        for number, (fen, then) in enumerate(steps):
            entry = pending(f"SA-{number}:award:1:pending", fen)
            try:
                actions.post(entry, officer="qin", at=at)
            except RefusedTransferError:
                continue
            if then in {"post", "void"}:
                actions.post(
                    Entry(f"SA-{number}:award:1:{then}", "fund", "family", fen, "award", kind=then, of=entry.reference),
                    officer="chen",
                    at=at,
                )
            if then == "twice":
                actions.post(entry, officer="qin", at=at)
        assert balanced()
        assert 0 <= queries.balance("fund").available <= queries.balance("fund").posted
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "entry",
    [
        Entry("x", "fund", "family", 999_000, "award", kind="post", of="SA-1:award:1:pending"),
        Entry("x", "source", "family", 300_000, "award", kind="post", of="SA-1:award:1:pending"),
        Entry("x", "family", "fund", 300_000, "award", kind="reversal", of="SA-1:award:1:pending"),
        Entry("x", "source", "fund", 1_000_000, "funding", kind="post", of="fund-in"),
    ],
    ids=["another amount", "another account", "never posted", "a single"],
)
def test_a_settlement_that_differs_from_what_it_settles_is_refused(books, at, entry):
    actions.post(pending(), officer="qin", at=at)
    with pytest.raises(RefusedTransferError, match="不符"):
        actions.post(entry, officer="chen", at=at)
    assert Transfer.objects.count() == 2


def test_a_bounce_takes_the_post_back(books, at):
    actions.post(pending(), officer="qin", at=at)
    actions.post(
        Entry("p", "fund", "family", 300_000, "award", kind="post", of="SA-1:award:1:pending"), officer="chen", at=at
    )
    actions.post(Entry("r", "family", "fund", 300_000, "award", kind="reversal", of="p"), officer="chen", at=at)
    assert (queries.balance("fund").posted, queries.balance("family").posted) == (1_000_000, 0)
