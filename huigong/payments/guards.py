"""Payments, batches and what was taken of them are never deleted; what was agreed with a bank, and what it answered, is never changed."""

from huigong.audit.guards import Guard, append_only

GUARDS = (
    Guard("payments_payment_no_delete", "payments_payment", "DELETE"),
    Guard("payments_paymentbatch_no_delete", "payments_paymentbatch", "DELETE"),
    Guard("payments_filetaking_no_delete", "payments_filetaking", "DELETE"),
    Guard("payments_keyedreply_no_delete", "payments_keyedreply", "DELETE"),
    *append_only("payments_bankagreement"),
    *append_only("payments_bankreply"),
)
