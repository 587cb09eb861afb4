"""`huigong forms …`: read filled registration forms, say what is wrong with them. Needs no database."""

import argparse
import hashlib
import json
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from huigong.annexes import definition, pool, writing
from huigong.annexes.annotating import annotate
from huigong.annexes.definition import FormDefinition
from huigong.annexes.readings import FormReading

DONE, INPUT_HAS_ERRORS, WRONG_USE = 0, 1, 2
SHIPPED = Path(__file__).resolve().parents[2] / "circulars" / "2017-wuzhou-21"


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    noun = nouns.add_parser("forms", help="登记表：读表 / registration forms: read")
    verbs = noun.add_subparsers(dest="verb", metavar="动词/verb", required=True)
    words = "读填好的登记表（xlsx、xls、ods、docx、doc、wps、et、csv），逐格指出问题 / read filled forms and name every problem by its cell"
    read = verbs.add_parser("read", help=words, description=words)
    read.add_argument("files", type=Path, nargs="+", metavar="FILE")
    read.add_argument(
        "--circular", type=Path, default=SHIPPED, help="按哪份通知的登记表读 / the circular whose form it is"
    )
    read.add_argument("--workers", type=int, default=2, help="几个进程同时读 / reading processes")
    read.add_argument(
        "--annotate", type=Path, metavar="DIR", help="把带批注的原表写到这里 / write the annotated originals here"
    )
    read.add_argument("--json", action="store_true", help="给程序读 / for programs")
    words = "写出空白登记表 / write the empty form"
    blank = verbs.add_parser("blank", help=words, description=words)
    blank.add_argument("--format", choices=["xlsx", "docx"], default="xlsx", help="格式 / format")
    blank.add_argument("--unit", default="", help="单位名称 / name of the unit")
    blank.add_argument("--out", type=Path, required=True, help="写到哪里 / where to")
    blank.add_argument(
        "--circular", type=Path, default=SHIPPED, help="哪份通知的登记表 / the circular whose form it is"
    )


def run(arguments: argparse.Namespace) -> int:
    """Read or write. 0: everything can be taken; 1: some file or row has an error; 2: a file is not there."""
    if arguments.verb == "blank":
        form = definition.from_file(arguments.circular / "annex-1.toml")
        write = writing.blank_workbook if arguments.format == "xlsx" else writing.blank_document
        arguments.out.write_bytes(write(form, unit=arguments.unit))
        print(f"已写好：{arguments.out} / written")
        return DONE
    absent = [path for path in arguments.files if not path.is_file()]
    if absent:
        print(f"找不到文件：{absent[0]} / no such file: {absent[0]}", file=sys.stderr)
        return WRONG_USE
    form = definition.from_file(arguments.circular / "annex-1.toml")
    readings = list(pool.read_all(arguments.files, form, workers=max(1, arguments.workers)))
    if arguments.annotate:
        _annotate(arguments.files, readings, form, arguments.annotate)
    if arguments.json:
        print(json.dumps([reading.as_json() for reading in readings], ensure_ascii=False, indent=1))
    else:
        _tell(readings)
    return INPUT_HAS_ERRORS if any(reading.has_errors for reading in readings) else DONE


def _annotate(files: list[Path], readings: list[FormReading], form: FormDefinition, folder: Path) -> None:
    """Only forms that have something to mend or to look at go back."""
    for path, reading in zip(files, readings, strict=True):
        if not reading.stopped and any(row.problems for row in reading.rows):
            batch = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
            annotate(path, reading, form, folder, batch=batch)


def _tell(readings: list[FormReading]) -> None:
    """A table of problems a file; identity numbers are not shown."""
    console = Console()
    for reading in readings:
        looks = sum(bool(row.problems) and not row.has_errors for row in reading.rows)
        errors = sum(row.has_errors for row in reading.rows)
        console.print(
            f"[bold]{Path(reading.file).name}[/bold] {reading.unit or '（没写单位）'}：{len(reading.rows)} 行，可收 {len(reading.rows) - errors}（其中请看一眼 {looks}），不能收 {errors}",
            highlight=False,
        )
        for problem in reading.problems:
            console.print(
                f"  {problem.message}{problem.remedy}\n  {problem.message_en} {problem.remedy_en}", highlight=False
            )
        if any(row.problems for row in reading.rows):
            table = Table(box=None, pad_edge=False)
            for heading in ("行/row", "位置/cell", "问题/problem", "怎么改/remedy"):
                table.add_column(heading, overflow="fold")
            for row in reading.rows:
                for found in row.problems:
                    colour = "red" if found.severity == "error" else "yellow"
                    table.add_row(
                        str(row.number), found.cell or "", f"[{colour}]{found.message}[/{colour}]", found.remedy
                    )
            console.print(table)
