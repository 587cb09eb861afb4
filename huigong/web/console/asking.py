"""Who is asking, and for what: a request that the permission table let through has a signed-in officer.

What is out of an officer's scope is not there (404), whether it exists or not.
"""

import uuid
from datetime import date
from typing import TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from huigong.annexes.definition import FormDefinition
from huigong.circulars import queries as circulars
from huigong.circulars.models import Campaign
from huigong.intake import queries as intake
from huigong.intake.models import FormReceived, FormRow
from huigong.organisations.models import Officer, Organisation
from huigong.organisations.queries import Standing, federation_of
from huigong.organisations.relations import Place
from huigong.values.sentence import SaidError, Sentence
from huigong.values.text import piles_marks
from huigong.web import permissions

Found = TypeVar("Found")
_FIRST_YEAR, _LAST_YEAR = 1950, 2100


class OfficerRequest(HttpRequest):
    user: Officer  # PermissionMiddleware lets nobody else through
    roles: frozenset[str]  # what the officer is appointed to today
    standings: list[Standing]  # and where


def or_404(found: Found | None) -> Found:
    """What is out of an officer's scope is not there."""
    if found is None:
        raise Http404
    return found


def federation_or_403(request: OfficerRequest) -> Organisation:
    """The asker's own federation: these pages and steps are of the whole of it, and not a unit's."""
    home = federation_of(request.user.organisation)
    if home.pk != request.user.organisation_id:
        raise PermissionDenied
    return home


def day_sent(request: OfficerRequest, name: str) -> date | None:
    """A day of a field, None where it is empty. Raises SaidError for what is no day, or one that no office writes down."""
    text = request.POST.get(name, "").strip()[:20]
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        raise SaidError(Sentence("day_unreadable", "日期请写成 2017-09-01。", "Write the day as 2017-09-01.")) from None
    if day and not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise SaidError(
            Sentence(
                "day_out_of_range",
                f"日期 {day} 的年份不对，请核对（{_FIRST_YEAR} 到 {_LAST_YEAR} 年）。",
                f"{day}: look at the year again ({_FIRST_YEAR} to {_LAST_YEAR}).",
            )
        )
    return day


def a_day_sent(request: OfficerRequest, name: str) -> date:
    """The same of a field that has to hold one."""
    found = day_sent(request, name)
    if found is None:
        raise SaidError(Sentence("day_missing", "请写日期，写成 2017-09-01。", "Write a day, as 2017-09-01."))
    return found


def text_sent(request: OfficerRequest, name: str, *, most: int) -> str:
    """A remark in one's own words. Raises SaidError for one that is too long, which is not cut, or that nobody can read."""
    said = request.POST.get(name, "").replace("\r\n", "\n").strip()
    if len(said) > most:
        zh, en = f"写了 {len(said)} 个字，最多 {most} 个", f"{len(said)} characters, at most {most}"
    elif piles_marks(said):
        zh, en = "一个字上叠了两个以上的附加符号，看不出写的是什么", "more than two combining marks on one letter"
    else:
        return said
    raise SaidError(
        Sentence(
            "text_unfit",
            f"还没有记：{zh}。请改短或重新输入，再交一次。",
            f"Not noted: {en}. Shorten it or type it again, and send it once more.",
        )
    )


def opens(request: OfficerRequest, name: str, organisation: Organisation) -> bool:
    """Whether the asker may open an address about something of an organisation: whether to offer the link."""
    return permissions.opens(name, request.standings, [Place(organisation.path)])


def campaign_or_404(request: OfficerRequest, code: str) -> Campaign:
    return or_404(circulars.campaigns_for(request.user).filter(code=code).first())


def serves_whole(officer: Officer, campaign: Campaign) -> bool:
    """Whether an officer serves the campaign's federation or one above it: some steps and papers are of the whole city."""
    return campaign.federation.path.startswith(officer.organisation.path)


def whole_or_403(request: OfficerRequest, code: str) -> Campaign:
    """The campaign, for somebody who serves its federation: these steps move the cases of the whole city."""
    campaign = campaign_or_404(request, code)
    if not serves_whole(request.user, campaign):
        raise PermissionDenied
    return campaign


def form_or_404(request: OfficerRequest, pk: uuid.UUID) -> FormReceived:
    """A form that came, with its campaign and how many of its rows stand where."""
    campaigns = circulars.campaigns_for(request.user)
    campaign = or_404(campaigns.filter(forms=pk).first())
    form = or_404(intake.forms_for(request.user, campaign).select_related("unit", "document").filter(pk=pk).first())
    form.campaign = campaign
    return form


def row_or_404(form: FormReceived, number: int) -> FormRow:
    row = or_404(form.rows.filter(number=number).first())
    row.form = form
    return row


def row_number(text: str) -> int:
    """The number of a row as an address or a field gives it; 0, which no row has, for anything else."""
    return int(text) if text.isdecimal() and len(text) < 7 else 0


def version_sent(request: HttpRequest) -> int:
    """The version that a page was opened with; -1, which nothing has, for anything else."""
    said = request.POST.get("version", "")
    return int(said) if said.isdecimal() and len(said) < 10 else -1


def definition_of(campaign: Campaign) -> FormDefinition:
    """The registration form of a campaign's circular; a circular without one takes no forms in."""
    return or_404(circulars.circular_of(campaign).form)


def tell(request: HttpRequest, level: int, said: str | Sentence) -> None:
    """Say a sentence at the top of the next page, in the reader's language."""
    text = said if isinstance(said, str) else said.in_language(get_language() or "")
    messages.add_message(request, level, text)
