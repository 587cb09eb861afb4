"""Decisions, awards, what was revoked or came back, and settlements are never changed, deleted or replaced; applications are never deleted."""

from dataclasses import replace

from huigong.audit.guards import Guard, append_only
from huigong.values.names import GONE

_OF_AWARD = (
    "id",
    "application_id",
    "fen",
    "fund_source",
    "minutes",
    "approved_by",
    "card_index",
    "transfer_reference",
    "decision_digest",
    "at",
)
"""Every column of an award but its payee's name; none of them is ever empty."""
_OTHERWISE = " OR ".join([f"NEW.payee_name <> '{GONE}'", *(f"NEW.{name} <> OLD.{name}" for name in _OF_AWARD)])

GUARDS = (
    *append_only("studentaid_decision"),
    # An award is never changed but for one thing: its payee's name goes with the family's key.
    *(
        replace(guard, when=_OTHERWISE) if guard.statement == "UPDATE" else guard
        for guard in append_only("studentaid_award")
    ),
    *append_only("studentaid_revocation"),
    *append_only("studentaid_recovery"),
    *append_only("studentaid_partrecovery"),
    *append_only("studentaid_writeoff"),
    *append_only("studentaid_settlement"),
    Guard("studentaid_application_no_delete", "studentaid_application", "DELETE"),
)
