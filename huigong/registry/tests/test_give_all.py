"""Aid that was given is recorded once for a case and need."""

from datetime import date

import pytest

from huigong.audit import queries as audit
from huigong.registry.actions import Aid, give_all, import_workbook
from huigong.registry.models import AidGiven, Household
from huigong.registry.tests.workbooks import workbook
from huigong.registry.workbook import read_workbook


@pytest.fixture
def aid(city, tmp_path, at):
    import_workbook(read_workbook(workbook(tmp_path / "r.xlsx")), city=city, officer="system", at=at)
    return Aid(Household.objects.get().pk, "child", "schooling-2017", "fiscal", 300_000, "SA-450422-2017-00001")


def test_aid_is_recorded_once_however_often_it_is_told(aid, at):
    give_all([aid, aid], on=date(2017, 8, 25), officer="chen", at=at)
    events = audit.count()
    give_all([aid], on=date(2017, 8, 26), officer="chen", at=at)
    assert [(given.fen, given.given_on) for given in AidGiven.objects.all()] == [(300_000, date(2017, 8, 25))]
    assert audit.count() == events
    assert [event.action for event in audit.history("SA-450422-2017-00001")] == ["aid.given"]
