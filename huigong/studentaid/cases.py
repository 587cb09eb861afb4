"""Gather what is known about applications: rows of forms, household files, papers, the school register, settlements.

Reads rows and gives `facts.Case`; what follows from a case is decided there, without a database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from huigong.circulars.models import Campaign
from huigong.intake import queries as intake
from huigong.intake.contents import row_read
from huigong.intake.models import FormRow
from huigong.registry import queries as registry
from huigong.registry.models import Household, Member
from huigong.registry.schools import level_in
from huigong.studentaid.facts import PAPERS, Case, InFile, OnForm, StudentInFile
from huigong.studentaid.models import Application, Settlement, Submission
from huigong.values import names
from huigong.vault import actions as vault

_AT_A_TIME = 400
_IMPLAUSIBLE = "parent_too_young"
_Papers = Mapping[tuple[str, int], frozenset[str]]


@dataclass(frozen=True)
class Surroundings:
    """What the cases of one campaign share: papers, schools, claims of several households, settlements, earlier aid."""

    campaign: Campaign
    papers: _Papers
    schools: Mapping[str, str]
    claimants: Mapping[str, frozenset[str]]
    """For a student whom several claim: who claims."""
    chosen: Mapping[str, str]
    """For a student whom an officer settled: the claimant that was chosen."""
    settled: Mapping[UUID, frozenset[str]]
    aided: Mapping[str, frozenset[str]]
    applicants: Mapping[UUID, int]
    """How many students of each household apply, those among them whose file was built since."""
    levels: dict[str, str] = field(default_factory=dict)

    def level(self, school: str) -> str:
        if school not in self.levels:
            self.levels[school] = level_in(self.schools, school)
        return self.levels[school]


def need_of(campaign: Campaign) -> str:
    """What a case of this campaign asks for, as aid is recorded: the same need is not paid twice."""
    return f"schooling-{campaign.year}"


def overlaps_of(campaign: Campaign, people: Mapping[str, UUID | None]) -> dict[str, list[registry.Overlap]]:
    """Aid that these students (by the index of their number, with their file) have for this campaign's need already."""
    return registry.overlaps(registry.Need(need_of(campaign), "schooling", campaign.year, people))


def surroundings(campaign: Campaign) -> Surroundings:
    """Read once for a whole campaign."""
    own = list(Application.objects.filter(campaign=campaign).values_list("student_index", "claimant", "household_id"))
    claimants: dict[str, set[str]] = {}
    for student, claimant, _ in own:
        claimants.setdefault(student, set()).add(claimant)
    settled: dict[UUID, set[str]] = {}
    chosen: dict[str, str] = {}
    for settlement in Settlement.objects.filter(application__campaign=campaign).select_related("application"):
        settled.setdefault(settlement.application_id, set()).add(settlement.about)
        if settlement.about == Settlement.About.HOUSEHOLD:
            chosen[settlement.application.student_index] = settlement.application.claimant
    aided = overlaps_of(campaign, {student: household for student, _, household in own})
    references = frozenset(Application.objects.filter(campaign=campaign).values_list("reference", flat=True))
    return Surroundings(
        campaign=campaign,
        papers=intake.papers_of(campaign),
        schools=registry.school_levels(on=campaign.first_day),
        claimants={student: frozenset(who) for student, who in claimants.items() if len(who) > 1},
        chosen=chosen,
        settled={key: frozenset(abouts) for key, abouts in settled.items()},
        # Cases of this very campaign are no earlier aid: who of several households is paid is settled above.
        aided={
            student: frozenset(one.reference for one in found if one.is_certain) - references
            for student, found in aided.items()
        },
        applicants=_applicants(own),
    )


def file_surroundings(campaign: Campaign) -> Surroundings:
    """What a case from a file alone asks (`case_from_file`): the schools. Who has not applied has no papers and no claims."""
    return Surroundings(
        campaign=campaign,
        papers={},
        schools=registry.school_levels(on=campaign.first_day),
        claimants={},
        chosen={},
        settled={},
        aided={},
        applicants={},
    )


def _applicants(own: Sequence[tuple[str, str, UUID | None]]) -> dict[UUID, int]:
    """Of student, claimant and household of every application: the students of each household."""
    files = registry.households_by_parent(claimant for _, claimant, household in own if household is None)
    students: dict[UUID, set[str]] = {}
    for student, claimant, household in own:
        file = household or (files[claimant].pk if claimant in files else None)
        if file is not None:
            students.setdefault(file, set()).add(student)
    return {household: len(found) for household, found in students.items()}


def cases_of(applications: Sequence[Application], around: Surroundings) -> list[tuple[Case, Member | None]]:
    """A case for each application and the student in the file, in the given order; files are read as they stand now."""
    rows = _rows(applications)
    households = _households({one.household_id for one in applications if one.household_id})
    keys = {row.data_key_id for own in rows.values() for row in own}
    vault.warm(keys | {household.data_key_id for household in households.values()})
    return [
        _case(one, rows[one.pk], households.get(one.household_id) if one.household_id else None, around)
        for one in applications
    ]


def case_from_file(member: Member, around: Surroundings) -> Case:
    """What the case of a student would be if the unit handed in a form from this file in time, with all its papers."""
    household = member.household
    form = OnForm(member.name, household.worker_name, None, "", "", "", member.school)
    return Case(
        form=form,
        file=_in_file(household),
        student=_student_in_file(member),
        school_level=around.level(member.school),
        papers=frozenset(PAPERS),
        received_on=around.campaign.first_day,
        year=around.campaign.year,
        identities_valid=_identities_valid(household, member),
        awarded_for_same_need=bool(around.aided.get(member.id_number_index)),
    )


