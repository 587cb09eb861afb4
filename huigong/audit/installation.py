"""Bring an installation's database up: its folder, migrations, the guards. Nothing starts without them."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from huigong.audit import guards
from huigong.values.sentence import SaidError, Sentence


def make_folder() -> None:
    """The data folder, readable by its owner only."""
    Path(settings.HUIGONG_HOME).mkdir(mode=0o700, parents=True, exist_ok=True)


@contextmanager
def _nothing_to_lose() -> Iterator[None]:
    """The tables of a database in which nothing is yet need not reach the disk one by one: a first start is soon there.

    All of it reaches the disk with the first thing that is recorded, which is synced in full as ever.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        (as_ever,) = cursor.fetchone()
        cursor.execute("PRAGMA synchronous = OFF")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA synchronous = {as_ever:d}")


def bring_up() -> None:
    """Make or migrate the database where it is behind. Raises SaidError where a guard is missing then."""
    if settings.READS_A_COPY:
        return  # a copy is verified as it is, altered guards and all, and never written to
    make_folder()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        with _nothing_to_lose() if not executor.loader.applied_migrations else nullcontext():
            call_command("migrate", verbosity=0, interactive=False)
    if missing := guards.missing():
        names = "、".join(missing)
        raise SaidError(
            Sentence(
                "guards_missing",
                f"数据库缺少保护或保护被改过，没有打开：{names}。请取备份核对，再运行 huigong setup。",
                f"The database lacks guards, or they were altered ({', '.join(missing)}): compare with a backup first.",
            )
        )
