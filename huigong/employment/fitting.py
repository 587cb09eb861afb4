"""Why a graduate fits an opening, and why not: each question once, for one pair on a page and for ten million in a round.

Every question looks at one quality on both sides, so a round asks it once for every two distinct values (`tables`) and not
for every two people. An answer is worth points, or says that the pair cannot be.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from huigong.employment import words
from huigong.employment.models import Graduate, Opening
from huigong.values.sentence import Sentence

IMPOSSIBLE = -1
Value = Any


@dataclass(frozen=True, slots=True)
class Question:
    """One quality: how both sides show it, what an answer is worth, and what is said of it."""

    code: str
    wanted: Callable[[Graduate], Value]
    offered: Callable[[Opening], Value]
    points: Callable[[Value, Value], int]
    says: Callable[[Value, Value, int], Sentence]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one question found of a pair."""

    code: str
    points: int
    sentence: Sentence

    @property
    def fits(self) -> bool:
        return self.points != IMPOSSIBLE


@dataclass(frozen=True, slots=True)
class Fit:
    """All answers of a pair. `lacks` are the skills that stand between, `closed_by` the training that teaches them."""

    opening: Opening
    answers: tuple[Answer, ...]
    lacks: tuple[str, ...]
    closed_by: Opening | None = None

    @property
    def fits(self) -> bool:
        return all(one.fits for one in self.answers)

    @property
    def points(self) -> int:
        return sum(one.points for one in self.answers if one.fits)

    @property
    def misses(self) -> tuple[Answer, ...]:
        return tuple(one for one in self.answers if not one.fits)


def fit(graduate: Graduate, opening: Opening, trainings: Sequence[Opening] = ()) -> Fit:
    """What every question finds of one pair; and where skills are all that is lacking, a training that teaches them."""
    answers = []
    for question in QUESTIONS:
        wanted, offered = question.wanted(graduate), question.offered(opening)
        points = question.points(wanted, offered)
        answers.append(Answer(question.code, points, question.says(wanted, offered, points)))
    lacks = tuple(skill for skill in opening.skills if skill not in graduate.skills)
    only_skills = {one.code for one in answers if not one.fits} == {"skills"}
    course = next((one for one in trainings if set(lacks) <= set(one.teaches)), None) if only_skills else None
    return Fit(opening, tuple(answers), lacks, course)


@dataclass(frozen=True, slots=True)
class Table:
    """A question over all distinct values: points by value on either side, and which value each person and opening has."""

    code: str
    points: list[list[int]]
    wanted: list[int]
    offered: list[int]


def tables(graduates: Sequence[Graduate], openings: Sequence[Opening]) -> list[Table]:
    return [_table(question, graduates, openings) for question in QUESTIONS]


def _table(question: Question, graduates: Sequence[Graduate], openings: Sequence[Opening]) -> Table:
    wanted, of_people = _distinct([question.wanted(one) for one in graduates])
    offered, of_openings = _distinct([question.offered(one) for one in openings])
    points = [[question.points(one, other) for other in offered] for one in wanted]
    return Table(question.code, points, of_people, of_openings)


def _distinct(values: Sequence[Value]) -> tuple[list[Value], list[int]]:
    places: dict[Value, int] = {}
    numbers = [places.setdefault(value, len(places)) for value in values]
    return list(places), numbers


def _level_says(_: Value, asked: str, points: int) -> Sentence:
    zh, en = words.LEVELS.get(asked, ("不限", "any"))
    met = points != IMPOSSIBLE
    return Sentence(
        "level", f"学历{'够' if met else '不够'}（要{zh}）", f"level {'fits' if met else 'is below'} ({en})"
    )


def _skills(have: tuple[str, ...], asked: tuple[str, ...]) -> int:
    return 10 * min(2, len(asked)) if set(asked) <= set(have) else IMPOSSIBLE


