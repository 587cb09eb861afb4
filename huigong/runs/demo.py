"""The demo city: an invented 梧州 built by the same actions as a real one, and left where most can be seen.

Built once into an empty installation, in one transaction: whoever stops it half-way finds the installation empty again.
That an installation is the demo is an event of its own chain; the file beside it only spares others the question.
"""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from huigong.audit import actions as audit
from huigong.audit import queries as history
from huigong.circulars.calendar import working_calendar
from huigong.circulars.models import Campaign
from huigong.circulars.queries import circular_of
from huigong.intake import actions as intake
from huigong.runs import (
    campaign,
    demo_cast,
    demo_daylight,
    demo_desk,
    demo_doubles,
    demo_files,
    demo_money,
    demo_partners,
    demo_plans,
    demo_stamped,
    steps,
    tables,
)
from huigong.runs.demo_cast import NAMES
from huigong.runs.demo_graduates import Graduates
from huigong.runs.inputs import Days, Inputs, People
from huigong.runs.steps import Progress, quiet
from huigong.studentaid import actions as studentaid
from huigong.values.sentence import SaidError, Sentence

SUBJECT = "demo"
# Not handed in: they are there for the visitor to drop.
SAMPLES = ("09-messy.xlsx", "06-numbers-lost.xlsx")
CAME_LATE = "08-with-cover.xlsx"
# Their papers come after the first notice, one form after the other: one waits for the bank, one for its notice to end.
PAPERS_LATER = ("04-old-excel.xls", "05-own-order.xlsx")
RECEIVED, NOTICE_FROM = date(2017, 8, 7), date(2017, 8, 21)
_EVERYBODY = People(verified_by=NAMES["verifier"], approved_by=NAMES["approver"], released_by=NAMES["finance"])
MINUTES = ("梧工办纪要〔2017〕31号，2017-08-28", "梧工办纪要〔2017〕34号")


@dataclass(frozen=True, slots=True)
class Demo:
    """What makes this installation the demo: its campaign, and when it was built."""

    campaign: str
    built_at: datetime


def standing() -> Demo | None:
    """Whether this installation is the demo. In production none is, whatever lies in its folder."""
    if settings.PRODUCTION or not marker().exists():
        return None
    built = [told for told in history.history(SUBJECT) if told.action == "demo.built"]
    return Demo(str(built[-1].payload["campaign"]), built[-1].at) if built else None


def build(*, at: datetime, progress: Progress = quiet) -> Campaign | None:
    """Build the city into this installation; None where it stands already. Raises SaidError where other data do."""
    if standing() is not None:
        return None
    refuse_to_build()
    with tempfile.TemporaryDirectory(prefix="huigong-demo-") as folder, transaction.atomic():
        built = _City(Path(folder), progress).build(today=at)
        audit.record("demo.built", subject=SUBJECT, officer="system", at=at, payload={"campaign": built.code})
        marker().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        marker().write_text('{"demo": "wuzhou-2017"}\n', encoding="utf-8")
    return built


def sample(name: str) -> Path:
    """One of the forms that a visitor may drop."""
    assert name in SAMPLES, name
    return example() / "forms" / name


def example() -> Path:
    """The folder of the invented city. Raises SaidError where it does not lie beside the program."""
    folder = Path(settings.BASE_DIR) / "examples" / "wuzhou-2017"
    if not folder.is_dir():
        raise SaidError(
            Sentence(
                "examples_missing",
                f"演示城市要用 {folder}，这里没有：请从完整的源码目录运行（python3 dev.py run）。",
                f"The demo city is built from {folder}, which is not there: run it from a whole checkout.",
            )
        )
    return folder


def marker() -> Path:
    return Path(settings.HUIGONG_HOME) / "demo.json"


def refuse_to_build() -> None:
    """Raises SaidError where the demo may not be built: without its folder, in production, where anything else stands."""
    example()
    if settings.PRODUCTION:
        raise SaidError(
            Sentence(
                "demo_in_production",
                "正式环境（HUIGONG_MODE=production）不建演示城市：它的登录按钮谁都能按。",
                "No demo city in production (HUIGONG_MODE=production): anybody could press its sign-in buttons.",
            )
        )
    if history.head().sequence:
        home = settings.HUIGONG_HOME
        raise SaidError(
            Sentence(
                "demo_beside_other_data",
                f"{home} 里已有别的数据，没有动它。请给演示城市另一个空文件夹：HUIGONG_HOME=文件夹 python3 dev.py run。",
                f"{home} holds other data, which were left alone. Give the demo city an empty folder of its own: "
                "HUIGONG_HOME=FOLDER python3 dev.py run.",
            )
        )


