"""Boards that somebody spoke for, so that what waits for them can be put to the decision."""

from huigong.publicnotices import actions
from huigong.publicnotices.models import NoticePosting


def speak_for_all(officer, *, at):
    for board in NoticePosting.objects.filter(kind="board", word_by="", notice__last_day__lt=at.date()):
        actions.speak_for(board, word="电话向单位核实过，贴满了", officer=officer, at=at)
