"""Matching: are two records one person? Exact, then near, then masked, then thin ones; three answers, each with its reasons."""
