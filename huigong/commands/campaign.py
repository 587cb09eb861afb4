"""`huigong campaign …`: run the whole way, from a folder of forms to the files for the bank."""

import argparse
import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.utils import timezone
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.table import Table

from huigong.commands.payments import campaign_named, officer_named
from huigong.figures.standing import Standing
from huigong.figures.summary import summary
from huigong.organisations.models import Appointment
from huigong.runs import archiving, writing
from huigong.runs import campaign as whole_way
from huigong.runs.campaign import Finished
from huigong.runs.inputs import Days, Inputs, People
from huigong.runs.steps import Progress as Told
from huigong.studentaid.lifecycle import WORDS
from huigong.values import money

DONE = 0
_REMARKS = 20
"""So many remarks stand on the screen."""
_STEPS = {
    "forms": "读表 / forms",
    "cases": "立案 / cases",
    "decisions": "认定 / decisions",
    "papers": "写文件 / papers",
    "returned": "退回件 / returned",
}
_STOPS = {
    "verification": "停在审核前 / stopped before verification",
    "supplement": "停在分名额前 / stopped before sharing",
    "papers": "停在分名额前 / stopped before sharing",
    "quota": "停在公示前 / stopped before the notice",
    "public_notice": "停在公示 / stopped at the notice",
    "approval": "停在审批前 / stopped before approval",
}


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    noun = nouns.add_parser("campaign", help="活动：从收表到发放 / campaigns: from forms to payment")
    verbs = noun.add_subparsers(dest="verb", metavar="动词/verb", required=True)
    words = (
        "走完全程：收表、认定、分名额、公示、审批、交银行。要人、要材料、要日期的，不给就停在那一步 / "
        "the whole way; what needs a person, a paper or a day stops it where that is not given"
    )
    run = verbs.add_parser("run", help=words, description=words)
    _inputs(run)
    _people(run)
    run.add_argument("--as-of", type=_day, metavar="DATE", help="按哪一天办，不写为今天 / as of this day (today)")
    run.add_argument("--out", type=Path, required=True, metavar="DIR", help="结果写到这里 / where the results go")
    run.add_argument("--workers", type=int, default=2, help="几个进程同时读表 / reading processes")
    run.add_argument("--json", action="store_true", help="打印 summary.json / print summary.json")
    _archive_parser(verbs)


