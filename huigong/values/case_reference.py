"""Case references (案号): programme-federation code-year-number, such as SA-450422-2017-00042."""

import re
from dataclasses import dataclass

from huigong.values.sentence import Sentence, WrongValueError

_SHAPE = re.compile(r"(SA|GE)-([0-9A-Z]{2,20})-(\d{4})-(\d{5,})")
STUDENT_AID, GRADUATE_EMPLOYMENT = "SA", "GE"


@dataclass(frozen=True, slots=True, order=True)
class CaseReference:
    """SA is student aid (金秋助学), GE graduate employment (阳光就业); the number counts within federation and year."""

    programme: str
    federation_code: str
    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> "CaseReference":
        found = _SHAPE.fullmatch(text.strip().upper())
        if not found:
            raise WrongValueError(
                Sentence(
                    "reference_shape",
                    f"“{text}”不是案号，案号如 SA-450422-2017-00042。",
                    f"“{text}” is no case reference; one looks like SA-450422-2017-00042.",
                )
            )
        return cls(found[1], found[2], int(found[3]), int(found[4]))

    def __str__(self) -> str:
        return f"{self.programme}-{self.federation_code}-{self.year}-{self.number:05d}"
