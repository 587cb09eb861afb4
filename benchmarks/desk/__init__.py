"""The officers' desk at the size of a large city: the city, its pages, and Django's admin beside them."""
