"""One plan a person: what is looked for, what stands in the way, what is needed, whether the state has them registered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from huigong.employment.lifecycle import OPEN, PLANNED
from huigong.employment.models import Graduate
from huigong.employment.writing import locked, rewrite
from huigong.rules import policies
from huigong.values.sentence import SaidError, Sentence


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a plan holds: a page shows the whole of it, so what is not told is emptied."""

    major: str
    wanted_work: Sequence[str]
    wanted_places: Sequence[str]
    skills: Sequence[str]
    needs: Sequence[str]
    lowest_pay_fen: int | None
    goes_far: bool
    obstacles: str | None
    """None leaves what stands: a page shows it masked and never fills it in."""
    registered: bool | None
    registered_on: date | None


@transaction.atomic
def keep_plan(graduate: Graduate, plan: Plan, *, version: int, officer: str, at: datetime) -> None:
    """The plan as it is now. Raises SaidError where somebody changed it meanwhile or the state's day does not fit."""
    found = locked(graduate, version=version)
    if plan.registered_on and (not plan.registered or plan.registered_on > timezone.localdate(at)):
        raise SaidError(
            Sentence(
                "registration_unfit",
                "写了纳入政府就业援助的日期，就要选“已纳入”，日期不能晚于今天。",
                "With a day of registration choose “registered”; the day is not after today.",
            )
        )
    found.major = plan.major.strip()[:60]
    found.wanted_work, found.wanted_places = list(plan.wanted_work), list(plan.wanted_places)
    found.skills, found.needs = list(plan.skills), list(plan.needs)
    found.lowest_pay_fen, found.goes_far = plan.lowest_pay_fen, plan.goes_far
    if plan.obstacles is not None:
        found.obstacles = plan.obstacles.strip()[:1000] or None
    found.registered, found.registered_on = plan.registered, plan.registered_on
    rewrite(found, "graduate.planned", officer=officer, at=at, to=PLANNED if found.status == OPEN else "")


@transaction.atomic
def answer_question(graduate: Graduate, name: str, *, holds: bool, officer: str, at: datetime) -> None:
    """What the person said to a question of a state policy, whether it holds or not; a later answer takes its place."""
    if name not in policies.questions():
        raise SaidError(
            Sentence("question_unknown", "政策目录里没有这一问，没有记。", "No policy asks this; nothing was noted.")
        )
    found = locked(graduate)
    found.confirmed = {**found.confirmed, name: holds}
    rewrite(found, "graduate.planned", officer=officer, at=at, told={"question": name, "holds": int(holds)})
