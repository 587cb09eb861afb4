"""Which graduate or opening a request is about, what its fields say, and doing one thing that may be refused in words."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from huigong.circulars.models import Campaign
from huigong.employment import queries
from huigong.employment.models import Employer, Graduate, Opening, Round, StatisticalReturn
from huigong.values.sentence import SaidError, Sentence
from huigong.web.console.asking import OfficerRequest, day_sent, or_404, tell


def graduate_or_404(request: OfficerRequest, pk: UUID) -> Graduate:
    return or_404(queries.graduate_for(request.user, pk))


def opening_or_404(request: OfficerRequest, pk: UUID) -> Opening:
    return or_404(queries.openings_for(request.user).filter(pk=pk).first())


def employer_or_404(request: OfficerRequest, pk: UUID) -> Employer:
    return or_404(queries.employers_for(request.user).filter(pk=pk).first())


def round_or_404(request: OfficerRequest, pk: UUID) -> Round:
    return or_404(queries.rounds_for(request.user).filter(pk=pk).first())


def return_or_404(request: OfficerRequest, pk: UUID) -> StatisticalReturn:
    rows = StatisticalReturn.objects.filter(federation__path__startswith=request.user.organisation.path)
    # The names of a province are read only where they are asked for.
    told = rows.select_related("federation", "campaign__version", "corrects").defer("cases", "corrects__cases")
    return or_404(told.filter(pk=pk).first())


def campaign_asked(request: OfficerRequest) -> Campaign | None:
    """The campaign that an address names, None where it is not the asker's; where it names none, the newest with targets."""
    mine = queries.campaigns_for(request.user)
    wanted = request.GET.get("campaign", "") or request.POST.get("campaign", "")
    if wanted:
        return next((one for one in mine if one.code == wanted), None)
    return mine[0] if mine else None


def done(request: OfficerRequest, do: Callable[[], object], said: str, back: str) -> HttpResponse:
    """Do one thing and go back; where it is refused, say why and go back all the same."""
    try:
        do()
    except SaidError as error:
        tell(request, messages.ERROR, error.sentence)
    else:
        tell(request, messages.SUCCESS, said)
    return redirect(back)


def field(request: OfficerRequest, name: str, most: int = 200) -> str:
    return request.POST.get(name, "").strip()[:most]


def a_day(request: OfficerRequest, name: str, *, otherwise: date) -> date:
    return day_sent(request, name) or otherwise


def number(request: OfficerRequest, name: str) -> int | None:
    """A whole number of a field, None where it is empty. Raises SaidError for what is none."""
    text = field(request, name, 9)
    if text and not text.isdecimal():
        raise SaidError(
            Sentence(
                "number_unreadable",
                f"“{text}”不是整数，请只写数字。",
                f"“{text}” is no whole number: write digits only.",
            )
        )
    return int(text) if text else None


def one_of(request: OfficerRequest, name: str, choices: list[tuple[str, str]]) -> str:
    """One of these codes. Raises SaidError where none was chosen."""
    said = field(request, name, 40)
    if said not in {code for code, _word in choices}:
        raise SaidError(Sentence("nothing_chosen", _("请选一项再记。"), "Choose one first."))
    return said


def employer_asked(request: OfficerRequest, name: str = "employer") -> Employer | None:
    """The employer that a field holds by its code, or by a name that only one has here; else none."""
    said = field(request, name, 100)
    if not said:
        return None
    found = queries.employers_for(request.user).filter(Q(credit_code=said) | Q(name=said))[:2]
    return found[0] if len(found) == 1 else None


def offered_asked(request: OfficerRequest, today: date) -> Opening | None:
    """What is on offer and a field names; none where it names nothing. Raises SaidError for what is not on offer."""
    wanted = field(request, "opening", 40)
    if not wanted:
        return None
    found = next((one for one in queries.on_offer(request.user, today=today) if str(one.pk) == wanted), None)
    if found is None:
        raise SaidError(
            Sentence(
                "not_on_offer",
                "这一项已经关闭或过期，请另选。",
                "This is closed or over: choose another one.",
            )
        )
    return found


def year_asked(request: OfficerRequest) -> int:
    """Of which year graduates are taken in: the campaign's, which the figures count by; without one this year."""
    campaign = campaign_asked(request)
    return campaign.year if campaign else timezone.localdate().year
