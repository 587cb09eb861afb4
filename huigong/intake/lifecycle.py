"""What may happen to a row of a form, one table. Errors send it back, a doubt makes it wait, a good one is taken."""

from huigong.lifecycle.actions import Table

READY, RETURNED, WAITING, ACCEPTED = "ready", "returned", "waiting", "accepted"
SUBMITTED, REPLACED = "submitted", "replaced"

WORDS = {
    READY: ("可以收", "ready"),
    RETURNED: ("退回修改", "returned"),
    WAITING: ("等人核实", "waiting for a person"),
    ACCEPTED: ("已收", "taken"),
    SUBMITTED: ("已立案", "a case"),
    REPLACED: ("有更正稿", "replaced by a corrected copy"),
}

NEXT = Table(
    {
        READY: frozenset({ACCEPTED, RETURNED, WAITING, REPLACED}),
        RETURNED: frozenset({READY, WAITING, REPLACED}),
        WAITING: frozenset({READY, RETURNED, REPLACED}),
        # Taking a row can be undone until it is a case.
        ACCEPTED: frozenset({READY, SUBMITTED}),
        SUBMITTED: frozenset(),
        REPLACED: frozenset(),
    },
    WORDS,
)

MOVED = tuple(f"row.{verb}" for verb in ("received", "mended", "ready", "accepted", "undone", "submitted", "replaced"))
"""The events that tell a status (`to`); the last of them is where the row stands."""

WAITS = {
    "unit_unknown": ("单位表里没有这个报送单位", "the submitting unit is not in the table of units"),
    "id_lost": ("号码丢了，档案里有一个对得上的，请核对后补上", "a number was lost; one in the files fits: confirm it"),
}
