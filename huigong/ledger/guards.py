"""Transfers are never changed, deleted or replaced; accounts are never deleted."""

from huigong.audit.guards import Guard, append_only

GUARDS = (*append_only("ledger_transfer"), Guard("ledger_account_no_delete", "ledger_account", "DELETE"))
