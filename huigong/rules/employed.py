"""Who counts where in the employment figures: the circular's words (二(二)) as groups of graduates, once for all readers.

Counts hold for one graduate as for a thousand who are alike: a page counts what stands alike in one statement, a return
asks the same of every person, and both get the same numbers. Targets are figures; they never decide a case (decision 600).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from huigong.rules.circular import Circular, Indicator

EMPLOYED, FURTHER_STUDY, SELF_EMPLOYED, ENLISTED = "employed", "further_study", "self_employed", "enlisted"
DECLINED, UNREACHABLE = "declined", "unreachable"
SETTLED = frozenset({EMPLOYED, FURTHER_STUDY, SELF_EMPLOYED, ENLISTED})
AT_WORK = frozenset({EMPLOYED, SELF_EMPLOYED, ENLISTED})
"""What 帮扶就业 may count: who goes on to study is settled, and not at work."""


@dataclass(frozen=True, slots=True)
class Counted:
    """All that a figure looks at of a graduate. `by_aid`: the union's service led there; `proven`: there is evidence."""

    zero_employment: bool
    needs_help: bool
    outcome: str
    by_aid: bool
    proven: bool


# The groups in the words that a circular's indicators use, each with the sentence that a page shows beside the number.
GROUPS: Mapping[str, tuple[str, str]] = {
    "graduates": (
        "困难职工家庭高校毕业生（应届，和往届还没有落实的）",
        "graduates of this year, and earlier ones not settled",
    ),
    "graduates_needing_help": ("其中需要工会帮扶的", "of them, those needing help"),
    "graduates_placed_by_aid": (
        "需要帮扶、经工会帮扶就业、有凭据的（就业、创业、入伍）",
        "needing help, at work by the union's help, with evidence",
    ),
    "graduates_settled": (
        "已就业、升学、创业或入伍、有凭据的，不论是不是经工会帮扶",
        "at work or studying on, with evidence, whoever helped",
    ),
    "zero_employment_graduates": ("零就业家庭、需要帮扶的毕业生", "of zero-employment households and needing help"),
    "zero_employment_graduates_placed": (
        "零就业家庭、需要帮扶、已经落实、有凭据的",
        "of those, settled with evidence",
    ),
}


@lru_cache(maxsize=1_024)
def groups_of(one: Counted) -> frozenset[str]:
    """The groups in which a graduate stands: some hundred combinations, asked again for every office."""
    settled = one.proven and one.outcome in SETTLED
    is_in = {
        "graduates": True,
        "graduates_needing_help": one.needs_help,
        "graduates_placed_by_aid": one.needs_help and one.by_aid and one.proven and one.outcome in AT_WORK,
        "graduates_settled": settled,
        "zero_employment_graduates": one.zero_employment and one.needs_help,
        "zero_employment_graduates_placed": one.zero_employment and one.needs_help and settled,
    }
    return frozenset(name for name, holds in is_in.items() if holds)


def counts(alike: Iterable[tuple[Counted, int]]) -> dict[str, int]:
    """How many stand in each group, from how many are alike."""
    found = dict.fromkeys(GROUPS, 0)
    for one, number in alike:
        for name in groups_of(one):
            found[name] += number
    return found


@dataclass(frozen=True, slots=True)
class Share:
    """An indicator with both sides of its fraction, in whole people."""

    indicator: Indicator
    above: int
    below: int

    @property
    def reached(self) -> bool:
        """Multiplied, never divided; a target over nobody is reached."""
        return self.above * 100 >= self.indicator.percent * self.below

    @property
    def missing(self) -> int:
        """How many more have to be placed to reach it: so many people are called, not a percentage."""
        return max(0, -(-self.indicator.percent * self.below // 100) - self.above)

    @property
    def permille(self) -> int | None:
        """The share in tenths of a per cent, rounded half up; None over nobody."""
        return permille_of(self.above, self.below)

    @property
    def shown(self) -> str:
        return share_shown(self.above, self.below)


def permille_of(above: int, below: int) -> int | None:
    return (above * 2000 + below) // (2 * below) if below else None


def share_shown(above: int, below: int) -> str:
    """87.5%, or a dash over nobody."""
    permille = permille_of(above, below)
    return "—" if permille is None else f"{permille // 10}.{permille % 10}%"


@dataclass(frozen=True, slots=True)
class Business:
    """All that the success of start-ups looks at of one: whether it opened, ended, and held when a year was over."""

    opened: bool
    ended: bool
    held_a_year: bool

    @property
    def is_settled(self) -> bool:
        """It counts once its first year is over: the check found it running, or it ended before. Others are still open."""
        return self.held_a_year or (self.opened and self.ended)


def shares(circular: Circular, counted: Mapping[str, int]) -> list[Share]:
    """The circular's indicators over these counts; one that asks for a group of the other programme is left out."""
    known = [one for one in circular.indicators if {one.numerator, one.denominator} <= GROUPS.keys()]
    return [Share(one, counted[one.numerator], counted[one.denominator]) for one in known]


def readings(circular: Circular) -> list[Indicator]:
    """The indicators between which a clause leaves it open: same clause, same per cent, the stricter ones first."""
    known = [one for one in circular.indicators if {one.numerator, one.denominator} <= GROUPS.keys()]
    alike = [
        one for one in known if sum(one.clause == other.clause and one.percent == other.percent for other in known) > 1
    ]
    return sorted(alike, key=lambda one: one.denominator == "graduates")


def reading_that_holds(circular: Circular) -> Indicator | None:
    """The reading that a signed interpretation chose; without one the stricter. None where nothing was left open."""
    open_ones = readings(circular)
    chosen = {one.chooses for one in circular.interpretations if one.chooses}
    return next((one for one in open_ones if one.name in chosen), open_ones[0] if open_ones else None)
