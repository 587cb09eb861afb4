"""Openings out of a list that an employer or a labour office sends, and out of an advertisement that somebody pastes.

Of an advertisement only what stands there is proposed: each field with the words that it was read from, for a person to
correct, and the employer confirms what is kept.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from huigong.employment import reading, words
from huigong.employment.actions.openings import EmployerLine, OpeningLine
from huigong.employment.models import Employer, Opening
from huigong.employment.reading import Cells, Sheet
from huigong.values import credit_code
from huigong.values.sentence import Sentence, WrongValueError
from huigong.values.text import narrow, visible

FORM = "openings"
GOOD_FOR = timedelta(days=30)
"""An opening of which nobody said until when it is valid, is asked for again after a month."""
_PAY = re.compile(r"(\d{1,3}(?:[,，]?\d{3})+|\d{3,6}|\d{1,2}(?:\.\d)?\s*[kK千])")
_DAY = re.compile(r"(20\d\d)\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})")
_COUNT = re.compile(r"(?:招聘?|需要?|共)?\s*(\d{1,4})\s*(?:名|人|位)")
_KINDS = {code: str(word) for code, word in Opening.Kind.choices}
_NATURES = {code: str(word) for code, word in Employer.Nature.choices}
_LABELS: Mapping[str, str] = {
    "title": r"(?:招聘|诚聘|急聘|急招|现招)?\s*(?:岗位|职位|工种)(?:名称)?",
    "employer": r"(?:单位|公司|企业|用人单位|招聘单位)(?:名称)?",
    "code": r"(?:统一)?(?:社会)?信用代码",
    "place": r"(?:工作|上班)?(?:地点|地址|区域)",
    "level": r"学历(?:要求)?",
    "majors": r"专业(?:要求)?",
    "pay": r"(?:月薪|薪资|工资|薪酬|待遇|薪水)(?:待遇)?",
    "valid_until": r"(?:截止|报名截止|有效期?)(?:日期|时间|至|到)?",
    "contact": r"联系人",
    "phone": r"(?:联系)?(?:电话|手机|方式)",
    "places": r"(?:招聘)?(?:人数|名额)",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One row: the employer and what it offers."""

    employer: EmployerLine
    opening: OpeningLine


@dataclass(frozen=True, slots=True)
class Proposed:
    """What an advertisement seems to say, as texts for the fields of the form, and the words each was read from."""

    fields: Mapping[str, str]
    read_from: Mapping[str, str] = field(default_factory=dict)


def read_list(path: Path, *, today: date) -> Sheet[Offer]:
    """A list of openings. Raises SaidError where nothing of the file can be read."""
    return reading.read(path, FORM, reader(today=today))


def reader(*, today: date) -> Callable[[Cells], Offer | None]:
    """What makes an offer of a row, or says why it cannot."""
    return lambda cells: _offer(cells, today)


def _offer(cells: Cells, today: date) -> Offer | None:
    try:
        code = credit_code.parse(cells.text("credit_code"))
    except WrongValueError as error:
        if cells.text("credit_code"):
            cells.wrong("credit_code", error.sentence)
        return None
    places = _whole(cells.text("places"))
    if places < 1:
        cells.wrong(
            "places", Sentence("places_unreadable", "人数要是 1 以上的数。", "The number of places is one or more.")
        )
    until = _day(cells.text("valid_until")) or today + GOOD_FOR
    if until < today:
        cells.wrong("valid_until", Sentence("opening_over", f"{until} 已经过了。", f"{until} is past."))
    far = cells.text("far")
    opening = OpeningLine(
        kind=reading.chosen(cells.text("kind"), _KINDS, otherwise=Opening.Kind.POST),
        title=cells.text("title"),
        places=places,
        valid_until=until,
        source=Opening.Source.LIST,
        work=words.work_of(cells.text("work")),
        place=_place(cells.text("place")),
        level=words.level_in(cells.text("level")),
        majors=words.listed(cells.text("majors")),
        skills=words.skills_of(cells.text("skills")),
        teaches=words.skills_of(cells.text("teaches")),
        pay_fen=pay_in(cells.text("pay")),
        grassroots="基层" in far,
        poor_area="贫困" in far,
        remote_area="边远" in far,
        incentive=cells.text("incentive"),
    )
    nature = reading.chosen(cells.text("nature"), _NATURES, otherwise="")
    employer = EmployerLine(
        code, cells.text("employer"), nature, cells.text("contact"), cells.text("phone"), None, places
    )
    return Offer(employer, opening)


