"""应助未助: children of the covered levels whose family has not applied, for the unit to visit; and the survey of 二(一)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, QuerySet

from huigong.documents.workbooks import Cell, Sheet, workbook
from huigong.figures.standing import Standing
from huigong.intake.models import FormRow
from huigong.registry import queries as registry
from huigong.registry.models import Household, Member
from huigong.registry.words import GRADUATED_EMPLOYED
from huigong.rules.facts import in_words
from huigong.values import names
from huigong.values.school_year import graduates_in

_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """What a federation's files say: households on file, covered children in school, graduates of the year."""

    federation: str
    households: int
    in_school: int
    not_applied: int
    graduates: int
    employed: int
    zero: int


def not_applied(standing: Standing) -> list[Member]:
    """Covered children on file and at school for whom no row came in. A row that was sent back is not forgotten."""
    numbers = {row.student_index for row in standing.rows if row.student_index}
    children = registry.children_in_school(
        standing.campaign.federation, levels=standing.circular.covered_levels, passing_over=numbers
    )
    left = {names.normalise(child.name) for child in children}
    return _untold(children, [row for row in standing.rows if row.student_name in left])


def some_not_applied(
    standing: Standing, files: QuerySet[Household], homes: Sequence[UUID], *, most: int
) -> tuple[list[Member], bool]:
    """Of these only (`registry.some_children`), and no more than so many are looked at; and whether there are more."""
    rows = FormRow.objects.filter(form__campaign=standing.campaign)
    children = registry.some_children(
        files,
        homes,
        levels=standing.circular.covered_levels,
        # Not as an alternative to having no number: PostgreSQL would read all rows to ask it once.
        passing_over=rows.filter(student_index=OuterRef("person_index"), student_index__gt=""),
        most=most + 1,
    )
    more, children = len(children) > most, children[:most]
    called = sorted({names.normalise(child.name) for child in children})
    rows = rows.only("student_name", "parent_name", "parent_index")
    named = [
        row
        for start in range(0, len(called), _AT_A_TIME)
        for row in rows.filter(student_name__in=called[start : start + _AT_A_TIME])
    ]
    return _untold(children, named), more


def _untold(children: Sequence[Member], rows: Sequence[FormRow]) -> list[Member]:
    """Without those whose number was lost or mistyped, known by name: in the household of the parent, whichever of the two
    wrote it, and where that number is lost too, by the parent's name.
    """
    homes = registry.households_by_parent(row.parent_index for row in rows)
    at_home = {(homes[row.parent_index].pk, row.student_name) for row in rows if row.parent_index in homes}
    named = {(row.parent_name, row.student_name) for row in rows if row.parent_index not in homes}
    return [child for child in children if not _told(child, at_home, named)]


def _told(child: Member, at_home: set[tuple[UUID, str]], named: set[tuple[str, str]]) -> bool:
    name = names.normalise(child.name)
    return (child.household_id, name) in at_home or (names.normalise(child.household.worker_name), name) in named


def survey(standing: Standing) -> list[SurveyLine]:
    """By federation of the household, in the order of codes."""
    city = standing.campaign.federation
    covered = registry.children_in_school(city, levels=standing.circular.covered_levels, passing_over=())
    missing = Counter(_home(member) for member in not_applied(standing))
    in_school = Counter(_home(member) for member in covered)
    graduates = registry.graduates(city, year=standing.campaign.year)
    finished = Counter(_home(member) for member in graduates)
    employed = Counter(_home(member) for member in graduates if member.occupation in GRADUATED_EMPLOYED)
    zero = Counter(_home(member) for member in graduates if member.household.zero_employment)
    households = registry.enrolled_by_federation(city)
    return [
        SurveyLine(name, number, in_school[name], missing[name], finished[name], employed[name], zero[name])
        for name, number in households.items()
    ]


def as_workbook(standing: Standing, day: date) -> Iterator[bytes]:
    """to-visit.xlsx: one line a child, by federation and employer. Phones and identity numbers stay in the files."""
    members = sorted(
        not_applied(standing),
        key=lambda member: (_home(member), member.household.employer, member.household.file_number, member.position),
    )
    headings = ["属地工会", "单位", "职工编号", "职工", "子女", "档案里的阶段", "档案里的学校", "下一步"]
    rows = (_line(member, standing) for member in members)
    note = "五(六)：不让一个符合条件的子女因贫辍学。联系电话在档案里看，每次查看都有记录。"
    sheet = Sheet("还没申请", headings, rows, widths=(16, 26, 16, 10, 10, 16, 28, 50), notes=[note])
    yield workbook([sheet], title=f"{standing.campaign.code} 应助未助", day=day)


def _line(member: Member, standing: Standing) -> list[Cell]:
    household = member.household
    level = "大学" if member.education_level == "higher" else in_words("education_level", member.education_level)[0]
    return [
        _home(member),
        household.employer,
        household.file_number,
        household.worker_name,
        member.name,
        level,
        member.school,
        _next_step(member, household, standing.campaign.year),
    ]


def _next_step(member: Member, household: Household, year: int) -> str:
    ends = (
        graduates_in(entry_year=member.entry_year, length_years=member.length_years)
        if (member.entry_year and member.length_years)
        else None
    )
    asked = "问今年是否升学：升学的交录取通知书" if ends == year else "还在读的交成绩单或在读证明"
    return f"请单位上门，{asked}，和惠工卡复印件（五(一)）。{'' if household.card_index else '档案里还没有惠工卡号。'}"


def _home(member: Member) -> str:
    return member.household.federation.name