def _rows(applications: Sequence[Application]) -> dict[UUID, list[FormRow]]:
    """The rows behind each application: the one that opened it first."""
    found: dict[UUID, list[FormRow]] = {}
    wanted = [one.pk for one in applications]
    for start in range(0, len(wanted), _AT_A_TIME):
        submissions = Submission.objects.filter(application__in=wanted[start : start + _AT_A_TIME])
        for submission in submissions.select_related("row", "row__form").order_by("-is_first", "row__number"):
            found.setdefault(submission.application_id, []).append(submission.row)
    return found


def _households(ids: set[UUID]) -> dict[UUID, Household]:
    found: dict[UUID, Household] = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), _AT_A_TIME):
        found.update(
            Household.objects.defer("imported").prefetch_related("members").in_bulk(wanted[start : start + _AT_A_TIME]),
        )
    return found


def _case(
    one: Application,
    rows: Sequence[FormRow],
    household: Household | None,
    around: Surroundings,
) -> tuple[Case, Member | None]:
    readings = [row_read(row) for row in rows]
    # What the first row says is asked; a doubt about any row of the case, or another level in one, is not lost in merging.
    values, doubts = readings[0].values, {problem.kind for read in readings for problem in read.problems}
    levels = [around.level(str(read.values.get("school") or "")) for read in readings]
    student = _student(one, household)
    chosen = around.chosen.get(one.student_index)
    settled = around.settled.get(one.pk, frozenset())
    received = [row.form.received_on for row in rows if row.form.received_on]
    case = Case(
        form=_on_form(values),
        file=_in_file(household) if household else None,
        student=_student_in_file(student) if student else None,
        school_level=levels[0],
        other_levels=frozenset(levels[1:]) - {"", levels[0]},
        papers=_papers(rows, around.papers),
        received_on=min(received) if received else None,
        year=around.campaign.year,
        identities_valid=_identities_valid(household, student),
        claimed_by_another_household=one.student_index in around.claimants and chosen is None,
        settled_for_another_household=chosen is not None and chosen != one.claimant,
        settled_late=Settlement.About.LATE in settled,
        settled_certificate=Settlement.About.CERTIFICATE in settled,
        settled_doubt=Settlement.About.DOUBT in settled,
        form_consistent=not doubts - {_IMPLAUSIBLE},
        family_plausible=_IMPLAUSIBLE not in doubts,
        awarded_for_same_need=bool(around.aided.get(one.student_index)),
        applicants_in_household=around.applicants.get(household.pk, 1) if household else 1,
        confirmed={about: True for about in settled if about.startswith("confirmed_")},
    )
    return case, student


def _papers(rows: Sequence[FormRow], papers: _Papers) -> frozenset[str]:
    """Papers of every row of the case, and the stamped sheet of its form where the row was not mended since it came."""
    kinds: set[str] = set()
    for row in rows:
        kinds |= papers.get((row.form.name, row.number), frozenset())
        kinds |= frozenset() if row.unstamped else papers.get((row.form.name, 0), frozenset())
    return frozenset(kinds)


def _on_form(values: Mapping[str, Any]) -> OnForm:
    text = {name: str(values.get(name) or "") for name in ("student_name", "parent_name", "phone", "school")}
    income = values.get("annual_income_per_capita")
    return OnForm(
        income_yuan=income if isinstance(income, int) else None,
        certificate_no=str(values.get("certificate_no") or ""),
        admitted_on=str(values.get("admitted_on") or ""),
        **text,
    )


def _in_file(household: Household) -> InFile:
    members = [member for member in household.members.all() if member.is_in_file]
    return InFile(
        enrolled=household.is_enrolled,
        file_status=household.file_status,
        certificate_review=household.certificate_review,
        worker_name=household.worker_name,
        phone=household.phone.plain() if household.phone else "",
        card=household.card.plain() if household.card else "",
        annual_income_fen=household.annual_income_fen,
        essential_expenditure_fen=household.essential_expenditure_fen,
        household_size=household.size,
        hardship_category=household.hardship_category,
        migrant_worker="农民工" in household.identity if household.identity else None,
        zero_employment=household.zero_employment,
        children_in_school=sum(registry.is_studying_child(member) for member in members),
    )


def _student(one: Application, household: Household | None) -> Member | None:
    """The student among the household's members: by identity number, else by name where the file has no number."""
    if household is None:
        return None
    members = [member for member in household.members.all() if member.is_in_file]
    by_number = [member for member in members if member.id_number_index == one.student_index]
    by_name = [
        member
        for member in members
        if not member.id_number_index and names.normalise(member.name) == names.normalise(one.student_name)
    ]
    found = by_number or (by_name if len(by_name) == 1 else [])
    return found[0] if found else None


def _student_in_file(member: Member) -> StudentInFile:
    return StudentInFile(member.name, member.education_level, member.school, member.entry_year)


def _identities_valid(household: Household | None, student: Member | None) -> bool:
    """Whether the numbers in the file pass their check; those on the form were checked when it was read."""
    return (household is None or household.id_number_valid) and (student is None or student.id_number_valid)
