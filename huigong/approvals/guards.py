"""What was put to a decision, what was written into a box, and the household as it stood are never changed or deleted."""

from huigong.audit.guards import Guard, append_only

GUARDS = (
    Guard("approvals_approval_no_delete", "approvals_approval", "DELETE"),
    *append_only("approvals_band"),
    *append_only("approvals_approvalline"),
    *append_only("approvals_opinion"),
    *append_only("approvals_householdsnapshot"),
)
