"""`huigong employment …`: take graduates in, solve a round, tell the figures and freeze them, close what is over, check policies."""

import argparse
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from huigong.circulars.models import Campaign
from huigong.circulars.queries import circular_of
from huigong.commands.officers import city_of_installation
from huigong.employment import actions, counting, graduates_list, openings_list, reading
from huigong.employment.models import Round
from huigong.figures import employment as papers
from huigong.organisations.models import Organisation
from huigong.organisations.queries import by_code
from huigong.rules import policies, policies_checking
from huigong.rules.employed import reading_that_holds, shares
from huigong.values.sentence import SaidError, Sentence

SYSTEM = "system"
DONE, INPUT_HAS_ERRORS = 0, 1
_SHOWN = 20


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    noun = nouns.add_parser("employment", help="阳光就业 / Sunshine employment")
    verbs = noun.add_subparsers(dest="verb", metavar="动词/verb", required=True)
    words = "列入毕业生：从家庭档案，或从一份名单；也导入岗位表 / take graduates in from the files or a list, or openings from a list"
    take = verbs.add_parser("import", help=words, description=words)
    take.add_argument(
        "file", type=Path, metavar="FILE", nargs="?", help="名单；不写为家庭档案 / a list; the files if absent"
    )
    take.add_argument("--openings", action="store_true", help="这是岗位信息表 / it is a list of openings")
    take.add_argument(
        "--year",
        type=int,
        metavar="YEAR",
        help="哪一年毕业的；不写为最新的活动 / of which year; the newest campaign's if absent",
    )
    words = "撮合一次：待帮扶的毕业生和可推荐的岗位 / make a round of graduates in hand and openings on offer"
    match = verbs.add_parser("match", help=words, description=words)
    words = "按通知的说法算数；--freeze 定一份报表 / the figures after the circular; --freeze makes a return"
    figures = verbs.add_parser("figures", help=words, description=words)
    figures.add_argument(
        "--campaign", metavar="CODE", help="哪个活动；不写为最新的 / which campaign; the newest if absent"
    )
    figures.add_argument("--freeze", metavar="YYYY-MM-DD", type=date.fromisoformat, help="截至哪天 / as of which day")
    figures.add_argument("--reason", default="", metavar="TEXT", help="更正的原因 / why it corrects")
    figures.add_argument("--out", type=Path, metavar="DIR", help="报表写到哪里 / where the return is written")
    words = "关闭过了有效期的岗位；定时运行（每天） / close openings that are over; run it by the clock (daily)"
    expire = verbs.add_parser("expire", help=words, description=words)
    words = "国家就业政策目录：查一份，看哪天有哪些 / the catalogue of the state's policies: check one, see a day's"
    catalogue = verbs.add_parser("policies", help=words, description=words)
    catalogue.add_argument(
        "file", type=Path, metavar="FILE", nargs="?", help="不写为自带的 / the shipped one if absent"
    )
    catalogue.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="哪一天 / on which day")
    for verb in (match, figures, expire):
        verb.add_argument(
            "--federation", metavar="CODE", help="哪个总工会；不写为全市 / which federation; the city if absent"
        )
    for verb in (take, match, figures, expire, catalogue):
        verb.add_argument("--json", action="store_true", help="给程序读 / for programs")


def run(arguments: argparse.Namespace) -> int:
    """1: some rows were not taken, or a round or return cannot be made (SaidError)."""
    at = timezone.now()
    told, code = _VERBS[arguments.verb](arguments, at)
    print(json.dumps(told, ensure_ascii=False, indent=1) if arguments.json else "\n".join(_lines(told)))
    return code


def _import(arguments: argparse.Namespace, at: datetime) -> tuple[dict[str, Any], int]:
    city, today = city_of_installation(), timezone.localdate(at)
    if arguments.openings and arguments.file:
        return _openings(arguments.file, city, at)
    newest = Campaign.objects.order_by("-year").values_list("year", flat=True).first()
    year = arguments.year or newest or today.year
    if arguments.file is None:
        lines = graduates_list.from_files(city, year=year, on=today)
        rows, faults = len(lines), tuple[reading.Fault, ...]()
    else:
        found = graduates_list.read_list(arguments.file, city, year=year, today=today)
        lines, rows, faults = list(found.lines), found.rows, found.faults
    taken = actions.take_in(lines, officer=SYSTEM, at=at)
    told = {
        "rows": rows,
        "fresh": len(taken.fresh),
        "same": len(taken.same),
        "repeated": taken.repeated,
        "to_look_at": [
            {
                "name": one.line.name,
                "stands": one.reference,
                "why": [each.zh for each in one.judgement.reasons],
            }
            for one in taken.doubtful
        ],
        "elsewhere": [{"name": name, "federation": office} for name, office in taken.elsewhere],
        "faults": [one.as_json() for one in faults],
    }
    return told, INPUT_HAS_ERRORS if any(one.severity == "error" for one in faults) else DONE


