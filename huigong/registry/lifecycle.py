"""The life of a household file: which state may follow which, and the words that a file itself bears for each.

A file that came in a registry says its state in its own words (档案状态); circulars decide upon that word, so it is kept,
and every move here writes both. `status_of` is the one reading of the word; the books hold the two together.
"""

import re

from huigong.lifecycle.actions import Table

DRAFT, REPORTED, CHECKED, ON_NOTICE = "draft", "reported", "checked", "on_notice"
ENROLLED, MOVING, EXITED, MERGED = "enrolled", "moving", "exited", "merged"
ERASED = "erased"

WORDS = {
    DRAFT: ("草稿", "draft"),
    REPORTED: ("已上报", "reported"),
    CHECKED: ("已核查", "checked"),
    ON_NOTICE: ("公示中", "on public notice"),
    ENROLLED: ("在档", "on file"),
    MOVING: ("在档（转出中）", "on file, moving"),
    EXITED: ("已退出", "left"),
    MERGED: ("已并档", "merged"),
    ERASED: ("已销毁", "erased"),
}

NEXT = Table(
    {
        DRAFT: frozenset({REPORTED, EXITED, MERGED}),
        REPORTED: frozenset({CHECKED, DRAFT, EXITED, MERGED}),
        CHECKED: frozenset({ON_NOTICE, REPORTED, EXITED, MERGED}),
        ON_NOTICE: frozenset({ENROLLED, CHECKED, EXITED, MERGED}),
        ENROLLED: frozenset({EXITED, MOVING, MERGED}),
        MOVING: frozenset({ENROLLED}),
        EXITED: frozenset({REPORTED, MERGED, ERASED}),
        MERGED: frozenset({DRAFT, REPORTED, CHECKED, ON_NOTICE, ENROLLED, EXITED, ERASED}),
        ERASED: frozenset(),
    },
    WORDS,
)
# What a registry from outside says of a file is how it stands there, wherever it stood here. An erased one stays erased.
TOLD = Table({state: frozenset(NEXT.keys() - {state, ERASED}) for state in NEXT} | {ERASED: frozenset()}, WORDS)

TURNED_DOWN = "已撤下"
"""How the word of a file begins that ended before it was ever enrolled: nobody is kept from another file by it."""

MOVED = ("household.imported", "file.drafted", "file.moved")
_BY_WORD = {zh: state for state, (zh, _) in WORDS.items()}
_LEFT = re.compile(r"脱困|退|注销|出档|撤|死亡|兜底|迁出")


def status_of(word: str) -> str:
    """The state that a file's own word tells. A word that says nothing known leaves the file reported, not on file."""
    if word in _BY_WORD:
        return _BY_WORD[word]
    if word.startswith("在档"):
        return ENROLLED
    return EXITED if _LEFT.search(word) else REPORTED
