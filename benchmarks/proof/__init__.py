"""What `python3 dev.py bench money …` proves: each module is one proof, and prints its figures and its seeds."""
