"""`huigong serve`: answer browsers on this machine. The database is brought up first; without its guards nothing starts."""

import argparse
import sys

from django.core.wsgi import get_wsgi_application

if sys.platform == "win32":
    import waitress
else:
    from granian import Granian
    from granian.constants import Interfaces


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "打开网页服务 / serve the pages"
    parser = nouns.add_parser("serve", help=words, description=words)
    parser.add_argument("--port", type=int, default=8000, help="端口 / port (8000)")


def run(arguments: argparse.Namespace) -> int:
    """Serve until stopped. Migrations and guards were looked after before (huigong.commands)."""
    print(f"http://127.0.0.1:{arguments.port}/", flush=True)
    if sys.platform == "win32":
        waitress.serve(get_wsgi_application(), host="127.0.0.1", port=arguments.port)
    else:
        Granian(
            "huigong.web.wsgi:application", address="127.0.0.1", port=arguments.port, interface=Interfaces.WSGI
        ).serve()
    return 0
