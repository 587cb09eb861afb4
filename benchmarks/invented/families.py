"""Invented households as the June 2017 registry knows them: a July freshman still stands at the school before."""

from dataclasses import dataclass, field
from random import Random

from benchmarks.invented.people import People, Person
from benchmarks.invented.places import PLACES
from benchmarks.invented.schools import HIGHER, SENIOR, VOCATIONAL

YEAR = 2017
CATEGORIES = ("低保户", "低保边缘户", "意外致困户")
STANDARDS = ("全国级", "全国级", "自治区级", "市级", "县级")
CAUSES = (
    "其他", "有劳动能力而未就业", "遭受意外事故", "患重特大疾病", "未参加社会保险", "下岗失业",
    "社会保险待遇落实不到位", "无劳动能力", "遭受自然灾害", "子女上学",
)  # fmt: skip
REVIEWED, NOT_PASSED, NOT_REVIEWED = "2017年上半年已审核", "2017年上半年审核未通过", "未审核"


@dataclass(frozen=True)
class OnFile:
    """What the registry says of a child: level, school, year of entry, length, and what the child does."""

    level: str
    school: str | None
    entry_year: int | None
    length: int | None
    doing: str


@dataclass(frozen=True)
class Child:
    """A child, what the file of June says and what the form of July may say (`admitted`: school, year, or nothing)."""

    person: Person
    on_file: OnFile
    school: str
    entry_year: int
    freshman: bool
    level: str


@dataclass
class Household:
    worker: Person
    spouse: Person
    place: str
    employer: str
    phone: str
    certificate: str
    file_no: str
    card: str
    income_per_head: int
    expenditure: int
    category: str
    standard: str
    cause: str
    review: str
    zero_employment: bool
    migrant: bool
    spouse_doing: str
    children: list[Child] = field(default_factory=list)
    enrolled: bool = True
    exited: bool = False
    member_without_id: bool = False

    @property
    def size(self) -> int:
        return 2 + len(self.children)

    @property
    def income(self) -> int:
        return self.income_per_head * self.size


class Families:
    """Makes households with numbered files and certificates."""

    def __init__(self, people: People, random: Random) -> None:
        self.people, self.random = people, random
        self._made = 0

    def household(self, *, employer: str, children: int = 1, too_young: bool = False) -> Household:
        """A family with children of the covered levels. `too_young` makes the worker a step-parent of twenty-odd."""
        random, people = self.random, self.people
        self._made += 1
        gender = people.gender()
        offspring = [self.pupil() for _ in range(children)]
        oldest = min(child.person.born.year for child in offspring)
        worker = people.person(gender=gender, born=people.born(year=oldest - random.randrange(20, 33)))
        if too_young:
            worker = people.person(gender=gender, born=people.born(year=offspring[0].person.born.year - 9))
        other = "male" if gender == "female" else "female"
        spouse = people.person(gender=other, born=people.born(year=oldest - random.randrange(20, 33)))
        father = worker if gender == "male" else spouse
        surname = father.name[:2] if father.name[:2] in {"欧阳", "上官", "司徒"} else father.name[0]
        household = self._household(worker, spouse, employer)
        household.children = [self._named(child, surname) for child in offspring]
        return household

    def _household(self, worker: Person, spouse: Person, employer: str) -> Household:
        random = self.random
        doing = random.choices(("在岗", "灵活就业", "务农", "失业"), (30, 30, 30, 10))[0]
        review = random.choices((REVIEWED, NOT_REVIEWED, NOT_PASSED), (89, 9, 2))[0]
        return Household(
            worker=worker,
            spouse=spouse,
            place=random.choice(PLACES),
            employer=employer,
            phone=self.people.phone(),
            certificate=f"梧困{random.choice((2015, 2016, 2017))}{self._made:05d}",
            file_no=f"GX450400{self._made:06d}",
            card=self.people.card(),
            income_per_head=random.randrange(18, 110) * 100,
            expenditure=random.randrange(0, 60) * 100,
            category=random.choice(CATEGORIES),
            standard=random.choice(STANDARDS),
            cause=random.choice(CAUSES),
            review=review,
            zero_employment=doing == "失业",
            migrant=random.random() < 0.2,
            spouse_doing=doing,
        )

    def _named(self, child: Child, surname: str) -> Child:
        person = child.person
        named = Person(
            self.people.name(gender=person.gender, surname=surname), person.gender, person.born, person.id_number
        )
        return Child(named, child.on_file, child.school, child.entry_year, child.freshman, child.level)

    def pupil(self) -> Child:
        """A child who may apply: a freshman (the file lags behind) or a continuing student (the file agrees)."""
        draw = self.random.random()
        if draw < 0.34:
            return self._freshman_of_higher()
        if draw < 0.46:
            return self._freshman_of_senior()
        return self._continuing()

    def graduate(self) -> Child:
        school, length = self.random.choice(HIGHER)
        person = self._child(age=18 + length)
        doing = self.random.choice(("已就业", "毕业未就业"))
        return Child(
            person, OnFile("大学", school, YEAR - length, length, doing), school, YEAR - length, False, "graduate"
        )

    def _freshman_of_higher(self) -> Child:
        school, _ = self.random.choice(HIGHER)
        before = OnFile("高中", self.random.choice(SENIOR), YEAR - 3, 3, "在读")
        return Child(self._child(age=18), before, school, YEAR, True, "higher")

    def _freshman_of_senior(self) -> Child:
        level = self.random.choice(("senior", "vocational"))
        school = self.random.choice(SENIOR if level == "senior" else VOCATIONAL)
        return Child(self._child(age=15), OnFile("初中及以下", None, None, None, "在读"), school, YEAR, True, level)

    def _continuing(self) -> Child:
        level = self.random.choices(("higher", "senior", "vocational"), (60, 28, 12))[0]
        if level == "higher":
            school, length = self.random.choice(HIGHER)
            entered, word, age = YEAR - self.random.randrange(1, length), "大学", 18
        else:
            school = self.random.choice(SENIOR if level == "senior" else VOCATIONAL)
            length, entered, age = 3, YEAR - self.random.randrange(1, 3), 15
            word = "高中" if level == "senior" else "中职"
        person = self._child(age=age + YEAR - entered)
        return Child(person, OnFile(word, school, entered, length, "在读"), school, entered, False, level)

    def _child(self, *, age: int) -> Person:
        gender = self.people.gender()
        return self.people.person(
            gender=gender, born=self.people.born(year=YEAR - age - self.random.randrange(2)), name="—"
        )
