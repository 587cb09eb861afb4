"""Hold the books against history: every row of every table that carries truth is what its last event told.

The chain proves that history was not rewritten; this proves that the rows still say what history says.
"""

from huigong.figures.books.verifying import Held, verify

__all__ = ["Held", "verify"]
