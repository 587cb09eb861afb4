"""`huigong registry …`: take household files in, keep the school register."""

import argparse
import json
from pathlib import Path

from django.utils import timezone
from rich.console import Console
from rich.table import Table

from huigong.commands.officers import city_of_installation
from huigong.registry import actions, schools
from huigong.registry.workbook import RegistryReading, read_workbook

SYSTEM = "system"
DONE, INPUT_HAS_ERRORS = 0, 1
_SHOWN = 20


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    noun = nouns.add_parser("registry", help="困难职工档案：导入 / household files: import")
    verbs = noun.add_subparsers(dest="verb", metavar="动词/verb", required=True)
    words = "导入档案表（困难职工家庭、家庭成员两张表），逐格指出问题 / import the files, naming every wrong cell"
    take = verbs.add_parser("import", help=words, description=words)
    take.add_argument("file", type=Path, metavar="XLSX")
    take.add_argument("--json", action="store_true", help="给程序读 / for programs")
    words = "导入学校名册（name, level, valid_from, valid_until, source）/ import a list of schools"
    keep = verbs.add_parser("schools", help=words, description=words)
    keep.add_argument(
        "file", type=Path, metavar="CSV", nargs="?", help="不写为随软件的名册 / the shipped list if absent"
    )


def run(arguments: argparse.Namespace) -> int:
    """Import. 1: some cells have errors (the rest was taken)."""
    at = timezone.now()
    if arguments.verb == "schools":
        rows = schools.read(arguments.file.read_text("utf-8-sig"), file=arguments.file.name) if arguments.file else None
        count = actions.keep_schools(
            rows or schools.shipped(),
            source=arguments.file.stem if arguments.file else "shipped",
            officer=SYSTEM,
            at=at,
        )
        print(f"学校名册新增或更新 {count} 条。/ {count} schools added or dated.")
        return DONE
    reading = read_workbook(arguments.file)
    done = actions.import_workbook(reading, city=city_of_installation(), officer=SYSTEM, at=at)
    if arguments.json:
        told = {
            "households": len(reading.households),
            "fresh": done.fresh,
            "changed": done.changed,
            "same": done.same,
            "kept": [{"file_number": kept.file_number, "field": kept.field} for kept in done.kept],
            "problems": [problem.as_json() for problem in reading.problems],
        }
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        _tell(reading, done)
    return INPUT_HAS_ERRORS if reading.has_errors else DONE


def _tell(reading: RegistryReading, done: actions.Imported) -> None:
    console = Console()
    console.print(
        f"档案 {len(reading.households)} 户：新建 {done.fresh}，更新 {done.changed}，没变 {done.same}。\n"
        f"{len(reading.households)} households: {done.fresh} new, {done.changed} changed, {done.same} the same.",
        highlight=False,
    )
    if done.kept:
        console.print(f"这里改过、没有被覆盖的 {len(done.kept)} 处 / edited here and kept:", highlight=False)
        for kept in done.kept[:_SHOWN]:
            console.print(f"  {kept.file_number} {kept.field}", highlight=False)
    if reading.problems:
        table = Table(box=None, pad_edge=False, title=f"有问题的格 / cells: {len(reading.problems)}")
        for problem in reading.problems[:_SHOWN]:
            colour = "red" if problem.severity == "error" else "yellow"
            table.add_row(f"[{colour}]{problem.sentence.zh}[/{colour}]", problem.sentence.en)
        console.print(table)
