"""`huigong audit …`: verify the chain of events, here or in a copy of the database; write checkpoints and events to keep outside."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError

from huigong.audit import verification
from huigong.figures import books
from huigong.values.sentence import SaidError, Sentence

DONE, VERIFICATION_FAILED = 0, 1
_SQLITE = b"SQLite format 3\0"


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    noun = nouns.add_parser("audit", help="留痕：验链、检查点、导出 / history: verify, checkpoint, export")
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
    verify.add_argument(
        "--public-key",
        type=Path,
        metavar="FILE",
        help="核对检查点签名的公钥（与检查点同存的 signing.pub）；不写为钥匙文件夹里的"
        " / public key to check them with; the key folder's if absent",
    )
    verify.add_argument("--books", action="store_true", help="链通过后再对账 / then hold the books against history too")
    verify.add_argument(
        "--database",
        type=Path,
        metavar="COPY.sqlite3",
        help="验一份数据库副本，连同对账；只读，不改动它 / a copy of the database, books too; it is read, never changed",
    )
    verify.add_argument("--json", action="store_true", help="给程序读 / for programs")
    words = "写出链头，签名后存到别处 / the signed head of the chain, to keep elsewhere"
    verbs.add_parser("checkpoint", help=words, description=words)
    words = (
        "逐条写出留痕，每行一条 JSON，给独立的验证程序 / every event, a line of JSON each, for a verifier of your own"
    )
    verbs.add_parser("export", help=words, description=words)


def run(arguments: argparse.Namespace) -> int:
    """Verify (1 where something does not hold), or print a checkpoint or the events."""
    if arguments.verb == "checkpoint":
        print(verification.checkpoint(), end="")
        return DONE
    if arguments.verb == "export":
        for line in verification.exported():
            print(line)
        return DONE
    if arguments.database:
        return _verify_copy(arguments)
    try:
        return _verify(arguments)
    except DatabaseError as error:
        raise SaidError(
            Sentence(
                "database_unreadable",
                f"数据库读不了（{error}）：不是本系统这一版的数据库，或已损坏。请取出备份核对。",
                f"The database cannot be read ({error}): it is none of this version of the product, or damaged. Compare with a backup.",
            )
        ) from error


def _verify(arguments: argparse.Namespace) -> int:
    kept = [verification.read_checkpoint(file, public_key=arguments.public_key) for file in arguments.against]
    report = verification.verify(against=kept)
    # Books are held against history: where that is broken there is nothing to hold them against.
    held = books.verify() if arguments.books and report.holds else None
    holds = report.holds and (held is None or held.holds)
    if arguments.json:
        print(json.dumps(_told(report, held) | {"holds": holds}, ensure_ascii=False, indent=1))
    else:
        for sentence in (report.sentence, *([held.sentence] if held else [])):
            print(f"{sentence.zh}\n{sentence.en}")
    return DONE if holds else VERIFICATION_FAILED


def _told(report: verification.Report, held: books.Held | None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "holds": report.holds,
        "events": report.events,
        "head": report.head.digest,
        "broken_at": report.broken_at,
        "zh": report.sentence.zh,
        "en": report.sentence.en,
    }
    if held is not None:
        words = {"zh": held.sentence.zh, "en": held.sentence.en}
        told["books"] = {"holds": held.holds, "rows": held.rows, "not_held": held.not_held, "wrong": held.wrong} | words
    return told


def _verify_copy(arguments: argparse.Namespace) -> int:
    """Run the same command in a process of its own, on the copy: one process has one database, chosen before Django starts."""
    copy = arguments.database.resolve()
    _refuse_no_database(copy)
    # With nothing beside it the copy is all there is, and SQLite need not lay its own files beside a WAL database.
    beside = any(copy.with_name(copy.name + end).exists() for end in ("-wal", "-journal"))
    environment = os.environ | {
        "HUIGONG_DATABASE_URL": f"sqlite://{copy.as_uri().removeprefix('file://')}?mode=ro{'' if beside else '&immutable=1'}",
        "HUIGONG_HOME": str(settings.HUIGONG_HOME),
        "HUIGONG_KEYS": str(settings.HUIGONG_KEYS),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(settings.BASE_DIR), os.environ.get("PYTHONPATH")])),
        "PYTHONUTF8": "1",
    }
    words = ["--books", *(["--json"] if arguments.json else [])]
    words += ["--public-key", str(arguments.public_key)] if arguments.public_key else []
    words += ["--against", *map(str, arguments.against)] if arguments.against else []
    done = subprocess.run(  # noqa: S603  this command itself
        [sys.executable, "-m", "huigong", "audit", "verify", *words],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    print(done.stdout, end="")
    print(done.stderr, end="", file=sys.stderr)
    return done.returncode


def _refuse_no_database(copy: Path) -> None:
    try:
        with copy.open("rb") as file:
            if file.read(len(_SQLITE)) == _SQLITE:
                return
    except OSError:
        pass
    raise SaidError(
        Sentence(
            "no_sqlite_file",
            f"{copy.name} 不存在、读不了或不是 SQLite 数据库文件。",
            f"{copy.name} is missing, cannot be read, or is no SQLite database file.",
        )
    )
