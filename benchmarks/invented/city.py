"""The whole invented city from one seed: forms, registry, papers, quotas, and the truth that judges every output."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random

from benchmarks.invented import layouts, wording
from benchmarks.invented.families import NOT_PASSED, Child, Families, Household
from benchmarks.invented.headings import FAMILY
from benchmarks.invented.layouts import Head, Page
from benchmarks.invented.people import People
from benchmarks.invented.places import FEDERATIONS, Unit, units
from benchmarks.invented.rows import MISTAKES, OF_THE_PARENT, Row, filled_row

_SHEETS = (
    layouts.canonical, layouts.canonical, layouts.bare, layouts.one_level, layouts.reordered, layouts.two_columns,
    layouts.siblings, layouts.cover, layouts.hidden, layouts.two_sheets, layouts.messy,
)  # fmt: skip
_WORDS = (layouts.canonical, layouts.bare, layouts.one_level, layouts.two_columns, layouts.siblings, layouts.two_sheets)
_TEXTS = (layouts.one_level, layouts.reordered, layouts.two_columns, layouts.canonical)


@dataclass
class Form:
    file: str
    unit: Unit
    head: Head
    habit: int
    layout: str
    rows: list[Row] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    stamped: bool = True
    numeric: bool = False

    @property
    def container(self) -> str:
        return self.file.rpartition(".")[2]


@dataclass
class City:
    forms: list[Form]
    households: list[Household]
    lacking: list[tuple[str, int | None, str]] = field(default_factory=list)
    same_student: list[tuple[str, int, str, int]] = field(default_factory=list)
    same_household: list[tuple[str, int, str, int]] = field(default_factory=list)
    bad_cards: set[str] = field(default_factory=set)


class Founder:
    """Founds a city: the same seed and sizes, the same city."""

    def __init__(self, seed: int, *, mixed: bool, mistakes: float = 0.12) -> None:
        self.random = Random(f"huigong {seed}")
        self.people = People(self.random)
        self.families = Families(self.people, self.random)
        self.mixed, self.mistakes = mixed, mistakes

    def city(self, *, forms: int, rows: int) -> City:
        city = City([], [])
        for number, unit in enumerate(units(self.random, count=forms), 1):
            form = self._form(number, unit)
            for household, child, mistake in self._applicants(form, rows):
                row = filled_row(self.random, household, child, habit=form.habit, mistake=mistake)
                if form.rows and form.rows[-1].household is household:
                    row.share_family(form.rows[-1], FAMILY)
                form.rows.append(row)
                if household not in city.households[-1:]:
                    city.households.append(household)
            city.forms.append(form)
        self._twice(city)
        for form in city.forms:
            self._lay_out(form)
        self._papers(city)
        for household in self.random.sample(city.households, len(city.households) // 100):
            self._spoil_card(household)
            city.bad_cards.add(household.worker.id_number)
        city.households += self._others(count=max(40, forms * rows // 4))
        return city

    def _form(self, number: int, unit: Unit) -> Form:
        random = self.random
        container = (
            random.choices(("xlsx", "docx", "xls", "csv", "tsv"), (50, 24, 12, 11, 3))[0] if self.mixed else "xlsx"
        )
        choices = {"docx": _WORDS, "csv": _TEXTS, "tsv": _TEXTS}.get(container, _SHEETS)
        layout = random.choice(choices).__name__ if self.mixed else choices[number % len(choices)].__name__
        habit = wording.MESSY if layout == "messy" else random.choice((wording.TIDY, wording.LOOSE, wording.MESSY))
        says_who = container not in {"csv", "tsv"} or random.random() < 0.5
        head = Head(
            unit.name,
            date(2017, 7, random.randrange(18, 32)) if says_who else None,
            self.people.name(gender="female") if says_who else None,
            self.people.landline() if says_who else None,
        )
        form = Form(f"{number:04d}-{layout}.{container}", unit, head, habit, layout, stamped=random.random() > 0.04)
        form.numeric = layout in {"canonical", "reordered"} and container != "docx" and random.random() < 0.12
        return form

    def _applicants(self, form: Form, rows: int) -> Iterator[tuple[Household, Child, str]]:
        random, left = self.random, rows
        while left:
            brothers = 2 if left > 1 and random.random() < (0.3 if form.layout == "siblings" else 0.06) else 1
            too_young = brothers == 1 and random.random() < 0.012
            household = self.families.household(employer=form.unit.employer, children=brothers, too_young=too_young)
            household.enrolled = random.random() > 0.05
            for child in household.children:
                yield household, child, "" if too_young else self._mistake(form, alone=brothers == 1)
            left -= brothers

    def _mistake(self, form: Form, *, alone: bool) -> str:
        mistake = self.random.choice(MISTAKES) if self.random.random() < self.mistakes else ""
        if not alone and mistake in OF_THE_PARENT:
            return ""
        if mistake == "age" and form.head.filled_on is None:
            return ""  # without the day of filling nobody can say how old a child was
        if form.numeric and ("id" in mistake or "student" in mistake or "parent" in mistake):
            return ""
        return mistake

    def _twice(self, city: City) -> None:
        """One student handed in by two units: of two households (a person chooses), and of one (merged)."""
        fit = [form for form in city.forms if not form.numeric and form.rows]
        pairs = len(fit) // 8 or min(1, len(fit) // 2)
        drawn = self.random.sample(fit, min(len(fit), pairs * 4 if len(fit) >= pairs * 4 else pairs * 2))
        for number in range(0, len(drawn) - 1, 2):
            first, second = drawn[number], drawn[number + 1]
            at = next((n for n, row in enumerate(first.rows, 1) if self._is_quiet(row)), None)
            if at is None:
                continue
            row = first.rows[at - 1]
            household = row.household
            if number % 4 == 0:
                household = self._second_household(row.child, second)
                city.households.append(household)
            second.rows.append(filled_row(self.random, household, row.child, habit=second.habit, plain=True))
            pair = (first.file, at, second.file, len(second.rows))
            (city.same_student if number % 4 == 0 else city.same_household).append(pair)

    def _is_quiet(self, row: Row) -> bool:
        return not row.problems and row.household.enrolled and row.truth["admitted_on"] is not None and len(row.household.children) == 1  # fmt: skip

    def _second_household(self, child: Child, form: Form) -> Household:
        while True:
            household = self.families.household(employer=form.unit.employer)
            if 16 < (child.person.born - household.worker.born).days / 365.25 < 45:
                household.children = [child]
                return household

    def _lay_out(self, form: Form) -> None:
        if form.numeric:
            for row in form.rows:
                for name in ("parent_id_number", "student_id_number"):
                    number = str(row.truth[name])
                    if number.isdigit():  # one that ends in X stays text even where the column was numbers
                        row.lose_number(name, float(number if self.random.random() < 0.5 else number[:15] + "000"))
                row.problems = [(name, kind) for name, kind in row.problems if kind not in self._unknowable(row)]
        layout = getattr(layouts, form.layout)
        form.pages = layout(self.random, form.head, form.rows, habit=form.habit)

    def _unknowable(self, row: Row) -> set[str]:
        """What nobody can see once the numbers are lost."""
        unknown = (
            {"parent_too_young"} if None in (row.truth["parent_id_number"], row.truth["student_id_number"]) else set()
        )
        return unknown | ({"gender_mismatch", "age_mismatch"} if row.truth["student_id_number"] is None else set())

    def _papers(self, city: City) -> None:
        together = {(f, r) for a, i, b, j in (*city.same_student, *city.same_household) for f, r in ((a, i), (b, j))}
        for form in city.forms:
            if any(file == form.file for file, _ in together):
                form.stamped = True
            if not form.stamped:
                city.lacking.append((form.file, None, "stamped_form"))
            for number, row in enumerate(form.rows, 1):
                if (form.file, number) not in together and self.random.random() < 0.1:
                    proof = "admission_letter" if row.child.freshman else "enrolment_proof"
                    city.lacking.append((form.file, number, self.random.choice((proof, "benefit_card_copy"))))

    def _spoil_card(self, household: Household) -> None:
        last = str((int(household.card[-1]) + 1) % 10)
        household.card = household.card[:-1] + last

    def _others(self, *, count: int) -> list[Household]:
        """Families that did not apply: pupils to visit, graduates of the year, and files with gaps of their own."""
        made = []
        for number in range(count):
            code = self.random.choice(list(FEDERATIONS))
            household = self.families.household(
                employer=f"{FEDERATIONS[code][1]}{self.random.choice(('日化厂', '茶场', '农机站'))}"
            )
            if number % 3 == 0:
                household.children.append(self.families._named(self.families.graduate(), household.worker.name[0]))
            household.exited = number % 37 == 5
            household.member_without_id = number % 29 == 7
            if number % 41 == 9:
                self._spoil_card(household)
            made.append(household)
        return made


def places(city: City, *, random: Random) -> dict[str, int]:
    """Places by federation: fewer than asked for nearly everywhere, more in one."""
    asked = Counter(form.unit.federation_code for form in city.forms for _ in form.rows)
    generous = random.choice(list(FEDERATIONS))
    return {
        code: max(1, round(asked[code] * (1.2 if code == generous else random.uniform(0.25, 0.7))))
        for code in FEDERATIONS
    }


def not_passed(household: Household) -> bool:
    return household.review == NOT_PASSED
