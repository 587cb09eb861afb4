"""Who graduates: out of the household files (entry year and length of schooling), or out of a list that an office sends."""

import calendar
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from huigong.employment import reading, words
from huigong.employment.actions.taking_in import Line
from huigong.employment.counting import years_back
from huigong.employment.models import Graduate
from huigong.employment.reading import Cells, Sheet
from huigong.organisations.models import Organisation
from huigong.registry.models import Member
from huigong.registry.words import CHILD, GRADUATED_EMPLOYED, GRADUATED_JOBLESS
from huigong.values import names
from huigong.values.resident_id import ResidentId
from huigong.values.sentence import Sentence, WrongValueError

FORM = "graduates"
HIGHER = ("higher", "higher_vocational", "undergraduate", "postgraduate")
_SITUATIONS: Mapping[str, str] = {
    **dict.fromkeys(GRADUATED_EMPLOYED, "employed"),
    **dict.fromkeys(("已签约", "签约", "在职", "工作", "已工作"), "employed"),
    **dict.fromkeys(("升学", "考研", "读研", "专升本", "已升学"), "further_study"),
    **dict.fromkeys(("入伍", "参军", "当兵"), "enlisted"),
    **dict.fromkeys(("创业", "自主创业", "个体"), "self_employed"),
}
_TOGETHER = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])([0-3]\d)?(?!\d)")
_APART = re.compile(r"(20\d\d)(?:\D+(\d{1,2}))?(?:\D+(\d{1,2}))?")
_YES = frozenset({"是", "有", "y", "yes", "√", "✓", "1", "零就业"})
_OLDEST_MONTH_DAY = (7, 1)
"""Where a file knows only the year, schooling ends with the summer."""


def from_files(city: Organisation, *, year: int, on: date) -> list[Line]:
    """Children of files that stand whose higher schooling ends this year, and those of earlier years who are without work."""
    earliest = year - years_back(city, on=on)
    members = Member.objects.filter(
        household__federation__path__startswith=city.path,
        household__file_status__startswith="在档",
        is_in_file=True,
        id_number_valid=True,
        relationship__in=CHILD,
        education_level__in=HIGHER,
        entry_year__isnull=False,
        length_years__isnull=False,
    ).exclude(id_number_index="")
    chosen = members.select_related("household__federation", "household__unit").order_by(
        "household__file_number", "position"
    )
    lines = list[Line]()
    for member in chosen.iterator(chunk_size=2_000):
        ends = (member.entry_year or 0) + (member.length_years or 0)
        if ends == year or (earliest <= ends < year and member.occupation in GRADUATED_JOBLESS):
            lines.append(_of_member(member, ends))
    return lines


def _of_member(member: Member, ends: int) -> Line:
    household = member.household
    return Line(
        name=member.name,
        id_number=member.id_number.plain(),
        federation=household.federation,
        unit=household.unit,
        household=household,
        member=member,
        graduates_on=date(ends, *_OLDEST_MONTH_DAY),
        source=Graduate.Source.FILE,
        zero_employment=bool(household.zero_employment),
        phone=household.phone.plain() if household.phone else "",
        gender=ResidentId.parse(member.id_number.plain()).gender,
        school=member.school,
        level=member.education_level,
        found=_SITUATIONS.get(member.occupation, ""),
    )


def read_list(path: Path, federation: Organisation, *, year: int, today: date) -> Sheet[Line]:
    """A list that an office sends. Raises SaidError where nothing of the file can be read."""
    return reading.read(path, FORM, reader(federation, year=year, today=today))


def reader(federation: Organisation, *, year: int, today: date) -> Callable[[Cells], Line | None]:
    """What makes a line of a row, or says why it cannot: of whoever graduates in the year, or earlier as far as figures count."""
    span = range(year - years_back(federation, on=today), year + 1)
    return lambda cells: _line(cells, federation, span)


