"""From what stands on the form, in the file, on the papers and in the school register to the facts that a circular asks for.

Pure: no rows, no clock. File and form may disagree; then the file's value decides and the disagreement is a fact of its
own. What is not known is None and is never guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from huigong.intake.queries import STAMPED
from huigong.rules.facts import Facts
from huigong.values import bank_card, names, phone
from huigong.values.school_year import is_freshman

# Facts that are papers: each is there or not. The stamped sheet is of a whole form, the others of one row.
PAPERS = (STAMPED, "benefit_card_copy", "admission_letter", "enrolment_proof")
# Facts that stand in the household file: while a family has none, building it is the one thing to do (五(二)).
FROM_FILE = frozenset(
    {
        "file_status",
        "certificate_review",
        "student_in_file",
        "card_on_file",
        "card_valid",
        "annual_income_fen",
        "essential_expenditure_fen",
        "household_size",
        "hardship_category",
        "migrant_worker",
        "zero_employment",
    }
)
_HIGHER = frozenset({"higher_vocational", "undergraduate", "postgraduate"})
# How far one has come in school: who stood on a lower step in the June file may have climbed one since.
_STEP = {
    "primary": 0,
    "junior_high": 1,
    "senior_high": 2,
    "secondary_vocational": 2,
    "higher": 3,
    "higher_vocational": 3,
    "undergraduate": 3,
    "postgraduate": 4,
}


@dataclass(frozen=True, slots=True)
class OnForm:
    """What the unit wrote in one row. `admitted_on` is `YYYY-MM`, `YYYY` or empty; income is yuan a head and year."""

    student_name: str
    parent_name: str
    income_yuan: int | None
    phone: str
    certificate_no: str
    admitted_on: str
    school: str


@dataclass(frozen=True, slots=True)
class InFile:
    """The household file: what decides where form and file differ. `card` is the worker's own 惠工卡."""

    enrolled: bool
    file_status: str
    certificate_review: str
    worker_name: str
    phone: str
    card: str
    annual_income_fen: int | None
    essential_expenditure_fen: int | None
    household_size: int | None
    hardship_category: str
    migrant_worker: bool | None
    zero_employment: bool | None
    children_in_school: int


@dataclass(frozen=True, slots=True)
class StudentInFile:
    """The student as a member of the household, as of the file's day (June: a July freshman still stands below)."""

    name: str
    education_level: str
    school: str
    entry_year: int | None


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that is known about one application when it is decided."""

    form: OnForm
    file: InFile | None
    student: StudentInFile | None
    school_level: str
    """The level of the form's school by the dated register; empty where it is not listed."""
    papers: frozenset[str]
    received_on: date | None
    year: int
    other_levels: frozenset[str] = frozenset()
    """Other levels that the rows merged into this case name: one student is not on two."""
    identities_valid: bool = True
    claimed_by_another_household: bool = False
    settled_for_another_household: bool = False
    settled_late: bool = False
    settled_certificate: bool = False
    settled_doubt: bool = False
    form_consistent: bool = True
    family_plausible: bool = True
    awarded_for_same_need: bool = False
    applicants_in_household: int = 1
    confirmed: Mapping[str, bool] = field(default_factory=dict)


def facts_of(case: Case) -> Facts:
    """The facts of one application, by the names of the catalogue (rules/facts.py)."""
    kind = student_kind(case)
    level, agrees = education_level(case, kind)
    return {
        **_of_file(case),
        **_of_agreement(case),
        **case.confirmed,
        "submitted_by_unit": True,
        "received_on": case.received_on,
        **{paper: paper in case.papers for paper in PAPERS},
        "student_kind": kind,
        "education_level": level,
        "education_level_agrees": agrees,
        "full_time": True if case.school_level else None,
        "identities_valid": case.identities_valid,
        "claimed_by_another_household": case.claimed_by_another_household,
        "settled_for_another_household": case.settled_for_another_household,
        "settled_late": case.settled_late,
        "settled_certificate": case.settled_certificate,
        "settled_doubt": case.settled_doubt,
        "form_consistent": case.form_consistent,
        "family_plausible": case.family_plausible,
        "awarded_for_same_need": case.awarded_for_same_need,
    }


