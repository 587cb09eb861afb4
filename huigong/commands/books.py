"""`huigong books …`: hold the rows of the books against history."""

import argparse
import json

from huigong.figures import books

DONE, VERIFICATION_FAILED = 0, 1


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    noun = nouns.add_parser("books", help="账簿：对账 / books: verify")
    verbs = noun.add_subparsers(dest="verb", metavar="动词/verb", required=True)
    words = "逐行与留痕核对，指出第一处不符 / hold every row against its event and name the first that differs"
    verify = verbs.add_parser("verify", help=words, description=words)
    verify.add_argument("--json", action="store_true", help="给程序读 / for programs")


def run(arguments: argparse.Namespace) -> int:
    """Verify. 1: a row is not what its event told."""
    held = books.verify()
    if arguments.json:
        told = {"holds": held.holds, "rows": held.rows, "not_held": held.not_held, "wrong": held.wrong}
        print(json.dumps(told | {"zh": held.sentence.zh, "en": held.sentence.en}, ensure_ascii=False, indent=1))
    else:
        print(f"{held.sentence.zh}\n{held.sentence.en}")
    return DONE if held.holds else VERIFICATION_FAILED
