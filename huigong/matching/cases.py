"""Named cases: pairs that look like one person and may be two. A case is data: which levels it shows in which comparisons.

A probability is learnt where every second record has a double. Where hardly anybody stands twice, the likeliest explanation
of two thin records is another one: namesakes, twins, father and son. So these are never "same", whatever else agrees; a
person looks, and is told which case it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from huigong.matching.comparing import COMPARISONS

TWINS, SIBLINGS, NAMESAKES, SHARED_PHONE = "twins", "siblings", "namesakes_in_one_school", "shared_phone"
NUMBER_OF_RELATIVE, NUMBER_OF_PARENT = "number_of_a_relative", "number_of_a_parent"
LITTLE_BUT_NAMES, TWO_NUMBERS, PARENT_AND_CHILD = "little_but_names", "two_numbers", "parent_and_child_of_one_name"
STARRED_TWIN, COMMON_NAME = "starred_twin", "common_name"


@dataclass(frozen=True, slots=True)
class Case:
    """What pairs of a kind show: for some comparisons, the levels that one of them has."""

    name: str
    levels: Mapping[str, frozenset[str]]

    def fits(self, found: Mapping[str, str]) -> bool:
        """Whether a pair with these levels is of this kind."""
        return all(found[comparison] in levels for comparison, levels in self.levels.items())


def _case(case: str, /, **levels: str) -> Case:
    return Case(case, {comparison: frozenset(some.split()) for comparison, some in levels.items()})


_OTHER_NAME = "surname_only different last_sign_differs one_sign_differs"
_SIBLINGS_NAME = "surname_only different last_sign_differs"  # siblings share the second character (字辈)
_SAME_BIRTH, _OTHER_BIRTH = "both_say said_and_in_number in_both_numbers", "near different missing"
_ONE_FAMILY, _NO_FAMILY = "id_equal both_names", "different missing"
_APART, _NOT_EQUAL = "far masked_differs", "different missing"
_CREDIBLE = "both_confirmed one_confirmed unknown"  # no birth date says that a number is somebody else's
_MANY = "scores hundreds thousands"

NEVER_SAME = (
    _case(TWINS, name=f"{_OTHER_NAME} starred", parents=_ONE_FAMILY, id=_APART, birth=_SAME_BIRTH),
    _case(SIBLINGS, name=f"{_OTHER_NAME} starred", parents=_ONE_FAMILY, id=_APART),
    _case(STARRED_TWIN, name="starred", parents=_ONE_FAMILY, id="missing"),
    _case(NUMBER_OF_RELATIVE, name=_SIBLINGS_NAME, parents=_ONE_FAMILY, id="equal"),
    _case(NUMBER_OF_RELATIVE, name="surname_only different", id="equal", phone="equal"),
    _case(SHARED_PHONE, name="surname_only different", phone="equal"),
    _case(PARENT_AND_CHILD, id="of_parent", own_number="both_confirmed"),
    _case(PARENT_AND_CHILD, id="of_parent", own_number="one_confirmed unknown", parents=_NO_FAMILY, school=_NOT_EQUAL),
    _case(PARENT_AND_CHILD, id="equal", own_number="contradicted", birth="different", parents=_NO_FAMILY),
    _case(PARENT_AND_CHILD, id="equal", own_number="contradicted", parents=_NO_FAMILY, school=_NOT_EQUAL, phone="equal", unit="equal"),
    _case(NAMESAKES, name="equal sounds_alike", parents=_NO_FAMILY, id=_APART, birth=_OTHER_BIRTH, school="equal"),
    _case(TWO_NUMBERS, id="far", own_number="both_confirmed"),
    _case(TWO_NUMBERS, id="far", own_number=_CREDIBLE, parents=f"{_NO_FAMILY} one_name"),
    _case(TWO_NUMBERS, id=_APART, own_number=_CREDIBLE, name="sounds_alike starred"),
    _case(TWO_NUMBERS, id="masked_differs", parents=_NO_FAMILY, birth=_OTHER_BIRTH),
    _case(LITTLE_BUT_NAMES, id="missing", birth="near missing", parents=_NO_FAMILY, phone=_NOT_EQUAL),
    _case(LITTLE_BUT_NAMES, id="missing", birth=_OTHER_BIRTH, parents="one_name", phone=_NOT_EQUAL, school=_NOT_EQUAL),
    _case(COMMON_NAME, id="missing", birth=_SAME_BIRTH, parents=_NO_FAMILY, phone=_NOT_EQUAL, school=_NOT_EQUAL, unit=_NOT_EQUAL, bearers=_MANY),
)  # fmt: skip
"""Perhaps two people: a person looks. The first that fits gives the name."""

ONLY_TOLD = (
    _case(NUMBER_OF_RELATIVE, name="surname_only different", id="equal"),
    _case(NUMBER_OF_PARENT, id="of_parent"),
)
"""Said in words; the probability decides."""


def named(levels: Mapping[str, str]) -> str:
    """The case that these levels show, or nothing."""
    return next((case.name for case in (*NEVER_SAME, *ONLY_TOLD) if case.fits(levels)), "")


def never_same(levels: Mapping[str, np.ndarray]) -> np.ndarray:
    """Of many pairs at once, by the numbers of their levels: which show a case that is never "same"."""
    fits = [
        np.logical_and.reduce([holds.take(levels[comparison]) for comparison, holds in case.items()])
        for case in _tables()
    ]
    return np.logical_or.reduce(fits)


@lru_cache(maxsize=1)
def _tables() -> list[dict[str, np.ndarray]]:
    """For every case and comparison, which numbers of levels fit."""
    order = {comparison.name: comparison.levels for comparison in COMPARISONS}
    return [
        {name: np.array([level in levels for level in order[name]]) for name, levels in case.levels.items()}
        for case in NEVER_SAME
    ]
