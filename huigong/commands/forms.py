"""`huigong forms …`: read filled registration forms, write empty or prefilled ones. Only prefilling needs the database."""

import argparse
import hashlib
import importlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from huigong.annexes import pool, returning, writing
from huigong.annexes.definition import FormDefinition
from huigong.annexes.readings import FormReading
from huigong.annexes.returning import Return
from huigong.rules import loading
from huigong.rules.circular import Circular
from huigong.values.sentence import SaidError, Sentence

if TYPE_CHECKING:
    from huigong.commands._prefilling import Prefilling

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
    words = "写出空白或按档案预填的登记表 / write the form, empty or prefilled from the household files"
    blank = verbs.add_parser("blank", help=words, description=words, allow_abbrev=False)
    blank.add_argument("--format", choices=["xlsx", "docx"], default="xlsx", help="格式 / format")
    blank.add_argument("--unit", default="", help="单位名称 / name of the unit")
    blank.add_argument(
        "--prefill",
        action="store_true",
        help="按档案填好这个单位的家庭（要写 --unit；有身份证号，请妥善保管）/ with the unit's families on file (needs --unit)",
    )
    blank.add_argument("--out", type=Path, required=True, help="写到哪里 / where to")
    blank.add_argument(
        "--circular", type=Path, default=SHIPPED, help="哪份通知的登记表 / the circular whose form it is"
    )


def run(arguments: argparse.Namespace) -> int:
    """Read or write. 0: everything can be taken; 1: some file or row has an error; 2: a file or a folder cannot be used."""
    try:
        return _blank(arguments) if arguments.verb == "blank" else _read(arguments)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        print(
            f"读写不了 {error.filename or ''}：{error.strerror}。请换一个地方，或腾出空间再来。"
            f" / Cannot use {error.filename or ''}: {error.strerror}; name another place or make room.",
            file=sys.stderr,
        )
        return WRONG_USE


def _read(arguments: argparse.Namespace) -> int:
    absent = [path for path in arguments.files if not path.is_file()]
    if absent:
        print(f"找不到文件：{absent[0]} / no such file: {absent[0]}", file=sys.stderr)
        return WRONG_USE
    form = _form_of(loading.load(arguments.circular))
    readings = list(pool.read_all(arguments.files, form, workers=max(1, arguments.workers)))
    if arguments.annotate:
        _annotate(arguments.files, readings, form, arguments.annotate, workers=max(1, arguments.workers))
    if arguments.json:
        print(json.dumps([reading.as_json() for reading in readings], ensure_ascii=False, indent=1))
    else:
        _tell(readings)
    return INPUT_HAS_ERRORS if any(reading.has_errors for reading in readings) else DONE


def _blank(arguments: argparse.Namespace) -> int:
    if arguments.prefill and not arguments.unit.strip():
        print("预填要写明单位：--unit 单位名称。/ Prefilling needs --unit.", file=sys.stderr)
        return WRONG_USE
    circular = loading.load(arguments.circular)
    form = _form_of(circular)
    rows = list[writing.Row]()
    if arguments.prefill:
        # Models cannot be imported before Django is set up, and only this call asked for that (commands.wants_database).
        prefilling = cast("Prefilling", importlib.import_module("huigong.commands._prefilling"))
        rows += prefilling.rows_of(arguments.unit, circular)
    write = writing.blank_workbook if arguments.format == "xlsx" else writing.blank_document
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_bytes(write(form, unit=arguments.unit, rows=rows))
    filled = f"，按档案填了 {len(rows)} 行" if arguments.prefill else ""
    print(f"已写好：{arguments.out}{filled} / written, {len(rows)} rows prefilled")
    return DONE


def _form_of(circular: Circular) -> FormDefinition:
    """The form that the circular names (`[form] file`). Raises SaidError for one that has none."""
    if circular.form is None:
        raise SaidError(
            Sentence(
                "circular_without_form",
                f"{circular.head.number} 没有登记表（circular.toml 里没有 [form]）。",
                f"{circular.head.number} has no registration form (no [form] in its circular.toml).",
            )
        )
    return circular.form


def _annotate(
    files: list[Path], readings: list[FormReading], form: FormDefinition, folder: Path, *, workers: int
) -> None:
    """Only forms that have something to mend or to look at go back; never onto the file that was read."""
    back = [
        (path, reading)
        for path, reading in zip(files, readings, strict=True)
        if not reading.stopped and any(row.problems for row in reading.rows)
    ]
    names = returning.names_of_copies([path for path, _ in back], folder)
    read = {path.resolve() for path in files}
    if onto := next((name for name in names if (folder / name).resolve() in read), None):
        raise SaidError(
            Sentence(
                "annotate_onto_form",
                f"带批注的原表会盖掉读的那一份：{folder / onto}。请用 --annotate 写到另一个文件夹。",
                f"The annotated copy would replace the form that was read: {folder / onto}. Name another folder for --annotate.",
            )
        )
    returns = (
        Return(path, reading, hashlib.sha256(path.read_bytes()).hexdigest()[:16], name=name)
        for (path, reading), name in zip(back, names, strict=True)
    )
    returning.annotate_all(returns, form, folder, workers=workers, on_done=lambda: None)


def _tell(readings: list[FormReading]) -> None:
    """A table of problems a file; identity numbers are not shown."""
    console = Console()
    for reading in readings:
        looks = sum(bool(row.problems) and not row.has_errors for row in reading.rows)
        errors = sum(row.has_errors for row in reading.rows)
        console.print(
            f"[bold]{escape(Path(reading.file).name)}[/bold] {escape(reading.unit or '（没写单位）')}：{len(reading.rows)} 行，可收 {len(reading.rows) - errors}（其中请看一眼 {looks}），不能收 {errors}",
            highlight=False,
        )
        for problem in reading.problems:
            console.print(
                f"  {problem.message}{problem.remedy}\n  {problem.message_en} {problem.remedy_en}",
                highlight=False,
                markup=False,
            )
        if any(row.problems for row in reading.rows):
            table = Table(box=None, pad_edge=False)
            for heading in ("行/row", "位置/cell", "问题/problem", "怎么改/remedy"):
                table.add_column(heading, overflow="fold")
            for row in reading.rows:
                for found in row.problems:
                    colour = "red" if found.severity == "error" else "yellow"
                    table.add_row(
                        str(row.number),
                        escape(found.cell or ""),
                        f"[{colour}]{escape(found.message)}[/{colour}]",
                        escape(found.remedy),
                    )
            console.print(table)
