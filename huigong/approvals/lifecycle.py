"""What may happen to an approval form: its last box approves it, a box that does not agree ends it, its writer takes it back."""

OPEN, APPROVED, DECLINED, WITHDRAWN = "open", "approved", "declined", "withdrawn"

NEXT = {OPEN: frozenset({APPROVED, DECLINED, WITHDRAWN})}
MOVED = ("approval.prepared", "approval.approved", "approval.declined", "approval.withdrawn")
"""The events that tell a status (`to`)."""

WORDS = {
    OPEN: ("等签字", "waiting for signatures"),
    APPROVED: ("已批", "approved"),
    DECLINED: ("没有批", "not approved"),
    WITHDRAWN: ("已收回", "taken back"),
}