def _skills_say(have: tuple[str, ...], asked: tuple[str, ...], points: int) -> Sentence:
    if points == IMPOSSIBLE:
        zh, en = words.said(words.SKILLS, [one for one in asked if one not in have])
        return Sentence("skills", f"差：{zh}", f"lacks: {en}")
    if not asked:
        return Sentence("skills", "不要求证书", "no certificate is asked")
    zh, en = words.said(words.SKILLS, asked)
    return Sentence("skills", f"有{zh}", f"has {en}")


def _place(wanted: tuple[tuple[str, ...], bool], offered: tuple[str, bool]) -> int:
    """A wish for places binds, but whoever goes far goes to the far posts wherever they are."""
    (places, goes_far), (place, is_far) = wanted, offered
    if is_far and goes_far:
        return 20
    if is_far and place not in places:
        return IMPOSSIBLE
    if not places or not place:
        return 0
    return 20 if place in places else IMPOSSIBLE


def _place_says(_: Value, offered: tuple[str, bool], points: int) -> Sentence:
    place, is_far = offered
    zh = f"{'基层或边远，' if is_far else ''}在{place or '不限地点'}"
    en = f"{'a far or grassroots post, ' if is_far else ''}{place or 'anywhere'}"
    if points == IMPOSSIBLE:
        return Sentence("place", f"{zh}，不在想去的地方", f"{en}: not where they want to go")
    return Sentence("place", zh + ("，正是想去的" if points else ""), en + (", as wished" if points else ""))


def _work(wanted: tuple[str, ...], offered: str) -> int:
    return 30 if offered and offered in wanted else 0


def _work_says(wanted: tuple[str, ...], offered: str, points: int) -> Sentence:
    zh, en = words.WORK.get(offered, (offered or "没写类别", offered or "no kind of work told"))
    if points:
        return Sentence("work", f"想做{zh}", f"wants {en}")
    return Sentence(
        "work",
        f"{zh}（{'没说想做什么' if not wanted else '不是想做的'}）",
        f"{en} ({'no wish told' if not wanted else 'not what they wish'})",
    )


def _major(major: str, asked: tuple[str, ...]) -> int:
    if not asked:
        return 0
    return 40 if major and any(one in major or major in one for one in asked) else 0


def _major_says(major: str, asked: tuple[str, ...], points: int) -> Sentence:
    if points:
        return Sentence("major", f"专业对口（{major}）", f"the major fits ({major})")
    return Sentence("major", f"专业{'不限' if not asked else '不对口'}", "any major" if not asked else "another major")


def _pay(lowest: int | None, offered: int | None) -> int:
    if lowest is None or offered is None:
        return 0
    return 5 if offered >= lowest else IMPOSSIBLE


def _pay_says(lowest: int | None, offered: int | None, points: int) -> Sentence:
    if offered is None:
        return Sentence("pay", "没写月薪", "no pay told")
    yuan = offered // 100
    if points == IMPOSSIBLE:
        return Sentence(
            "pay",
            f"月薪 {yuan} 元，低于想要的 {(lowest or 0) // 100} 元",
            f"pays {yuan}, below the wished {(lowest or 0) // 100} yuan",
        )
    return Sentence("pay", f"月薪 {yuan} 元", f"pays {yuan} yuan")


QUESTIONS: tuple[Question, ...] = (
    Question(
        "level",
        lambda one: one.level,
        lambda one: one.level,
        lambda have, asked: 0 if words.RANK.get(have, 0) >= words.RANK.get(asked, 0) else IMPOSSIBLE,
        _level_says,
    ),
    Question("skills", lambda one: tuple(one.skills), lambda one: tuple(one.skills), _skills, _skills_say),
    Question(
        "place",
        lambda one: (tuple(one.wanted_places), one.goes_far),
        lambda one: (one.place, one.grassroots or one.poor_area or one.remote_area),
        _place,
        _place_says,
    ),
    Question("pay", lambda one: one.lowest_pay_fen, lambda one: one.pay_fen, _pay, _pay_says),
    Question("major", lambda one: one.major, lambda one: tuple(one.majors), _major, _major_says),
    Question("work", lambda one: tuple(one.wanted_work), lambda one: one.work, _work, _work_says),
)
MOST_POINTS = 115
"""No pair is worth more: two skills 20, place 20, pay 5, major 40, work 30."""
