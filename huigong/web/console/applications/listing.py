"""The list of applications: the rows of one page, how many stand where, and what it can be narrowed by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from huigong.casework import queries as casework
from huigong.circulars.models import Campaign
from huigong.organisations import queries as organisations
from huigong.organisations.models import Officer, Organisation
from huigong.publicnotices import queries as publicnotices
from huigong.publicnotices.models import PublicNotice
from huigong.rules.deciding import Finding
from huigong.rules.facts import CATALOGUE
from huigong.rules.sentences import MET
from huigong.studentaid import queries
from huigong.studentaid.lifecycle import HOLDS_A_PLACE, ON_NOTICE, OWES, TIED, WAITING, WORDS
from huigong.studentaid.models import Application
from huigong.values.working_days import WorkingCalendar
from huigong.web.console import words
from huigong.web.console.applications.filters import A_PAGE, DUES, FUNNELS, NOBODY, SORTS, Asked, narrowed, ordered
from huigong.web.console.applications.hints import Hint, hints_of
from huigong.web.console.applications.waits import Waits, waits_of


@dataclass(frozen=True, slots=True)
class Chip:
    """A status, how many stand there under the other filters, and the list of them."""

    word: str
    count: int
    address: str
    now: bool


@dataclass(frozen=True, slots=True)
class Off:
    """A filter that stands, and the list without it."""

    word: str
    address: str


@dataclass(frozen=True, slots=True)
class Line:
    """One application in the list."""

    one: Application
    address: str
    status: str
    tone: str
    why: str
    level: str
    kind: str
    amount: str
    assignee: str
    waits: Waits
    hints: Sequence[Hint]


@dataclass(frozen=True, slots=True)
class Choice:
    code: str
    word: str


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the list with everything around it."""

    asked: Asked
    counts: Mapping[str, int]
    all: int
    chips: Sequence[Chip]
    page: "Page[UUID]"
    lines: Sequence[Line]
    federations: Sequence[Choice]
    units: Sequence[Choice]
    levels: Sequence[Choice]
    kinds: Sequence[Choice]
    dues: Sequence[Choice]
    assignees: Sequence[Choice]
    statuses: Sequence[Choice]
    off: Sequence[Off]
    sorts: Mapping[str, str]
    """The list in each order, by its name."""
    rest: Mapping[str, Sequence[tuple[str, str]]]
    """What the funnel of a heading keeps of the other filters, by the funnel's name."""


def listing(
    officer: Officer, campaign: Campaign, asked: Asked, *, page: str, day: date, calendar: WorkingCalendar
) -> Listing:
    """What an officer sees of a campaign's applications under these filters."""
    mine = queries.applications_for(officer, campaign)
    found = narrowed(mine, asked)
    counts = queries.counts(found)
    total = sum(count for status, count in counts.items() if not asked.status or status in asked.status)
    # The page is counted off by key alone: rows with all their columns are read for its fifty and for no other.
    shown = _paginator(ordered(found, asked).select_related(None).values_list("pk", flat=True), total).get_page(page)
    rows = Application.objects.select_related("federation").in_bulk(list(shown))
    federations, units = _homes(officer, campaign, asked)
    levels, kinds = _choices("education_level"), _choices("student_kind")
    assignees = _assignees(officer, day=day)
    return Listing(
        asked=asked,
        counts=counts,
        all=sum(counts.values()),
        chips=_chips(asked, counts),
        page=shown,
        lines=_lines(campaign, [rows[pk] for pk in shown], asked, day, calendar),
        federations=federations,
        units=units,
        levels=levels,
        kinds=kinds,
        dues=_dues(),
        assignees=assignees,
        statuses=[Choice(status, words.status_word(status)) for status in WORDS if counts.get(status)],
        off=_off(asked, [*federations, *units, *levels, *kinds], assignees),
        sorts={name: replace(asked, sort=name).query for name in SORTS},
        rest={name: asked.without(*own) for name, own in FUNNELS.items()},
    )


def _paginator(rows: QuerySet[Application, UUID], total: int) -> "Paginator[UUID]":
    """A paginator that is told how many there are: the chips counted them already."""
    paginator: Paginator[UUID] = Paginator(rows, A_PAGE)
    paginator.__dict__["count"] = total
    return paginator


def _chips(asked: Asked, counts: Mapping[str, int]) -> list[Chip]:
    chips = [Chip(_("全部"), sum(counts.values()), replace(asked, status=()).query, not asked.status)]
    for status in WORDS:
        if counts.get(status) or status in asked.status:
            address = replace(asked, status=(status,)).query
            chips.append(Chip(words.status_word(status), counts.get(status, 0), address, status in asked.status))
    return chips


