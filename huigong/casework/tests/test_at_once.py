"""Two at once, over two connections to PostgreSQL: what is numbered within a case or a campaign has no number twice.

SQLite lets one writer in at a time from the beginning, so there is nothing to prove there.
"""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from huigong.audit.queries import head
from huigong.casework import actions
from huigong.casework.actions import looks, notices
from huigong.casework.actions.notices import ClosedPointError
from huigong.casework.models import BulkVerification, OneTimeNotice, OriginalSlip, SecondLookDraw
from huigong.casework.tests.worked import CAMPAIGN, FACTS, LETTER, REFERENCE
from huigong.organisations.models import Officer
from huigong.values.sentence import SaidError
from huigong.vault import actions as vault

pytestmark = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")

AT = datetime(2017, 8, 7, 1, 30, tzinfo=UTC)
LU = Officer(username="lu", name="陆")
PATIENCE = 10
TABLES = (
    "casework_originalslip",
    "casework_posttaken",
    "casework_bulkverification",
    "casework_secondlook",
    "casework_secondlookdraw",
    "casework_noticepoint",
    "casework_onetimenotice",
    "audit_event",
)


@pytest.fixture
def for_good(db, monkeypatch):
    """What is written here is committed, seen over other connections, and taken away afterwards past the guards.

    The test's own connection, whose transaction is rolled back, reads none of these tables: it would hold the sweeping up.
    """
    for step in (looks, notices):
        monkeypatch.setattr(step, "refuse_other_role", lambda *_roles, **_told: None)  # nobody is appointed here
    assert not apart(head).sequence, "this test sweeps every table that it writes"
    yield
    apart(swept)


def apart(do):
    """What something gives over a connection of its own."""

    def over_another():
        try:
            return do()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(over_another).result(PATIENCE)


def swept():
    with transaction.atomic(), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"DELETE FROM {table}")
        # By SQL alone: Django would ask every model with a key first, those of other tests too, whose tables are not there.
        for table in ("audit_chainhead", "vault_datakey"):
            cursor.execute(f"DELETE FROM {table}")
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def at_once(do):
    """What two threads get that begin together: the second begins while the first has written and not yet committed."""
    written, commit = threading.Event(), threading.Event()

    def first():
        with transaction.atomic():
            got = do(1)
            written.set()
            assert commit.wait(PATIENCE)
        connection.close()
        return got

    def second():
        try:
            return do(2)
        except (SaidError, IntegrityError) as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as pool:
        one = pool.submit(first)
        assert written.wait(PATIENCE)
        two = pool.submit(second)
        waits = somebody_waits()
        commit.set()
        assert waits, "the second did not wait for the first"
        return one.result(PATIENCE), two.result(PATIENCE)


def somebody_waits():
    """Until another connection stands before a lock: the second has come as far as it can."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0]:
                return True
        time.sleep(0.02)
    return False


def slip(_who):
    told = {"paper": "admission_letter", "received_from": "韦秀兰", "due_back_on": date(2017, 8, 21)}
    return actions.receive_original(REFERENCE, **told, officer=LU, on=date(2017, 8, 7), at=AT).number


def sent(who):
    return actions.do_once("0" * 32, lambda: slip(who), address="/originals/", officer=LU, at=AT)


def bulk(who):
    return actions.note_bulk(CAMPAIGN, [f"{REFERENCE}{who}"], officer=LU, at=AT).number


def draw(who):
    return actions.draw(CAMPAIGN, [REFERENCE], seed=str(who), size=1, officer=LU, at=AT).number


def notice(who):
    wanted = [LETTER] if who == 1 else [notices.Wanted("卡号不对。", "card_valid", "card_valid", "二(四)")]
    told = {"facts": FACTS, "facts_digest": "0" * 64, "due_on": date(2017, 8, 21)}
    return actions.say_once(REFERENCE, wanted, **told, data_key_id=vault.new_data_key().pk, officer=LU, at=AT)


def test_two_originals_of_a_case_taken_in_at_once_have_two_slips(for_good):
    assert at_once(slip) == (f"{REFERENCE}-Y01", f"{REFERENCE}-Y02")
    assert apart(OriginalSlip.objects.count) == 2


def test_of_one_form_sent_twice_at_once_the_second_waits_and_does_nothing(for_good):
    assert at_once(sent) == ((f"{REFERENCE}-Y01", None), (f"{REFERENCE}-Y01", AT))
    assert apart(OriginalSlip.objects.count) == 1


def test_two_bulks_at_once_are_numbered_one_after_the_other(for_good):
    assert at_once(bulk) == (1, 2)
    assert apart(BulkVerification.objects.count) == 2


def test_two_draws_at_once_are_numbered_one_after_the_other(for_good):
    assert at_once(draw) == (1, 2)
    assert apart(SecondLookDraw.objects.count) == 2


def test_of_two_first_notices_at_once_the_second_is_a_later_one(for_good):
    """What the first did not ask for is closed already when the second comes to ask for it."""
    _first, second = at_once(notice)
    assert isinstance(second, ClosedPointError)
    assert apart(OneTimeNotice.objects.count) == 1
