"""Values: the smallest words of the house (identity numbers, money, names, days). Knows no database, clock or network."""
