"""登记表网格, the page: twelve columns as on paper, three of them to type; rows pasted from a spreadsheet; handed in here.

Every button posts the whole grid, so that nothing hangs on scripts: look up, add and remove rows, paste, hand in.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.contrib.messages import ERROR, SUCCESS
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huigong.annexes.definition import FormDefinition
from huigong.annexes.pasting import Pasted, pasted
from huigong.circulars import queries as circulars
from huigong.circulars.models import Campaign
from huigong.intake import actions as intake
from huigong.organisations.models import Officer
from huigong.registry.families import families_of
from huigong.registry.models import Household
from huigong.values.sentence import SaidError
from huigong.web.console.asking import OfficerRequest, campaign_or_404, definition_of, row_number, tell
from huigong.web.console.forms import drafts, grid
from huigong.web.console.forms.filled_in import hand_over
from huigong.web.console.forms.grid import GridRow, Typed


@dataclass(frozen=True)
class FillingDesk:
    """Where one officer fills in the form of a campaign: the families are those of the officer's own unit, and no others."""

    campaign: Campaign
    definition: FormDefinition
    officer: Officer
    today: date
    families: Sequence[Household] = field(default_factory=list)

    def filled(self, rows: Sequence[Typed]) -> list[GridRow]:
        return grid.filled(rows, self.families, self.definition, today=self.today)


def forms_fill(request: OfficerRequest, code: str) -> HttpResponse:
    desk = _desk(request, code)
    if request.method != "POST":
        return _page(request, desk, desk.filled(_begun(request, desk)))
    act, rows = request.POST.get("act", "look"), grid.typed_rows(request.POST, desk.definition)
    if act in {"hand-in", "hand-in-with-faults"}:
        return _handed_in(request, desk, rows, with_faults=act == "hand-in-with-faults")
    changed, said = _changed(rows, act, request.POST, desk.definition)
    if said:
        tell(request, ERROR, said)
    return _page(request, desk, desk.filled(changed), status=422 if said else 200)


def _desk(request: OfficerRequest, code: str) -> FillingDesk:
    campaign = campaign_or_404(request, code)
    families = families_of(campaign.federation, request.user.organisation.name)
    return FillingDesk(campaign, definition_of(campaign), request.user, timezone.localdate(), families)


def _begun(request: OfficerRequest, desk: FillingDesk) -> list[Typed]:
    """One empty row; or, where it is asked for, what the officer typed here before."""
    kept = drafts.offered(request, drafts.fill_place(desk.campaign.code))
    return grid.typed_rows(kept.fields, desk.definition) if kept and kept.is_shown else [Typed()]


def _handed_in(request: OfficerRequest, desk: FillingDesk, rows: Sequence[Typed], *, with_faults: bool) -> HttpResponse:
    shown, at = desk.filled(rows), timezone.now()
    try:
        handed = hand_over(desk.campaign, desk.definition, shown, officer=request.user, at=at, with_faults=with_faults)
    except SaidError as error:
        tell(request, ERROR, error.sentence)
        return _page(request, desk, shown, status=422)
    if handed.form is None:
        tell(request, ERROR, _("还没有交：有几格要改，就写在那一格下面。您填的都在。"))
        return _page(request, desk, handed.rows, status=422, checked=True)
    intake.drop_draft(request.user, drafts.fill_place(desk.campaign.code))
    n = sum(bool(row.whole) for row in handed.rows)
    tell(request, SUCCESS, ngettext("交上去了，%(n)s 行。", "交上去了，%(n)s 行。", n) % {"n": n})
    return redirect("form", handed.form.pk)


def _changed(
    rows: Sequence[Typed], act: str, data: QueryDict, definition: FormDefinition
) -> tuple[Sequence[Typed], str]:
    """The rows after a button that changes them, and what to say where it could not be done."""
    what, _colon, number = act.partition(":")
    at = row_number(number) - 1
    if what == "remove" and 0 <= at < len(rows):
        return [*rows[:at], *rows[at + 1 :]] or [Typed()], ""
    if what == "own" and 0 <= at < len(rows):
        turned = Typed(rows[at].texts, rows[at].child, is_open=not rows[at].is_open)
        return [*rows[:at], turned, *rows[at + 1 :]], ""
    fresh, said = [Typed()] if what == "add" else [], ""
    if what == "paste":
        found = pasted(data.get("pasted", ""), definition)
        fresh, said = [Typed(row) for row in found.rows], _said(found)
    kept = [row for row in rows if row] if what == "paste" and fresh else rows
    if len(kept) + len(fresh) > grid.MOST_ROWS:
        return rows, _("一份表最多 %(most)s 行，没有加进来。请先交上这些，再填下一份。") % {"most": grid.MOST_ROWS}
    return [*kept, *fresh], said


def _said(found: Pasted) -> str:
    if found.fault == "nothing":
        return _("没有看到要贴的行：请在表格软件里选中行，复制，再贴到框里。")
    if found.fault:
        return _("认不出哪一列是什么，没有贴：请连表头一起复制，或按原表的 12 栏顺序。")
    if found.unknown:
        return _("贴好了；有几列表里没有，没有用：%(columns)s。") % {"columns": "、".join(found.unknown)[:200]}
    return ""


def _page(
    request: OfficerRequest, desk: FillingDesk, rows: Sequence[GridRow], *, status: int = 200, checked: bool = False
) -> HttpResponse:
    place = drafts.fill_place(desk.campaign.code)
    shown = {
        "campaign": desk.campaign,
        "circular": circulars.circular_of(desk.campaign),
        "columns": rows[0].cells if rows else (),
        "rows": rows,
        "families": desk.families,
        "checked": checked,
        "draft": drafts.offered(request, place) if request.method != "POST" else None,
        "keep": drafts.keeper_of(place),
        "place": place,
        "today": desk.today,
        "most": grid.MOST_ROWS,
    }
    return render(request, "forms/fill.html", shown, status=status)
