"""What a unit's board tells counts before approval: its confirmed statement, and as many objections recorded as it heard."""

from datetime import date
from uuid import UUID

import pytest

from huigong.documents import actions as documents
from huigong.grievances import actions as grievances
from huigong.grievances.actions import Told
from huigong.publicnotices import actions as publicnotices
from huigong.publicnotices.models import NoticePosting
from huigong.studentaid import actions
from huigong.studentaid.boards import boards_in_the_way
from huigong.studentaid.models import Award
from huigong.studentaid.tests.forms_to_sign import later, minutes, sign
from huigong.studentaid.tests.office import AFTER
from huigong.values.sentence import SaidError

CASE = "SA-450422-2017-00001"


@pytest.fixture
def ready(wei):
    wei.carry("published")
    wei.finance = wei.officer("农", "finance")
    return wei


def put(office):
    told = {"officer": office.huang, "on": AFTER, "at": later(office)}
    return actions.prepare_approval(office.campaign, office.circular, minutes(later(office)), **told)


def offered(office):
    return [one.reference for one in actions.ready_to_approve(office.huang, office.campaign, on=AFTER)]


def reported(office, objections):
    board, at = NoticePosting.objects.get(), later(office)
    scan = documents.store(b"%PDF-1.4", name="a.pdf", media_type="application/pdf", officer="x", at=at)
    told = publicnotices.Statement(board.notice.first_day, board.notice.last_day, objections, scan, scan)
    entered = publicnotices.enter_statement(board, told, clerk=office.huang, at=at)
    return publicnotices.confirm_statement(entered, clerk=office.chen, at=at)


def record(office, number, reference=CASE, kind="objection"):
    told = Told(kind, "visit", "这家不困难，请核实", case_reference=reference)
    return grievances.record(office.campaign, told, submission=UUID(int=number), officer="lu", at=later(office))


def test_nothing_goes_on_a_form_before_the_statement_of_its_board_is_confirmed(ready):
    assert offered(ready) == []
    with pytest.raises(SaidError, match="没有公示期满"):
        put(ready)
    reported(ready, 0)
    assert offered(ready) == [CASE]
    assert put(ready).declared_count == 1


def test_what_the_board_heard_has_to_be_recorded_before_anything_is_decided(ready):
    reported(ready, 2)
    record(ready, 1)
    record(ready, 2, reference="")
    record(ready, 3, kind="appeal")
    (board,) = boards_in_the_way(ready.campaign, on=AFTER)
    assert (board.is_proven, board.recorded, list(board.cases)) == (True, 1, [CASE])
    record(ready, 4)
    assert boards_in_the_way(ready.campaign, on=AFTER) == []
    assert offered(ready) == []  # held by the objections themselves, until they are answered


def test_a_reasoned_word_stands_for_a_statement_that_does_not_come(ready):
    publicnotices.speak_for(
        NoticePosting.objects.get(), word="打电话向工会主席核实过", officer=ready.huang, at=later(ready)
    )
    assert offered(ready) == [CASE]


def test_a_window_that_is_not_over_is_waited_for_by_its_own_rule(ready):
    assert boards_in_the_way(ready.campaign, on=date(2017, 8, 1)) == []


def test_the_run_of_a_folder_asks_no_board(ready):
    ready.approve()
    assert Award.objects.count() == 1


def test_a_form_that_was_written_is_signed_to_its_end(ready):
    reported(ready, 0)
    form = put(ready)
    assert [sign(ready, form, who) for who in (ready.huang, ready.finance, ready.qin)] == [None, None, 1]
