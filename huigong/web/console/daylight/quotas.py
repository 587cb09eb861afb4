"""指标分配: the tree of places of one source, moving them, the letter for each move, and the annex's table pasted and compared.

A pasted table counts only after a second yes to what it would change; what was looked at is sealed, so that nothing else
is allotted. Places are no money: a place of a source limits that source and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.messages import ERROR, SUCCESS
from django.core import signing
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.circulars.models import Campaign
from huigong.circulars.queries import circular_of
from huigong.organisations.models import Organisation
from huigong.quotas import actions as quotas
from huigong.quotas import pasted, queries
from huigong.quotas.letter import letter, table_letter
from huigong.quotas.models import Allotment, FundSource, PlaceMove
from huigong.rules.circular import Quota
from huigong.studentaid import actions as studentaid
from huigong.studentaid.queries import places_used
from huigong.studentaid.without_files import holding_without_files
from huigong.values.sentence import SaidError
from huigong.web import permissions
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, campaign_or_404, or_404, serves_whole, tell
from huigong.web.console.citing import cited
from huigong.web.console.desk.letters import DOCX
from huigong.web.console.once import once

_GOOD_FOR = 60 * 60  # seconds between looking and allotting
_SALT = "quota-table"
_DEEPEST = 5


@dataclass(frozen=True, slots=True)
class Branch:
    """One organisation of the tree: what it holds, passed on, uses and has left. `depth` is below the officer's own."""

    organisation: Organisation
    depth: int
    held: int
    issued: int
    used: int

    @property
    def left(self) -> int:
        return self.held - self.issued - self.used

    @property
    def bar(self) -> tuple[int, int]:
        """Passed on, and used, as shares of what is held."""
        whole = max(self.held, 1)
        return 100 * self.issued // whole, 100 * self.used // whole


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the pasted table beside what stands."""

    name: str
    before: int | None
    after: int

    @property
    def sign(self) -> str:
        more = self.after - (self.before or 0)
        return f"＋{more}" if more > 0 else f"－{-more}"


def quotas_page(request: OfficerRequest, code: str) -> HttpResponse:
    campaign = campaign_or_404(request, code)
    quota = circular_of(campaign).quota
    return render(request, "daylight/quotas.html", _shown(request, campaign, quota))


@require_POST
def quota_move(request: OfficerRequest, code: str) -> HttpResponse:
    """Issue, return, transfer or reclaim places; the letter stands in the list below afterwards."""
    campaign, sent = campaign_or_404(request, code), request.POST
    quota = or_404(circular_of(campaign).quota)
    source = FundSource.objects.filter(code=quota.fund_source).first()
    ends = [_named(sent.get(name, "")) for name in ("giver", "taker")]
    if sent.get("taker", "").strip() and ends[1] is None:
        told = {"word": sent["taker"].strip()[:40]}
        tell(request, ERROR, _("还没有办：没有叫“%(word)s”的工会。请从列表里选，或写它的全名、编码。") % told)
        return redirect("quotas", code)
    number, kind = sent.get("places", ""), sent.get("kind", "")
    whole = number.isascii() and number.isdecimal() and len(number) < 7 and kind in PlaceMove.Kind.values
    if source is None or None in ends or not whole:
        tell(request, ERROR, _("还没有办：办法、从哪里、到哪里、几个名额，都要有。"))
        return redirect("quotas", code)
    wanted = quotas.Places(PlaceMove.Kind(kind), ends[0], ends[1], int(number), reason=sent.get("reason", ""))  # type: ignore[arg-type]
    back = reverse("quotas", args=[code])

    def do() -> str:
        moved = studentaid.move_places(campaign, source, wanted, officer=request.user, at=timezone.now())
        tell(request, SUCCESS, _("办好了：指标流转第 %(n)s 号，函已起草。") % {"n": moved.number})
        return back

    return once(request, do, back=back)


def _named(text: str) -> Organisation | None:
    """By its code, or by its whole name where one alone has that."""
    found = list(Organisation.objects.filter(Q(code=text.strip()) | Q(name=text.strip()))[:2])
    return found[0] if len(found) == 1 else None


def quota_letter(request: OfficerRequest, code: str, number: int) -> HttpResponse:
    """The drafted letter of a move; of one between others there is none here, as in the list."""
    campaign = campaign_or_404(request, code)
    found = queries.moves_in(campaign).filter(number=number).first()
    if found is None or not _sees(request, found):
        tell(request, ERROR, _("没有这一号指标流转。"))
        return redirect("quotas", code)
    return _docx(letter(found), f"{code}-{number:02d}.docx")


@require_POST
def quota_table(request: OfficerRequest, code: str) -> HttpResponse:
    """A pasted table: first what it would change, with the letter drafted; only a second yes allots."""
    campaign = campaign_or_404(request, code)
    quota = or_404(circular_of(campaign).quota)
    try:
        if sealed := request.POST.get("sealed"):
            return _sealed(
                request, campaign, quota, signing.loads(sealed, salt=_salt(request, code), max_age=_GOOD_FOR)
            )
    except signing.BadSignature:
        tell(request, ERROR, _("看过的表过期了，请再贴一次。"))
        return redirect("quotas", code)
    names = dict(_in_tables(campaign).values_list("code", "name"))
    read = pasted.read(request.POST.get("table", "")[:20_000], names)
    shown = _shown(request, campaign, quota) | {"typed": request.POST.get("table", "")}
    if read.problems:
        shown["problems"] = [words.said(one.zh, one.en) for one in read.problems[:20]]
        return render(request, "daylight/quotas.html", shown, status=422)
    shown["looked"] = True
    shown["changes"] = _changes(campaign, quota, read.places, names)
    shown["sealed"] = signing.dumps(dict(read.places), salt=_salt(request, code), compress=True)
    return render(request, "daylight/quotas.html", shown)


def _sealed(request: OfficerRequest, campaign: Campaign, quota: Quota, places: Mapping[str, int]) -> HttpResponse:
    """The letter for what was looked at, or the allotting of it."""
    names = dict(_in_tables(campaign).values_list("code", "name"))
    if request.POST.get("do") == "letter":
        rows = [(one.name, one.before, one.after) for one in _changes(campaign, quota, places, names)]
        content = table_letter(
            campaign, quota.fund_source_name, rows, sender=campaign.federation.name, day=timezone.localdate()
        )
        return _docx(content, f"{campaign.code}-table.docx")
    try:
        moves = studentaid.allot_places(campaign, quota, places, officer=request.user, at=timezone.now())
        tell(request, SUCCESS, _("照这张表分配了，办了 %(n)s 笔指标流转，函都已起草。") % {"n": len(moves)})
    except SaidError as error:
        tell(request, ERROR, error.sentence)
    return redirect("quotas", campaign.code)


def _shown(request: OfficerRequest, campaign: Campaign, quota: Quota | None) -> dict[str, Any]:
    if quota is None:
        return {"campaign": campaign}
    branches = _tree(request, campaign, quota)
    may = bool(request.roles & permissions.asked("quota-move"))
    source = FundSource.objects.filter(code=quota.fund_source).first()
    mine = request.user.organisation.path
    return {
        "campaign": campaign,
        "quota": quota,
        "cited": cited(campaign.version, quota.clause),
        "branches": branches,
        "kinds": PlaceMove.Kind.choices,
        "moves": [one for one in queries.moves_in(campaign)[:30] if _sees(request, one)],
        "may": may,
        "may_rank": bool(request.roles & permissions.asked("ranking")),
        "may_table": may and serves_whole(request.user, campaign),
        "places": sum(one.held for one in branches if one.depth == 0),
        "kind_unsaid": source is not None and not source.kind and any(one.held for one in branches),
        "may_funds": bool(request.roles & permissions.asked("funds")) and serves_whole(request.user, campaign),
        "without_files": [
            one for one in (holding_without_files(campaign, source) if source else ()) if one.path.startswith(mine)
        ],
    }


def _tree(request: OfficerRequest, campaign: Campaign, quota: Quota) -> list[Branch]:
    """The federations at and below the officer's organisation, and every union that holds places."""
    mine, used = request.user.organisation, places_used(campaign)
    rows = Allotment.objects.filter(campaign=campaign, fund_source__code=quota.fund_source)
    held = {row.organisation_id: row for row in rows}
    shown = Organisation.objects.filter(path__startswith=mine.path).filter(
        Q(kind=Organisation.Kind.FEDERATION) | Q(pk__in=held) | Q(pk=mine.pk)
    )
    if not mine.path.startswith(campaign.federation.path):
        shown = shown.filter(path__startswith=campaign.federation.path)
    base = min((one.path.count("/") for one in shown), default=0)
    return [
        Branch(
            one,
            min(one.path.count("/") - base, _DEEPEST),
            held[one.pk].places if one.pk in held else 0,
            held[one.pk].issued if one.pk in held else 0,
            used[one.code],
        )
        for one in shown.order_by("path")
    ]


def _changes(campaign: Campaign, quota: Quota, places: Mapping[str, int], names: Mapping[str, str]) -> list[Change]:
    differing = queries.differences(campaign, places, fund_source=quota.fund_source)
    return [Change(names.get(one.code, one.code), one.before, one.after) for one in differing]


def _in_tables(campaign: Campaign) -> QuerySet[Organisation]:
    """Whom an annex gives places: federations, industrial unions and those that a federation runs itself."""
    kinds = Organisation.Kind
    return Organisation.objects.filter(
        path__startswith=campaign.federation.path,
        kind__in=(kinds.FEDERATION, kinds.INDUSTRIAL_UNION, kinds.DIRECTLY_RUN_UNION),
        closed_on=None,
    ).order_by("code")


def _sees(request: OfficerRequest, move: PlaceMove) -> bool:
    mine = request.user.organisation.path
    return move.giver.path.startswith(mine) or move.taker.path.startswith(mine)


def _salt(request: OfficerRequest, code: str) -> str:
    return f"{_SALT}:{code}:{request.user.username}"


def _docx(content: bytes, name: str) -> HttpResponse:
    kept = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=DOCX, headers={"Content-Disposition": kept})
