"""`huigong officers …`: appoint officers and let them in once."""

import argparse
import json
import sys

from django.utils import timezone

from huigong.organisations import actions, queries
from huigong.organisations.models import Appointment, Organisation

SYSTEM = "system"


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    noun = nouns.add_parser("officers", help="经办人：任职、登录 / officers: appoint, let in")
    verbs = noun.add_subparsers(dest="verb", metavar="动词/verb", required=True)
    words = "添加经办人并任职 / add an officer and appoint"
    add = verbs.add_parser("add", help=words, description=words)
    add.add_argument("name", metavar="NAME")
    add.add_argument("--role", required=True, choices=list(Appointment.Role.values), help="角色 / role")
    add.add_argument(
        "--organisation", metavar="CODE", help="工会编码，不写为市总工会 / code; the city federation if absent"
    )
    add.add_argument("--json", action="store_true", help="给程序读 / for programs")
    words = "发一个一次性登录口令（24小时内有效）/ a one-time token, good for 24 hours"
    sign_in = verbs.add_parser("sign-in", help=words, description=words)
    sign_in.add_argument("name", metavar="NAME")
    sign_in.add_argument("--role", required=True, choices=list(Appointment.Role.values), help="角色 / role")


def run(arguments: argparse.Namespace) -> int:
    """Add or let in. The clock is looked at here, at the door."""
    at, root = timezone.now(), city_of_installation()
    if arguments.verb == "sign-in":
        officer = queries.officer_named(arguments.name, role=arguments.role, within=root, on=timezone.localdate(at))
        print(actions.one_time_sign_in(officer, by=SYSTEM, at=at))
        print(
            "在网址后面加 sign-in/口令/ 打开，24小时内只能用一次。/ Open <address>/sign-in/TOKEN/ once.",
            file=sys.stderr,
        )
        return 0
    code = arguments.organisation
    organisation = actions.pending_federation(code, officer=SYSTEM, at=at) if code else root
    officer = actions.add_officer(arguments.name, role=arguments.role, organisation=organisation, by=SYSTEM, at=at)
    if arguments.json:
        print(
            json.dumps(
                {
                    "name": officer.name,
                    "username": officer.username,
                    "role": arguments.role,
                    "organisation": organisation.code,
                },
                ensure_ascii=False,
            )
        )
    else:
        print(
            f"{officer.name}（登录名 {officer.username}）现任{organisation.name}的{Appointment.Role(arguments.role).label}。"
        )
        print(f"{officer.username} is now {arguments.role} of {organisation.code}.")
    return 0


def city_of_installation() -> Organisation:
    """The federation at the top; in an empty installation one that waits for its name."""
    return actions.pending_city(officer=SYSTEM, at=timezone.now())
