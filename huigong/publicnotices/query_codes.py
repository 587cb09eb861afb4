"""查询码: eight letters on the slip that a family gets, by which it finds its own line on a notice, and nobody else does.

A code is of one case on one notice: it opens that line and nothing of the file.
"""

from huigong.publicnotices.models import NoticeLine
from huigong.vault import blind


def code_of(line: NoticeLine) -> str:
    return blind.letters("query code", line.notice.number, line.case_reference)


def is_right(line: NoticeLine, code: str) -> bool:
    return blind.are_letters(code, "query code", line.notice.number, line.case_reference)
