"""One row of a form: what a careful clerk reads out of it, which problems stand in it, and the cells as they were typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from random import Random

from benchmarks.invented import wording
from benchmarks.invented.families import YEAR, Child, Household
from benchmarks.invented.wording import Cell
from huigong.values.resident_id import check_digit

Truth = dict[str, str | int | None]
ERRORS = frozenset({"id_checksum", "id_precision_lost", "missing", "not_a_number"})
MISTAKES = (
    "checksum_student", "checksum_parent", "short_student", "missing_student_id", "missing_parent_id", "missing_income",
    "missing_school", "income_in_words", "gender", "gender", "age", "age", "phone_short", "phone_long", "phone_shape",
)  # fmt: skip
OF_THE_PARENT = frozenset({"checksum_parent", "missing_parent_id", "missing_income", "income_in_words", "phone_short", "phone_long", "phone_shape"})  # fmt: skip
_CAUSES_ON_FORMS = ("残疾", "子女上学", "单亲家庭", "收入低无法维持基本生活", "意外灾害", "企业停产半停产", "下岗失业", "因病致困", "低保户", "车祸，长期卧床")  # fmt: skip


@dataclass
class Row:
    household: Household
    child: Child
    truth: Truth
    cells: dict[str, Cell]
    problems: list[tuple[str, str]] = field(default_factory=list)

    @property
    def has_error(self) -> bool:
        return any(kind in ERRORS for _, kind in self.problems)

    def share_family(self, elder: "Row", fields: Iterable[str]) -> None:
        """What an office writes once for brothers and sisters; whose child it is stays this row's own."""
        for name in fields:
            if name != "relationship":
                self.cells[name], self.truth[name] = elder.cells[name], elder.truth[name]

    def lose_number(self, name: str, lost: Cell) -> None:
        """A spreadsheet turned this identity number into a float."""
        self.cells[name], self.truth[name] = lost, None
        self.problems.append((name, "id_precision_lost"))


def filled_row(
    random: Random, household: Household, child: Child, *, habit: int, mistake: str = "", plain: bool = False
) -> Row:
    """A row for a child of a household. `plain` keeps it free of what a person would have to look at."""
    month = random.choice((7, 8) if child.freshman else (8, 9))
    truth: Truth = {
        "certificate_no": household.certificate,
        "parent_name": household.worker.name,
        "relationship": {"male": "父", "female": "母"}[household.worker.gender] + ("女" if child.person.gender == "female" else "子"),
        "hardship_cause": random.choice(_CAUSES_ON_FORMS),
        "annual_income_per_capita": household.income_per_head,
        "parent_id_number": household.worker.id_number,
        "phone": household.phone,
        "student_name": child.person.name,
        "student_gender": child.person.gender,
        "student_age": YEAR - child.person.born.year + (0 if plain else random.choice((0, 0, 0, -1, 1))),
        "student_id_number": child.person.id_number,
        "admitted_on": f"{child.entry_year}-{month:02d}",
        "school": child.school,
    }  # fmt: skip
    if not plain and random.random() < 0.03:  # the form and the file differ: a look, the file decides
        truth["annual_income_per_capita"] = household.income_per_head + 300
    row = Row(household, child, truth, {})
    row.cells = _typed(random, truth, month, habit=habit)
    if not plain and habit > wording.TIDY:
        _blanks(random, row)
    if (gap := _years_between(household, child)) is not None and gap < 15:
        row.problems.append(("parent_id_number", "parent_too_young"))
    if mistake:
        _MISTAKEN[mistake.split("_", maxsplit=1)[0]](random, row, mistake)
    return row


def _typed(random: Random, truth: Mapping[str, str | int | None], month: int, *, habit: int) -> dict[str, Cell]:
    year, school = int(str(truth["admitted_on"])[:4]), str(truth["school"])
    ids = {
        key: wording.identity_number(random, str(truth[key]), habit=habit)
        for key in ("parent_id_number", "student_id_number")
    }
    return ids | {
        "certificate_no": truth["certificate_no"],
        "parent_name": wording.name(random, str(truth["parent_name"]), habit=habit),
        "relationship": truth["relationship"],
        "hardship_cause": truth["hardship_cause"],
        "annual_income_per_capita": wording.income(random, int(truth["annual_income_per_capita"] or 0), habit=habit),
        "phone": wording.phone(random, str(truth["phone"]), habit=habit),
        "student_name": wording.name(random, str(truth["student_name"]), habit=habit),
        "student_gender": wording.gender(random, str(truth["student_gender"]), habit=habit),
        "student_age": wording.age(random, int(truth["student_age"] or 0), habit=habit),
        "admission": wording.admission(random, year, month, school, habit=habit),
        "admitted_on": wording.month(random, year, month, habit=habit),
        "school": school,
    }


