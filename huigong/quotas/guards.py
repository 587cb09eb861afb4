"""Moves of places, and the rules of a source of money, are never changed or deleted."""

from huigong.audit.guards import append_only

GUARDS = (*append_only("quotas_placemove"), *append_only("quotas_fundrule"))
