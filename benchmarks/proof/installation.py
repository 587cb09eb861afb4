"""An installation of its own for a proof: a new data folder, and on PostgreSQL a new database; both are gone afterwards."""

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

import django
import psycopg

from benchmarks.proof.server import own_server as new_server

# The folder of a new installation, to be copied: many small proofs want one each. On PostgreSQL it names a database, too.
TEMPLATE = "HUIGONG_PROOF_TEMPLATE"
NAME = "database"


@contextmanager
def installation(*, own_server: bool = False) -> Iterator[str]:
    """Sets the environment before Django reads it, brings the database up, and says which database it is."""
    with ExitStack() as kept:
        folder = kept.enter_context(tempfile.TemporaryDirectory(prefix="huigong-proof-"))
        os.environ["HUIGONG_HOME"], os.environ["HUIGONG_KEYS"] = f"{folder}/home", f"{folder}/keys"
        if made := os.environ.get(TEMPLATE):
            shutil.copytree(made, folder, dirs_exist_ok=True)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huigong.web.settings")
        url = os.environ.get("HUIGONG_DATABASE_URL", "")
        if own_server and not url:
            url = kept.enter_context(new_server())
        name = kept.enter_context(_own_database(url, _database_of(made) if made else ""))
        django.setup()
        import_module("huigong.audit.installation").bring_up()
        kept.callback(import_module("django.db").connections.close_all)
        yield name


def make_template(folder: str) -> None:
    """What HUIGONG_PROOF_TEMPLATE may name: a new installation, kept."""
    with installation():
        shutil.copytree(Path(os.environ["HUIGONG_HOME"]).parent, folder, dirs_exist_ok=True)
        if url := os.environ.get("HUIGONG_DATABASE_URL"):
            import_module("django.db").connections.close_all()  # a database that is used cannot be copied
            own, name = urlsplit(url), f"huigong_proof_template_{os.getpid()}"
            with psycopg.connect(own._replace(path="/postgres").geturl(), autocommit=True) as server:
                server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{own.path.lstrip("/")}"')
            (Path(folder) / NAME).write_text(name, encoding="utf-8")


def drop_template(folder: str) -> None:
    """The database that stands beside the folder, if there is one."""
    if name := _database_of(folder):
        with psycopg.connect(os.environ["HUIGONG_DATABASE_URL"], autocommit=True) as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _database_of(folder: str) -> str:
    file = Path(folder) / NAME
    return file.read_text(encoding="utf-8") if file.exists() else ""


@contextmanager
def _own_database(url: str, template: str) -> Iterator[str]:
    if not url:
        yield f"SQLite {sqlite3.sqlite_version}"
        return
    parts, name = urlsplit(url), f"huigong_proof_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))
        version = server.info.parameter_status("server_version")
    os.environ["HUIGONG_DATABASE_URL"] = parts._replace(path=f"/{name}").geturl()
    try:
        yield f"PostgreSQL {version}"
    finally:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


if __name__ == "__main__":
    make_template(sys.argv[1])