def _archive_parser(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "归档：一个学生一个文件夹，卷内目录、备考表、摘要，离线能打开 / one folder a student, from form to payment"
    made = verbs.add_parser("archive", help=words, description=words)
    made.add_argument("campaign", metavar="CAMPAIGN", help="活动编号 / code of the campaign")
    made.add_argument("--out", type=Path, required=True, metavar="DIR", help="新的空文件夹 / a new, empty folder")
    made.add_argument("--by", required=True, metavar="NAME", help="谁归的档 / who files it")


def _inputs(run: argparse.ArgumentParser) -> None:
    run.add_argument("--circular", type=Path, required=True, metavar="DIR", help="通知 / folder of the circular")
    run.add_argument(
        "--supplement", type=Path, action="append", default=[], metavar="FILE", help="补充通知，可多次 / supplements"
    )
    run.add_argument("--registry", type=Path, metavar="FILE", help="困难职工档案表 / household files")
    run.add_argument("--units", type=Path, metavar="FILE", help="单位表（unit, federation_code）/ submitting units")
    run.add_argument("--quotas", type=Path, metavar="FILE", help="指标分配表 / places by federation")
    run.add_argument("--forms", type=Path, required=True, metavar="DIR", help="登记表的文件夹 / folder of forms")
    words = "收表的是哪个总工会的帮扶中心，写编码，不写为开展活动的 / at whose centre the forms came in (the campaign's own)"
    run.add_argument("--desk", default="", metavar="CODE", help=words)
    run.add_argument("--papers", type=Path, metavar="FILE", help="收到的材料 / papers that came")
    run.add_argument(
        "--settlements", type=Path, metavar="FILE", help="负责人的裁定（student, household, settled_by）/ settlements"
    )


def _people(run: argparse.ArgumentParser) -> None:
    run.add_argument("--received", type=_day, metavar="DATE", help="收表日期 / day the forms came")
    run.add_argument("--notice-from", type=_day, metavar="DATE", help="公示从哪天起 / first day of the notice")
    run.add_argument("--verified-by", default="", metavar="NAME", help="审核人 / verifier")
    run.add_argument("--decision", default="", metavar="TEXT", help="集体研究：纪要号和日期 / minutes number, date")
    run.add_argument("--approved-by", default="", metavar="NAME", help="审批人 / approver")
    run.add_argument("--released-by", default="", metavar="NAME", help="财务 / finance officer who releases")


def run(arguments: argparse.Namespace) -> int:
    """Run and write. Returned rows and stops are normal work (0); wrong tables and contradictions are told (1)."""
    if arguments.verb == "archive":
        return _archive(arguments)
    inputs = _given(arguments)
    writing.prepare(inputs, arguments.out)
    # Tens of thousands of rows live until the papers are written: looking for cycles among them took a seventh of a run.
    gc.set_threshold(100_000, 50, 50)
    console = Console(stderr=True)
    with _shown(console) as progress:
        finished = whole_way.run(inputs, at=timezone.now(), progress=progress)
        writing.write(finished, inputs, arguments.out, progress=progress)
    if arguments.json:
        told = summary(
            finished.standing, stopped_at=finished.stopped_at, why=finished.why, as_of=inputs.days.as_of.isoformat()
        )
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        _tell(finished, arguments.out)
    return DONE


def _archive(arguments: argparse.Namespace) -> int:
    campaign, officer = campaign_named(arguments.campaign), officer_named(arguments.by, roles=Appointment.Role.values)
    day = timezone.localdate()
    count = archiving.archive(campaign, arguments.out, officer=officer.username, at=timezone.now(), day=day)
    print(f"{campaign.code}：归档 {count} 卷，在 {arguments.out}。/ {count} volumes filed.")
    return DONE


def _given(arguments: argparse.Namespace) -> Inputs:
    return Inputs(
        circular=arguments.circular,
        supplements=arguments.supplement,
        registry=arguments.registry,
        units=arguments.units,
        quotas=arguments.quotas,
        forms=arguments.forms,
        papers=arguments.papers,
        settlements=arguments.settlements,
        people=People(arguments.verified_by, arguments.approved_by, arguments.released_by, arguments.decision),
        days=Days(arguments.received, arguments.notice_from, arguments.as_of or timezone.localdate()),
        workers=max(1, arguments.workers),
        desk=arguments.desk.strip(),
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，如 2017-08-07 / not a day such as 2017-08-07") from None


@contextmanager
def _shown(console: Console) -> Iterator[Told]:
    """Counted progress on the error stream, so that --json stays clean."""
    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=console, transient=True
    ) as bars:
        tasks: dict[str, TaskID] = {}

        def tell(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(_STEPS.get(step, step), total=total)
            bars.update(tasks[step], completed=done, total=total)

        yield tell


def _tell(finished: Finished, out: Path) -> None:
    console, standing = Console(), finished.standing
    told = summary(standing, stopped_at=finished.stopped_at, why=finished.why, as_of="")
    console.print(
        f"[bold]{standing.campaign.code}[/bold] {standing.circular.head.number}：登记表 {len(standing.forms)} 份，"
        f"{len(standing.rows)} 行，申请 {len(standing.applications)} 件",
        highlight=False,
    )
    table = Table(box=None, pad_edge=False)
    table.add_column("现状/status")
    table.add_column("件/cases", justify="right")
    table.add_column("元/yuan", justify="right")
    for status, (zh, en) in WORDS.items():
        if status in told["statuses"]:
            fen = told["money_fen"].get(status)
            table.add_row(f"{zh} / {en}", str(told["statuses"][status]), money.for_people(fen) if fen else "")
    console.print(table)
    _remark(console, standing)
    if finished.stopped_at and finished.why:
        console.print(f"[yellow]{_STOPS[finished.stopped_at]}[/yellow]", highlight=False)
        console.print(f"{finished.why.zh}\n{finished.why.en}", highlight=False, markup=False)
    console.print(f"结果在 {out} / results in {out}", highlight=False, markup=False)


def _remark(console: Console, standing: Standing) -> None:
    """What fits nothing, what is received elsewhere and whom this run's officers may not touch; a long list is in the
    register and summary.json.
    """
    elsewhere = [one.sentence for one in standing.skipped if one.sentence.code == "other_desk"]
    remarks = [*elsewhere, *standing.remarks]
    for one in remarks[:_REMARKS]:
        console.print(f"[yellow]![/yellow] {escape(one.zh)}\n  {escape(one.en)}", highlight=False)
    if (more := len(remarks) - _REMARKS) > 0:
        console.print(
            f"[yellow]![/yellow] 还有 {more} 条提示，见 register.xlsx 的“提示” / {more} more remarks: see register.xlsx",
            highlight=False,
        )
