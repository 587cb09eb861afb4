"""Matching side by side with others: invented students with every way a record goes wrong, the truth kept, four engines, one table."""
