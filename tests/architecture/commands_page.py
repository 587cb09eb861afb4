"""Writes docs/reference/commands.md from the commands themselves: `python -m tests.architecture.commands_page`.

Exit codes stand here in words, since argparse does not know them; a noun or verb without one is an error.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Iterator

import django

from huigong import commands
from tests.architecture.house import HERE

PAGE = HERE / "docs" / "reference" / "commands.md"
EXITS = {
    "approvals bands": "1: there is no such federation, the table is wrong, or other bands stand from that day.",
    "audit checkpoint": "",
    "audit export": "",
    "audit verify": "1: something does not hold (chain, checkpoint, or with `--books` the books), or the file is no database.",
    "books verify": "1: a row is not what its event told.",
    "campaign archive": "1: there is no such campaign, nothing was approved, or the folder is not empty.",
    "campaign run": "0 also for rows that were returned and for a run that stopped (`stopped_at` says where). "
    "1: a table, the circular or a settlement is wrong, or the campaign stands with other days or another circular.",
    "circular check": "1: the circular may not be published; every problem is told with its line.",
    "circular format": "",
    "circular show": "1: the circular cannot be loaded.",
    "demo": "Runs until it is stopped. 1: the port is busy, or the installation holds other data than the demo's.",
    "decision replay": "1: a decision is not what was stored, or there is no such case.",
    "documents erase": "1: its time is not over, a legal hold keeps it, or it was erased before.",
    "documents hold": "1: there is no such paper, or reason or reference is missing.",
    "documents lift": "1: whoever set the hold asks.",
    "documents show": "1: there is no such paper.",
    "employment expire": "1: there is no such federation.",
    "employment figures": "1: there is no such campaign or federation, or the return cannot be frozen, and why.",
    "employment import": "1: some rows were not taken, each with its cell; the others are in.",
    "employment match": "1: no round could be made, and why.",
    "employment policies": "1: the catalogue has faults, each with its line, or cannot be read.",
    "forms blank": "2: `--prefill` without `--unit`.",
    "forms read": "1: some file or row has an error (looks alone are 0). 2: a file is not there.",
    "looks draw": "1: there is nothing to draw from, or nobody of that name verifies now.",
    "looks show": "1: there is no such campaign.",
    "match learn": "0: learnt and written. 1: no labels, or too few of them. 2: a file is not there.",
    "match people": "0 with or without pairs. 1: a list cannot be matched, and why. 2: a file is not there or cannot be written.",
    "officers add": "1: there is no such organisation.",
    "officers sign-in": "1: nobody of that name holds the role now.",
    "organisations found": "1: the table cannot be read, or holds no single city.",
    "organisations import-units": "1: the table cannot be read, or names a federation that is not there.",
    "notices probe": "1: a page that should hang could not be read whole, or one that is over still shows lines.",
    "notices show": "",
    "partners tool": "",
    "partners invite": "1: a basis or a limit is missing.",
    "partners reply": "1: the day has not come, the exchange has ended or is another office's, or the scan is not there.",
    "partners answer": "1: the file is not taken, and why; nothing was written.",
    "partners learn": "1: the file is not taken, and why; nothing was written.",
    "partners list": "1: the list is not taken, and why; nothing was kept.",
    "partners end": "1: the officer's office has no such exchange, or it has ended.",
    "partners show": "",
    "payments again": "1: nobody of that name is finance now, or the officer verified, approved or confirmed one of them.",
    "payments key": "1: a line is none of the batch's, or the two readings differ; nothing is applied then.",
    "payments list": "1: there is no such batch.",
    "payments mended": "1: nothing came back, or payee and card are as the bank refused them.",
    "payments reply": "1: the reply was refused; every fault is told with its line and column, and nothing is applied.",
    "payments allow": "1: the file was not taken yet, or the one who took it last asks; nobody of that name pays or approves now.",
    "payments bank": "1: there is no such campaign or profile, or the profile is wrong.",
    "payments take": "1: the file was taken already and nobody else has allowed it again; nobody of that name pays now.",
    "organisations telephone": "1: there is no such federation, or that is no telephone number.",
    "registry index": "",
    "quotas issue": "1: the giver has not so many places free, or the two do not stand so in the tree.",
    "quotas reclaim": "1: the same.",
    "quotas return": "1: the same.",
    "quotas show": "1: there is no such campaign.",
    "quotas table": "1: the table has wrong lines, or falls below what was passed on already.",
    "quotas transfer": "1: the same as for `issue`.",
    "registry codes": "1: a line of the table cannot be read; nothing is taken then.",
    "registry likenesses": "",
    "registry labels": "",
    "registry import": "1: some cells have errors, or files that go to another centre; the rest was taken.",
    "registry schools": "1: the list cannot be read.",
    "registry standards": "1: a line cannot be read, a place is not there, or another value stands from that day.",
    "serve": "Runs until it is stopped. 1: the port is taken.",
    "setup": "",
}
HEAD = """# Commands

Written from the commands' own help by `python -m tests.architecture.commands_page`; do not edit. From a checkout each is
`python3 dev.py huigong …`.

Every command ends with 0: done; 1: the input has errors, or a verification failed; 2: wrong use; 3: internal failure
(what was committed before stands; please send the text that was printed). What a command adds to that is said below.
`huigong --version` tells the version and the form of the audit chain. `--json` prints for programs, and nothing else goes to standard output. `circular`, `forms` and `match` need no database, but
for `forms blank --prefill`; the others make or migrate it first, and refuse to run where its guards are missing.
"""


def page() -> str:
    return "\n".join([HEAD, *(_part(name, parser) for name, parser in parsers())])


def parsers() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every noun and verb with its parser, in the order of their names."""
    top = argparse.ArgumentParser(prog="huigong").add_subparsers()
    for noun in commands.noun_names():
        importlib.import_module(f"huigong.commands.{noun}").add_parser(top)
    for noun, parser in sorted(top.choices.items()):
        verbs = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
        if not verbs:
            yield noun, parser
        for action in verbs:
            yield from ((f"{noun} {verb}", own) for verb, own in sorted(action.choices.items()))


def _part(name: str, parser: argparse.ArgumentParser) -> str:
    lines = [f"## `huigong {name}`", "", f"{(parser.description or '').removesuffix('?')}.", ""]
    rows = [_row(action) for action in parser._actions if not isinstance(action, argparse._HelpAction)]
    if rows:
        lines += ["| argument | required | 含义 / meaning |", "|---|---|---|", *rows, ""]
    if EXITS[name]:
        lines += [f"Exit: {EXITS[name]}", ""]
    return "\n".join(lines)


def _row(action: argparse.Action) -> str:
    value = "\\|".join(map(str, action.choices)) if action.choices else action.metavar or action.dest.upper()
    called = f"`{action.option_strings[0]}`" if action.option_strings else f"`{value}`"
    if action.option_strings and action.nargs != 0:
        called += f" `{value}`"
    if action.nargs == "+":
        called += " …"
    required = action.required and action.nargs != "?"
    return f"| {called} | {'yes' if required else ''} | {(action.help or '').replace('|', chr(92) + '|')} |"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huigong.web.settings")
    django.setup()
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE.relative_to(HERE)}\n")
