"""A county at work in which every kind of case stands, for the papers that tell about it."""

from dataclasses import dataclass, field
from datetime import date

import pytest

from huigong.annexes.tests.forms import number
from huigong.audit.tests.kept import kept
from huigong.figures.standing import Standing
from huigong.payments import actions as payments
from huigong.payments.models import Hold
from huigong.studentaid.queries import applications_of
from huigong.studentaid.tests.office import LATE, PAPER_MILL, WEI, Family, Office, opened

DAY = date(2017, 8, 26)
FORMULA = "=1+1"
RICHEST = 60_000


@dataclass
class Town:
    """`families` are everybody whose numbers must not be shown."""

    office: Office
    families: list[Family] = field(default_factory=list)

    @property
    def standing(self) -> Standing:
        """Read anew, as a run or a page reads it."""
        return Standing(self.office.campaign)

    def of(self, number):
        """The case of a family, by its number."""
        return applications_of(self.office.campaign).get(worker_name=self.families[number - 1].worker_name)


@pytest.fixture
@kept
def town(city, at, tmp_path):
    """Three places: two released, one held on the notice; one waits; one of each other verdict; rows that are no case."""
    folder = tmp_path / "papers"
    folder.mkdir()
    office = opened(city, at, folder)
    office.allot(c450400=2, c450422=3)
    one, two, held, waits, fileless, late, junior, other, unsent = families = [
        *(Family(number) for number in (1, 2, 3)),
        Family(4, RICHEST),
        *(Family(number) for number in (5, 6, 7, 8)),
        Family(9),
    ]
    contested = Family(10)
    office.file(
        *(one, two, held, waits, late, unsent),
        households=[junior.household(), other.household(), contested.household()],
        members=[
            junior.member(当前学历="初中", 就读学校="藤县第二初级中学"),
            contested.member(),
            other.member(姓名=contested.student_name, 身份证号码=contested.child),
        ],
    )
    rows = [
        *(family.row() for family in (one, two, held, waits, fileless)),
        junior.row(admission="2016年9月被藤县第二初级中学录取"),
        contested.row(),
        other.row(student_name=contested.student_name, student_id_number=contested.child),
        Family(11).row(student_id_number=number("45042219990101199")[:-1] + "A", hardship_cause=FORMULA),
        Family(12).row(student_name=FORMULA),
    ]
    office.send(*rows)
    office.send(late.row(), name="迟交.xlsx", received=LATE)
    office.send(WEI.row(), name="另一个单位.xlsx", unit=PAPER_MILL)
    office.carry("published")
    payments.hold(_of(office, held), reason=Hold.Reason.OBJECTION, officer="qin", at=at)
    office.approve()
    office.release()
    return Town(office, [*families, contested, Family(11), Family(12)])


def _of(office, family):
    return applications_of(office.campaign).get(worker_name=family.worker_name).reference
