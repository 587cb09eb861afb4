"""The database refuses to lose a form or a row."""

import pytest
from django.db import DatabaseError, connection, transaction

from huigong.annexes.tests.forms import ROW
from huigong.audit import guards

STATEMENTS = {
    "intake_formreceived_no_delete": "DELETE FROM intake_formreceived",
    "intake_formrow_no_delete": "DELETE FROM intake_formrow",
}


def test_every_guard_of_the_intake_is_installed(db):
    assert [name for name in guards.missing() if name.startswith("intake_")] == []


@pytest.mark.parametrize("name", STATEMENTS)
def test_the_database_refuses(give, unit, name):
    give(ROW)
    with pytest.raises(DatabaseError, match=name), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STATEMENTS[name])
