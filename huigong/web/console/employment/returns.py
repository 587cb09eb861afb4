"""统计报表: freeze the figures at a reporting date, look at what was frozen with its corrections and names, take it away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.messages import ERROR, SUCCESS
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.audit import actions as audit
from huigong.employment import actions, queries
from huigong.employment.models import Graduate, StatisticalReturn
from huigong.figures import employment as papers
from huigong.figures import returned
from huigong.figures.returned import Correction
from huigong.rules.employed import GROUPS
from huigong.values.sentence import SaidError
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, federation_or_403, or_404, tell
from huigong.web.console.employment import shown
from huigong.web.console.employment.asking import a_day, campaign_asked, field, return_or_404
from huigong.web.console.employment.figures import HEADINGS

A_PAGE, MOST_NAMED = 50, 10
PURPOSES = ("report", "archive", "audit")
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class Changed:
    """A correction in the reader's words, with the first of the people who came in and who went."""

    one: Correction
    office: str
    word: str
    came: Sequence[Graduate]
    gone: Sequence[Graduate]


@require_POST
def return_freeze(request: OfficerRequest) -> HttpResponse:
    campaign, home = or_404(campaign_asked(request)), federation_or_403(request)
    at = timezone.now()
    try:
        day, reason = a_day(request, "as_of", otherwise=timezone.localdate(at)), field(request, "reason", 500)
        made = actions.freeze(campaign, home, as_of=day, reason=reason, officer=request.user.username, at=at)
    except SaidError as error:
        tell(request, ERROR, error.sentence)
        return redirect(f"{reverse('employment-figures')}?campaign={campaign.code}#returns")
    tell(request, SUCCESS, _("报表定下来了，以后不再改；要更正，另报一次。"))
    return redirect("return", made.pk)


def return_page(request: OfficerRequest, pk: UUID) -> HttpResponse:
    frozen = return_or_404(request, pk)
    offices = returned.names_of(frozen.figures)
    total = returned.total(frozen)
    told = {
        "return": frozen,
        "goals": [
            (one, words.said(one.indicator.label, one.indicator.label_en), one.indicator.name == frozen.reading)
            for one in returned.shares_of(frozen)
        ],
        "headings": [(name, words.said(*pair)) for name, pair in HEADINGS.items()],
        "lines": [
            (code, offices.get(code, code), [(name, line[name]) for name in HEADINGS])
            for code, line in frozen.figures.items()
        ],
        "total": [(name, total[name]) for name in HEADINGS],
        "corrections": _corrections(request, frozen, offices),
        "reason": frozen.reason.plain() if frozen.reason else "",
        "corrected": StatisticalReturn.objects.filter(corrects=frozen).defer("cases").first(),
        "by": words.people([frozen.by])[frozen.by],
        "purposes": words.purposes(PURPOSES),
    }
    return render(request, "employment/return.html", told)


def _corrections(request: OfficerRequest, frozen: StatisticalReturn, offices: Mapping[str, str]) -> list[Changed]:
    """Each number that was corrected, with the people who came in and who went, as far as the reader sees them."""
    changed = returned.corrections(frozen)
    told = {reference for one in changed for reference in (*one.came[:MOST_NAMED], *one.gone[:MOST_NAMED])}
    seen = {one.reference: one for one in queries.graduates_for(request.user).filter(reference__in=told)}

    def people(references: Sequence[str]) -> list[Graduate]:
        return [seen[one] for one in references[:MOST_NAMED] if one in seen]

    return [
        Changed(
            one,
            offices.get(one.office, one.office),
            words.said(*HEADINGS[one.group]),
            people(one.came),
            people(one.gone),
        )
        for one in changed
    ]


def return_names(request: OfficerRequest, pk: UUID, group: str) -> HttpResponse:
    """The people behind a frozen number, as they stand now."""
    frozen = return_or_404(request, pk)
    if group not in GROUPS:
        raise Http404
    office = request.GET.get("office", "")[:40]
    page = Paginator(returned.names_in(frozen, group, office=office), A_PAGE).get_page(request.GET.get("page"))
    rows = {one.reference: one for one in queries.graduates_for(request.user).filter(reference__in=list(page))}
    today = timezone.localdate()
    told = {
        "heading": words.said(*HEADINGS[group]),
        "means": words.said(*GROUPS[group]),
        "return": frozen,
        "page": page,
        "lines": [shown.line(rows[reference], today=today) for reference in page if reference in rows],
    }
    return render(request, "employment/names.html", told)


@require_POST
def return_download(request: OfficerRequest, pk: UUID, form: str) -> HttpResponse:
    """The return as a workbook or the summary as a paper, for a purpose on record."""
    frozen, purpose = return_or_404(request, pk), request.POST.get("purpose", "")
    if form not in _TYPES:
        raise Http404
    if purpose not in PURPOSES:
        return redirect("return", pk)
    content = papers.as_workbook(frozen) if form == "xlsx" else papers.as_paper(frozen, day=timezone.localdate())
    told = {"name": f"return-{frozen.number}.{form}", "purpose": purpose}
    subject = f"{frozen.campaign.code}:{frozen.federation.code}"
    audit.record("output.downloaded", subject=subject, officer=request.user.username, at=timezone.now(), payload=told)
    name = f"阳光就业{'统计表' if form == 'xlsx' else '总结'}-{frozen.as_of}-{frozen.number}.{form}"
    kept = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type=_TYPES[form], headers={"Content-Disposition": kept or "attachment"})
