"""`huigong serve`: answer browsers on this machine, and do what its day brings about.

The database is brought up first; without its guards nothing starts.
"""

import argparse
import os
import socket
import sys

from django.core.wsgi import get_wsgi_application

from huigong.commands import _daily
from huigong.runs import demo
from huigong.values.sentence import SaidError, Sentence

if sys.platform == "win32":
    import waitress
else:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

HOST = "127.0.0.1"
# As many as the machine can really keep at work; the server warns of more.
THREADS = (os.cpu_count() or 1) * 2 + 1
# A worker that misses the signal to end (about one in ten does after Ctrl+C) is not waited for any longer, in seconds.
PATIENCE = 5


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "打开网页服务 / serve the pages"
    parser = nouns.add_parser("serve", help=words, description=words)
    parser.add_argument("--port", type=int, default=8000, help="端口 / port (8000)")


def run(arguments: argparse.Namespace) -> int:
    """Serve until stopped. Migrations and guards were looked after before (huigong.commands)."""
    refuse_busy_port(arguments.port)
    print(f"http://{HOST}:{arguments.port}/", flush=True)
    if demo.standing() is None:  # the days of the demo city are over long since, and it shall stay as it was built
        _daily.begin()
    answer(arguments.port)
    return 0


def answer(port: int) -> None:
    """Answer browsers of this machine until stopped."""
    if sys.platform == "win32":
        # What the server before this one says of the asker is judged by web/proxy.py, alike on every system.
        waitress.serve(get_wsgi_application(), host=HOST, port=port, clear_untrusted_proxy_headers=False)
    else:
        Granian(
            "huigong.web.wsgi:application",
            address=HOST,
            port=port,
            interface=Interfaces.WSGI,
            blocking_threads=THREADS,
            log_level=LogLevels.warning,
            workers_kill_timeout=PATIENCE,
        ).serve()


def refuse_busy_port(port: int) -> None:
    """Raises SaidError where another program answers there already."""
    with socket.socket() as probe:
        if sys.platform != "win32":  # a port that was just given up is free; on Windows the option means another thing
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError):
            raise SaidError(
                Sentence(
                    "port_busy",
                    f"{HOST}:{port} 用不了，多半已有程序占着（也许惠工已经开着）。请关掉它，或换一个：--port {port % 65000 + 1}。",
                    f"{HOST}:{port} cannot be used, most likely since a program answers there (perhaps this one): "
                    f"stop it, or take another: --port {port % 65000 + 1}.",
                )
            ) from None
