"""What may happen to a graduate's case, to an opening, to a proposal of a round: one table each.

A lost job leads from settled back to planned: the case is open again, and the figure falls where everybody sees why.
"""

from huigong.lifecycle.actions import Table

OPEN, PLANNED, SETTLED, STEADY = "open", "planned", "settled", "steady"
DECLINED, UNREACHABLE = "declined", "unreachable"

WORDS = {
    OPEN: ("待联系", "to be called"),
    PLANNED: ("帮扶中", "in hand"),
    SETTLED: ("已落实", "settled"),
    STEADY: ("稳定", "steady"),
    DECLINED: ("暂不需要", "wants no help now"),
    UNREACHABLE: ("联系不上", "not reached"),
}

NEXT = Table(
    {
        OPEN: frozenset({PLANNED, SETTLED, DECLINED, UNREACHABLE}),
        PLANNED: frozenset({SETTLED, DECLINED, UNREACHABLE}),
        SETTLED: frozenset({STEADY, PLANNED, DECLINED, UNREACHABLE}),
        STEADY: frozenset({PLANNED, SETTLED, DECLINED, UNREACHABLE}),
        DECLINED: frozenset({PLANNED, SETTLED, UNREACHABLE}),
        UNREACHABLE: frozenset({PLANNED, SETTLED, DECLINED}),
    },
    WORDS,
)
IN_HAND = frozenset({OPEN, PLANNED})
"""Whoever looks for something: these are matched with openings."""

PROPOSED, ON_OFFER, CLOSED = "proposed", "on_offer", "closed"
OPENING_WORDS = {
    PROPOSED: ("待单位确认", "to be confirmed by the employer"),
    ON_OFFER: ("可推荐", "on offer"),
    CLOSED: ("已关闭", "closed"),
}

NEXT_OF_OPENINGS = Table(
    {
        PROPOSED: frozenset({ON_OFFER, CLOSED}),
        ON_OFFER: frozenset({CLOSED}),
        CLOSED: frozenset({ON_OFFER}),
    },
    OPENING_WORDS,
)

WAITS, SENT, TAKEN, NOT_TAKEN, DROPPED = "waits", "sent", "taken", "not_taken", "dropped"
OVERTAKEN = "overtaken"
"""Nobody decided before the next round was made: no word against the pair, unlike an officer's drop."""
PROPOSAL_WORDS = {
    WAITS: ("等经办人定", "waits for an officer"),
    SENT: ("已推荐", "recommended"),
    TAKEN: ("录用", "hired"),
    NOT_TAKEN: ("没成", "came to nothing"),
    DROPPED: ("不推荐", "dropped"),
    OVERTAKEN: ("已重新撮合", "a later round took its place"),
}

NEXT_OF_PROPOSALS = Table(
    {
        WAITS: frozenset({SENT, DROPPED, OVERTAKEN}),
        SENT: frozenset({TAKEN, NOT_TAKEN, DROPPED}),
    },
    PROPOSAL_WORDS,
)
