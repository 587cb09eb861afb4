"""Targets as shares of people, with both sides of the fraction. They are figures; they never decide a case."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from huigong.rules.circular import Circular, Indicator


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator over people: references above and below the line, and whether the target is reached."""

    indicator: Indicator
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]

    @property
    def reached(self) -> bool:
        """Multiplied, never divided; a target over nobody is reached."""
        return len(self.numerator) * 100 >= self.indicator.percent * len(self.denominator)


def measure(circular: Circular, people: Mapping[str, Collection[str]]) -> list[Measured]:
    """`people` names, for every numerator and denominator of the circular, who counts (by reference)."""
    return [
        Measured(
            indicator,
            tuple(sorted(set(people.get(indicator.numerator, ())) & set(people.get(indicator.denominator, ())))),
            tuple(sorted(people.get(indicator.denominator, ()))),
        )
        for indicator in circular.indicators
    ]
