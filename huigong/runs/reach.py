"""How far the officers of a run reach: cases outside the scope of who approves or releases stay where they are, and that is said."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from huigong.circulars.models import Campaign
from huigong.organisations.models import Officer
from huigong.runs.people import Cast
from huigong.studentaid import queries as cases
from huigong.studentaid.lifecycle import APPROVED, ON_NOTICE
from huigong.studentaid.models import Application
from huigong.values.sentence import Sentence


def left_alone(campaign: Campaign, people: Cast, *, on: date) -> list[Sentence]:
    """A remark for the approver and one for the releaser, where cases that are ready stand outside their scope."""
    said = (unapproved(campaign, people, on=on), _unreleased(campaign, people))
    return [one for one in said if one is not None]


def unapproved(campaign: Campaign, people: Cast, *, on: date) -> Sentence | None:
    """Cases whose notice is over and that the approver may not approve: how many, of which federations, what to do."""
    if people.approver is None:
        return None
    past = cases.past_notice(campaign, on=on)
    outside = _outside(people.approver, _of(campaign, ON_NOTICE), wanted=past)
    if not outside:
        return None
    return _said(
        "outside_approver",
        outside,
        people.approver,
        ("公示已满，没有批准，仍在公示", "审批", "--approved-by"),
        ("past their notice and not approved", "approve", "--approved-by"),
    )


def _unreleased(campaign: Campaign, people: Cast) -> Sentence | None:
    if people.releaser is None:
        return None
    outside = _outside(people.releaser, _of(campaign, APPROVED))
    if not outside:
        return None
    return _said(
        "outside_releaser",
        outside,
        people.releaser,
        ("已批准，没有发放", "发放", "--released-by"),
        ("approved and not released", "release", "--released-by"),
    )


def _of(campaign: Campaign, status: str) -> list[Application]:
    own = Application.objects.filter(campaign=campaign, status=status)
    return list(own.select_related("federation").order_by("reference"))


def _outside(
    officer: Officer, standing: list[Application], *, wanted: frozenset[str] | None = None
) -> list[Application]:
    mine = {one.pk for one in cases.in_scope(officer, standing)}
    return [one for one in standing if one.pk not in mine and (wanted is None or one.reference in wanted)]


def _said(
    code: str, outside: Iterable[Application], officer: Officer, zh: tuple[str, str, str], en: tuple[str, str, str]
) -> Sentence:
    """What is so, of which federations, why, and what to do; `zh` and `en` each: the state, the verb, the option."""
    count = Counter((one.federation.code, one.federation.name) for one in outside)
    total, home = sum(count.values()), officer.organisation.name
    each = "、".join(f"{name} {n} 件" for (_, name), n in sorted(count.items()))
    each_en = ", ".join(f"{name}: {n}" for (_, name), n in sorted(count.items()))
    return Sentence(
        code,
        f"{total} 件{zh[0]}（{each}）：“{officer.name}”是{home}的，只能{zh[1]}本单位管的。"
        f"请用管这些工会的人（如市总工会的）作 {zh[2]} 再运行一次。",
        f"{total} cases are {en[0]} ({each_en}): “{officer.name}” serves {home} and may {en[1]} only what stands under it. "
        f"Run again with an officer of those federations, or of the city, as {en[2]}.",
    )
