"""The calculus of a circular: load, check, decide, entitle, rank, share. Plain Python: no Django, no clock."""
