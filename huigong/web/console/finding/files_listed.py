"""The list of files in words: its filters as they stand in the address, its lines, and the workbook that is taken of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from huigong.audit import actions as audit
from huigong.documents.workbooks import Cell, Sheet, workbook
from huigong.organisations.models import Officer
from huigong.registry import listing
from huigong.registry.listing import MARKS, Line, Page, Wanted
from huigong.web.console import words
from huigong.web.console.finding.found import file_addresses
from huigong.web.permissions import asked as asked_roles

PURPOSES = ("work", "report", "audit")
MOST_TAKEN = 20_000
_WORDS: Mapping[str, words.Pair] = {
    "": ("全部", "all"),
    "stale": ("一年没有更改", "not changed for a year"),
    "unaided": ("没有帮扶过", "never aided"),
    "incomplete": ("资料不全", "incomplete"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    word: str
    address: str
    now: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of the list with everything around it."""

    wanted: Wanted
    query: str
    chips: Sequence[Chip]
    offices: Sequence[tuple[str, str]]
    page: Page
    lines: Sequence[tuple[str, Line]]
    """Each file with the address of its page."""
    purposes: Sequence[tuple[str, str]]
    narrows: bool

    @property
    def before(self) -> int:
        return self.page.number - 1

    @property
    def after(self) -> int:
        return self.page.number + 1


def wanted(query: QueryDict) -> Wanted:
    """What an address asks for; unknown words ask for nothing."""
    told = {field.name: query.get(field.name, "").strip()[:40] for field in fields(Wanted)}
    told["mark"] = told["mark"] if told["mark"] in MARKS else ""
    told["stands"] = told["stands"] if told["stands"] in {"yes", "no"} else ""
    return Wanted(**told)


def query(wanted: Wanted) -> str:
    """The address's query for these filters; `?` where there is none, so that it can be followed."""
    told = QueryDict(mutable=True)
    for field in fields(wanted):
        if value := getattr(wanted, field.name):
            told[field.name] = value
    return f"?{told.urlencode()}"


def page_number(text: str) -> int:
    """The page that an address asks for; the first for anything that is no such number."""
    return max(1, int(text)) if text.isdecimal() and len(text) < 7 else 1


def shown(wanted: Wanted, page: Page, *, roles: frozenset[str]) -> Shown:
    offices = [(one.code, one.name) for one in page.homes]
    return Shown(
        wanted=wanted,
        query=query(wanted),
        chips=[
            Chip(words.said(*pair), query(replace(wanted, mark=mark)), wanted.mark == mark)
            for mark, pair in _WORDS.items()
        ],
        offices=offices,
        page=page,
        lines=list(zip(file_addresses((line.household_id for line in page.lines), roles), page.lines, strict=True)),
        purposes=words.purposes(PURPOSES) if roles & asked_roles("households-download") else (),
        narrows=wanted != Wanted(),
    )


def taken(officer: Officer, wanted: Wanted, *, purpose: str, at: datetime) -> bytes:
    """The list as a workbook that says who took it, when and what for; recorded. No number of a person is in it."""
    today = timezone.localdate(at)
    rows = [_cells(line) for line in listing.every(officer, wanted, today=today, most=MOST_TAKEN)]
    stamp = _("%(who)s 于 %(when)s 取用，用途：%(purpose)s。仅限本用途，不得外传。") % {
        "who": f"{officer.organisation.name} {officer.name}",
        "when": timezone.localtime(at).strftime("%Y-%m-%d %H:%M"),
        "purpose": words.said(*words.PURPOSES[purpose]),
    }
    notes = [stamp]
    if len(rows) == MOST_TAKEN:
        notes.append(_("只列前 %(most)s 户；请按工会分开取。") % {"most": f"{MOST_TAKEN:,}"})
    headings = [
        _("职工编号"),
        _("姓名"),
        _("工会"),
        _("工作单位"),
        _("困难类别"),
        _("建档标准"),
        _("家庭人口"),
        _("档案状态"),
        _("最近更改"),
        _("最近帮扶"),
        _("资料"),
    ]
    sheet = Sheet(_("档案"), headings, rows, widths=(16, 10, 16, 26, 14, 12, 8, 10, 12, 12, 8), notes=notes)
    told = {"name": "households.xlsx", "purpose": purpose, "count": len(rows), "filter": wanted.mark or "all"}
    audit.record("output.downloaded", subject=officer.organisation.code, officer=officer.username, at=at, payload=told)
    return workbook([sheet], title=stamp, day=today)


def _cells(line: Line) -> list[Cell]:
    return [
        line.file_number,
        line.worker_name,
        line.federation,
        line.employer,
        line.hardship_category,
        line.enrolment_level,
        line.size,
        line.file_status,
        line.changed_on,
        line.aided_on,
        "" if line.is_complete else _("不全"),
    ]
