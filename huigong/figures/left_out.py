"""没落下谁: who might have aid and does not, each with the reason and the next step, for the union to go and ask.

Children on file and covered whose family has not applied: what the circular would say to a form from their file decides
why; cases that lack one thing; graduates whom nobody has spoken with this year. What was visited says so.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from huigong.documents.workbooks import Cell, Sheet, workbook
from huigong.employment.models import Graduate
from huigong.figures import gaps
from huigong.figures.standing import Standing
from huigong.organisations.models import Organisation
from huigong.organisations.queries import within
from huigong.registry import queries as registry
from huigong.registry.models import FileEntry, Household, Member
from huigong.rules.deciding import INCOMPLETE, Finding, decide_all
from huigong.rules.sentences import MET
from huigong.studentaid.cases import case_from_file, file_surroundings
from huigong.studentaid.facts import facts_of
from huigong.studentaid.models import Application
from huigong.studentaid.queries import findings_of
from huigong.vault import actions as vault

COULD_APPLY, ONE_SHORT, SEVERAL, CASE_LACKS_ONE, GRADUATE = (
    "could-apply",
    "one-short",
    "several",
    "case-lacks-one",
    "graduate",
)
WHY = {
    COULD_APPLY: ("档案齐，没申请", "file whole, not applied"),
    ONE_SHORT: ("没申请，只差一样", "not applied, one thing short"),
    SEVERAL: ("没申请，差几样", "not applied, several things short"),
    CASE_LACKS_ONE: ("申请了，只差一样", "applied, one thing short"),
    GRADUATE: ("毕业生，今年没联系", "graduate, not spoken with this year"),
}
_AT_A_TIME = 500
_FEW = 2000
_ALL = 10**9
"""More than any federation has."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One child or graduate: of which family, why, what is short in words, what to do next, when somebody last went."""

    why: str
    household: Household
    name: str
    reason: tuple[str, str]
    step: tuple[str, str]
    visited_on: date | None
    visited: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class SomeLeftOut:
    """The lines of some files; `more`: there are more children, cases or graduates than were looked at."""

    lines: Sequence[LeftOut]
    more: bool


def left_out(standing: Standing) -> Iterator[LeftOut]:
    """Everybody of the campaign, by federation, employer and file: for a run, which has the time; one federation in memory."""
    homes = within(standing.campaign.federation).filter(kind=Organisation.Kind.FEDERATION).order_by("code")
    for home in homes.values_list("pk", flat=True):
        files = Household.objects.filter(federation=home)
        yield from some_left_out(standing, files, [home], most=_ALL).lines


def some_left_out(standing: Standing, files: QuerySet[Household], homes: Sequence[UUID], *, most: int) -> SomeLeftOut:
    """The same of these federations, or of these files where there are none, looking at no more than so many of each kind.

    For a page, before which somebody waits.
    """
    campaign = standing.campaign
    children, more = gaps.some_not_applied(standing, files, homes, most=most)
    cases = list(
        Application.objects.filter(campaign=campaign, verdict=INCOMPLETE)
        .filter(Exists(files.filter(pk=OuterRef("household_id"))))
        .select_related("household__federation", "federation", "unit")
        .order_by("reference")[: most + 1]
    )
    spoken = _spoken(campaign.year).filter(person_index=OuterRef("person_index"))
    graduates = registry.some_graduates(files, homes, year=campaign.year, passing_over=spoken, most=most + 1)
    more = more or max(len(cases), len(graduates)) > most
    cases = cases[:most]
    return SomeLeftOut(_lines(standing, children, cases, findings_of(cases), graduates[:most]), more)


def _lines(
    standing: Standing,
    children: Sequence[Member],
    cases: Sequence[Application],
    findings: Mapping[UUID, Sequence[Finding]],
    graduates: Sequence[Member],
) -> list[LeftOut]:
    homes = {one.household_id for one in (*children, *graduates)}
    homes |= {one.household_id for one in cases if one.household_id}
    visits = _visits(standing.campaign.year, homes)
    lines = [_child(one, found, visits) for one, found in _asked(children, standing)]
    for one in cases:
        open_findings = _open(findings.get(one.pk, ()))
        if one.household is not None and _is_one(open_findings):
            lines.append(_case(one.household, one.student_name, one.reference, open_findings[0], visits))
    lines += [_graduate(one, visits) for one in graduates if one.household_id not in visits]
    return sorted(lines, key=_place)


def sheet(lines: Iterable[LeftOut]) -> Sheet:
    """The whole list as one sheet, by county and union, with what was visited."""
    headings = ["属地工会", "单位", "职工编号", "职工", "学生", "情形", "原因", "下一步", "走访", "走访结果", "案号"]
    rows = (_row(one) for one in lines)
    note = "五(六)：不让一个符合条件的子女因贫辍学。电话在档案里看，每次查看都有记录。"
    return Sheet("没落下谁", headings, rows, widths=(16, 26, 18, 10, 10, 18, 40, 44, 12, 16, 24), notes=[note])


