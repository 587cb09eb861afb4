"""The way in: signing in, what is to be done today, the demo city."""
