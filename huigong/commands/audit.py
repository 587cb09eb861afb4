"""`huigong audit …`: verify the chain of events, and write checkpoints to keep outside."""

import argparse
import json
from pathlib import Path

from huigong.audit import verification

DONE, VERIFICATION_FAILED = 0, 1


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    noun = nouns.add_parser("audit", help="留痕：验链、检查点 / history: verify, checkpoint")
    verbs = noun.add_subparsers(dest="verb", metavar="动词/verb", required=True)
    words = "逐条重算，指出第一处不符 / recompute every link and name the first that does not hold"
    verify = verbs.add_parser("verify", help=words, description=words)
    verify.add_argument(
        "--against",
        type=Path,
        nargs="+",
        default=[],
        metavar="CHECKPOINT",
        help="与存在外面的检查点核对 / checkpoints kept outside",
    )
    verify.add_argument("--json", action="store_true", help="给程序读 / for programs")
    words = "写出链头，签名后存到别处 / the signed head of the chain, to keep elsewhere"
    verbs.add_parser("checkpoint", help=words, description=words)


def run(arguments: argparse.Namespace) -> int:
    """Verify (1 where a link is broken) or print a checkpoint."""
    if arguments.verb == "checkpoint":
        print(verification.checkpoint(), end="")
        return DONE
    report = verification.verify(against=[verification.read_checkpoint(file) for file in arguments.against])
    if arguments.json:
        told = {
            "holds": report.holds,
            "events": report.events,
            "head": report.head.digest,
            "broken_at": report.broken_at,
            "zh": report.sentence.zh,
            "en": report.sentence.en,
        }
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        print(f"{report.sentence.zh}\n{report.sentence.en}")
    return DONE if report.holds else VERIFICATION_FAILED
