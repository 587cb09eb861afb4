"""`huigong organisations …`: found the city from its quota table, take in the table of units."""

import argparse
import csv
from pathlib import Path

from django.utils import timezone

from huigong.organisations import actions
from huigong.values.sentence import SaidError, Sentence

SYSTEM = "system"


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    noun = nouns.add_parser("organisations", help="工会组织：建立、导入单位 / unions: found a city, import units")
    verbs = noun.add_subparsers(dest="verb", metavar="动词/verb", required=True)
    for verb, words in (
        ("found", "按指标表建立市、县总工会（division_code, organisation）/ found the city and its counties"),
        ("import-units", "导入报送单位（unit, federation_code）/ take in submitting units"),
    ):
        verbs.add_parser(verb, help=words, description=words).add_argument("file", type=Path, metavar="CSV")


def run(arguments: argparse.Namespace) -> int:
    at = timezone.now()
    if arguments.verb == "found":
        city = actions.found_city(
            [
                (row["division_code"], row["organisation"])
                for row in rows_of(arguments.file, "division_code", "organisation")
            ],
            officer=SYSTEM,
            at=at,
        )
        print(f"{city.name}（{city.code}）已建立。/ {city.code} is founded.")
        return 0
    rows = [
        actions.UnitRow(row["unit"], row["federation_code"])
        for row in rows_of(arguments.file, "unit", "federation_code")
    ]
    fresh = actions.import_units(rows, officer=SYSTEM, at=at)
    print(f"{len(rows)} 个单位，新增 {fresh} 个。/ {len(rows)} units, {fresh} of them new.")
    return 0


def rows_of(file: Path, *columns: str) -> list[dict[str, str]]:
    """The lines of a CSV table. Raises SaidError where it is not there, no UTF-8, or lacks a column."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except (FileNotFoundError, UnicodeDecodeError):
        raise SaidError(
            Sentence(
                "table_unreadable",
                f"读不了 {file.name}：文件不在，或不是 UTF-8 编码的 CSV。",
                f"Cannot read {file.name}: it is not there or no CSV in UTF-8.",
            )
        ) from None
    for number, row in enumerate(rows, 2):
        if lacking := [column for column in columns if not (row.get(column) or "").strip()]:
            raise SaidError(
                Sentence(
                    "column_missing",
                    f"{file.name} 第 {number} 行缺 {lacking[0]}，请补上再导入。",
                    f"{file.name}, line {number}, lacks {lacking[0]}: add it and import again.",
                )
            )
    return rows
