"""Work on cases that both programmes share: checks, one-time notices, second looks, original papers, who has a case open."""
