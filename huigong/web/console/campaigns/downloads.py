"""下载: the papers of a campaign, made from the rows as they stand now. That one went out, and what for, is recorded.

A bank's file is none of them: it is taken once, on the page of its batch.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.contrib.messages import ERROR
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header

from huigong.audit import actions as audit
from huigong.circulars.models import Campaign
from huigong.figures.outputs import OUTPUTS, PRINTS
from huigong.figures.standing import Standing
from huigong.publicnotices import queries as publicnotices
from huigong.values.sentence import SaidError
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, campaign_or_404, or_404, serves_whole, tell

PURPOSES = ("work", "archive", "report", "audit")
"""What a file may be taken for (words.PURPOSES)."""
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
    "csv": "text/csv",
    "txt": "text/plain",
    "xls": "application/vnd.ms-excel",
    "html": "text/html",
    "pdf": "application/pdf",
}
_ON_THE_WEB = "public-notice.html"
_OF_A_NOTICE = frozenset({_ON_THE_WEB, "public-notice.docx", "public-notice.pdf"})


@dataclass(frozen=True, slots=True)
class Offer:
    """A file that an officer may take: its name in the address, what it is, and for which purposes; none: not yet."""

    name: str
    word: str
    note: str
    purposes: Sequence[tuple[str, str]]


def downloads(request: OfficerRequest, code: str) -> HttpResponse:
    campaign = campaign_or_404(request, code)
    shown = {
        "campaign": campaign,
        "whole": serves_whole(request.user, campaign),
        "offers": list(offers(request, campaign)),
    }
    return render(request, "campaigns/downloads.html", shown)


def download(request: OfficerRequest, code: str, name: str) -> HttpResponse:
    """Only a posted purpose takes a file; the address alone leads back to the list."""
    campaign, purpose = campaign_or_404(request, code), request.POST.get("purpose", "")
    offer = or_404(next((one for one in offers(request, campaign) if one.name == name), None))
    if request.method != "POST" or purpose not in dict(offer.purposes):
        return downloads(request, code)
    try:
        content = or_404(_content(campaign, name))
    except SaidError as error:
        tell(request, ERROR, error.sentence)
        return redirect("downloads", code)
    told = {"name": name, "purpose": purpose, "size": len(content)}
    audit.record("output.downloaded", subject=code, officer=request.user.username, at=timezone.now(), payload=told)
    kept = content_disposition_header(as_attachment=True, filename=f"{code}-{name}")
    return HttpResponse(
        content, content_type=_TYPES[name.rsplit(".", 1)[-1]], headers={"Content-Disposition": kept or "attachment"}
    )


def offers(request: OfficerRequest, campaign: Campaign) -> Iterator[Offer]:
    """The files that this officer may take: they tell of the whole city."""
    if not serves_whole(request.user, campaign):
        return
    masked, today = words.purposes(PURPOSES), timezone.localdate()
    notices = publicnotices.notices_of(campaign)
    over = all(one.last_day < today for one in notices)
    for output in (*OUTPUTS, *PRINTS):
        word = words.said(output.zh, output.en)
        if not notices and output.name in _OF_A_NOTICE:
            yield Offer(output.name, word, words.said("还没有公示", "no notice yet"), ())
        elif over and output.name == _ON_THE_WEB:
            yield Offer(
                output.name, word, words.said("公示期满，网上不再挂", "the notice is over: it hangs no more"), ()
            )
        else:
            yield Offer(output.name, word, "", masked)


def _content(campaign: Campaign, name: str) -> bytes | None:
    """The bytes, made now. None where there is nothing to tell yet; SaidError where a PDF lacks a character."""
    wanted = next((one for one in PRINTS if one.name == name), None)
    if wanted is not None:
        paper = wanted.paper(Standing(campaign), timezone.localdate())
        return paper.pdf() if paper else None
    output = next(one for one in OUTPUTS if one.name == name)
    made = b"".join(output.make(Standing(campaign), timezone.localdate()))
    return made or None
