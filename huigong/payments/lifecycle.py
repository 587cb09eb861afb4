"""What may happen to a batch and to a payment once they went to the bank: its answers are the only thing that moves them."""

from huigong.lifecycle.actions import Table

RELEASED, PAID, FAILED, UNKNOWN, BOUNCED, RECOVERED = "released", "paid", "failed", "unknown", "bounced", "recovered"
SETTLED, WITHDRAWN = "settled", "withdrawn"

WORDS = {
    RELEASED: ("发放中", "being paid"),
    PAID: ("已到账", "paid"),
    FAILED: ("没付成", "failed"),
    UNKNOWN: ("待核实", "not known yet"),
    BOUNCED: ("退汇", "bounced"),
    RECOVERED: ("已追回", "recovered"),
    WITHDRAWN: ("交出前收回", "taken back before it left"),
    SETTLED: ("全部有了结果", "answered in full"),
}

NEXT_BATCH = Table({RELEASED: frozenset({SETTLED, WITHDRAWN})}, WORDS)
# Not known yet is a state of its own: it is never paid again by itself. What failed or bounced is paid by a new payment.
NEXT_PAYMENT = Table(
    {
        RELEASED: frozenset({PAID, FAILED, UNKNOWN, WITHDRAWN}),
        UNKNOWN: frozenset({PAID, FAILED}),
        PAID: frozenset({BOUNCED, RECOVERED}),
    },
    WORDS,
)
CAME_BACK = frozenset({FAILED, BOUNCED, WITHDRAWN, RECOVERED})

MOVED_BATCH = ("batch.released", "batch.settled", "batch.withdrawn")
MOVED_PAYMENT = (
    "payment.released",
    "payment.paid",
    "payment.failed",
    "payment.unknown",
    "payment.bounced",
    "payment.withdrawn",
    "payment.recovered",
)
"""The events that tell a status (`to`)."""
