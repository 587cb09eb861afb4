"""Which tests a run on a second database is for: those that can notice that it is another one."""

OWN = "own_database"


def uses_database(item):
    """Whether a test may ask the database, itself or by processes of its own. Without fixture or mark pytest-django refuses it."""
    return "db" in item.fixturenames or any(item.get_closest_marker(name) for name in ("django_db", OWN))
