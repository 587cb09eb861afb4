"""捐助 Donors: what was given, with which wish, and the receipt for it."""
