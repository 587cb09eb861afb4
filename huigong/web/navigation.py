"""The side navigation: only pages that exist and that the reader may open. A later page is one line in the tables below.

A page of a campaign has the campaign's code as its only argument, a page of the house has none. `permissions` decides
who sees it; a name that is not in that table yet is simply not shown, so that room can be left without a dead link.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, pgettext

from huigong.circulars import queries as circulars
from huigong.circulars.models import Campaign
from huigong.organisations import queries as organisations
from huigong.organisations.models import Appointment
from huigong.organisations.queries import Standing
from huigong.organisations.relations import Place
from huigong.web import permissions

PROGRAMMES = {"student_aid": gettext_noop("金秋助学"), "employment": gettext_noop("阳光就业")}
ROLES = {
    "preparer": gettext_noop("填表人"),
    "aid_centre": gettext_noop("帮扶中心经办"),
    "verifier": gettext_noop("审核"),
    "approver": gettext_noop("审批"),
    "finance": gettext_noop("财务"),
    "auditor": gettext_noop("经审"),
    "administrator": gettext_noop("系统管理员"),
    "security": gettext_noop("安全管理员"),
    "log_auditor": gettext_noop("审计管理员"),
}


@dataclass(frozen=True, slots=True)
class Page:
    """One entry to be: the name of its address, its word, and the names of pages that lie under it.

    `beside`: pages of the same matter, which are shown while the reader is at one of them.
    """

    name: str
    word: str
    holds: tuple[str, ...] = ()
    beside: tuple["Page", ...] = ()


OF_A_CAMPAIGN = (
    (
        Page("forms", gettext_noop("交表"), ("form", "forms-fill", "form-columns")),
        Page("applications", gettext_noop("申请"), ("application", "desk", "application-tell")),
        Page("assignments", gettext_noop("派件")),
        Page("second-looks", gettext_noop("复核"), ("second-look",)),
        Page("originals", gettext_noop("原件"), ("original",)),
        Page("left-out", gettext_noop("没落下谁")),
    ),
    (
        Page("quotas", gettext_noop("指标"), ("quota-table",)),
        Page("funds", gettext_noop("资金")),
        Page("ranking", gettext_noop("排序")),
    ),
    (
        Page("notices", gettext_noop("公示"), ("notice", "posting")),
        Page("grievances", gettext_noop("异议"), ("grievance", "grievance-record")),
    ),
    (
        Page("approvals", gettext_noop("审批"), ("approval",)),
        Page("sheets", gettext_noop("签字单"), ("sheet",)),
        Page("payments", gettext_noop("发放"), ("batch", "batch-key", "batch-reply")),
    ),
    (
        Page("plans", gettext_noop("实施方案"), ("plan",)),
        Page("walks", gettext_noop("穿行"), ("walk",)),
        Page("downloads", gettext_noop("下载"), ("download",)),
    ),
)
"""In the order of the work: forms and cases, places, daylight, money, what is kept."""
OF_THE_HOUSE = (
    Page("search", gettext_noop("找")),
    Page(
        "households",
        gettext_noop("档案"),
        ("household",),
        (
            Page("files-waiting", gettext_noop("等着办的档案")),
            Page("surveys", gettext_noop("摸底"), ("survey", "survey-names", "survey-moved")),
            Page("likenesses", gettext_noop("查重"), ("likeness",)),
            Page("exchanges", gettext_noop("跨部门比对"), ("exchange",)),
            Page("national", gettext_noop("国家系统"), ("national-dump",)),
        ),
    ),
    Page(
        "employment",
        gettext_noop("阳光就业"),
        ("graduate", "window", "employment-import", "employment-policies", "employment-start-ups"),
        (
            Page("openings", gettext_noop("岗位"), ("opening", "rounds", "round", "employers", "employer")),
            Page("employment-figures", gettext_noop("就业的数"), ("employment-names", "return")),
        ),
    ),
    Page(
        "circulars",
        gettext_noop("通知"),
        ("circular",),
        (
            Page("standards", gettext_noop("标准"), ("code-lists",)),
            Page("signature-bands", gettext_noop("签字档次"), ("signature-bands-look",)),
            Page("working-days", gettext_noop("工作日历")),
        ),
    ),
    Page(
        "units",
        gettext_noop("单位"),
        ("unit", "units-import"),
        (Page("people", gettext_noop("人员"), ("person", "people-invite", "people-import")),),
    ),
    Page(
        "events",
        gettext_noop("留痕"),
        ("events-now",),
        (Page("keeping", gettext_noop("保全和销毁"), ("household-erase",)),),
    ),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the navigation. `here`: "page" for this very page, "true" for one that holds it."""

    word: str
    address: str
    here: str
    below: tuple[tuple["Entry", ...], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Navigation:
    """What the frame shows of the reader: the entries, and the reader's roles in words."""

    entries: tuple[Entry, ...]
    roles: str
    finds: bool = False
    """Whether the box to search with stands at the top of the page; on the page of searching itself it does not."""


def navigation_for(request: HttpRequest, *, campaign: Campaign | None) -> Navigation:
    """The navigation of one request; `campaign` is the one that the page is about, if any."""
    standings = _standings(request)
    roles = frozenset(one.role for one in standings)
    name = (request.resolver_match and request.resolver_match.url_name) or ""
    opens = {name for name in permissions.PERMISSIONS if permissions.asked(name) & roles}
    entries = [Entry(gettext("今天"), reverse("today"), "page" if name == "today" else "")] if "today" in opens else []
    if "campaign" in opens:
        entries += [_of_campaign(row, name, standings, campaign) for row in _campaigns(request, campaign)]
    entries += [_of_the_house(page, name, opens) for page in OF_THE_HOUSE if page.name in opens]
    return Navigation(
        tuple(entries),
        "、".join(pgettext("role", ROLES[role]) for role in Appointment.Role.values if role in roles),
        finds="search" in opens and name != "search",
    )


def _campaigns(request: HttpRequest, campaign: Campaign | None) -> list[Campaign]:
    """Those that run, or where none does the newest; and the one that the page is about."""
    # A campaign's circular is a long text, which no page needs for its navigation.
    named = Campaign.objects.none() if not request.user.is_authenticated else circulars.campaigns_for(request.user)
    mine = list(named.select_related(None).only("code", "programme", "year", "last_day"))
    day = timezone.localdate()
    shown = [row for row in mine if row.last_day >= day] or mine[:1]
    return shown if campaign is None or campaign in shown else [*shown, campaign]


def _of_campaign(row: Campaign, name: str, standings: Sequence[Standing], campaign: Campaign | None) -> Entry:
    about = campaign is None or campaign == row
    here = name if campaign == row else ""
    word = gettext(PROGRAMMES.get(row.programme, row.programme))
    place = Place(row.federation.path)
    groups = [
        tuple(_entry(page, here, [row.code]) for page in group if permissions.opens(page.name, standings, [place]))
        for group in (OF_A_CAMPAIGN if about else ())
    ]
    below = tuple(group for group in groups if group)
    mark = "page" if here == "campaign" else "true" if here.startswith("step-") else ""
    return Entry(word, reverse("campaign", args=[row.code]), mark, below, str(row.year))


def _of_the_house(page: Page, name: str, opens: set[str]) -> Entry:
    """A matter as one line, with its other pages while the reader is there."""
    beside = tuple(_entry(one, name, []) for one in page.beside if one.name in opens)
    first = _entry(page, name, [])
    is_there = first.here or any(one.here for one in beside)
    return replace(first, below=(beside,) if beside and is_there else ())


def _entry(page: Page, name: str, words: Sequence[str]) -> Entry:
    here = "page" if name == page.name else "true" if name in page.holds else ""
    return Entry(gettext(page.word), reverse(page.name, args=words), here)


def _standings(request: HttpRequest) -> Sequence[Standing]:
    """As the permission middleware found them; asked anew on pages that it never saw, such as an unknown address."""
    found: Sequence[Standing] | None = getattr(request, "standings", None)
    if found is None and request.user.is_authenticated:
        found = organisations.standings_of(request.user, on=timezone.localdate())
    return found or ()