def proposed(advert: str, *, today: date) -> Proposed:
    """The fields that an advertisement seems to tell."""
    text = visible(advert)[:8000]
    lines = [narrow(line) for line in text.splitlines() if line.strip()]
    found, read_from = dict[str, str](), dict[str, str]()
    for line in lines:
        for name, label in _LABELS.items():
            said = re.search(rf"{label}\s*[:：]\s*(.+?)(?=\s{{2,}}|[;；。]|$)", line)
            if said and name not in found:
                found[name], read_from[name] = said[1].strip()[:100], line[:60]
    _guess(lines, found, read_from)
    until = _day(found.get("valid_until", "")) or today + GOOD_FOR
    pay = pay_in(found.get("pay", ""))
    whole = "\n".join(lines)
    skills = [code for code, (zh, _) in words.SKILLS.items() if zh in whole] + (
        ["driving_licence"] if "驾照" in whole else []
    )
    return Proposed(
        found
        | {
            "level": words.level_in(found.get("level", "").removesuffix("及以上")),
            "skills": "、".join(words.SKILLS[code][0] for code in dict.fromkeys(skills)),
            "places": str(_whole(found.get("places", "")) or 1),
            "pay": str(pay // 100) if pay else "",
            "place": _place(found.get("place", "")),
            "valid_until": until.isoformat(),
            "work": next(
                (code for code, (zh, _) in words.WORK.items() if any(part in whole for part in (zh, zh[:2]))), ""
            ),
        },
        read_from,
    )


def _guess(lines: list[str], found: dict[str, str], read_from: dict[str, str]) -> None:
    """What adverts say without a label: 藤县糖业有限公司 诚聘 会计 2 名, 月薪3000-4000元."""
    for line in lines:
        if "employer" not in found and (
            said := re.search(r"([\u4e00-\u9fff（）()]{4,30}(?:公司|厂|医院|学校|中心|酒店|合作社|局))", line)
        ):
            found["employer"], read_from["employer"] = said[1], line[:60]
        if "title" not in found and (
            said := re.search(
                r"(?:招聘|诚聘|急聘|急招|招)\s*[:：]?\s*([\u4e00-\u9fffA-Za-z]{2,12}?)(?=\s*\d|[,，。;；\s]|$)", line
            )
        ):
            found["title"], read_from["title"] = said[1], line[:60]
        if "places" not in found and (said := _COUNT.search(line)):
            found["places"], read_from["places"] = said[1], line[:60]
        if "level" not in found and (said := re.search(r"(研究生|硕士|本科|大专|高职|中专)(?:及?以上)?", line)):
            found["level"], read_from["level"] = said[1], line[:60]
        if "pay" not in found and (
            said := re.search(r"\d[\d,，.\-—~～至到kK千 ]*元?\s*[/／每]?\s*月?(?<=[元月kK千])", line)
        ):
            found["pay"], read_from["pay"] = said[0], line[:60]
        if "phone" not in found and (said := re.search(r"(?<!\d)(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?!\d)", line)):
            found["phone"], read_from["phone"] = said[1], line[:60]
        if "code" not in found and (said := re.search(r"(?<![0-9A-Z])([0-9A-HJ-NPQRTUWXY]{18})(?![0-9A-Z])", line)):
            found["code"], read_from["code"] = said[1], line[:60]


def pay_in(text: str) -> int | None:
    """The monthly pay in fen that a text promises at least: the lower end of a span, 3k as 3000."""
    found = _PAY.search(narrow(text))
    if not found:
        return None
    said = found[1].replace(",", "").replace("，", "").strip()
    thousands = said[-1] in "kK千"
    yuan = float(said[:-1].strip()) * 1000 if thousands else float(said)
    return int(yuan) * 100


def _place(text: str) -> str:
    """The county or district that an address lies in, else the text's beginning."""
    within = re.search(r"(?:市|^)([^市县区\s]{1,6}[县区])", text) or re.search(r"^([^市县区\s]{1,6}[县区市])", text)
    return within[1] if within else text.split(maxsplit=1)[0][:40] if text.split() else ""


def _whole(text: str) -> int:
    found = re.search(r"\d{1,5}", narrow(text))
    return int(found[0]) if found else 0


def _day(text: str) -> date | None:
    found = _DAY.search(narrow(text))
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
