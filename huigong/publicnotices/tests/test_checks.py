"""That a notice could be reached is written down, once an hour however many look, and never rewritten."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from huigong.audit import queries as audit
from huigong.publicnotices import actions, queries, query_codes
from huigong.publicnotices.models import NoticeCheck


def visit(notice, at, outcome="shown"):
    return actions.check(notice, how="visit", outcome=outcome, officer="public", at=at)


def test_however_many_open_the_page_an_hour_is_one_link_of_the_chain(hung, at):
    for minutes in (0, 1, 20, 40, 70):
        visit(hung, at + timedelta(minutes=minutes))
    assert [one.action for one in audit.history(hung.number)].count("notice.checked") == 2
    reached = queries.reached(hung)
    assert (reached.times, reached.first, reached.last) == (2, at, at + timedelta(minutes=40))


def test_what_was_wrong_and_when_it_was_gone_is_told_apart(hung, at):
    visit(hung, at)
    actions.check(hung, how="probe", outcome="unreached", officer="system", at=at + timedelta(minutes=5))
    visit(hung, at + timedelta(hours=3), "over")
    reached = queries.reached(hung)
    assert ([one.outcome for one in reached.faults], reached.gone) == (["unreached"], at + timedelta(hours=3))


def test_a_check_is_never_rewritten(hung, at):
    one = visit(hung, at)
    for wrong in (one.delete, lambda: NoticeCheck.objects.update(outcome="altered")):
        with pytest.raises(DatabaseError), transaction.atomic():
            wrong()


def test_a_code_is_of_one_case_on_one_notice(hung):
    line = hung.lines.get()
    code = query_codes.code_of(line)
    assert query_codes.is_right(line, f" {code[:4].lower()}-{code[4:]} ")
    assert not query_codes.is_right(line, code[:-1] + ("A" if code[-1] != "A" else "B"))
    line.case_reference = "SA-450422-2017-00002"
    assert not query_codes.is_right(line, code)
