"""阳光就业: whom to call, one person's plan, openings, rounds, figures and their frozen returns."""
