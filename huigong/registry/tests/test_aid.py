"""Aid is recorded once for a case and need; what came back is taken off it, and what was given stays as history."""

from datetime import date

import pytest

from huigong.audit import queries as audit
from huigong.registry.actions import Aid, give_all, import_workbook, take_aid_back
from huigong.registry.aid_standing import standing_aid
from huigong.registry.models import AidGiven, AidReturn, FileMark, Household
from huigong.registry.queries import Need, overlaps
from huigong.registry.tests.workbooks import workbook
from huigong.registry.workbook import read_workbook
from huigong.values.sentence import SaidError

CASE, GIVEN, BACK = "SA-450422-2017-00001", date(2017, 8, 25), date(2017, 10, 9)


@pytest.fixture
def aid(city, tmp_path, at):
    import_workbook(read_workbook(workbook(tmp_path / "r.xlsx")), city=city, officer="system", at=at)
    return Aid(Household.objects.get().pk, "child", "schooling-2017", "fiscal", 300_000, CASE)


@pytest.fixture
def back(aid, at):
    """Aid that was given, and a way to say that some of it is here again."""
    give_all([aid], on=GIVEN, officer="chen", at=at)

    def taking(fen, transfer="reversal"):
        told = {"transfer_reference": f"{CASE}:aid:1:{transfer}", "on": BACK, "officer": "chen", "at": at}
        return take_aid_back(CASE, fen, **told)

    return taking


def remains():
    return list(standing_aid().values_list("number", "fen", "remains"))


def met():
    """What of the need of this child is met already."""
    need = Need("schooling-2017", "schooling", 2017, {"child": None})
    return [one.fen for one in overlaps(need).get("child", [])]


def test_aid_is_recorded_once_however_often_it_is_told(aid, at):
    give_all([aid, aid], on=GIVEN, officer="chen", at=at)
    events = audit.count()
    give_all([aid], on=date(2017, 8, 26), officer="chen", at=at)
    assert [(given.fen, given.given_on) for given in AidGiven.objects.all()] == [(300_000, GIVEN)]
    assert audit.count() == events
    assert [event.action for event in audit.history(CASE)] == ["aid.given"]


def test_what_came_back_whole_meets_no_need_and_stays_as_history(back):
    row = back(300_000)
    assert (remains(), met()) == ([], [])
    assert [(one.fen, one.given_on) for one in AidGiven.objects.all()] == [(300_000, GIVEN)]
    assert FileMark.objects.get().aided_on is None
    told = audit.history(CASE)[-1]
    assert (told.action, told.payload["fen"], told.payload["aid_return"]) == ("aid.returned", 300_000, str(row.pk))
    assert told.payload["transfer"] == f"{CASE}:aid:1:reversal"


def test_what_came_back_in_part_counts_with_the_rest_and_is_not_given_again(aid, back, at):
    back(100_000, "first")
    assert (remains(), met()) == ([(1, 300_000, 200_000)], [200_000])
    assert FileMark.objects.get().aided_on == GIVEN
    give_all([aid], on=BACK, officer="chen", at=at)
    assert AidGiven.objects.count() == 1
    back(200_000, "second")
    assert (remains(), met()) == ([], [])


def test_once_all_of_it_is_back_it_may_be_given_anew_and_only_that_stands(aid, back, at):
    back(300_000)
    give_all([aid], on=BACK, officer="chen", at=at)
    give_all([aid], on=BACK, officer="chen", at=at)
    assert (remains(), met()) == ([(2, 300_000, 300_000)], [300_000])
    assert FileMark.objects.get().aided_on == BACK


@pytest.mark.parametrize("fen", [0, -1, 300_001])
def test_no_more_comes_back_than_was_given(back, fen):
    with pytest.raises(SaidError, match="还有 3,000 元"):
        back(fen)
    assert AidReturn.objects.count() == 0


def test_nothing_comes_back_of_what_was_not_given(aid, at):
    with pytest.raises(SaidError, match="还有 0 元"):
        take_aid_back(CASE, 1, transfer_reference="x", on=BACK, officer="chen", at=at)
