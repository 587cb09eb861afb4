"""What may happen to a batch and to a payment. The bank's reply (paid, bounced) is a later step."""

RELEASED, PAID, BOUNCED = "released", "paid", "bounced"

NEXT_BATCH = {RELEASED: frozenset({PAID})}
NEXT_PAYMENT = {RELEASED: frozenset({PAID, BOUNCED}), PAID: frozenset({BOUNCED})}

MOVED_BATCH = ("batch.released", "batch.paid")
MOVED_PAYMENT = ("payment.released", "payment.paid", "payment.bounced")
"""The events that tell a status (`to`)."""
