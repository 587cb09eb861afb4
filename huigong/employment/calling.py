"""Whom to call, and why now: the earliest day on which somebody has to act for a graduate, and the reasons on a day.

The day is kept on the row (`act_on`), so that the morning list of a province is a range of one index.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from huigong.employment.lifecycle import DECLINED, OPEN, PLANNED, SETTLED, STEADY, UNREACHABLE
from huigong.employment.models import Graduate
from huigong.values.sentence import Sentence

SILENCE = {PLANNED: 14, UNREACHABLE: 30, OPEN: 3}
"""Days after which somebody who was not settled is called again, whatever was promised."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody is on the list, since when, and how it looks."""

    since: date
    sentence: Sentence
    tone: str


def acts(graduate: Graduate) -> list[tuple[str, date]]:
    """What has to be done for a graduate, each with its day."""
    found = list[tuple[str, date]]()
    if graduate.promise_due:
        found.append(("promise", graduate.promise_due))
    if graduate.status in {SETTLED, STEADY} and graduate.check_due:
        found.append(("check", graduate.check_due))
    if graduate.status == SETTLED and not graduate.proven:
        found.append(("evidence", graduate.last_contact_on or graduate.taken_in_on))
    if graduate.status == OPEN and graduate.last_contact_on is None:
        found.append(("first", graduate.taken_in_on))
    elif graduate.status in SILENCE and graduate.last_contact_on:
        found.append(("silence", graduate.last_contact_on + timedelta(days=SILENCE[graduate.status])))
    return found


def act_day(graduate: Graduate) -> date | None:
    """The earliest of those days; none for whoever is settled and steady, or wants no help and was promised nothing."""
    if graduate.status == DECLINED and not graduate.promise_due:
        return None
    return min((day for _, day in acts(graduate)), default=None)


def reasons(graduate: Graduate, *, today: date) -> list[Reason]:
    """Why to call today, the most pressing first."""
    due = sorted((day, what) for what, day in acts(graduate) if day <= today)
    return [_reason(what, day, graduate, today) for day, what in due]


def _reason(what: str, day: date, graduate: Graduate, today: date) -> Reason:
    late = (today - day).days
    if what == "promise":
        zh = "答应的事今天到期" if not late else f"答应的事过了 {late} 天"
        en = "a promise is due today" if not late else f"a promise is {late} days late"
        return Reason(day, Sentence("promise_due", zh, en, {"days": late}), "stop" if late > 3 else "look")
    if what == "check":
        sentence = Sentence("check_due", f"该回访了（{day}）", f"to be followed up since {day}", {"days": late})
        return Reason(day, sentence, "look")
    if what == "evidence":
        return Reason(day, Sentence("evidence_lacking", "还差凭据，不计入", "no evidence yet: not counted"), "look")
    if what == "first":
        zh = "还没有联系过" if late < 7 else f"列入 {late} 天，还没有联系过"
        return Reason(day, Sentence("never_called", zh, f"not called yet, {late} days on the list"), "now")
    if graduate.unanswered:
        zh = f"连着 {graduate.unanswered} 次没联系上"
        return Reason(day, Sentence("not_reached", zh, f"not reached {graduate.unanswered} times"), "look")
    silent = (today - (graduate.last_contact_on or day)).days
    return Reason(day, Sentence("silent", f"{silent} 天没有联系", f"no contact for {silent} days"), "now")
