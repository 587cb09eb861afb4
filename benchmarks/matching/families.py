"""Families of students: siblings, twins, namesakes in one school, a telephone that a whole village shares."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from benchmarks.matching import frequencies
from huigong.values.resident_id import check_digit


@dataclass(frozen=True, slots=True)
class Student:
    number: int
    family: "Family"
    name: str
    id_number: str
    born: date
    school: str
    twin: bool


@dataclass(frozen=True, slots=True)
class Family:
    father: tuple[str, str]  # name, identity number
    mother: tuple[str, str]
    phone: str
    unit: str
    students: list[Student]


class Births:
    """Draws families from one seed; an identity number is given out once, as in life."""

    def __init__(self, random: Random) -> None:
        self.random, self._taken, self._number, self._village_phone = random, set[str](), 0, "13907740000"
        self._surnames, self._surname_at = _table(frequencies.SURNAMES)
        self._areas, self._area_at = _table(frequencies.AREAS)
        self._given_at = list(accumulate(1 / (rank + 12) for rank in range(len(frequencies.GIVEN))))
        self._popular_at = list(accumulate(1 / (rank + 4) for rank in range(len(frequencies.POPULAR))))
        self._school_at = list(accumulate(1 / (rank + 8) for rank in range(len(frequencies.SCHOOLS))))
        self._college_at = list(accumulate(1 / (rank + 4) for rank in range(len(frequencies.COLLEGES))))

    def students(self) -> Iterator[Student]:
        while True:
            yield from self._family().students

    def _family(self) -> Family:
        chance, (area,) = self.random, self.random.choices(self._areas, cum_weights=self._area_at)
        turkic = chance.random() < 0.004
        surname = self._surname()
        born = date(1994, 9, 1) + timedelta(chance.randrange(4700))
        father_born = born - timedelta(7000 + int(chance.gammavariate(4, 700)))
        father = (self._name(surname, turkic=turkic), self._id_number(area, father_born, male=True))
        mother_born = father_born + timedelta(int(chance.gauss(500, 700)))
        mother_area = area if chance.random() < 0.7 else chance.choices(self._areas, cum_weights=self._area_at)[0]
        mother = (self._name(self._surname(), turkic=turkic), self._id_number(mother_area, mother_born, male=False))
        trade, town = chance.choice(frequencies.TRADES), chance.choice(frequencies.TOWNS)
        if chance.random() < 0.02:  # the village clerk's telephone stands on several families' forms
            phone = self._village_phone
            if chance.random() < 0.2:
                self._village_phone = self._phone()
        else:
            phone = self._phone()
        family = Family(father, mother, phone, f"{town}{trade}厂", [])
        count = chance.choices((1, 2, 3, 4), cum_weights=(46, 86, 97, 100))[0]
        middle = chance.choice(frequencies.GIVEN) if chance.random() < 0.4 else ""  # 字辈: siblings share a character
        while len(family.students) < count:
            twins = chance.random() < 0.02
            for _ in range(1 + twins):
                family.students.append(self._student(family, surname, area, born, middle, turkic=turkic, twin=twins))
            born += timedelta(400 + int(chance.gammavariate(2, 500)))
        return family

    def _student(
        self, family: Family, surname: str, area: str, born: date, middle: str, *, turkic: bool, twin: bool
    ) -> Student:
        chance, male = self.random, self.random.random() < 0.51
        name = self._name(surname, turkic=turkic)
        if middle and not turkic and chance.random() < 0.85:
            name = surname + middle + chance.choices(frequencies.GIVEN, cum_weights=self._given_at)[0]
        while name in {other.name for other in family.students}:
            name = self._name(surname, turkic=turkic)
        if born.year <= 1999:
            school = chance.choices(frequencies.COLLEGES, cum_weights=self._college_at)[0]
        else:
            school = chance.choices(frequencies.SCHOOLS, cum_weights=self._school_at)[0]
        self._number += 1
        return Student(self._number, family, name, self._id_number(area, born, male=male), born, school, twin)

    def _surname(self) -> str:
        return self.random.choices(self._surnames, cum_weights=self._surname_at)[0]

    def _name(self, surname: str, *, turkic: bool) -> str:
        chance = self.random
        if turkic:
            first, second = (
                chance.choice(frequencies.CHILDREN_OF_TURKIC_NAMES),
                chance.choice(frequencies.CHILDREN_OF_TURKIC_NAMES),
            )
            return f"{first[0]}·{second[1]}"
        draw = chance.random()
        if draw < 0.3:
            return surname + chance.choices(frequencies.POPULAR, cum_weights=self._popular_at)[0]
        return surname + "".join(
            chance.choices(frequencies.GIVEN, cum_weights=self._given_at, k=1 if draw < 0.42 else 2)
        )

    def _phone(self) -> str:
        return f"1{self.random.choice('35789')}{self.random.randrange(10**9):09d}"

    def _id_number(self, area: str, born: date, *, male: bool) -> str:
        while True:
            body = f"{area}{born:%Y%m%d}{self.random.randrange(500) * 2 + male:03d}"
            number = body + check_digit(body)
            if number not in self._taken:
                self._taken.add(number)
                return number


def _table(shares: dict[str, float]) -> tuple[list[str], list[float]]:
    return list(shares), list(accumulate(shares.values()))
