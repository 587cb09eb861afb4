"""答复期限: how many working days there are to answer, and the rule that says so.

The dated standard `answer_days` of the place decides; where none is kept, an answer takes no longer than the notice
hangs by the circular's own rule. Where neither is known nothing is assumed: whoever records it is asked for a standard.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from huigong.circulars import parameters
from huigong.circulars.calendar import working_calendar
from huigong.circulars.models import Campaign
from huigong.circulars.queries import circular_of
from huigong.values.sentence import SaidError, Sentence


@dataclass(frozen=True, slots=True)
class Due:
    """The last day to answer, and after what."""

    on: date
    rule: str


def due_of(campaign: Campaign, *, received: date) -> Due:
    """Raises SaidError where no rule says how long an answer may take."""
    standard = parameters.standing("answer_days", campaign.federation, on=received)
    notice = circular_of(campaign).notice
    if standard is not None:
        days, rule = standard.value, standard.source
    elif notice is not None:
        days, rule = notice.working_days, f"与公示期同长：{notice.rule}"
    else:
        raise SaidError(
            Sentence(
                "answer_days_unknown",
                "没有规定多少个工作日内答复：请先在“标准”里定下“答复异议的工作日”，写明出处。",
                "No rule says within how many working days to answer: keep the standard “answer_days” with its source.",
            )
        )
    _, last = working_calendar().window(received + timedelta(days=1), working_days=days)
    return Due(last, rule[:200])
