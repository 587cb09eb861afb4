"""`huigong demo`: the invented city, built once, and its pages opened with a way in for every role."""

import argparse
import json
import sys

from django.conf import settings
from django.db import connections
from django.utils import timezone

from huigong.commands import serve
from huigong.organisations import actions as organisations
from huigong.runs import demo, demo_cast, demo_reset
from huigong.runs.steps import Progress

DONE = 0
_STEPS = {
    "begin": "开始 / beginning",
    "forms": "读表 / forms read",
    "cases": "立案 / cases",
    "decisions": "认定 / decisions",
    "replace": "换上新城 / put in place",
}
_ROLES = {
    "preparer": "填表人 preparer",
    "aid_centre": "帮扶中心经办 aid centre",
    "verifier": "审核 verifier",
    "approver": "审批 approver",
    "finance": "财务 finance",
    "auditor": "经审 auditor",
    "administrator": "系统管理员 system administrator",
    "security": "安全管理员 security administrator",
    "log_auditor": "审计管理员 log auditor",
}


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "演示城市：建一次，打开网页，给出登录链接 / the demo city: built once, served, with ways in"
    parser = nouns.add_parser("demo", help=words, description=words)
    parser.add_argument("--port", type=int, default=8000, help="端口 / port (8000)")
    parser.add_argument("--reset", action="store_true", help="先重建，改动都不留 / rebuild it first, all changes go")
    parser.add_argument("--only-build", action="store_true", help="只建好，不开网页 / build it and serve nothing")
    parser.add_argument(
        "--json", action="store_true", help="建的每一步打印一行，给程序读 / one line a step, for programs"
    )


def run(arguments: argparse.Namespace) -> int:
    """Build where it is not there, then serve until stopped."""
    progress = _as_json if arguments.json else _in_words
    if arguments.only_build:
        return _only_build(arguments, progress)
    serve.refuse_busy_port(arguments.port)
    if demo.standing() is None:
        demo.refuse_to_build()
        demo_reset.build_apart(settings.HUIGONG_HOME, progress=progress)
    elif arguments.reset:
        demo_reset.rebuild(progress=progress)
    _tell_ways_in(f"http://{serve.HOST}:{arguments.port}")
    connections.close_all()
    serve.answer(arguments.port)
    return DONE


def _only_build(arguments: argparse.Namespace, progress: Progress) -> int:
    if arguments.reset and demo.standing():
        demo_reset.rebuild(progress=progress)
    elif demo.build(at=timezone.now(), progress=progress) is None and not arguments.json:
        print("演示城市已经建好，没有再建。/ The demo city stands already; nothing was built.")
    return DONE


def _tell_ways_in(address: str) -> None:
    at = timezone.now()
    print(f"\n惠工演示城市 / Huigong's demo city    {address}/")
    print(f"数据 / data: {settings.HUIGONG_HOME}\n")
    print("一次性登录链接，用一次就作废，24 小时内有效 / one-time sign-in links, good once and for 24 hours")
    for player in demo_cast.players():
        officer = player.officer
        token = organisations.one_time_sign_in(officer, by="system", at=at)
        place = f"  {officer.organisation.name}" if player.part.where else ""
        print(f"  {officer.name}  {_ROLES[player.part.role]}{place}\n      {address}/sign-in/{token}/")
    print("\n停下按 Ctrl+C / stop with Ctrl+C", flush=True)


def _in_words(step: str, done: int, total: int) -> None:
    """A line a step, on the error stream, once all of it is done."""
    if done == total:
        print(f"  {_STEPS.get(step, step)} {done}/{total}", file=sys.stderr, flush=True)


def _as_json(step: str, done: int, total: int) -> None:
    print(json.dumps({"step": step, "done": done, "total": total}), flush=True)
