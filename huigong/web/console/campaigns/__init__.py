"""One campaign: where everything stands, and each step taken over the whole of it."""
