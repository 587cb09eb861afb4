"""An installation of its own for a proof: a new data folder, and on PostgreSQL a new database; both are gone afterwards."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from urllib.parse import urlsplit

import django
import psycopg


@contextmanager
def installation() -> Iterator[str]:
    """Sets the environment before Django reads it, brings the database up, and says which database it is."""
    with tempfile.TemporaryDirectory(prefix="huigong-proof-") as folder:
        os.environ["HUIGONG_HOME"], os.environ["HUIGONG_KEYS"] = f"{folder}/home", f"{folder}/keys"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huigong.web.settings")
        with _own_database(os.environ.get("HUIGONG_DATABASE_URL", "")) as name:
            django.setup()
            import_module("huigong.audit.installation").bring_up()
            try:
                yield name
            finally:
                import_module("django.db").connections.close_all()


@contextmanager
def _own_database(url: str) -> Iterator[str]:
    if not url:
        yield "SQLite"
        return
    parts, name = urlsplit(url), f"huigong_proof_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    os.environ["HUIGONG_DATABASE_URL"] = parts._replace(path=f"/{name}").geturl()
    try:
        yield "PostgreSQL"
    finally:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
