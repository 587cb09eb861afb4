"""The whole way in one call: a folder in, a finished campaign out. What needs a person, a paper or a date stops it.

Every step is a committed transaction (or one a form), so a run that was killed goes on where it stood; a run over a
finished campaign changes nothing and writes the same files.
"""

from dataclasses import dataclass
from datetime import datetime

from huigong.circulars import actions as circulars
from huigong.circulars.models import Campaign
from huigong.figures.standing import SkippedFile, Standing
from huigong.intake import actions as intake
from huigong.organisations import actions as organisations
from huigong.organisations.models import Organisation
from huigong.quotas import actions as quotas
from huigong.registry import actions as registry
from huigong.registry.schools import shipped
from huigong.registry.workbook import read_workbook
from huigong.rules import checking, loading, quota_table
from huigong.rules.circular import Circular
from huigong.rules.problems import WrongCircularError
from huigong.runs import settling, steps, tables
from huigong.runs.inputs import Inputs
from huigong.runs.people import Cast, cast
from huigong.runs.steps import Progress, quiet
from huigong.studentaid import actions as studentaid
from huigong.studentaid import queries as cases
from huigong.studentaid.actions import CollectiveDecision
from huigong.studentaid.lifecycle import APPROVED, ELIGIBLE, HOLDS_A_PLACE, ON_NOTICE, TIED, WAITING
from huigong.studentaid.models import Application
from huigong.values.sentence import SaidError, Sentence
from huigong.values.working_days import shipped_calendar

SYSTEM = "system"


@dataclass(frozen=True)
class Finished:
    """A run's end: how the campaign stands, where the run stopped (None: it went all the way) and why."""

    standing: Standing
    stopped_at: str | None
    why: Sentence | None


class _StopError(Exception):
    """A person, a paper or a day is missing: the run ends here, and that is no fault."""

    def __init__(self, at: str, sentence: Sentence) -> None:
        super().__init__(at)
        self.at, self.sentence = at, sentence


def run(inputs: Inputs, *, at: datetime, progress: Progress = quiet) -> Finished:
    """Do the whole way. Raises SaidError where the input is wrong or contradicts a campaign that exists."""
    circular = load(inputs)
    city = found(inputs, circular, at=at)
    version = circulars.publish_loaded(circular, [path.name for path in inputs.supplements], officer=SYSTEM, at=at)
    campaign = circulars.open_campaign(
        version,
        circular,
        city,
        received_on=inputs.days.received,
        notice_from=inputs.days.notice_from,
        officer=SYSTEM,
        at=at,
    )
    _allot(inputs, campaign, circular, at=at)
    skipped = _take_in(inputs, campaign, at=at, progress=progress)
    try:
        _carry(inputs, campaign, circular, cast(inputs.people, campaign, at=at), at=at, progress=progress)
    except _StopError as stop:
        return Finished(Standing(campaign, tuple(skipped)), stop.at, stop.sentence)
    return Finished(Standing(campaign, tuple(skipped)), None, None)


def load(inputs: Inputs) -> Circular:
    """The circular with its supplements, checked. Raises SaidError with the first problem and how many there are."""
    try:
        circular = loading.load(inputs.circular, inputs.supplements)
        problems = checking.check(circular)
    except WrongCircularError as error:
        problems = list(error.problems)
    if problems:
        first = problems[0]
        raise SaidError(
            Sentence(
                "circular_wrong",
                f"通知还不能用，有 {len(problems)} 处问题。{first.file}:{first.line} {first.sentence.zh}"
                f"（全部：huigong circular check {inputs.circular.name}）",
                f"The circular has {len(problems)} problems. {first.file}:{first.line} {first.sentence.en}",
            )
        )
    return circular


def found(inputs: Inputs, circular: Circular, *, at: datetime) -> Organisation:
    """The city with its counties and units, from the quota table, and the household files."""
    table = _quota_table(inputs, circular)
    pairs = [(row.code, row.organisation) for row in table]
    city = organisations.found_city(pairs, officer=SYSTEM, at=at)
    if inputs.units is not None:
        organisations.import_units(tables.units(inputs.units), officer=SYSTEM, at=at)
    registry.keep_schools(shipped(), source="shipped", officer=SYSTEM, at=at)
    if inputs.registry is not None:
        registry.import_workbook(read_workbook(inputs.registry), city=city, officer=SYSTEM, at=at)
    return city


def _quota_table(inputs: Inputs, circular: Circular) -> list[quota_table.Row]:
    """The rows of --quotas, else of the table that the circular's quota names. Raises SaidError where there is none."""
    if inputs.quotas is not None:
        name, text = inputs.quotas.name, tables.text_of(inputs.quotas)
    elif circular.quota is not None:
        name, text = circular.quota.file, circular.texts[circular.quota.file]
    else:
        raise SaidError(
            Sentence(
                "no_quota_table",
                "没有指标分配表：请给 --quotas，或用补充通知写明 [quota]。",
                "There is no quota table: give --quotas, or a supplement with [quota].",
            )
        )
    read = quota_table.read(name, text)
    if read.problems:
        first = read.problems[0]
        raise SaidError(
            Sentence(
                "quota_table_wrong",
                f"{first.file} 第 {first.line} 行：{first.sentence.zh}",
                f"{first.file}, line {first.line}: {first.sentence.en}",
            )
        )
    return list(read.rows)


