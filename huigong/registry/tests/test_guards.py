"""The database refuses what no action does: files and members are not deleted, aid that was given is not rewritten."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from huigong.audit import guards
from huigong.registry.actions import Aid, give_all, import_workbook, take_aid_back
from huigong.registry.models import Household
from huigong.registry.tests.workbooks import workbook
from huigong.registry.workbook import read_workbook

STATEMENTS = {
    "registry_household_no_delete": "DELETE FROM registry_household",
    "registry_member_no_delete": "DELETE FROM registry_member",
    "registry_aidgiven_no_update": "UPDATE registry_aidgiven SET fen = 1",
    "registry_aidgiven_no_delete": "DELETE FROM registry_aidgiven",
    "registry_aidreturn_no_update": "UPDATE registry_aidreturn SET fen = 1",
    "registry_aidreturn_no_delete": "DELETE FROM registry_aidreturn",
}


@pytest.fixture
def given(city, tmp_path, at):
    import_workbook(read_workbook(workbook(tmp_path / "r.xlsx")), city=city, officer="system", at=at)
    one = Aid(Household.objects.get().pk, "child", "schooling-2017", "fiscal", 300_000, "SA-450422-2017-00001")
    give_all([one], on=date(2017, 8, 25), officer="chen", at=at)
    take_aid_back(one.case_reference, 1, transfer_reference="t", on=date(2017, 9, 1), officer="chen", at=at)


def test_every_guard_of_the_registry_is_installed(db):
    assert [name for name in guards.missing() if name.startswith("registry_")] == []


@pytest.mark.parametrize("name", STATEMENTS)
def test_the_database_refuses(given, name):
    with pytest.raises(DatabaseError, match=name), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STATEMENTS[name])


def test_aid_is_not_replaced_either(given):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM registry_aidgiven")
        row = cursor.fetchone()
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    places = ", ".join(["%s"] * len(row))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{verb} INTO registry_aidgiven VALUES ({places})", row)
