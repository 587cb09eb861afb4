"""`huigong decision replay`: 0 where a decision is the same again, 1 where it was altered."""

import json

import pytest
from django.db import connection

from huigong.audit import guards
from huigong.commands import main
from huigong.studentaid.models import Decision
from huigong.studentaid.tests.office import WEI, opened

CASE = "SA-450422-2017-00001"


@pytest.fixture
def decided(city, at, tmp_path):
    (tmp_path / "papers").mkdir()
    office = opened(city, at, tmp_path / "papers")
    office.file(WEI)
    office.send(WEI.row())
    office.vouch()
    return office


def test_an_untouched_decision_is_the_same(decided, capsys):
    assert main(["decision", "replay", CASE.lower()]) == 0
    assert "逐条一致" in capsys.readouterr().out


def test_an_altered_decision_differs_and_the_command_fails(decided, capsys):
    with connection.cursor() as cursor:
        on = "" if connection.vendor == "sqlite" else " ON studentaid_decision"
        cursor.execute(f"DROP TRIGGER studentaid_decision_no_update{on}")
        Decision.objects.update(verdict="refused")
    guards.install()
    assert main(["decision", "replay", CASE, "--json"]) == 1
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["same"], told["verdict"]) == (False, "eligible")
    assert "不一致" in told["zh"]


def test_a_case_that_is_not_there_is_told(db, capsys):
    assert main(["decision", "replay", "SA-450422-2017-99999"]) == 1
    assert "没有案号" in capsys.readouterr().err


def test_decisions_that_were_taken_away_are_told(decided, capsys):
    with connection.cursor() as cursor:
        on = "" if connection.vendor == "sqlite" else " ON studentaid_decision"
        cursor.execute(f"DROP TRIGGER studentaid_decision_no_delete{on}")
        Decision.objects.all().delete()
    guards.install()
    assert main(["decision", "replay", CASE]) == 1
    assert "没有了" in capsys.readouterr().err
