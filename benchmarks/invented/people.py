"""Invented people: names, identity numbers, telephones and cards that are right by their check digits and nobody's."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from huigong.values.bank_card import passes_luhn
from huigong.values.resident_id import check_digit

SURNAMES = "韦黄陆覃莫梁李陈农卢吴罗周潘蒙玉岑甘苏廖谭邓何杨林唐蒋龙石韩欧谢冼植钟严区单覃聂麦"
COMPOUND = ("欧阳", "上官", "司徒")
GIVEN_FEMALE = "秀兰梅雨晴芳丽霞凤娟玲桂珍雪静琳燕云慧莲婷月萍"
GIVEN_MALE = "强伟军勇华明辉涛杰志海峰文武德贵宁福坤荣磊刚俊"
RARE = "䶮堃喆旸翀"
REGIONS = ("450403", "450405", "450406", "450421", "450422", "450423", "450481")
_DAYS_IN_YEAR = 365


@dataclass(frozen=True)
class Person:
    name: str
    gender: str
    born: date
    id_number: str


@dataclass
class People:
    """Makes people; never the same identity number, telephone, card or file number twice."""

    random: Random
    regions: tuple[str, ...] = REGIONS
    _taken: set[str] = field(default_factory=set)

    def person(self, *, gender: str, born: date, surname: str = "", name: str = "") -> Person:
        return Person(name or self.name(gender=gender, surname=surname), gender, born, self._id_number(gender, born))

    def name(self, *, gender: str, surname: str = "") -> str:
        family = surname or (
            self.random.choice(COMPOUND) if self.random.random() < 0.01 else self.random.choice(SURNAMES)
        )
        letters = GIVEN_FEMALE if gender == "female" else GIVEN_MALE
        given = self.random.choice(letters)
        if self.random.random() < 0.8:
            given += self.random.choice(RARE if self.random.random() < 0.01 else letters)
        return family + given

    def gender(self) -> str:
        return self.random.choice(("female", "male"))

    def born(self, *, year: int) -> date:
        return date(year, 1, 1) + timedelta(days=self.random.randrange(_DAYS_IN_YEAR))

    def phone(self) -> str:
        return self._once(lambda: f"1{self.random.choice('35789')}{self.random.randrange(10**9):09d}")

    def landline(self) -> str:
        return self._once(lambda: f"0774-{self.random.choice('2356')}{self.random.randrange(10**6):06d}")

    def card(self) -> str:
        """Nineteen digits that begin like no issuing bank's card and pass the Luhn check."""

        def one() -> str:
            body = f"621999{self.random.randrange(10**12):012d}"
            return next(body + digit for digit in "0123456789" if passes_luhn(body + digit))

        return self._once(one)

    def _id_number(self, gender: str, born: date) -> str:
        def one() -> str:
            odd = 1 if gender == "male" else 0
            body = (
                f"{self.random.choice(self.regions)}{born:%Y%m%d}"
                f"{self.random.randrange(100):02d}{self.random.randrange(5) * 2 + odd}"
            )
            # A true 000 at the end is asked about on forms (a spreadsheet writes it over what it lost): no mistake of the writer's.
            return one() if (made := body + check_digit(body)).endswith("000") else made

        return self._once(one)

    def _once(self, make: Callable[[], str]) -> str:
        while (made := make()) in self._taken:
            pass
        self._taken.add(made)
        return made
