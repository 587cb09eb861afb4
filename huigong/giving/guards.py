"""A donation is never changed or deleted."""

from huigong.audit.guards import append_only

GUARDS = append_only("giving_donation")
