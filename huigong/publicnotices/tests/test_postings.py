"""Where a notice hung: a board for every unit, a stamped statement that another confirms, taken down when it is over."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

from huigong.audit import queries as audit
from huigong.publicnotices import actions, queries
from huigong.publicnotices.models import NoticePosting
from huigong.publicnotices.tests.conftest import FIRST, LAST
from huigong.values.sentence import SaidError

AFTER = datetime(2017, 8, 21, 2, tzinfo=UTC)


def statement(paper, **changes):
    told = {"hung_on": FIRST, "until": LAST, "objections": 0, "paper": paper(), "photograph": paper(b"\x89PNG photo")}
    return actions.Statement(**told | changes)


def test_publishing_lists_a_board_for_every_unit_with_a_line(hung, unit):
    board = NoticePosting.objects.get()
    assert (board.kind, board.unit, board.notice) == ("board", unit, hung)
    assert [one.action for one in audit.history(hung.number)] == ["notice.published", "notice.posted"]
    assert list(queries.open_postings([hung])) == [board]


def test_what_one_enters_another_confirms_and_then_it_stands(hung, lu, huang, paper):
    board = actions.enter_statement(hung.postings.get(), statement(paper, objections=1), clerk=lu, at=AFTER)
    assert (board.objections, board.hung_on, board.entered_by) == (1, FIRST, lu.username)
    with pytest.raises(SaidError, match="换一位"):
        actions.confirm_statement(board, clerk=lu, at=AFTER)
    assert actions.confirm_statement(board, clerk=huang, at=AFTER).confirmed_by == huang.username
    for again in (
        lambda: actions.confirm_statement(board, clerk=huang, at=AFTER),
        lambda: actions.enter_statement(board, statement(paper), clerk=huang, at=AFTER),
    ):
        with pytest.raises(SaidError, match="核对过"):
            again()


def test_nothing_is_confirmed_that_nobody_entered(hung, huang):
    with pytest.raises(SaidError, match="还没有录入"):
        actions.confirm_statement(hung.postings.get(), clerk=huang, at=AFTER)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"until": date(2017, 8, 17)}, "没有盖住"),
        ({"hung_on": date(2017, 8, 15)}, "没有盖住"),
        ({"until": date(2017, 8, 30)}, "起止日期不对"),
        ({"hung_on": date(1, 1, 1)}, "最早 2017-08-07"),
        ({"hung_on": date(2017, 8, 6)}, "最早 2017-08-07"),
        ({"hung_on": date(2017, 8, 19), "until": LAST}, "起止日期不对"),
    ],
)
def test_a_board_that_did_not_hang_the_whole_window_is_not_taken(hung, lu, paper, days, said):
    with pytest.raises(SaidError, match=said):
        actions.enter_statement(hung.postings.get(), statement(paper, **days), clerk=lu, at=AFTER)
    assert hung.postings.get().entered_by == ""


def test_the_database_knows_that_another_confirms_and_that_nothing_is_deleted(hung, lu, paper):
    board = actions.enter_statement(hung.postings.get(), statement(paper), clerk=lu, at=AFTER)
    for wrong in (lambda: NoticePosting.objects.update(confirmed_by=lu.username), board.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            wrong()


def test_it_is_taken_down_after_its_window_and_once(hung, lu):
    board = hung.postings.get()
    for on in (LAST, date(2017, 8, 25)):
        with pytest.raises(SaidError, match="当天还算"):
            actions.take_down(board, on=on, officer=lu, at=AFTER)
    assert actions.take_down(board, on=date(2017, 8, 19), officer=lu, at=AFTER).taken_down_on == date(2017, 8, 19)
    with pytest.raises(SaidError, match="已经取下"):
        actions.take_down(board, on=date(2017, 8, 19), officer=lu, at=AFTER)
    assert list(queries.open_postings([hung])) == [board]  # its statement is still to come


def test_another_channel_is_named_and_asked_to_be_taken_down(hung, unit, lu):
    told = {"unit": unit, "officer": lu, "at": AFTER}
    for kind, place in (("board", "公告栏"), ("group", "  ")):
        with pytest.raises(SaidError, match="发在哪里"):
            actions.post_up(hung, kind=kind, place=place, **told)
    group = actions.post_up(hung, kind="group", place="糖业公司工会群", **told)
    assert group in queries.open_postings([hung])
    actions.take_down(group, on=date(2017, 8, 19), officer=lu, at=AFTER)
    assert group not in queries.open_postings([hung])


def test_a_word_for_a_board_is_given_once_by_who_verifies_after_its_window(hung, lu, huang):
    board, told = hung.postings.get(), {"word": "打电话向工会主席核实过", "at": AFTER}
    with pytest.raises(SaidError, match="请换人"):
        actions.speak_for(board, **told, officer=lu)
    for wrong in ({"word": "没事"}, {"word": "核" * 201}, {"at": datetime(2017, 8, 18, 2, tzinfo=UTC)}):
        with pytest.raises(SaidError, match="理由 6 到 200 个字"):
            actions.speak_for(board, **told | wrong, officer=huang)
    assert queries.boards_over(hung.campaign, on=AFTER.date()) == [board]
    assert actions.speak_for(board, **told, officer=huang).word_by == huang.username
    assert queries.boards_over(hung.campaign, on=AFTER.date()) == []
    assert audit.history(hung.number)[-1].action == "notice.board_spoken_for"
    with pytest.raises(SaidError, match="说一次"):
        actions.speak_for(board, **told, officer=huang)