def _off(asked: Asked, choices: Sequence[Choice], assignees: Sequence[Choice]) -> list[Off]:
    """Each filter that stands, in words; the status has chips of its own."""
    names = {choice.code: choice.word for choice in choices}
    told = {
        "q": asked.q,
        "federation": names.get(asked.federation, asked.federation),
        "unit": names.get(asked.unit, asked.unit),
        "level": names.get(asked.level, asked.level),
        "kind": names.get(asked.kind, asked.kind),
        "due": {choice.code: choice.word for choice in _dues()}.get(asked.due, ""),
        "assignee": {one.code: one.word for one in assignees}.get(asked.assignee, asked.assignee),
        "verified": {"yes": _("审核过"), "no": _("还没审核")}.get(asked.verified, ""),
        "verdict": words.status_word(asked.verdict),
        "notice": asked.notice,
        "person": _("按身份证号找到的") if asked.person else "",
    }
    without: dict[str, Any] = {name: "" for name, word in told.items() if word}
    return [Off(told[name], replace(asked, **{name: empty}).query) for name, empty in without.items()]


def _homes(officer: Officer, campaign: Campaign, asked: Asked) -> tuple[list[Choice], list[Choice]]:
    """The officer's federations and units that have applications; units only of the federation that is asked for.

    Each organisation is asked whether it has one, which an index tells: the applications are many and these are few.
    """
    rows, mine = Application.objects.filter(campaign=campaign), organisations.scope_of(officer)
    below = mine.filter(path__contains=f"/{asked.federation}/") if asked.federation else mine
    federations = mine.filter(Exists(rows.filter(federation=OuterRef("pk"))))
    units = below.filter(Exists(rows.filter(unit=OuterRef("pk"))))
    return _offered(federations), _offered(units)


def _offered(chosen: QuerySet[Organisation]) -> list[Choice]:
    return [Choice(*pair) for pair in chosen.order_by("code").values_list("code", "name")]


def _choices(name: str) -> list[Choice]:
    return [Choice(code, words.said(*pair)) for code, pair in (CATALOGUE[name].words or {}).items()]


def _assignees(officer: Officer, *, day: date) -> list[Choice]:
    """Oneself, nobody, and everybody who verifies what the officer sees."""
    people = organisations.holders_around("verifier", officer, on=day)
    others = [Choice(one.username, one.name) for one in people if one.pk != officer.pk]
    return [Choice(officer.username, _("我的")), Choice(NOBODY, _("没人办的")), *others]


def _dues() -> list[Choice]:
    told = {"over": _("过期没补"), "soon": _("一周内到期"), "near": _("过期或一周内到期"), "later": _("还早")}
    return [Choice(code, told[code]) for code in DUES]


def _lines(
    campaign: Campaign, rows: Sequence[Application], asked: Asked, day: date, calendar: WorkingCalendar
) -> list[Line]:
    findings, hints = queries.findings_of(rows), hints_of(campaign, rows)
    given = casework.names_of_assignees(one.reference for one in rows)
    people = words.people(name for name in given.values() if name)
    told = casework.due_of(one.reference for one in rows if one.status in OWES)
    notices = publicnotices.notices_on([one.reference for one in rows if one.status == ON_NOTICE])
    return [
        Line(
            one=one,
            address=reverse("application", args=[one.reference]) + (asked.query if asked != Asked() else ""),
            status=words.status_word(one.status),
            tone=words.TONES.get(one.status, ""),
            why=_notice(notices[one.reference]) if one.reference in notices else shortly(one, findings.get(one.pk, ())),
            level=words.level_word(one.education_level),
            kind=words.kind_word(one.student_kind),
            amount=words.yuan(one.amount_fen),
            assignee=people.get(given.get(one.reference, ""), ""),
            waits=waits_of(
                one,
                told=told,
                notice=notices[one.reference].last_day if one.reference in notices else None,
                ends=campaign.last_day,
                day=day,
                calendar=calendar,
            ),
            hints=hints.get(one.pk, ()),
        )
        for one in rows
    ]


def _notice(notice: PublicNotice) -> str:
    return _("公示到%(day)s") % {"day": words.day_word(notice.last_day)}


def shortly(application: Application, findings: Sequence[Finding]) -> str:
    """The first thing that stands against an application, and how many there are; else where it stands in the order."""
    open_ = [finding for finding in findings if finding.outcome != MET and finding.means != "look"]
    if open_ and application.status not in HOLDS_A_PLACE:
        first = words.said(open_[0].sentence.zh, open_[0].sentence.en)
        count = len(open_)
        return (_("%(n)s 项要办，先看：") % {"n": count} if count > 1 else "") + first
    if application.status == WAITING:
        return _("各条都符合，名额用完了，在等")
    if application.status == TIED:
        return _("各条都符合，名次并列，请负责人定先给谁")
    return _("各条都符合") if findings else _("还没有认定")