def student_kind(case: Case) -> str | None:
    """Freshman or continuing: by the year of admission, else by the file (same school since an earlier year, or a lower
    step in June), else by the one paper that came. None where nothing tells.
    """
    if case.form.admitted_on[:4].isdigit():
        new = is_freshman(admitted_year=int(case.form.admitted_on[:4]), campaign_year=case.year)
        return "freshman" if new else "continuing"
    student = case.student
    if student and student.entry_year and student.school and _same(student.school, case.form.school):
        return "freshman" if student.entry_year >= case.year else "continuing"
    if student and case.school_level and _step(student.education_level) < _step(case.school_level):
        return "freshman"
    proofs = case.papers & {"admission_letter", "enrolment_proof"}
    if len(proofs) == 1:
        return "freshman" if "admission_letter" in proofs else "continuing"
    return None


def education_level(case: Case, kind: str | None) -> tuple[str | None, bool | None]:
    """The level and whether the sources agree. The form's school by the register comes first, then the file.

    A file of June lags behind a July freshman: one step up is no conflict. A continuing student stands where the file
    says; anything else is a conflict, which a person settles.
    """
    from_file = case.student.education_level if case.student else ""
    if case.other_levels:
        return case.school_level or None, False
    if not case.school_level:
        same_school = bool(case.student) and _same(case.student.school if case.student else "", case.form.school)
        level = from_file if same_school and from_file != "higher" else None
        return level or None, True if level else None
    if not from_file or case.student is None:
        return case.school_level, True
    if _alike(from_file, case.school_level):
        return case.school_level, True
    climbed = _step(case.school_level) - _step(from_file)
    if kind == "freshman" and climbed == 1:
        return case.school_level, True
    return case.school_level, False


def _of_file(case: Case) -> Facts:
    file = case.file
    if file is None:
        per_head = None if case.form.income_yuan is None else case.form.income_yuan * 100
        return {
            "household_enrolled": False,
            "student_in_file": False,
            "card_on_file": False,
            "card_valid": None,
            "income_per_head_fen": per_head,
            "children_in_school": case.applicants_in_household,
        }
    income, size = file.annual_income_fen, file.household_size
    return {
        "household_enrolled": file.enrolled,
        "file_status": file.file_status,
        "certificate_review": file.certificate_review or None,
        "student_in_file": case.student is not None,
        "card_on_file": bool(file.card),
        "card_valid": bank_card.is_valid(file.card) if file.card else None,
        "annual_income_fen": income,
        "essential_expenditure_fen": file.essential_expenditure_fen,
        "household_size": size,
        # Whole fen: the remainder is below one fen a head and orders nobody before somebody else.
        "income_per_head_fen": income // size if income is not None and size else None,
        "children_in_school": max(file.children_in_school, case.applicants_in_household),
        "hardship_category": file.hardship_category or None,
        "migrant_worker": file.migrant_worker,
        "zero_employment": file.zero_employment,
    }


def _of_agreement(case: Case) -> Facts:
    """Looks: whether form and file say the same. None where one of them says nothing."""
    file, form = case.file, case.form
    if file is None:
        return {"name_agrees": None, "income_agrees": None, "phone_agrees": None, "card_agrees": None}
    pairs = [(form.parent_name, file.worker_name)]
    if case.student:
        pairs.append((form.student_name, case.student.name))
    card_on_form = form.certificate_no if bank_card.is_bank_card(form.certificate_no) else ""
    return {
        "name_agrees": all(names.normalise(ours) == names.normalise(theirs) for ours, theirs in pairs),
        "income_agrees": _income_agrees(form.income_yuan, file),
        "phone_agrees": phone.normalise(form.phone) == phone.normalise(file.phone)
        if form.phone and file.phone
        else None,
        # Two formats stand in one column: a certificate number says nothing about the card.
        "card_agrees": bank_card.normalise(card_on_form) == bank_card.normalise(file.card)
        if card_on_form and file.card
        else None,
    }


def _income_agrees(income_yuan: int | None, file: InFile) -> bool | None:
    """The same to the yuan a head: whoever filled in the form rounded."""
    if income_yuan is None or file.annual_income_fen is None or not file.household_size:
        return None
    return abs(income_yuan * 100 * file.household_size - file.annual_income_fen) <= 100 * file.household_size


def _step(level: str) -> int:
    return _STEP.get(level, 9)


def _alike(from_file: str, by_register: str) -> bool:
    """Files say “大学” for every kind of higher education."""
    return from_file == by_register or (from_file == "higher" and by_register in _HIGHER)


def _same(one: str, other: str) -> bool:
    return bool(one) and names.normalise(one) == names.normalise(other)
