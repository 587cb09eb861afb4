"""An exchange and whom both had are never deleted: what was asked of whom, and on what basis, stays."""

from huigong.audit.guards import Guard

GUARDS = (
    Guard("partners_exchange_no_delete", "partners_exchange", "DELETE"),
    Guard("partners_hit_no_delete", "partners_hit", "DELETE"),
)
