"""How small a place a line on the web may name: the smallest in which at least twenty people of the registry could be meant.

A reader sees a surname with two stars, a stage of schooling and a place. Counted are the children on file who would be
shown by the same surname at the same stage; where a unit has fewer than twenty of them the county is named, where the
county has, the city. A file that does not know the stage counts for none, so that no line is taken for safer than it is.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from huigong.circulars.models import Campaign
from huigong.registry.models import Member
from huigong.registry.words import CHILD
from huigong.values import names

ENOUGH = 20
_HIGHER = frozenset({"higher_vocational", "undergraduate", "postgraduate"})


Key = tuple[str, str, UUID]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reader of a line sees of a student, and the unit and the county that the case belongs to."""

    student: str
    level: str
    unit_id: UUID | None
    unit: str
    county_id: UUID | None
    county: str


@dataclass(frozen=True, slots=True)
class Crowds:
    """How many children of the registry would be shown alike, by unit and by county."""

    city: str
    of_unit: Counter[Key]
    of_county: Counter[Key]

    def place(self, seen: Seen) -> str:
        """The name of the smallest place in which enough others could be meant."""
        if seen.unit_id and self.of_unit[seen.student, seen.level, seen.unit_id] >= ENOUGH:
            return seen.unit
        if seen.county_id and self.of_county[seen.student, seen.level, seen.county_id] >= ENOUGH:
            return seen.county
        return self.city


def crowds(campaign: Campaign, seen: Iterable[Seen]) -> Crowds:
    """Counted once for all lines of a notice, over the files of the campaign's federation and below that stand."""
    city, of_unit, of_county = campaign.federation, Counter[Key](), Counter[Key]()
    levels = {one.level for one in seen if one.level}
    told = Member.objects.filter(
        household__federation__path__startswith=city.path,
        household__file_status__startswith="在档",
        is_in_file=True,
        relationship__in=CHILD,
        education_level__in=levels | ({"higher"} if levels & _HIGHER else set()),
    ).values_list("name", "education_level", "household__unit", "household__federation")
    for name, level, unit, county in told.iterator(chunk_size=5000):
        shown = names.surname_masked(name)
        for stage in levels & _HIGHER if level == "higher" else (level,):
            of_unit[shown, stage, unit] += unit is not None
            of_county[shown, stage, county] += 1
    return Crowds(city.name.removesuffix("总工会"), of_unit, of_county)
