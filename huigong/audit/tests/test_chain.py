"""The chain: recorded in order, unchangeable, verified, and silent about people."""

import hashlib
import json
import shutil

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from huigong.audit import actions, chain, guards, queries, verification
from huigong.audit.models import Event
from huigong.values.sentence import SaidError
from huigong.vault import keys
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


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="REPLACE is SQLite's")
@pytest.mark.parametrize(
    "changed",
    [
        {"id": "f" * 32},
        {"id": "f" * 32, "sequence": 9},
        {"id": "f" * 32, "digest": "0" * 64},
        {"sequence": 9, "digest": "0" * 64},
    ],
    ids=["sequence and digest", "digest", "sequence", "id"],
)
def test_a_foreign_client_cannot_replace_an_event_by_any_unique_column(at, changed):
    told(at, 1)
    columns = [field.column for field in Event._meta.local_fields]
    values = ", ".join(f"'{changed[column]}'" if column in changed else column for column in columns)
    replace = f"INSERT OR REPLACE INTO audit_event ({', '.join(columns)}) SELECT {values} FROM audit_event"
    refuse_without_recursive_triggers(replace)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="REPLACE is SQLite's")
def test_a_foreign_client_cannot_replace_an_event_by_its_row_number(at):
    told(at, 1)
    new = f"'{'f' * 32}', 9, at, 'mo', action, subject, payload, previous, '{'0' * 64}'"
    refuse_without_recursive_triggers(
        f"INSERT OR REPLACE INTO audit_event (rowid, id, sequence, at, actor, action, subject, payload, previous, digest) SELECT rowid, {new} FROM audit_event"
    )


def refuse_without_recursive_triggers(sql):
    """As a client does it that does not know our settings."""
    before = list(Event.objects.values_list())
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers=OFF")
        try:
            with pytest.raises(IntegrityError, match="huigong guard"), transaction.atomic():
                cursor.execute(sql)
        finally:
            cursor.execute("PRAGMA recursive_triggers=ON")
    assert list(Event.objects.values_list()) == before


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
    ("sqlite", "postgresql"),
    [
        (
            "DROP TRIGGER audit_event_no_update; CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event BEGIN SELECT 1; END",
            "ALTER TABLE audit_event DISABLE TRIGGER audit_event_no_update",
        ),
        (
            "DROP TRIGGER audit_event_no_update; CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_chainhead BEGIN SELECT RAISE(ABORT, 'huigong guard audit_event_no_update'); END",
            "DROP TRIGGER audit_event_no_update ON audit_event; CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_chainhead FOR EACH ROW EXECUTE FUNCTION huigong_refuse()",
        ),
    ],
    ids=["it refuses nothing", "it stands on another table"],
)
def test_a_guard_of_the_right_name_that_does_not_guard_is_missed(at, sqlite, postgresql):
    with connection.cursor() as cursor:
        for statement in (
            sqlite.replace("; CREATE", ";; CREATE").split(";; ") if connection.vendor == "sqlite" else [postgresql]
        ):
            cursor.execute(statement)
    assert guards.missing() == ["audit_event_no_update"]


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="on SQLite each trigger holds its own refusal")
def test_a_function_that_refuses_nothing_is_missed_with_every_guard(at):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION huigong_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
        )
    assert guards.missing() == sorted(guard.name for guard in guards.declared())


@pytest.mark.parametrize(
    ("sql", "parameters", "broken_at"),
    [
        ("UPDATE audit_event SET actor = %s WHERE sequence = 2", ["mo"], 2),
        ("UPDATE audit_event SET payload = %s WHERE sequence = 3", ['{"row":9}'], 3),
        ("UPDATE audit_event SET subject = %s WHERE sequence = 1", ["SA-450422-2017-99999"], 1),
        ("UPDATE audit_event SET payload = %s WHERE sequence = 2", ['{"row":9'], 2),
        ("UPDATE audit_event SET payload = %s WHERE sequence = 2", ['{"row":9,"row":1}'], 2),
        ("UPDATE audit_event SET payload = %s WHERE sequence = 2", ['{"row": 1}'], 2),
        ("UPDATE audit_event SET payload = %s WHERE sequence = 2", ["[" * 9000], 2),
        ("UPDATE audit_event SET payload = %s WHERE sequence = 2", ["7"], 2),
        ("DELETE FROM audit_chainhead WHERE id = %s", [1], 4),
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


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL's columns take nothing but their type")
@pytest.mark.parametrize("there", ["'yesterday'", "'2017-13-45 99:00:00'", "x'ff'"])
def test_a_moment_that_is_none_is_a_broken_link_and_no_crash(at, there):
    told(at)
    without_guards(f"UPDATE audit_event SET at = {there} WHERE sequence = 2")
    assert verification.verify().broken_at == 2


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL's text is always text")
def test_text_that_is_no_text_is_a_broken_link_and_no_crash(at):
    told(at)
    without_guards("UPDATE audit_event SET payload = CAST(x'ff' AS TEXT) WHERE sequence = 1")
    assert verification.verify().broken_at == 1


def test_a_checkpoint_is_checked_with_the_public_key_alone(at, tmp_path, settings):
    told(at, 2)
    file, public = tmp_path / "checkpoint", tmp_path / "signing.pub"
    file.write_text(verification.checkpoint())
    shutil.copy(settings.HUIGONG_KEYS / "signing.pub", public)
    shutil.rmtree(settings.HUIGONG_KEYS)
    keys.forget()
    assert verification.read_checkpoint(file, public_key=public) == queries.head()
    with pytest.raises(SaidError, match="公钥"):
        verification.read_checkpoint(file)
    assert not (settings.HUIGONG_KEYS / "signing.key").exists()


def test_a_checkpoint_of_another_installation_is_refused(at, tmp_path, settings):
    told(at, 2)
    file = tmp_path / "checkpoint"
    file.write_text(verification.checkpoint())
    settings.HUIGONG_KEYS = tmp_path / "other"
    keys.signing_key()
    with pytest.raises(SaidError, match="检查点"):
        verification.read_checkpoint(file)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"huigong audit chain\nx\ny\n====\n"])
