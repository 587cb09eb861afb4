"""留痕 Append-only chained events: the one writer of history, and reveal()."""
