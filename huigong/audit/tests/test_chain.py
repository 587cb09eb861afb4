"""The chain: recorded in order, unchangeable, verified, and silent about people."""

import hashlib
import json

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from huigong.audit import actions, chain, guards, queries, verification
from huigong.audit.models import Event
from huigong.values.sentence import SaidError
from huigong.vault.fields import Secret

pytestmark = pytest.mark.django_db


def told(at, count=3):
    actions.record_all(
        actions.Entry("row.accepted", f"SA-450422-2017-{number:05d}", "huang", at, {"row": number})
        for number in range(count)
    )


def without_guards(sql, *parameters):
    """What somebody with the database file can do."""
    with connection.cursor() as cursor:
        for guard in guards.GUARDS:
            cursor.execute(f"DROP TRIGGER {guard.name}" + ("" if connection.vendor == "sqlite" else " ON audit_event"))
        cursor.execute(sql, parameters)


def test_events_are_chained_from_nothing(at):
    told(at)
    events = list(Event.objects.all())
    assert [event.sequence for event in events] == [1, 2, 3]
    assert [event.previous for event in events] == [chain.GENESIS, events[0].digest, events[1].digest]
    assert verification.verify().holds


def test_an_empty_chain_holds():
    assert verification.verify().holds


def test_an_outsider_can_recompute_the_formula(at):
    told(at, 1)
    event = Event.objects.get()
    body = '{"action":"row.accepted","actor":"huang","at":"2017-08-07T01:30:00.000000Z","payload":{"row":0},"sequence":1,"subject":"SA-450422-2017-00000"}'
    assert event.digest == hashlib.sha256(b"huigong.audit.v1\n" + b"0" * 64 + b"\n" + body.encode()).hexdigest()


@pytest.mark.parametrize("sql", ["UPDATE audit_event SET actor = 'mo'", "DELETE FROM audit_event"])
def test_the_database_refuses_to_change_history(at, sql):
    told(at)
    with pytest.raises(DatabaseError, match="huigong guard"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.skipif(
    "connection.vendor != 'sqlite'",
    reason="REPLACE is SQLite's; on PostgreSQL the primary key and the TRUNCATE guard stand for it",
)
def test_the_database_refuses_to_replace_an_event(at):
    told(at, 1)
    with pytest.raises(IntegrityError, match="huigong guard"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event")


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
def test_the_database_refuses_to_empty_the_chain(at):
    told(at, 1)
    with pytest.raises(DatabaseError, match="huigong guard"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_event")


def test_every_declared_guard_is_installed_and_a_dropped_one_is_missed(at):
    assert guards.missing() == []
    without_guards("SELECT 1")
    assert guards.missing() == sorted(guard.name for guard in guards.GUARDS)
    guards.install()
    assert guards.missing() == []


@pytest.mark.parametrize(
    ("sql", "parameters", "broken_at"),
    [
        ("UPDATE audit_event SET actor = %s WHERE sequence = 2", ["mo"], 2),
        ("UPDATE audit_event SET payload = %s WHERE sequence = 3", ['{"row":9}'], 3),
        ("UPDATE audit_event SET subject = %s WHERE sequence = 1", ["SA-450422-2017-99999"], 1),
        ("DELETE FROM audit_event WHERE sequence = %s", [2], 2),
        ("DELETE FROM audit_event WHERE sequence = %s", [3], 3),
    ],
)
def test_tampering_is_found_and_named(at, sql, parameters, broken_at):
    told(at)
    without_guards(sql, *parameters)
    report = verification.verify()
    assert report.broken_at == broken_at
    assert str(broken_at) in report.sentence.zh


def test_a_cut_tail_shows_only_against_a_checkpoint(at, tmp_path):
    told(at, 2)
    file = tmp_path / "checkpoint"
    file.write_text(verification.checkpoint())
    kept = verification.read_checkpoint(file)
    head_before = queries.head()
    without_guards("DELETE FROM audit_event WHERE sequence = 2")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE audit_chainhead SET sequence = 1, digest = (SELECT digest FROM audit_event WHERE sequence = 1)"
        )
    assert verification.verify().holds
    assert not verification.verify(against=[kept]).holds
    assert kept == head_before


def test_an_altered_checkpoint_is_refused(at, tmp_path):
    told(at, 2)
    file = tmp_path / "checkpoint"
    file.write_text(verification.checkpoint().replace("\n2\n", "\n3\n"))
    with pytest.raises(SaidError, match="检查点"):
        verification.read_checkpoint(file)


@pytest.mark.parametrize(
    "value", ["450422199901010022", "45042219990101002X", "韦秀兰", "13800000000", "6214673021573681932", 1.5, "患病"]
)
def test_an_event_tells_nothing_about_a_person(at, value):
    with pytest.raises(chain.PersonalDataInEventError):
        actions.record("row.accepted", subject="x", officer="huang", at=at, payload={"why": value})
    assert queries.count() == 0


def test_revealing_a_field_is_recorded(at):
    secret = Secret(kind="phone", binding=b"", key_id=None, plain="13800000000")
    assert actions.reveal(secret, officer="huang", purpose="review", at=at, subject="SA-1") == "13800000000"
    assert [(event.action, event.payload) for event in queries.history("SA-1")] == [
        ("field.revealed", {"kind": "phone", "purpose": "review"})
    ]
    assert "138" not in json.dumps([event.payload for event in queries.history("SA-1")])
