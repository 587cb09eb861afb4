"""Moves of places are never changed or deleted."""

from huigong.audit.guards import append_only

GUARDS = append_only("quotas_placemove")
