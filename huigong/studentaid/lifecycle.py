"""What may happen to an application, one table. Only `lifecycle.advance_all` moves a row along it.

Submitted by the unit, verified by an officer, decided by the circular, ranked within the quota, on public notice,
approved by a collective decision, released into a batch. What is still open (a paper, a person) may be decided again.
"""

from huigong.lifecycle.actions import Table

SUBMITTED, VERIFIED = "submitted", "verified"
ELIGIBLE, INCOMPLETE, TO_SETTLE, REFUSED = "eligible", "incomplete", "to_settle", "refused"
PLACED, WAITING, TIED = "placed", "waiting", "tied"
ON_NOTICE, APPROVED, RELEASED = "on_notice", "approved", "released"

DECIDED = frozenset({ELIGIBLE, INCOMPLETE, TO_SETTLE, REFUSED})
# The facts of these may still change the decision; from PLACED on a place is held and only people take it away.
OPEN = frozenset({SUBMITTED, VERIFIED, WAITING, TIED}) | DECIDED
OWES = frozenset({INCOMPLETE, TO_SETTLE})
"""Where a family that was told once still has something to bring."""
HOLDS_A_PLACE = frozenset({PLACED, ON_NOTICE, APPROVED, RELEASED})
PROMISED = frozenset({APPROVED, RELEASED})

WORDS = {
    SUBMITTED: ("已交", "submitted"),
    VERIFIED: ("已审核", "verified"),
    ELIGIBLE: ("符合条件", "eligible"),
    INCOMPLETE: ("缺材料", "incomplete"),
    TO_SETTLE: ("请负责人定", "to be settled"),
    REFUSED: ("未通过", "refused"),
    PLACED: ("有名额", "has a place"),
    WAITING: ("候补", "waiting"),
    TIED: ("并列，请负责人定", "tied, to be settled"),
    ON_NOTICE: ("公示中", "on public notice"),
    APPROVED: ("待发放", "approved, to be paid"),
    RELEASED: ("已安排发放", "payment arranged"),
}

NEXT = Table(
    {
        SUBMITTED: DECIDED | {VERIFIED},
        VERIFIED: DECIDED | {SUBMITTED},
        # Back to SUBMITTED goes what an objection or appeal was upheld against, or another office met: looked at anew.
        ELIGIBLE: DECIDED | {VERIFIED, PLACED, WAITING, TIED, SUBMITTED},
        INCOMPLETE: DECIDED | {VERIFIED, SUBMITTED},
        TO_SETTLE: DECIDED | {VERIFIED, SUBMITTED},
        REFUSED: DECIDED | {VERIFIED, SUBMITTED},
        WAITING: DECIDED | {VERIFIED, PLACED, WAITING, TIED, SUBMITTED},
        TIED: DECIDED | {VERIFIED, PLACED, WAITING, TIED, SUBMITTED},
        PLACED: frozenset({ON_NOTICE, SUBMITTED}),
        ON_NOTICE: frozenset({APPROVED, SUBMITTED}),
        # Revoked: for another fund it goes back to the collective decision, else over the whole way again.
        APPROVED: frozenset({RELEASED, SUBMITTED, ON_NOTICE}),
        RELEASED: frozenset({SUBMITTED, ON_NOTICE}),
    },
    WORDS,
)

UNFINISHED = frozenset(NEXT) - {REFUSED, RELEASED}
"""What still has a way to go: somebody may look after it."""

MOVED = tuple(
    f"application.{verb}"
    for verb in (
        "submitted",
        "verified",
        "unverified",
        "decided",
        "ranked",
        "published",
        "reopened",
        "approved",
        "revoked",
        "released",
    )
)
"""The events that tell a status (`to`); the last of them is where the application stands."""
