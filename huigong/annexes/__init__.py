"""Annex forms: their definition, reading filled ones as a careful clerk does, and writing the same form back."""
