"""What somebody objected to is never deleted."""

from huigong.audit.guards import Guard

GUARDS = (Guard("grievances_grievance_no_delete", "grievances_grievance", "DELETE"),)
