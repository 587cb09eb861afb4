"""Days that cannot be: a form that came before the circular, a notice of what nobody had yet, minutes that are still to come."""

import re
import tomllib
from datetime import date

from huigong.rules.circular import Circular
from huigong.runs.inputs import Days
from huigong.values.sentence import SaidError, Sentence
from huigong.values.text import narrow

_DAY = re.compile(r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)\s*日?")


def refuse(days: Days, circular: Circular) -> None:
    """Raises SaidError for days of a run that contradict the circular or each other."""
    if days.received and days.received < circular.head.issued_on:
        raise _contradicts("--received", days.received, "通知成文", "the circular was issued", circular.head.issued_on)
    if days.received and days.as_of < days.received:
        raise _contradicts("--as-of", days.as_of, "收表", "the forms came in", days.received)
    if days.notice_from:
        issued = max([circular.head.issued_on, *_supplements(circular)])
        if days.notice_from < issued:
            zh, en = "通知或补充通知成文", "the circular or its supplement was issued"
            raise _contradicts("--notice-from", days.notice_from, zh, en, issued)
        if days.received and days.notice_from < days.received:
            raise _contradicts("--notice-from", days.notice_from, "收表", "the forms came in", days.received)


def of_minutes(text: str, *, as_of: date) -> Sentence | None:
    """What is wrong with the minutes of a collective decision as they were named: a number and a day that is not ahead."""
    found = list(_DAY.finditer(narrow(text)))
    day = _as_day(found[-1]) if found else None
    number = narrow(text).replace(found[-1][0], "") if found else ""
    if day is None or not any(sign.isdigit() for sign in number):
        return Sentence(
            "minutes_wanted",
            f"集体研究要写明纪要号和日期，如“2017年第9号纪要，2017-08-22”，现在写的是“{text[:40]}”（--decision）。",
            f"--decision names minutes by number and day, such as “2017年第9号纪要，2017-08-22”, not “{text[:40]}”.",
        )
    if day > as_of:
        return Sentence(
            "minutes_ahead",
            f"集体研究的日期 {day} 在 --as-of {as_of} 以后，那时还没有研究。",
            f"The collective decision of {day} is later than --as-of {as_of}: it had not been taken.",
        )
    return None


def _as_day(found: re.Match[str]) -> date | None:
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None


def _supplements(circular: Circular) -> list[date]:
    return [tomllib.loads(circular.texts[name])["supplement"]["issued_on"] for name in circular.supplements]


def _contradicts(option: str, day: date, zh: str, en: str, other: date) -> SaidError:
    return SaidError(
        Sentence(
            "impossible_day",
            f"{option} {day} 早于{zh}的 {other}，没有开始办。请核对日期。",
            f"{option} {day} is before {other}, when {en}: nothing was done. See the days.",
        )
    )
