"""Decisions, awards, what was revoked or came back, and settlements are never changed, deleted or replaced; applications are never deleted."""

from huigong.audit.guards import Guard, append_only

GUARDS = (
    *append_only("studentaid_decision"),
    *append_only("studentaid_award"),
    *append_only("studentaid_revocation"),
    *append_only("studentaid_recovery"),
    *append_only("studentaid_partrecovery"),
    *append_only("studentaid_writeoff"),
    *append_only("studentaid_settlement"),
    Guard("studentaid_application_no_delete", "studentaid_application", "DELETE"),
)
