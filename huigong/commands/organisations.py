"""`huigong organisations …`: found the city from its quota table, take in the table of units."""

import argparse
from pathlib import Path

from django.utils import timezone

from huigong.organisations import actions, queries
from huigong.runs import tables

SYSTEM = "system"


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    noun = nouns.add_parser("organisations", help="工会组织：建立、导入单位 / unions: found a city, import units")
    verbs = noun.add_subparsers(dest="verb", metavar="动词/verb", required=True)
    for verb, words in (
        ("found", "按指标表建立市、县总工会（division_code, organisation）/ found the city and its counties"),
        ("import-units", "导入报送单位（unit, federation_code）/ take in submitting units"),
    ):
        verbs.add_parser(verb, help=words, description=words).add_argument("file", type=Path, metavar="CSV")
    words = (
        "写下帮扶中心的值班电话，别的单位查到归口时看到它 / the desk telephone of a federation's aid centre, "
        "which offices elsewhere are told"
    )
    telephone = verbs.add_parser("telephone", help=words, description=words)
    telephone.add_argument("code", metavar="CODE", help="总工会编码 / the federation's code")
    telephone.add_argument("number", metavar="NUMBER", help="空的去掉 / empty for none")


def run(arguments: argparse.Namespace) -> int:
    at = timezone.now()
    if arguments.verb == "found":
        city = actions.found_city(
            [
                (row["division_code"], row["organisation"])
                for _, row in tables.lines(arguments.file, "division_code", "organisation")
            ],
            officer=SYSTEM,
            at=at,
        )
        print(f"{city.name}（{city.code}）已建立。/ {city.code} is founded.")
        return 0
    if arguments.verb == "telephone":
        federation = queries.by_code(arguments.code)
        actions.set_telephone(federation, arguments.number, officer=SYSTEM, at=at)
        print(f"{federation.aid_centre.name}：{arguments.number or '（无）'} / written down.")
        return 0
    rows = tables.units(arguments.file)
    fresh = actions.import_units(rows, officer=SYSTEM, at=at)
    print(f"{len(rows)} 个单位，新增 {fresh} 个。/ {len(rows)} units, {fresh} of them new.")
    return 0
