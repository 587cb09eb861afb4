"""Statistics and returns: looks at everything, changes nothing."""
