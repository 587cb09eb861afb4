"""`huigong registry …`: take household files in, keep the school register."""

import argparse
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.utils import timezone
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from huigong.circulars import parameters
from huigong.commands.match import calibration
from huigong.commands.officers import city_of_installation
from huigong.commands.payments import officer_named
from huigong.matching import learning
from huigong.organisations.queries import federation_of
from huigong.registry import actions, code_lists, derived, doubles, receiving, schools
from huigong.registry.rows import ERROR, RegistryReading
from huigong.registry.workbook import read_workbook
from huigong.runs.tables import text_of
from huigong.studentaid import found_by
from huigong.values.sentence import Sentence

SYSTEM = "system"
DONE, INPUT_HAS_ERRORS = 0, 1
_TAKERS = ("aid_centre", "verifier")
_SHOWN = 20


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    noun = nouns.add_parser(
        "registry",
        help="困难职工档案：导入、学校、代码、标准、查重 / household files: import, schools, codes, standards, doubles",
    )
    verbs = noun.add_subparsers(dest="verb", metavar="动词/verb", required=True)
    words = "导入档案表（困难职工家庭、家庭成员两张表），逐格指出问题 / import the files, naming every wrong cell"
    take = verbs.add_parser("import", help=words, description=words)
    take.add_argument("file", type=Path, metavar="XLSX")
    words = "太多人已在档时：谁看过、为什么仍要收 / who looked and why it is taken, where too many are on file already"
    take.add_argument("--looked-at", default="", metavar="谁，为什么", help=words)
    words = "由哪位经办人收（只收通知规定归其帮扶中心的档案）；不写为系统，收全市的 / who takes them in, for their own centre"
    take.add_argument("--by", default="", metavar="NAME", help=words)
    take.add_argument("--json", action="store_true", help="给程序读 / for programs")
    words = (
        "导入学校名册：教育部公布的全国高等学校名单（学校名称、办学层次），或 name, level, valid_from, valid_until, source"
        " / import a list of schools: the ministry's published one, or our own columns"
    )
    keep = verbs.add_parser("schools", help=words, description=words)
    keep.add_argument(
        "file", type=Path, metavar="FILE", nargs="?", help="不写为随软件的名册 / the shipped list if absent"
    )
    words = "重做检索词和档案标记，说出原来缺了多少 / make search keys and marks again, telling what had gone astray"
    verbs.add_parser("index", help=words, description=words)

    words = "把在档的人互相比一次，找出两份档案里像是同一个人的 / compare everybody on file and find people who stand in two files"
    verbs.add_parser("likenesses", help=words, description=words)
    words = (
        "导出查重时定过的（只有比对结果，没有姓名和号码），说出概率准不准；学习用 huigong match learn"
        " / settled pairs as patterns, without names and numbers, and how right the probabilities were"
    )
    labels = verbs.add_parser("labels", help=words, description=words)
    labels.add_argument("--out", type=Path, required=True, metavar="CSV", help="写到哪里 / where to")
    words = "导入代码表（list, code, word, valid_from, valid_until, source）/ import dated code lists"
    codes = verbs.add_parser("codes", help=words, description=words)
    codes.add_argument("file", type=Path, metavar="CSV", nargs="?", help="不写为随软件的 / the shipped ones if absent")
    words = "导入标准（name, place, value, valid_from, source），如低保标准 / import standards such as dibao lines"
    standards = verbs.add_parser("standards", help=words, description=words)
    standards.add_argument("file", type=Path, metavar="CSV")


def run(arguments: argparse.Namespace) -> int:
    """Each verb by its own function. 1: `import` found wrong cells, or files of another desk (the rest was taken)."""
    at = timezone.now()
    if arguments.verb == "schools":
        count = actions.keep_schools(
            schools.read_file(arguments.file) if arguments.file else schools.shipped(),
            source=arguments.file.stem if arguments.file else "shipped",
            officer=SYSTEM,
            at=at,
        )
        print(f"学校名册新增或更新 {count} 条。/ {count} schools added or dated.")
        return DONE
    if arguments.verb == "index":
        return _index()
    if arguments.verb == "likenesses":
        count = actions.look_for_likenesses(city_of_installation(), officer=SYSTEM, at=at)
        print(f"新找到 {count} 对，请在“查重”里看。/ {count} new pairs: see the page of duplicates.")
        return DONE
    if arguments.verb == "labels":
        return _labels(arguments.out)
    if arguments.verb in {"codes", "standards"}:
        count = _dated(arguments.verb, arguments.file, at)
        print(f"新增或更新 {count} 条。/ {count} rows added or dated.")
        return DONE
    return _import(arguments, at)


