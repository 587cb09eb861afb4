"""阳光就业: graduates of hardship families, what is done for each, openings, and the proof that the promise is kept."""