def test_what_is_no_checkpoint_or_no_key_is_told(at, tmp_path, content):
    told(at, 1)
    verification.checkpoint()
    file = tmp_path / "checkpoint"
    file.write_bytes(content)
    with pytest.raises(SaidError, match="检查点"):
        verification.read_checkpoint(file)
    with pytest.raises(SaidError, match="公钥"):
        verification.read_checkpoint(file, public_key=file)


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


NUMBERS = [
    "450422199901010022",
    "45042219990101002X",
    "450422990101002",
    "13800000000",
    "6214673021573681932",
    "450422 19990101 0022",
    "450422-19990101-002x",
    "138 0000 0000",
    "138-0000-0000",
    "+86 13800000000",
    "a13800000000",
    "ID450422199901010022",
    "1380000x0000",
    "SA-13800000000-1",
    "SA-450422-2017-00042:13800000000",
    "form:1380000000000000",
]


@pytest.mark.parametrize(
    "value", [*NUMBERS, "韦秀兰", 1.5, "患病", 13800000000, 450422199901010022, 450422990101002, -13800000000]
)
def test_an_event_tells_nothing_about_a_person(at, value):
    for payload in ({"why": value}, {"why": [{"first": value}]}, {value: "x"}):
        with pytest.raises(chain.PersonalDataInEventError):
            actions.record("row.accepted", subject="x", officer="huang", at=at, payload=payload)
    assert queries.count() == 0


@pytest.mark.parametrize("number", [*NUMBERS, "１３８００００００００", "schools:名单13800000000"])
def test_neither_subject_nor_actor_is_a_persons_number(at, number):
    for subject, actor in ((number, "huang"), ("SA-450422-2017-00042", number)):
        with pytest.raises(chain.PersonalDataInEventError):
            actions.record("row.accepted", subject=subject, officer=actor, at=at)


# Digests with runs of digits as they happen to come: fifteen, eleven from 138 on, all digits.
TELLABLE = [
    "SA-450422-2017-00042",
    "SA-450400-2017:form:0123456789abcdef:12",
    "SA-450400-2017:form:1380000000045042:12",
    "SA-450422-2017-00042:award:1:pending",
    "SA-450400-2017-B001",
    "GX4504000017",
    "450422-13800000",
    "0199a138-0000-7000-8000-138000000001",
    "0199a13800007000800013800000000f",
    "13800000000a450422199901010022b" + "f" * 33,
    "a" * 53 + "13800000000",
    "2017-08-07T01:30:00.000000Z",
    "2017-wuzhou-21",
]


@pytest.mark.parametrize("text", TELLABLE)
def test_references_and_digests_may_be_told_anywhere(at, text):
    actions.record("row.accepted", subject=text, officer="huang2", at=at, payload={"case": text, "cases": [text]})
    assert queries.count() == 1


@pytest.mark.parametrize(
    "payload", [{"clause": "补(四)"}, {"clause": "附件1(二)"}, {"fen": 15_000_000_000}, {"size": 9_999_999_999}]
)
def test_clauses_and_amounts_may_be_told(at, payload):
    actions.record("award.made", subject="SA-450422-2017-00042", officer="qin", at=at, payload=payload)
    assert queries.count() == 1


def test_revealing_a_field_is_recorded(at):
    secret = Secret(kind="phone", binding=b"", key_id=None, plain="13800000000")
    assert actions.reveal(secret, officer="huang", purpose="review", at=at, subject="SA-1") == "13800000000"
    assert [(event.action, event.payload) for event in queries.history("SA-1")] == [
        ("field.revealed", {"kind": "phone", "purpose": "review"})
    ]
    assert "138" not in json.dumps([event.payload for event in queries.history("SA-1")])


def test_the_text_of_an_event_is_the_canonical_json_of_all_that_it_tells(at):
    """Its payload is put in as text, so that nothing that reads alike is taken for it; an outsider builds the same."""
    payload = {"z": ['"', "\\", "\u2028", "号"], "fen": 300_000, "a": None, "nested": {"sequence": 1, "subject": "x"}}
    told = {"sequence": 7, "actor": '黄"', "action": "case.decided", "subject": "SA\u0007-1"}
    text = chain.body(at=at, payload=chain.canonical(payload), **told)
    assert text == chain.canonical(told | {"at": "2017-08-07T01:30:00.000000Z", "payload": payload})
