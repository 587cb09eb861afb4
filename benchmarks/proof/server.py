"""A PostgreSQL server of its own for a proof, where no other is named: new, on a free port of this machine, gone afterwards."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_SYSTEM_USER = "postgres"  # initdb refuses root


@contextmanager
def own_server() -> Iterator[str]:
    """The address of a server that nobody else uses, as HUIGONG_DATABASE_URL takes it. It syncs as an installed one does."""
    with tempfile.TemporaryDirectory(prefix="huigong-pg-") as name:
        folder, tools = Path(name), _tools()
        who: dict[str, Any] = {}
        if os.geteuid() == 0:
            shutil.chown(folder, _SYSTEM_USER)
            who = {"user": _SYSTEM_USER, "group": _SYSTEM_USER, "extra_groups": []}

        def call(tool: str, *words: str) -> None:
            log = subprocess.DEVNULL
            subprocess.run([tools / tool, *words], check=True, cwd="/", stdin=log, stdout=log, stderr=log, **who)

        data = f"{folder}/data"
        call("initdb", "-D", data, "-U", "huigong", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        port = _free_port()
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1"
        call("pg_ctl", "-D", data, "-w", "-l", f"{folder}/log", "-o", options, "start")
        try:
            yield f"postgresql://huigong@127.0.0.1:{port}/postgres"
        finally:
            call("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")


def _tools() -> Path:
    """The newest PostgreSQL of this machine: on the path, or where Debian keeps it."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda tool: int(tool.parts[-3]))
    if not installed:
        raise SystemExit("No PostgreSQL here: install it, or name a server in HUIGONG_DATABASE_URL.")
    return installed[-1].parent


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