def _line(cells: Cells, federation: Organisation, span: range) -> Line | None:
    day = _graduated(cells.text("graduated"))
    number = _number(cells)
    if day is None and cells.text("graduated"):
        cells.wrong(
            "graduated",
            Sentence(
                "graduated_unreadable", "看不出哪年毕业，请写成 2017年7月。", "Write when they graduate as 2017-07."
            ),
        )
    elif day is not None and day.year < span.start:
        cells.wrong(
            "graduated",
            Sentence(
                "graduated_too_long_ago",
                f"{day.year} 年毕业，超过往届毕业生算到的 {span.start} 年；请按普通求职的困难职工家庭成员帮扶。",
                f"Graduated in {day.year}; earlier graduates count back to {span.start}. Help them as other family members.",
            ),
        )
    elif day is not None and day.year >= span.stop:
        cells.wrong(
            "graduated",
            Sentence("graduates_later", f"{day.year} 年才毕业，到时候再列。", f"Graduates in {day.year} only."),
        )
    if number is None or day is None:
        return None
    line = Line(
        name=cells.text("student_name"),
        id_number=number,
        federation=federation,
        graduates_on=day,
        source=Graduate.Source.LIST,
        zero_employment=cells.text("zero_employment").lower() in _YES,
        gender=ResidentId.parse(number).gender,
        phone=cells.text("phone"),
        school=cells.text("school")[:100],
        major=cells.text("major")[:60],
        level=words.level_in(cells.text("level")),
        found=_SITUATIONS.get(cells.text("situation"), ""),
        wanted_work=words.works_of(cells.text("wanted_work")),
        wanted_places=words.listed(cells.text("wanted_places")),
        skills=words.skills_of(cells.text("skills")),
    )
    return _placed(line, cells, federation)


def _number(cells: Cells) -> str | None:
    try:
        return ResidentId.parse(cells.text("student_id_number")).plain()
    except WrongValueError:
        return None  # the reader of the list said so already


def _graduated(text: str) -> date | None:
    """The day of graduation that a text tells: the last day of a month, the first of July of a bare year."""
    found = _TOGETHER.search(text) or _APART.search(text)
    if not found:
        return None
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if not 1 <= month <= 12:
        return date(year, *_OLDEST_MONTH_DAY)
    last = calendar.monthrange(year, month)[1]
    return date(year, month, day if 1 <= day <= last else last)


def _placed(line: Line, cells: Cells, federation: Organisation) -> Line | None:
    """Whoever stands in a file takes that file's family, telephone and union; a file elsewhere, or of another name, makes no case."""
    found = Member.objects.filter(
        id_number_index=line.person_index, is_in_file=True, household__file_status__startswith="在档"
    ).select_related("household__federation", "household__unit")
    member = found.order_by("household__file_number").first()
    if member is None:
        return line
    home = member.household.federation
    if not home.path.startswith(federation.path):
        cells.wrong(
            "student_id_number",
            Sentence(
                "on_file_elsewhere",
                f"这个人的家庭档案在{home.name}，没有列入；请把这一行告诉那边。",
                f"This person's family is on file at {home.name}: no case was made, tell them of this row.",
            ),
        )
    elif names.normalise(member.name) != names.normalise(line.name):
        cells.wrong(
            "student_name",
            Sentence(
                "named_otherwise_on_file",
                f"档案 {member.household.file_number} 里这个号码的人叫{member.name}，没有列入；请核对姓名和号码，错在哪边改哪边。",
                f"In file {member.household.file_number} this number is {member.name}'s: no case was made; check name and number.",
            ),
        )
    return _joined(line, member)


def _joined(line: Line, member: Member) -> Line:
    household = member.household
    told = {name: getattr(line, name) for name in line.__dataclass_fields__}
    told |= {
        "household": household,
        "member": member,
        "federation": household.federation,
        "unit": household.unit,
        "zero_employment": line.zero_employment or bool(household.zero_employment),
        "phone": line.phone or (household.phone.plain() if household.phone else ""),
    }
    return Line(**told)