def as_workbook(standing: Standing, day: date) -> Iterator[bytes]:
    """left-out.xlsx of the whole city."""
    yield workbook([sheet(left_out(standing))], title=f"{standing.campaign.code} 没落下谁", day=day)


def _row(one: LeftOut) -> list[Cell]:
    household = one.household
    told = [household.federation.name, household.employer, household.file_number, household.worker_name, one.name]
    return [*told, WHY[one.why][0], one.reason[0], one.step[0], one.visited_on, one.visited, one.reference]


def _asked(children: Sequence[Member], standing: Standing) -> list[tuple[Member, list[Finding]]]:
    """What the circular would say to a form from each child's file."""
    around = file_surroundings(standing.campaign)
    found = list[tuple[Member, list[Finding]]]()
    for start in range(0, len(children), _AT_A_TIME):
        part = children[start : start + _AT_A_TIME]
        homes = _homes({one.household_id for one in part})
        vault.warm(home.data_key_id for home in homes.values())
        for one in part:
            one.household = homes[one.household_id]
        facts = [facts_of(case_from_file(one, around)) for one in part]
        answers = decide_all(standing.circular, facts)
        found += [(one, _open(answer.findings)) for one, answer in zip(part, answers, strict=True)]
    return found


def _homes(ids: set[UUID]) -> dict[UUID, Household]:
    members = Prefetch("members", Member.objects.filter(is_in_file=True))
    return (
        Household.objects.select_related("federation")
        .defer("imported", "details")
        .prefetch_related(members)
        .in_bulk(ids)
    )


def _open(findings: Sequence[Finding]) -> list[Finding]:
    """What stands between a family and aid; looks stand between nobody."""
    return [one for one in findings if one.outcome != MET and one.means != "look"]


def _is_one(findings: Sequence[Finding]) -> bool:
    """One thing to mend: a card that is not there is also a card whose digits nobody can check, both under one clause."""
    return len({one.clause for one in findings}) == 1


def _child(one: Member, findings: Sequence[Finding], visits: dict[UUID, FileEntry]) -> LeftOut:
    why = COULD_APPLY if not findings else ONE_SHORT if _is_one(findings) else SEVERAL
    reason = (
        ("档案里的都符合，只是没有交登记表", "everything on file fits; only the form is missing")
        if not findings
        else ("；".join(f.sentence.zh for f in findings[:3]), "; ".join(f.sentence.en for f in findings[:3]))
    )
    step = (
        ("请单位上门，交登记表、录取通知书或在读证明、惠工卡复印件（五(一)）", "the unit goes there, with the form and its papers")
        if not findings
        else (f"先办好：{findings[0].label or findings[0].criterion}，再交登记表", f"first: {findings[0].label_en or findings[0].criterion}, then the form")
    )  # fmt: skip
    return _line(why, one.household, one.name, reason, step, visits)


def _case(household: Household, name: str, reference: str, finding: Finding, visits: dict[UUID, FileEntry]) -> LeftOut:
    reason = (finding.sentence.zh, finding.sentence.en)
    step = ("告诉家里就差这一样，代收代交", "tell the family that only this is missing, and take it in for them")
    return _line(CASE_LACKS_ONE, household, name, reason, step, visits, reference)


def _graduate(one: Member, visits: dict[UUID, FileEntry]) -> LeftOut:
    reason = (
        f"今年从{one.school or '学校'}毕业，没有联系记录",
        f"graduates from {one.school or 'school'} this year; nobody spoke with them",
    )
    step = (
        "联系本人，问就业、升学还是要帮忙；要帮的转阳光就业",
        "ask whether they work, study on or want help; help is the employment programme's",
    )
    return _line(GRADUATE, one.household, one.name, reason, step, visits)  # fmt: skip


def _line(
    why: str,
    household: Household,
    name: str,
    reason: tuple[str, str],
    step: tuple[str, str],
    visits: dict[UUID, FileEntry],
    reference: str = "",
) -> LeftOut:
    last = visits.get(household.pk)
    return LeftOut(why, household, name, reason, step, last.on if last else None, last.word if last else "", reference)


def _spoken(year: int) -> QuerySet[Graduate]:
    return Graduate.objects.filter(spoke_on__year__gte=year)


def _visits(year: int, homes: Collection[UUID]) -> dict[UUID, FileEntry]:
    """The last visit of this year, by file; of few files only theirs are read."""
    rows = FileEntry.objects.filter(kind=FileEntry.Kind.VISITED, on__year=year).order_by("on", "at")
    rows = rows.filter(household__in=homes) if len(homes) <= _FEW else rows
    return {row.household_id: row for row in rows.defer("note")}


def _place(one: LeftOut) -> tuple[str, str, str, str, str]:
    household = one.household
    return household.federation.code, household.employer, household.file_number, one.name, one.why
