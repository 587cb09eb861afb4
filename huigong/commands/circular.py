"""`huigong circular …`: check a circular before it is published, and show it as people read it. Needs no database."""

import argparse
import json
from pathlib import Path

from huigong.rules import checking, loading, reference
from huigong.rules.circular import Circular
from huigong.rules.problems import Problem, WrongCircularError

DONE, INPUT_HAS_ERRORS = 0, 1
PAGE = Path("docs/reference/circular-format.md")


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    noun = nouns.add_parser("circular", help="通知：检查、查看 / circulars: check, show")
    verbs = noun.add_subparsers(dest="verb", metavar="动词/verb", required=True)
    for verb, words in (
        ("check", "检查通知能不能发布 / whether it may be published"),
        ("show", "按条款列出 / list clauses and criteria"),
    ):
        parser = verbs.add_parser(verb, help=words, description=words)
        parser.add_argument("path", type=Path, help="通知的文件夹 / folder of the circular")
        parser.add_argument(
            "--supplement",
            type=Path,
            action="append",
            default=[],
            help="补充通知，可多次 / supplement, may be repeated",
        )
        parser.add_argument("--json", action="store_true", help="给程序读 / for programs")
    words = "写出格式说明 / write the reference page of the format"
    page = verbs.add_parser("format", help=words, description=words)
    page.add_argument("path", type=Path, nargs="?", default=PAGE, help=f"写到哪里 / where ({PAGE})")


def run(arguments: argparse.Namespace) -> int:
    """Check, show, or write the format's page. 0: nothing wrong; 1: the circular has problems."""
    if arguments.verb == "format":
        arguments.path.parent.mkdir(parents=True, exist_ok=True)
        arguments.path.write_text(reference.page(), encoding="utf-8")
        print(arguments.path)
        return DONE
    directory = arguments.path.parent if arguments.path.is_file() else arguments.path
    try:
        circular = loading.load(directory, arguments.supplement)
    except WrongCircularError as error:
        return _tell(error.problems, as_json=arguments.json)
    if arguments.verb == "show":
        _show(circular, as_json=arguments.json)
        return DONE
    return _tell(checking.check(circular), circular, as_json=arguments.json)


def _tell(problems: list[Problem], circular: Circular | None = None, *, as_json: bool) -> int:
    if as_json:
        digest = circular.digest if circular else None
        print(
            json.dumps(
                {"problems": [problem.as_json() for problem in problems], "digest": digest},
                ensure_ascii=False,
                indent=2,
            )
        )
    else:
        for problem in problems:
            print(f"{problem.file}:{problem.line}\n  {problem.sentence.zh}\n  {problem.sentence.en}")
        if circular and not problems:
            print(
                f"{circular.head.number} 可以发布：{len(circular.clauses)} 条、{len(circular.criteria)} 个判断、{len(circular.examples)} 个例子都对。"
            )
            print(
                f"May be published: {len(circular.clauses)} clauses, {len(circular.criteria)} criteria, {len(circular.examples)} examples hold. {circular.digest[:12]}"
            )
    return INPUT_HAS_ERRORS if problems else DONE


def _show(circular: Circular, *, as_json: bool) -> None:
    if as_json:
        told = {
            "number": circular.head.number,
            "digest": circular.digest,
            "clauses": [
                {"id": clause.id, "force": clause.force, "gist": clause.gist, "gist_en": clause.gist_en}
                for clause in circular.clauses
            ],
        }
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return
    print(f"{circular.head.number} {circular.head.title}\n")
    for clause in circular.clauses:
        print(f"{clause.printed} [{clause.force}] {clause.gist}")
        for use in circular.criteria:
            if use.clause == clause.id:
                print(f"    - {use.label} ({use.criterion}, {use.failing})")
