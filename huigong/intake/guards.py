"""Forms and their rows are never deleted."""

from huigong.audit.guards import Guard

GUARDS = (
    Guard("intake_formreceived_no_delete", "intake_formreceived", "DELETE"),
    Guard("intake_formrow_no_delete", "intake_formrow", "DELETE"),
)
