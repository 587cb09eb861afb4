"""What may happen to an approval form: its last box approves it, a box that does not agree ends it, its writer takes it back."""

from huigong.lifecycle.actions import Table

OPEN, APPROVED, DECLINED, WITHDRAWN = "open", "approved", "declined", "withdrawn"

WORDS = {
    OPEN: ("等签字", "waiting for signatures"),
    APPROVED: ("已批", "approved"),
    DECLINED: ("没有批", "not approved"),
    WITHDRAWN: ("已收回", "taken back"),
}

NEXT = Table({OPEN: frozenset({APPROVED, DECLINED, WITHDRAWN})}, WORDS)
MOVED = ("approval.prepared", "approval.approved", "approval.declined", "approval.withdrawn")
"""The events that tell a status (`to`)."""
