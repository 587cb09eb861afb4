"""数: what the circular asks to reach, by office, every number opening its names; and who is to be called to reach it."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from huigong.circulars.models import Campaign
from huigong.circulars.queries import circular_of
from huigong.employment import counting, queries
from huigong.employment.models import Graduate
from huigong.organisations.models import Organisation
from huigong.organisations.queries import scope_of
from huigong.rules.employed import GROUPS, SETTLED, Counted, Share, groups_of, reading_that_holds, shares
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, federation_or_403, or_404
from huigong.web.console.citing import cited
from huigong.web.console.employment import shown
from huigong.web.console.employment.asking import campaign_asked
from huigong.web.roles import EMPLOYS

A_PAGE, MOST_CALLED, FIRST_CALLED = 50, 20, 5
_NEAREST = ("settled", "planned", "open", "unreachable", "declined")
"""Who is nearest to being counted: a paper is all that is lacking, then who is in hand."""
HEADINGS = {
    "graduates": ("毕业生", "graduates"),
    "graduates_needing_help": ("需要帮扶", "needing help"),
    "graduates_placed_by_aid": ("帮扶就业", "placed by aid"),
    "graduates_settled": ("已落实", "settled"),
    "zero_employment_graduates": ("零就业家庭需帮扶", "zero-employment, needing help"),
    "zero_employment_graduates_placed": ("零就业家庭已落实", "zero-employment, settled"),
}


def employment_figures(request: OfficerRequest) -> HttpResponse:
    campaign, home = campaign_asked(request), federation_or_403(request)
    if campaign is None:
        return render(request, "employment/figures.html", {"goals": ()})
    lines = counting.lines(campaign, home)
    total = counting.together(lines)
    told = {
        "campaign_here": campaign,
        "goals": _goals(campaign, home, total, {one for line in lines for one in line.alike}),
        "headings": [(name, words.said(*pair), words.said(*GROUPS[name])) for name, pair in HEADINGS.items()],
        "lines": [(line.federation.name, _cells(line.counted, campaign, line.federation.code)) for line in lines],
        "total": _cells(total, campaign),
        "returns": queries.returns_for(request.user, campaign)[:20],
        "may": bool(request.roles & EMPLOYS),
        "now": timezone.localtime(),
        "today": timezone.localdate(),
    }
    return render(request, "employment/figures.html", told)


def _cells(counted: Mapping[str, int], campaign: Campaign, office: str = "") -> list[tuple[str, str]]:
    """The numbers of a line, each with the address of its names; made here, for a province has hundreds of them."""
    rest = urlencode({"campaign": campaign.code} | ({"office": office} if office else {}))
    names = reverse("employment-names")
    return [(str(counted[name]), f"{names}?group={name}&{rest}") for name in HEADINGS]


def _goals(
    campaign: Campaign, home: Organisation, total: dict[str, int], among: set[Counted]
) -> list[dict[str, object]]:
    """Each indicator with both sides, whether it is reached, and who is to be called if it is not."""
    circular = circular_of(campaign)
    reading, today = reading_that_holds(circular), timezone.localdate()
    goals = list[dict[str, object]]()
    for one in shares(circular, total):
        people = [shown.line(each, today=today) for each in _to_reach(campaign, home, one, among)]
        goals.append(
            {
                "share": one,
                "label": words.said(one.indicator.label, one.indicator.label_en),
                "holds": reading is not None and one.indicator.name == reading.name,
                "cited": cited(campaign.version, one.indicator.clause),
                "above": words.said(*GROUPS[one.indicator.numerator]),
                "below": words.said(*GROUPS[one.indicator.denominator]),
                "call": people,
                "first": people[:FIRST_CALLED],
                "rest": people[FIRST_CALLED:],
            }
        )
    return goals


def _to_reach(campaign: Campaign, home: Organisation, share: Share, among: set[Counted]) -> list[Graduate]:
    """So many people as are missing: those in hand first, then who was never called or not reached, who declined last."""
    if not share.missing:
        return []
    asked = share.indicator
    rows = counting.of_campaign(campaign, home).filter(proven=False)
    found, most = list[Graduate](), min(share.missing, MOST_CALLED)
    for zero in (True, False):
        alike = {one for one in among if one.zero_employment == zero and _may_count(one, asked.numerator)}
        waiting = counting.named(rows, asked.denominator, but=asked.numerator, among=alike).filter(zero_employment=zero)
        # One short range of an index at a time: an order over all of them would sort a province for twenty names.
        for status in _NEAREST if alike else ():
            if len(found) < most:
                found += waiting.filter(status=status).order_by("act_on", "reference")[: most - len(found)]
    return found


def _may_count(one: Counted, group: str) -> bool:
    """Whom to call: who is not settled yet, and who is where a paper alone is lacking. Who found work alone is not placed by aid."""
    return not one.proven and (one.outcome not in SETTLED or group in groups_of(replace(one, proven=True)))


def employment_names(request: OfficerRequest) -> HttpResponse:
    """The people behind a number, of one office or of all that the reader sees."""
    campaign, home = or_404(campaign_asked(request)), federation_or_403(request)
    group = request.GET.get("group", "graduates")
    if group not in GROUPS:
        raise Http404
    rows = counting.named(counting.of_campaign(campaign, home), group).select_related("federation")
    office = None
    if code := request.GET.get("office", "")[:40]:
        office = or_404(scope_of(request.user).filter(code=code).first())
        rows = rows.filter(federation=office)
    page = Paginator(rows.order_by("-zero_employment", "reference"), A_PAGE).get_page(request.GET.get("page"))
    told = {
        "group": group,
        "heading": words.said(*HEADINGS[group]),
        "means": words.said(*GROUPS[group]),
        "office": office,
        "page": page,
        "lines": [shown.line(one, today=timezone.localdate()) for one in page],
        "campaign_here": campaign,
    }
    return render(request, "employment/names.html", told)
