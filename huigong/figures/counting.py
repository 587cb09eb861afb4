"""The figures of a campaign: each is a list of references first and a number second, by federation, level and fund."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from huigong.figures.standing import Standing
from huigong.rules.facts import CATALOGUE
from huigong.studentaid.lifecycle import ELIGIBLE, INCOMPLETE, PROMISED, REFUSED, RELEASED, TIED, TO_SETTLE, WAITING
from huigong.studentaid.models import Application

Test = Callable[[Standing, Application], bool]

MEASURES: Mapping[str, tuple[str, str, Test]] = {
    "applications": ("申请", "applications", lambda _, one: bool(one)),
    "eligible": ("符合条件", "eligible", lambda _, one: one.verdict == ELIGIBLE),
    "incomplete": ("缺材料", "incomplete", lambda _, one: one.verdict == INCOMPLETE),
    "to_settle": ("请负责人定", "to be settled", lambda _, one: one.verdict == TO_SETTLE),
    "refused": ("未通过", "refused", lambda _, one: one.verdict == REFUSED),
    "placed": ("有名额", "with a place", lambda standing, one: standing.has_place(one)),
    "waiting": ("候补", "waiting", lambda _, one: one.status == WAITING),
    "tied": ("并列待定", "tied, to be settled", lambda _, one: one.status == TIED),
    "approved": ("已批准", "approved", lambda _, one: one.status in PROMISED),
    "released": ("已安排发放", "payment arranged", lambda _, one: one.status == RELEASED),
}
"""What is counted, in Chinese and English: four verdicts that add up to what was decided, then where it stands.

A figure of money is the sum over the same list.
"""
_OF_MONEY = ("placed", "approved", "released")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: by what, which group, what is counted; its references and their money in fen."""

    breakdown: str
    group: str
    measure: str
    references: tuple[str, ...]
    fen: int | None

    @property
    def code(self) -> str:
        """What the figure is called where its list stands."""
        return f"{self.breakdown}/{self.group}/{self.measure}"


def figures(standing: Standing) -> list[Figure]:
    """Every figure by federation, by education level and by fund source, each with its list."""
    return [
        *_by(standing, "federation", _federations(standing)),
        *_by(standing, "level", _levels(standing)),
        *_by(standing, "fund", _funds(standing)),
    ]


def _by(standing: Standing, breakdown: str, groups: Mapping[str, Sequence[Application]]) -> Iterable[Figure]:
    for group, applications in groups.items():
        for measure, (_, _, counts) in MEASURES.items():
            chosen = [one for one in applications if counts(standing, one)]
            fen = sum(one.amount_fen or 0 for one in chosen) if measure in _OF_MONEY else None
            yield Figure(breakdown, group, measure, tuple(one.reference for one in chosen), fen)


def _federations(standing: Standing) -> dict[str, list[Application]]:
    groups: dict[str, list[Application]] = {code: [] for code in standing.places}
    for one in standing.applications:
        groups.setdefault(one.federation.code, []).append(one)
    return dict(sorted(groups.items()))


def _levels(standing: Standing) -> dict[str, list[Application]]:
    groups: dict[str, list[Application]] = {level: [] for level in CATALOGUE["education_level"].words or ()}
    groups["unknown"] = []
    for one in standing.applications:
        groups.setdefault(one.education_level or "unknown", []).append(one)
    return {level: rows for level, rows in groups.items() if rows}


def _funds(standing: Standing) -> dict[str, list[Application]]:
    """By source of money: that which pays it where it was approved, else the quota's. Who has no place draws on none."""
    quota = standing.circular.quota
    if quota is None:
        return {}
    groups: dict[str, list[Application]] = {quota.fund_source: []}
    for one in standing.applications:
        if standing.has_place(one):
            groups.setdefault(standing.approved_from.get(one.pk, quota.fund_source), []).append(one)
    return groups
