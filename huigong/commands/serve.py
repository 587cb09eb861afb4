"""`huigong serve`: answer browsers on this machine. Refuses to start without its database guards."""

import argparse
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

from huigong.audit import guards

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
    Path(settings.HUIGONG_HOME).mkdir(mode=0o700, parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    if missing := guards.missing():
        print(f"数据库缺少保护，没有打开：{'、'.join(missing)} / not started: guards are missing", file=sys.stderr)
        return 1
    print(f"http://127.0.0.1:{arguments.port}/", flush=True)
    if sys.platform == "win32":
        waitress.serve(get_wsgi_application(), host="127.0.0.1", port=arguments.port)
    else:
        Granian(
            "huigong.web.wsgi:application", address="127.0.0.1", port=arguments.port, interface=Interfaces.WSGI
        ).serve()
    return 0
