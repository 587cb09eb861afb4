"""A small aid centre at work: invented families, their files, forms and papers, carried step by step to the bank."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings

from huigong.annexes.reading import read
from huigong.annexes.tests.forms import FORM, TITLE, changed, sheet, xlsx
from huigong.audit.tests.kept import kept
from huigong.circulars import actions as circulars
from huigong.circulars import queries as of_circulars
from huigong.circulars.models import Campaign
from huigong.intake import actions as intake
from huigong.intake.actions import PaperLine
from huigong.intake.lifecycle import ACCEPTED
from huigong.organisations import actions as organisations
from huigong.organisations.models import Appointment, Officer, Organisation
from huigong.quotas import actions as quotas
from huigong.registry import actions as registry
from huigong.registry.schools import SchoolRow
from huigong.registry.tests import workbooks
from huigong.registry.workbook import read_workbook
from huigong.rules.circular import Circular
from huigong.studentaid import actions
from huigong.studentaid.cases import surroundings
from huigong.studentaid.models import Application
from huigong.studentaid.queries import applications_of
from huigong.values.bank_card import passes_luhn
from huigong.values.working_days import shipped_calendar

FOLDER = Path(settings.BASE_DIR) / "circulars" / "2017-wuzhou-21"
IN_TIME, LATE = date(2017, 8, 7), date(2017, 8, 14)
NOTICE_FROM, LAST_DAY, AFTER = date(2017, 8, 21), date(2017, 8, 25), date(2017, 8, 26)
SUGAR, PAPER_MILL = "藤县糖业有限公司工会", "梧州市纸厂工会"
PAPERS = ("benefit_card_copy", "admission_letter", "enrolment_proof")
MINUTES = actions.CollectiveDecision("2017-3, 2017-08-26")
_WORKERS = [
    "韦秀兰",
    "黄桂芳",
    "陆建国",
    "覃玉梅",
    "欧阳海燕",
    "莫志强",
    "阿依古丽·买买提",
    "梁小红",
    "农大海",
    "邓丽华",
    "甘国强",
    "蒙春花",
]
_STUDENTS = [
    "韦小雨",
    "黄子涵",
    "陆一鸣",
    "覃思远",
    "欧阳小天",
    "莫雪",
    "古丽·买买提",
    "梁静",
    "农星",
    "邓子轩",
    "甘雨",
    "蒙小满",
]


def card(number):
    """A card of invented digits that passes its check."""
    return next(text for digit in range(10) if passes_luhn(text := f"62170000{number:07d}{digit}"))


@dataclass(frozen=True)
class Family:
    """A worker and one child; `number` tells families apart. `worker` is who fills in the form."""

    number: int = 1
    income: int = 21900

    @property
    def parent(self) -> str:
        return workbooks.number(f"45042219700101{2 * self.number:03d}")

    @property
    def child(self) -> str:
        return workbooks.number(f"45042219990101{2 * self.number:03d}")

    @property
    def worker_name(self) -> str:
        return _WORKERS[(self.number - 1) % len(_WORKERS)]

    @property
    def student_name(self) -> str:
        return _STUDENTS[(self.number - 1) % len(_STUDENTS)]

    @property
    def phone(self) -> str:
        return f"138{self.number:08d}"

    def household(self, **changes):
        told = {
            "职工编号": f"GX{self.number:04d}",
            "姓名": self.worker_name,
            "身份证号码": self.parent,
            "家庭年度总收入(元)": self.income,
            "手机号码": self.phone,
            "惠工卡号": card(self.number),
        }
        return workbooks.household(**(told | changes))

    def member(self, **changes):
        told = {"职工编号": f"GX{self.number:04d}", "姓名": self.student_name, "身份证号码": self.child}
        return workbooks.member(**(told | changes))

    def row(self, **changes):
        told = {
            "parent_name": self.worker_name,
            "parent_id_number": self.parent,
            "phone": self.phone,
            "student_name": self.student_name,
            "student_id_number": self.child,
            "annual_income_per_capita": str(self.income // 3),
        }
        assert changes.keys() <= {field.name for field in FORM.printed}, "a column that the form does not have"
        return changed(**(told | changes))


WEI = Family(1)


@dataclass
class Office:
    """The campaign and everybody who works on it. Each verb is one step; those that check are in the tests."""

    campaign: Campaign
    circular: Circular
    city: Organisation
    lu: Officer
    huang: Officer
    qin: Officer
    chen: Officer
    at: datetime
    folder: Path

    def file(self, *families, households=(), members=(), by="system"):
        """Build or change the household files of these families."""
        # A member who is not named again has left the file.
        members = members or [WEI.member()] * any(home["职工编号"] == "GX0001" for home in households)
        path = self.folder / f"files-{len(list(self.folder.iterdir()))}.xlsx"
        homes = [*(family.household() for family in families), *households]
        children = [*(family.member() for family in families), *members]
        reading = read_workbook(workbooks.workbook(path, homes, children))
        registry.import_workbook(reading, city=self.city, officer=by, at=self.at)

    def send(self, *rows, name="名单.xlsx", unit=SUGAR, received=IN_TIME, papers=PAPERS, stamped=True):
        """A unit hands in a form of these rows with their papers; every good row becomes a case."""
        title = [TITLE[0], [f"单位：{unit}", *TITLE[1][1:]]]
        path = xlsx(self.folder / name, [*title, *sheet(*rows)[2:]])
        reading = read(path, FORM, received_on=received)
        form = intake.receive(
            self.campaign, path, reading, received_on=received, officer="lu", at=self.at, good_rows=ACCEPTED
        )
        for number in range(1, len(rows) + 1):
            self.bring(name, number, *papers)
        if stamped:
            self.bring(name, 0, "stamped_form")
        actions.submit(form, officer="lu", at=self.at)
        return form

    def bring(self, name, row, *kinds, original_seen=True):
        lines = [PaperLine(name, row, kind, original_seen, True, "黄", IN_TIME) for kind in kinds]
        intake.note_papers(self.campaign, lines, officer="huang", at=self.at)

    def gather(self):
        return actions.gather(list(applications_of(self.campaign).order_by("reference")), surroundings(self.campaign))

    def decide(self, version=None, circular=None):
        """Decide what is open, without anybody vouching for the facts."""
        return actions.decide(
            self.gather(), circular or self.circular, version or self.campaign.version, officer="system", at=self.at
        )

    def vouch(self, by=None):
        """Verify what was not verified as it stands, and decide."""
        gathered = self.gather()
        actions.verify(gathered, officer=by or self.huang, at=self.at)
        return actions.decide(gathered, self.circular, self.campaign.version, officer="system", at=self.at)

    def allot(self, **places):
        """Places by federation code, written with a leading letter: c450422=1."""
        quota = self.circular.quota
        table = {code.removeprefix("c"): number for code, number in places.items()}
        quotas.allot(self.campaign, table, fund_source=quota.fund_source, name="示例", officer="system", at=self.at)

    def share(self):
        return actions.share(self.campaign, self.circular, officer="system", at=self.at)

    def publish(self, from_day=NOTICE_FROM, calendar=None):
        return actions.publish(
            self.campaign,
            self.circular,
            from_day=from_day,
            calendar=calendar or shipped_calendar(),
            officer="system",
            at=self.at,
        )

    def approve(self, by=None, on=AFTER):
        at = self.at + timedelta(days=20)
        return actions.approve(self.campaign, self.circular, MINUTES, officer=by or self.qin, on=on, at=at)

    def release(self, by=None, on=AFTER):
        at = self.at + timedelta(days=21)
        return actions.release(self.campaign, self.circular, officer=by or self.chen, on=on, at=at)

    def carry(self, step):
        """From forms and papers as far as `step`."""
        for name, take in (
            ("decided", self.vouch),
            ("shared", self.share),
            ("published", self.publish),
            ("approved", self.approve),
            ("released", self.release),
        ):
            take()
            if name == step:
                return
        raise KeyError(step)

    def settle(self, application, about, by=None, reason="看过原件"):
        told = {"reason": reason, "officer": by or self.qin, "at": self.at}
        return actions.settle(application, about, version=application.version, **told)

    def case(self, reference="SA-450422-2017-00001"):
        return Application.objects.select_related("federation", "household", "campaign").get(reference=reference)

    def officer(self, name, role, organisation=None):
        where = organisation or self.city
        return organisations.add_officer(name, role=role, organisation=where, by="system", at=self.at)

    def also(self, officer, role):
        """A second role, as some hold from before roles were kept apart: the hands on each case are asked all the same."""
        Appointment.objects.create(officer=officer, role=role, organisation=self.city, valid_from=self.at.date())
        return Officer.objects.get(pk=officer.pk)

    @property
    def county(self):
        return Organisation.objects.get(code="450422")


@kept
def opened(city, at, folder):
    """An office on its first day: ten places for each federation, nobody's file, no form."""
    units = [organisations.UnitRow(SUGAR, "450422"), organisations.UnitRow(PAPER_MILL, "450400")]
    organisations.import_units(units, officer="system", at=at)
    listed = [
        SchoolRow("广西大学", "undergraduate", None, None, "示例"),
        SchoolRow("梧州职业学院", "higher_vocational", None, None, "示例"),
        SchoolRow("藤县第一中学", "senior_high", None, None, "示例"),
        SchoolRow("藤县职业学校", "secondary_vocational", None, None, "示例"),
        SchoolRow("藤县第二初级中学", "junior_high", None, None, "示例"),
    ]
    registry.keep_schools(listed, source="示例", officer="system", at=at)
    version = circulars.publish(FOLDER, [FOLDER / "supplement-example.toml"], officer="system", at=at)
    circular = of_circulars.circular_of_version(version)
    campaign = circulars.open_campaign(
        version, circular, city, received_on=IN_TIME, notice_from=NOTICE_FROM, officer="system", at=at
    )
    sugar = Organisation.objects.get(name=SUGAR)
    people = {
        name: organisations.add_officer(word, role=role, organisation=where, by="system", at=at)
        for name, word, role, where in (
            ("lu", "陆", "preparer", sugar),
            ("huang", "黄", "verifier", city),
            ("qin", "覃", "approver", city),
            ("chen", "陈", "finance", city),
        )
    }
    office = Office(campaign, circular, city, **people, at=at, folder=folder)
    office.allot(c450400=10, c450422=10)
    return office