class _City:
    """The building of the city, day by day of August and September 2017."""

    def __init__(self, folder: Path, progress: Progress) -> None:
        self.example, self.folder, self.progress = example(), folder, progress
        self.circular = Path(settings.BASE_DIR) / "circulars" / "2017-wuzhou-21"
        self.papers = tables.papers(self.example / "papers.csv")
        for name in ("forms", "late"):
            (folder / name).mkdir()
        for file in sorted((self.example / "forms").iterdir()):
            if file.name not in SAMPLES:
                shutil.copy(file, folder / ("late" if file.name == CAME_LATE else "forms"))

    def build(self, *, today: datetime) -> Campaign:
        self.campaign = self._run(_at(8, 7), People())
        self.officers = demo_cast.appoint(self.campaign.federation, at=_at(8, 7))
        demo_cast.desks_with_telephones(self.campaign.federation, at=_at(8, 7))
        demo_cast.share_out(self.campaign, self.officers["approver"], at=_at(8, 8))
        self._note_papers(lambda name: name not in {*PAPERS_LATER, CAME_LATE}, at=_at(8, 8))
        self._receive_late(at=_at(8, 14))
        self._note_papers(lambda name: name == CAME_LATE, at=_at(8, 14))
        self._run(_at(8, 18), People(verified_by=NAMES["verifier"]))
        demo_money.came(self.campaign, self.officers, at=_at(8, 25))
        self._run(_at(8, 28), replace(_EVERYBODY, decision=MINUTES[0]))
        demo_desk.looked_after(self.campaign, self.officers, at=_at(8, 29))
        self._another_notice(PAPERS_LATER[0], came=_at(8, 29), from_day=date(2017, 8, 30))
        demo_money.approved(self.campaign, self.officers, MINUTES[1], at=_at(9, 6))
        self._another_notice(PAPERS_LATER[1], came=_at(9, 7), from_day=date(2017, 9, 8))
        demo_files.standards(self.campaign.federation, at=_at(9, 11))
        demo_files.lead(self.officers, at=_at(9, 11))
        demo_files.surveyed(self.campaign.federation, self.officers, at=_at(9, 12))
        demo_partners.asked_around(self.officers["verifier"], at=_at(9, 11))
        demo_doubles.doubled(self.officers["preparer"], self.campaign.federation, at=_at(9, 11))
        demo_daylight.shown(self.campaign, self.officers, at=_at(9, 11))
        demo_money.boards_reported(self.campaign, self.officers, at=_at(9, 18))
        demo_daylight.asked_anew(self.campaign, self.officers, at=_at(9, 18))
        demo_stamped.mended_after_the_stamp(self.campaign, self.officers["verifier"], self.example, at=_at(9, 13))
        demo_plans.file_some(self.campaign, circular_of(self.campaign), self.officers)
        demo_cast.busy_with_people(self.officers, at=today)
        demo_files.approving(self.campaign.federation, self.officers, at=_at(9, 11))
        demo_files.compared_outside(self.officers["verifier"], at=_at(9, 12))
        demo_files.signed_on_paper(self.officers, at=_at(9, 25))
        Graduates(self.campaign.federation, self.officers, self.campaign, at=today).build()
        return self.campaign

    def _run(self, at: datetime, people: People) -> Campaign:
        """The whole way as far as it goes on a day with these people: `huigong campaign run`."""
        inputs = Inputs(
            circular=self.circular,
            supplements=(self.circular / "supplement-example.toml",),
            registry=self.example / "registry.xlsx",
            units=self.example / "units.csv",
            quotas=self.example / "quotas.csv",
            forms=self.folder / "forms",
            papers=None,
            settlements=None,
            people=people,
            days=Days(RECEIVED, NOTICE_FROM, at.date()),
        )
        return campaign.run(inputs, at=at, progress=self.progress).standing.campaign

    def _note_papers(self, wanted: Callable[[str], bool], *, at: datetime) -> None:
        lines = [replace(line, seen_on=at.date()) for line in self.papers if wanted(line.form_name)]
        intake.note_papers(self.campaign, lines, officer=self.officers["verifier"].username, at=at)

    def _receive_late(self, *, at: datetime) -> None:
        steps.receive(
            self.campaign,
            self.folder / "late",
            here=self.campaign.federation,
            received_on=at.date(),
            workers=1,
            officer=self.officers["verifier"].username,
            at=at,
        )

    def _another_notice(self, form: str, *, came: datetime, from_day: date) -> None:
        """The papers of a form came: verify, decide, share and publish what they made complete."""
        circular, verifier = circular_of(self.campaign), self.officers["verifier"]
        by = verifier.username
        self._note_papers(lambda name: name == form, at=came)
        steps.decide(self.campaign, verifier=verifier, officer=by, at=came, progress=self.progress)
        studentaid.share(self.campaign, circular, officer=by, at=came)
        studentaid.publish(self.campaign, circular, from_day=from_day, calendar=working_calendar(), officer=by, at=came)


def _at(month: int, day: int) -> datetime:
    """Half past nine on a day of 2017, when the office opens."""
    return datetime(2017, month, day, 9, 30, tzinfo=ZoneInfo(settings.TIME_ZONE))
