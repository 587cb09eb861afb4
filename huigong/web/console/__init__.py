"""Pages for officers that stand over several apps: sign in, today, campaigns and their circulars."""
