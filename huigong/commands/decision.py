"""`huigong decision …`: make a stored decision again from its own facts and circular, and hold it against what stands."""

import argparse
import json

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from huigong.studentaid import queries
from huigong.studentaid.replay import Replayed, replay
from huigong.values.sentence import SaidError, Sentence

DONE, VERIFICATION_FAILED = 0, 1
_COLOUR = {"met": "green", "not_met": "red", "curable": "yellow", "unknown": "yellow"}


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    noun = nouns.add_parser("decision", help="认定：重算 / decisions: replay")
    verbs = noun.add_subparsers(dest="verb", metavar="动词/verb", required=True)
    words = "按当时的事实和通知重算，看结论是否一样 / from its own facts and circular: is it the same?"
    again = verbs.add_parser("replay", help=words, description=words)
    again.add_argument("reference", metavar="REFERENCE", help="案号 / case reference, SA-450422-2017-00042")
    again.add_argument("--json", action="store_true", help="给程序读 / for programs")


def run(arguments: argparse.Namespace) -> int:
    """Replay every decision of a case. 1: one of them is not what was stored."""
    application = queries.by_reference(arguments.reference.strip().upper())
    if application is None:
        raise SaidError(
            Sentence(
                "case_unknown",
                f"没有案号 {arguments.reference}。案号在登记台账（register.xlsx）里。",
                f"There is no case {arguments.reference}; the register names every case.",
            )
        )
    replayed = replay(application)
    if not replayed and application.verdict:
        raise SaidError(
            Sentence(
                "decisions_gone",
                f"{application.reference} 认定过，存的认定却没有了。请停止办理，取出备份核对（huigong books verify）。",
                f"{application.reference} was decided, but no decision is stored: stop, and compare with a backup "
                "(huigong books verify).",
            )
        )
    if arguments.json:
        print(json.dumps([_as_json(one) for one in replayed], ensure_ascii=False, indent=1))
    else:
        _tell(replayed)
    return DONE if all(one.same for one in replayed) else VERIFICATION_FAILED


def _as_json(one: Replayed) -> dict[str, object]:
    return {
        "number": one.number,
        "verdict": one.verdict,
        "same": one.same,
        "zh": one.sentence.zh,
        "en": one.sentence.en,
        "findings": [finding.as_json() for finding in one.findings],
    }


def _tell(replayed: list[Replayed]) -> None:
    console = Console()
    for one in replayed:
        console.print(f"{one.sentence.zh}\n{one.sentence.en}", highlight=False, markup=False)
        table = Table(box=None, pad_edge=False, show_header=False)
        for finding in one.findings:
            colour = _COLOUR[finding.outcome]
            table.add_row(finding.clause, f"[{colour}]{escape(finding.sentence.zh)}[/{colour}]")
        console.print(table)