def _allot(inputs: Inputs, campaign: Campaign, circular: Circular, *, at: datetime) -> None:
    if circular.quota is None:
        return
    quotas.allot(
        campaign,
        {row.code: row.places for row in _quota_table(inputs, circular)},
        fund_source=circular.quota.fund_source,
        name=circular.quota.fund_source_name,
        officer=SYSTEM,
        at=at,
    )


def _take_in(inputs: Inputs, campaign: Campaign, *, at: datetime, progress: Progress) -> list[SkippedFile]:
    skipped = steps.receive(
        campaign,
        inputs.forms,
        received_on=inputs.days.received,
        workers=inputs.workers,
        officer=SYSTEM,
        at=at,
        progress=progress,
    )
    if inputs.papers is not None:
        intake.note_papers(campaign, tables.papers(inputs.papers), officer=SYSTEM, at=at)
    steps.submit(campaign, officer=SYSTEM, at=at, progress=progress)
    if inputs.settlements is not None:
        settling.settle(campaign, tables.settlements(inputs.settlements), at=at)
    return skipped


def _carry(
    inputs: Inputs, campaign: Campaign, circular: Circular, people: Cast, *, at: datetime, progress: Progress
) -> None:
    """From the decision to the bank; raises _StopError where something is missing."""
    steps.decide(campaign, verifier=people.verifier, officer=SYSTEM, at=at, progress=progress)
    if people.verifier is None:
        raise _StopError("verification", people.no_verifier)
    _stop_without_supplement(circular)
    studentaid.share(campaign, circular, officer=SYSTEM, at=at)
    _stop_without_places(inputs, campaign)
    _publish(campaign, circular, at=at)
    past_notice = cases.past_notice(campaign, on=inputs.days.as_of)
    if not past_notice and _count(campaign, ON_NOTICE) and not _count(campaign, APPROVED):
        raise _StopError("public_notice", _in_window(campaign))
    _spend(inputs, campaign, circular, people, at=at)
    if _count(campaign, ON_NOTICE) and cases.in_window(campaign, on=inputs.days.as_of):
        raise _StopError("public_notice", _in_window(campaign))


def _publish(campaign: Campaign, circular: Circular, *, at: datetime) -> None:
    if campaign.notice_from is None:
        raise _StopError(
            "public_notice",
            Sentence(
                "no_notice_day",
                "没有给公示起始日，停在公示前：请用 --notice-from 写明。",
                "No first day of the public notice was given: --notice-from names it.",
            ),
        )
    studentaid.publish(
        campaign, circular, from_day=campaign.notice_from, calendar=shipped_calendar(), officer=SYSTEM, at=at
    )


def _spend(inputs: Inputs, campaign: Campaign, circular: Circular, people: Cast, *, at: datetime) -> None:
    """Approve what is past its notice, and release it: three people, each another."""
    as_of = inputs.days.as_of
    if not cases.past_notice(campaign, on=as_of) and not _count(campaign, APPROVED):
        return
    if people.approver is None or people.releaser is None:
        raise _StopError("approval", people.no_spenders)
    studentaid.approve(
        campaign, circular, CollectiveDecision(inputs.people.decision), officer=people.approver, on=as_of, at=at
    )
    studentaid.release(campaign, circular, officer=people.releaser, on=as_of, at=at)


def _stop_without_supplement(circular: Circular) -> None:
    lacking = [
        words
        for part, words in (
            (circular.amounts, "[[amount]] 金额"),
            (circular.quota, "[quota] 指标"),
            (circular.ranking, "[ranking] 排序"),
            (circular.notice, "[public_notice] 公示期"),
        )
        if not part
    ]
    if lacking:
        raise _StopError(
            "supplement",
            Sentence(
                "supplement_missing",
                f"{circular.head.number} 没有写 {'、'.join(lacking)}，停在分名额前：请用 --supplement 给补充通知。",
                f"{circular.head.number} lays down no {', '.join(lacking)}: a supplement has to.",
            ),
        )


def _stop_without_places(inputs: Inputs, campaign: Campaign) -> None:
    """Nobody has a place: told as missing papers where none were given."""
    if _count(campaign, *HOLDS_A_PLACE):
        return
    if _count(campaign, ELIGIBLE, WAITING, TIED):
        raise _StopError(
            "quota",
            Sentence(
                "no_places",
                "符合条件的都没有名额（指标为零，或并列待定），停在公示前。",
                "Nobody who is eligible has a place (no places, or ties to be settled).",
            ),
        )
    hint = "" if inputs.papers is not None else "没有给 --papers，材料都算没交。"
    hint_en = "" if inputs.papers is not None else " No --papers were given, so no paper counts."
    raise _StopError(
        "papers",
        Sentence(
            "nobody_eligible",
            f"没有一件符合条件，停在分名额前。{hint}缺什么、找谁，逐行写在登记台账里。",
            f"No case is eligible.{hint_en} The register says for every row what is missing.",
        ),
    )


def _in_window(campaign: Campaign) -> Sentence:
    notice = campaign.public_notices.order_by("-last_day").first()
    assert notice is not None, "only what was published waits for its window"
    return Sentence(
        "in_window",
        f"公示 {notice.number} 到 {notice.last_day} 止（当天还算），期满后再用更晚的 --as-of 运行。",
        f"Notice {notice.number} hangs until {notice.last_day}, included; run again with a later --as-of.",
    )


def _count(campaign: Campaign, *statuses: str) -> int:
    return Application.objects.filter(campaign=campaign, status__in=statuses).count()