def _openings(file: Path, city: Organisation, at: datetime) -> tuple[dict[str, Any], int]:
    found = openings_list.read_list(file, today=timezone.localdate(at))
    made = [
        actions.keep_opening(
            actions.keep_employer(city, one.employer, officer=SYSTEM, at=at), city, one.opening, officer=SYSTEM, at=at
        )
        for one in found.lines
    ]
    told = {
        "rows": found.rows,
        "openings": [one.reference for one in made],
        "faults": [one.as_json() for one in found.faults],
    }
    return told, INPUT_HAS_ERRORS if found.has_errors else DONE


def _match(arguments: argparse.Namespace, at: datetime) -> tuple[dict[str, Any], int]:
    made = actions.propose(_place(arguments), officer=SYSTEM, at=at)
    return _round(made), DONE


def _round(made: Round) -> dict[str, Any]:
    return {
        "round": made.number,
        "graduates": made.graduates,
        "openings": made.openings,
        "pairs": made.pairs,
        "proposals": made.proposals.count(),
        "zero_employment": made.proposals.filter(graduate__zero_employment=True).count(),
        "value": made.value,
        "bound": made.bound,
        "gap_ppm": (made.bound - made.value) * 1_000_000 // made.bound if made.bound else 0,
    }


def _figures(arguments: argparse.Namespace, at: datetime) -> tuple[dict[str, Any], int]:
    campaign, place = _campaign(arguments.campaign), _place(arguments)
    lines = counting.lines(campaign, place)
    total = counting.together(lines)
    holds = reading_that_holds(circular_of(campaign))
    told: dict[str, Any] = {
        "campaign": campaign.code,
        "reading": holds.name if holds else None,
        "indicators": [
            {
                "name": one.indicator.name,
                "clause": one.indicator.clause,
                "above": one.above,
                "below": one.below,
                "share": one.shown,
                "target": one.indicator.percent,
                "missing": one.missing,
            }
            for one in shares(circular_of(campaign), total)
        ],
        "total": total,
        "by_federation": {line.federation.code: dict(line.counted) for line in lines},
    }
    if arguments.freeze:
        frozen = actions.freeze(campaign, place, as_of=arguments.freeze, reason=arguments.reason, officer=SYSTEM, at=at)
        told["return"] = frozen.number
        if arguments.out:
            arguments.out.mkdir(parents=True, exist_ok=True)
            (arguments.out / "return.xlsx").write_bytes(papers.as_workbook(frozen))
            (arguments.out / "summary.docx").write_bytes(papers.as_paper(frozen, day=timezone.localdate(at)))
    return told, DONE


def _expire(arguments: argparse.Namespace, at: datetime) -> tuple[dict[str, Any], int]:
    return {"closed": actions.expire(_place(arguments), officer=SYSTEM, at=at)}, DONE


def _policies(arguments: argparse.Namespace, at: datetime) -> tuple[dict[str, Any], int]:
    """What is wrong with a catalogue; where nothing is, the policies that it has on a day."""
    file, day = arguments.file, arguments.on or timezone.localdate(at)
    text = _text_of(file) if file else policies.shipped_text()
    wrong = policies_checking.check(text, file=str(file or "policies.toml"))
    if wrong:
        return {"faults": [one.as_json() for one in wrong]}, INPUT_HAS_ERRORS
    held = policies.standing(policies.parse(text), on=day)
    told = [{"id": one.id, "rule": one.rule, "article": one.article, "sure": one.sure} for one in held]
    return {"on": day.isoformat(), "policies": told, "faults": []}, DONE


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise SaidError(
            Sentence(
                "catalogue_unreadable", f"读不了 {file}，请看路径和编码（UTF-8）。", f"{file} cannot be read as UTF-8."
            )
        ) from None


_VERBS = {"import": _import, "match": _match, "figures": _figures, "expire": _expire, "policies": _policies}


def _place(arguments: argparse.Namespace) -> Organisation:
    return by_code(arguments.federation) if arguments.federation else city_of_installation()


def _campaign(code: str | None) -> Campaign:
    found = Campaign.objects.filter(code=code) if code else Campaign.objects.order_by("-year", "-first_day")
    campaign = found.select_related("version", "federation").first()
    if campaign is None:
        raise SaidError(
            Sentence("campaign_unknown", "没有这个活动，请先开活动。", "There is no such campaign: open one first.")
        )
    return campaign


def _lines(told: dict[str, Any]) -> list[str]:
    """The answer for people: a line a figure, lists shortened."""
    lines = []
    for name, value in told.items():
        if isinstance(value, list):
            lines.append(f"{name}: {len(value)}")
            lines += [f"  {_short(one)}" for one in value[:_SHOWN]]
        elif isinstance(value, dict):
            lines += [f"{name}.{inner}: {what}" for inner, what in value.items()]
        else:
            lines.append(f"{name}: {value}")
    return lines


def _short(one: object) -> str:
    if isinstance(one, dict):
        return f"{one['zh']} {one['en']}" if "zh" in one else "  ".join(f"{key} {value}" for key, value in one.items())
    return str(one)
