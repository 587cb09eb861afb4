"""公示 The public notice (公示): its window, its masked lines."""
