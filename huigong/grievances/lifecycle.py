"""What may happen to an objection or appeal: it is given to somebody, perhaps to somebody else, and answered once."""

from huigong.lifecycle.actions import Table

RECEIVED, ASSIGNED, UPHELD, NOT_UPHELD = "received", "assigned", "upheld", "not_upheld"

WORDS = {
    RECEIVED: ("等交办", "to be assigned"),
    ASSIGNED: ("在核实", "being looked into"),
    UPHELD: ("成立", "upheld"),
    NOT_UPHELD: ("不成立", "not upheld"),
}

NEXT = Table(
    {
        RECEIVED: frozenset({ASSIGNED}),
        ASSIGNED: frozenset({ASSIGNED, UPHELD, NOT_UPHELD}),
    },
    WORDS,
)
OPEN = frozenset({RECEIVED, ASSIGNED})
MOVED = ("grievance.recorded", "grievance.assigned", "grievance.answered")
"""The events that tell a status (`to`) and every column."""