def _blanks(random: Random, row: Row) -> None:
    """What may be left out without a problem: a certificate number, a telephone, an age, the month of admission."""
    draw = random.random()
    if draw < 0.02:
        row.cells["certificate_no"], row.truth["certificate_no"] = random.choice((None, "无", "/")), None
    elif draw < 0.03:
        row.cells["phone"], row.truth["phone"] = None, None
    elif draw < 0.045:
        row.cells["student_age"], row.truth["student_age"] = None, None
    elif draw < 0.06:
        row.cells["admission"], row.cells["admitted_on"] = row.truth["school"], None
        row.truth["admitted_on"] = None
    elif draw < 0.075:
        year = str(row.truth["admitted_on"])[:4]
        row.cells["admission"], row.cells["admitted_on"] = f"{year}年考入{row.truth['school']}", f"{year}年"
        row.truth["admitted_on"] = year


def _years_between(household: Household, child: Child) -> float | None:
    return (child.person.born - household.worker.born).days / 365.25


def _checksum(random: Random, row: Row, mistake: str) -> None:
    name = f"{mistake.removeprefix('checksum_')}_id_number"
    right = str(row.truth[name])
    body = right[:14] + f"{(int(right[14:16]) + random.randrange(1, 99)) % 100:02d}" + right[16]
    wrong = body + right[17]
    if check_digit(body) == right[17]:
        wrong = body + str((int(right[17].replace("X", "10")) + 1) % 10)
    row.cells[name] = row.truth[name] = wrong
    row.problems.append((name, "id_checksum"))


def _short(_random: Random, row: Row, _mistake: str) -> None:
    short = str(row.truth["student_id_number"])[:15] + str(row.truth["student_id_number"])[16:]
    row.cells["student_id_number"] = row.truth["student_id_number"] = short
    row.problems.append(("student_id_number", "id_checksum"))


def _missing(_random: Random, row: Row, mistake: str) -> None:
    if mistake == "missing_school":
        row.cells["admission"], row.cells["school"] = row.cells["admitted_on"], None
        row.truth["school"] = None
        row.problems.append(("school", "missing"))
        return
    name = {
        "missing_student_id": "student_id_number",
        "missing_parent_id": "parent_id_number",
        "missing_income": "annual_income_per_capita",
    }[mistake]
    row.cells[name] = row.truth[name] = None
    row.problems = [(field, kind) for field, kind in row.problems if kind != "parent_too_young"]
    row.problems.append((name, "missing"))


def _income(random: Random, row: Row, _mistake: str) -> None:
    row.cells["annual_income_per_capita"] = random.choice(("低保", "不固定", "吃低保", "靠亲友接济", "极低"))
    row.truth["annual_income_per_capita"] = None
    row.problems.append(("annual_income_per_capita", "not_a_number"))


def _gender(random: Random, row: Row, _mistake: str) -> None:
    other = "male" if row.truth["student_gender"] == "female" else "female"
    row.truth["student_gender"] = other
    row.cells["student_gender"] = wording.gender(random, other, habit=wording.TIDY)
    row.problems.append(("student_gender", "gender_mismatch"))


def _age(random: Random, row: Row, _mistake: str) -> None:
    stated = YEAR - row.child.person.born.year + random.choice((-3, -2, 2, 3, 5))
    row.truth["student_age"] = row.cells["student_age"] = stated
    row.problems.append(("student_age", "age_mismatch"))


def _phone(_random: Random, row: Row, mistake: str) -> None:
    right = row.household.phone
    wrong = {"phone_short": right[:10], "phone_long": right + "0", "phone_shape": "2" + right[1:]}[mistake]
    row.truth["phone"] = row.cells["phone"] = wrong
    row.problems.append(("phone", "phone_invalid"))


_MISTAKEN = {
    "checksum": _checksum,
    "short": _short,
    "missing": _missing,
    "income": _income,
    "gender": _gender,
    "age": _age,
    "phone": _phone,
}
