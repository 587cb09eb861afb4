"""A campaign as it stands in August: the shipped example taken through the same actions that an office takes.

Ten forms of invented people; one of them came late, the rows of another were read and not yet taken. Reading costs most,
so the readings are kept for the whole run of the tests.
"""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from huigong.annexes import pool
from huigong.annexes.readings import FormReading
from huigong.audit.tests.kept import kept
from huigong.circulars import actions as circulars
from huigong.circulars import queries
from huigong.circulars.models import Campaign
from huigong.intake import actions as intake
from huigong.intake.actions import PaperLine
from huigong.intake.lifecycle import ACCEPTED, READY
from huigong.intake.models import FormReceived
from huigong.organisations import actions as organisations
from huigong.organisations.models import Officer, Organisation
from huigong.organisations.queries import within
from huigong.quotas import actions as quotas
from huigong.registry import actions as registry
from huigong.registry import schools
from huigong.registry.workbook import RegistryReading, read_workbook
from huigong.rules import loading, quota_table
from huigong.rules.circular import Circular
from huigong.studentaid import actions
from huigong.studentaid.cases import surroundings
from huigong.studentaid.queries import applications_of
from huigong.values.working_days import shipped_calendar

FOLDER = Path(settings.BASE_DIR) / "circulars" / "2017-wuzhou-21"
EXAMPLE = Path(settings.BASE_DIR) / "examples" / "wuzhou-2017"
IN_TIME, LATE = date(2017, 8, 7), date(2017, 8, 14)
NOTICE_FROM, AFTER_THE_NOTICE = date(2017, 8, 21), date(2017, 8, 28)
CAME_LATE = "08-with-cover.xlsx"
NOT_TAKEN_YET = "04-old-excel.xls"


@dataclass(frozen=True)
class AtWork:
    """The campaign and everybody who works on it."""

    campaign: Campaign
    circular: Circular
    city: Organisation
    lu: Officer
    huang: Officer
    qin: Officer
    chen: Officer
    at: datetime

    def receive(self) -> list[FormReceived]:
        """Read the forms; the rows of all but one are taken."""
        return [
            intake.receive(
                self.campaign,
                EXAMPLE / "forms" / name,
                reading,
                received_on=LATE if name == CAME_LATE else IN_TIME,
                officer=self.lu.username,
                at=self.at,
                good_rows=READY if name == NOT_TAKEN_YET else ACCEPTED,
            )
            for name, reading in _readings()
        ]

    def open(self) -> None:
        """Read the forms, make the cases, decide what is open."""
        for form in self.receive():
            actions.submit(form, officer=self.huang.username, at=self.at)
        self.note_papers()
        self.decide()

    def note_papers(self) -> None:
        intake.note_papers(self.campaign, _papers(), officer=self.huang.username, at=self.at)

    def decide(self) -> None:
        """Verify what was not verified as it stands, and decide what is open."""
        gathered = actions.gather(list(applications_of(self.campaign)), surroundings(self.campaign))
        actions.verify(gathered, officer=self.huang, at=self.at)
        actions.decide(gathered, self.circular, self.campaign.version, officer=self.huang.username, at=self.at)

    def share(self) -> None:
        actions.share(self.campaign, self.circular, officer=self.huang.username, at=self.at)

    def publish(self) -> None:
        actions.publish(
            self.campaign,
            self.circular,
            from_day=NOTICE_FROM,
            calendar=shipped_calendar(),
            officer=self.huang.username,
            at=self.at,
        )

    def approve(self) -> None:
        decision = actions.CollectiveDecision("2017-3, 2017-08-28")
        at = self.at + timedelta(days=21)
        actions.approve(self.campaign, self.circular, decision, officer=self.qin, on=AFTER_THE_NOTICE, at=at)

    def release(self) -> None:
        at = self.at + timedelta(days=22)
        actions.release(self.campaign, self.circular, officer=self.chen, on=AFTER_THE_NOTICE, at=at)


STEPS: Mapping[str, Callable[[AtWork], None]] = {
    "decided": AtWork.open,
    "shared": AtWork.share,
    "on_notice": AtWork.publish,
    "approved": AtWork.approve,
    "released": AtWork.release,
}


@kept
def campaign_at_work(at: datetime, *, up_to: str) -> AtWork:
    """The example's campaign, carried as far as one of STEPS."""
    steps = list(STEPS)
    before = steps.index(up_to) - 1
    work = campaign_at_work(at, up_to=steps[before]) if before >= 0 else empty_campaign(at)
    STEPS[up_to](work)
    return work


@kept
def empty_campaign(at: datetime) -> AtWork:
    """The campaign on its first day: places and files are there, no form has come."""
    by = "system"
    table = quota_table.read("quotas.csv", (EXAMPLE / "quotas.csv").read_text("utf-8"))
    city = organisations.found_city([(row.code, row.organisation) for row in table.rows], officer=by, at=at)
    with (EXAMPLE / "units.csv").open(encoding="utf-8", newline="") as lines:
        units = [organisations.UnitRow(row["unit"], row["federation_code"]) for row in csv.DictReader(lines)]
    organisations.import_units(units, officer=by, at=at)
    registry.import_workbook(_files(), city=city, officer=by, at=at)
    registry.keep_schools(schools.shipped(), source="shipped", officer=by, at=at)
    version = circulars.publish(FOLDER, [FOLDER / "supplement-example.toml"], officer=by, at=at)
    circular = queries.circular_of_version(version)
    campaign = circulars.open_campaign(
        version, circular, city, received_on=IN_TIME, notice_from=NOTICE_FROM, officer=by, at=at
    )
    assert circular.quota is not None
    source = circular.quota
    name = source.fund_source_name
    quotas.allot(campaign, table.places, fund_source=source.fund_source, name=name, officer=by, at=at)
    sugar = within(city).get(name="藤县糖业公司工会")
    appointed = {
        role: organisations.add_officer(name, role=role, organisation=where, by=by, at=at)
        for name, role, where in (
            ("陆", "preparer", sugar),
            ("黄", "verifier", city),
            ("覃", "approver", city),
            ("陈", "finance", city),
        )
    }
    return AtWork(
        campaign,
        circular,
        city,
        lu=appointed["preparer"],
        huang=appointed["verifier"],
        qin=appointed["approver"],
        chen=appointed["finance"],
        at=at,
    )


@lru_cache(maxsize=1)
def _readings() -> tuple[tuple[str, FormReading], ...]:
    definition = loading.load(FOLDER).form
    assert definition is not None
    paths = sorted((EXAMPLE / "forms").iterdir())
    readings = pool.read_all(paths, definition, received_on=IN_TIME)
    return tuple((path.name, reading) for path, reading in zip(paths, readings, strict=True))


@lru_cache(maxsize=1)
def _files() -> RegistryReading:
    return read_workbook(EXAMPLE / "registry.xlsx")


def _papers() -> list[PaperLine]:
    with (EXAMPLE / "papers.csv").open(encoding="utf-8", newline="") as lines:
        return [
            PaperLine(
                row["form"],
                int(row["row"] or 0),
                row["paper"],
                row["original_seen"] == "yes",
                row["copy_kept"] == "yes",
                row["seen_by"],
                date.fromisoformat(row["seen_on"]),
            )
            for row in csv.DictReader(lines)
        ]
