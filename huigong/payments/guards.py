"""Payments and batches are never deleted."""

from huigong.audit.guards import Guard

GUARDS = (
    Guard("payments_payment_no_delete", "payments_payment", "DELETE"),
    Guard("payments_paymentbatch_no_delete", "payments_paymentbatch", "DELETE"),
)