def _import(arguments: argparse.Namespace, at: datetime) -> int:
    """Take a workbook in; for an officer only what their own desk receives (decision 316)."""
    today, city, officer = timezone.localdate(at), city_of_installation(), SYSTEM
    reading = read_workbook(arguments.file, lists=code_lists.dated(today=today))
    elsewhere = list[Sentence]()
    if arguments.by:
        who = officer_named(arguments.by, roles=_TAKERS)
        sorted_out = receiving.sort_out(reading, who, city=city, on=today)
        reading, elsewhere = sorted_out.reading, list(sorted_out.elsewhere)
        city, officer = federation_of(who.organisation), who.username
    done = actions.import_workbook(reading, city=city, officer=officer, at=at, looked_at=arguments.looked_at)
    if arguments.json:
        told = {
            "households": len(reading.households),
            "members": reading.members,
            "fresh": done.fresh,
            "changed": done.changed,
            "same": done.same,
            "kept": [{"file_number": kept.file_number, "field": kept.field} for kept in done.kept],
            "elsewhere": list(done.elsewhere),
            "unplaced": sorted(done.unplaced),
            "other_desks": [{"zh": one.zh, "en": one.en} for one in elsewhere],
            "problems": [problem.as_json() for problem in reading.problems],
        }
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        _tell(reading, done)
        _list(
            Console(),
            "归别处、没有收的 / received elsewhere, not taken",
            [f"{one.zh}\n  {one.en}" for one in elsewhere],
        )
    return INPUT_HAS_ERRORS if reading.has_errors or elsewhere else DONE


def _index() -> int:
    astray = sum(derived.index(), derived.Astray())
    cases = sum(found_by.index())
    print(
        f"档案 {astray.files} 户、案件 {cases} 件：补检索词 {astray.missing} 条，去掉 {astray.surplus} 条，改标记 {astray.marks} 户。\n"
        f"{astray.files} files, {cases} cases: {astray.missing} search keys were missing, {astray.surplus} led nowhere, {astray.marks} marks were wrong."
    )
    return DONE


def _labels(out: Path) -> int:
    labels = doubles.labels_below(city_of_installation())
    out.write_text(learning.written(labels), encoding="utf-8")
    print(f"定过的 {len(labels)} 对：{out} / {len(labels)} settled pairs")
    for line in calibration(labels):
        print(line)
    return DONE


def _dated(verb: str, file: Path | None, at: datetime) -> int:
    """Take a table of words or of standards in; returns how many rows were new."""
    if verb == "standards":
        assert file is not None
        rows = parameters.read_rows(text_of(file), name=file.name)
        return parameters.keep_parameters(rows, officer=SYSTEM, at=at)
    words = code_lists.read_text(text_of(file), name=file.name) if file else code_lists.shipped()
    return actions.keep_codes(words, source=file.stem if file else "shipped", officer=SYSTEM, at=at)


def _tell(reading: RegistryReading, done: actions.Imported) -> None:
    console = Console()
    console.print(
        f"档案 {len(reading.households)} 户、家庭成员 {reading.members} 人：新建 {done.fresh}，更新 {done.changed}，没变 {done.same}。\n"
        f"{len(reading.households)} households, {reading.members} members: "
        f"{done.fresh} new, {done.changed} changed, {done.same} the same.",
        highlight=False,
    )
    _list(
        console,
        "这里改过、没有被覆盖的 / edited here and kept",
        [f"{kept.file_number} {kept.field}" for kept in done.kept],
    )
    _list(console, "属于别的市、没有动的档案 / files of another city, not touched", done.elsewhere)
    _list(console, "没有总工会的县区，档案先放在市里 / counties without a federation here", sorted(done.unplaced))
    if reading.problems:
        table = Table(box=None, pad_edge=False, title=f"有问题的格 / cells: {len(reading.problems)}")
        shown = sorted(reading.problems, key=lambda problem: problem.severity != ERROR)[:_SHOWN]
        for problem in shown:
            colour = "red" if problem.severity == "error" else "yellow"
            table.add_row(f"[{colour}]{escape(problem.sentence.zh)}[/{colour}]", escape(problem.sentence.en))
        console.print(table)


def _list(console: Console, title: str, entries: Sequence[str]) -> None:
    if entries:
        console.print(f"{title}：{len(entries)}", highlight=False)
        for entry in entries[:_SHOWN]:
            console.print(f"  {entry}", highlight=False, markup=False)
