"""下载: the papers of a campaign, made from the rows as they stand now. That one went out, and what for, is recorded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.contrib.messages import ERROR
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language

from huigong.audit import actions as audit
from huigong.circulars.models import Campaign
from huigong.figures.outputs import OUTPUTS
from huigong.figures.standing import Standing
from huigong.payments import actions as paying
from huigong.payments import queries as payments
from huigong.publicnotices import queries as publicnotices
from huigong.values.sentence import SaidError
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, campaign_or_404, or_404, serves_whole, tell
from huigong.web.permissions import SEES_CARDS

PURPOSES = ("work", "archive", "report", "audit", "bank")
"""What a file may be taken for (words.PURPOSES)."""
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
    "csv": "text/csv",
    "txt": "text/plain",
    "xls": "application/vnd.ms-excel",
    "html": "text/html",
}
_BANK = "bank/"
_OF_A_NOTICE = frozenset({"public-notice.html", "public-notice.docx"})


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
        content = or_404(_content(request, campaign, name))
    except SaidError as refused:
        tell(request, ERROR, refused.sentence.in_language(get_language() or ""))
        return downloads(request, code)
    told = {"name": name, "purpose": purpose, "size": len(content)}
    audit.record("output.downloaded", subject=code, officer=request.user.username, at=timezone.now(), payload=told)
    kept = content_disposition_header(as_attachment=True, filename=f"{code}-{name.removeprefix(_BANK)}")
    return HttpResponse(
        content, content_type=_TYPES[name.rsplit(".", 1)[-1]], headers={"Content-Disposition": kept or "attachment"}
    )


def offers(request: OfficerRequest, campaign: Campaign) -> Iterator[Offer]:
    """The files that this officer may take: they tell of the whole city."""
    if not serves_whole(request.user, campaign):
        return
    masked = words.purposes(code for code in PURPOSES if code != "bank")
    none_yet = not publicnotices.notices_of(campaign)
    for output in OUTPUTS:
        word = words.said(output.zh, output.en)
        if none_yet and output.name in _OF_A_NOTICE:
            yield Offer(output.name, word, words.said("还没有公示", "no notice yet"), ())
        else:
            yield Offer(output.name, word, "", masked)
    if request.roles & SEES_CARDS:
        for batch in payments.batches_of(campaign).filter(document__isnull=False):
            note = words.said(
                f"{batch.declared_count} 笔，{words.yuan(batch.declared_fen)} 元；有完整卡号",
                f"{batch.declared_count} payments, {words.yuan(batch.declared_fen)} yuan; whole card numbers",
            )
            purposes = words.purposes(("bank", "archive"))
            yield Offer(f"{_BANK}{batch.file_name}", words.said("银行文件", "bank file"), note, purposes)


def _content(request: OfficerRequest, campaign: Campaign, name: str) -> bytes | None:
    """The bytes, made now; a bank file as it was kept, once. None where there is nothing to tell yet."""
    if name.startswith(_BANK):
        batch = next(row for row in payments.batches_of(campaign) if f"{_BANK}{row.file_name}" == name)
        return paying.take_file(batch, officer=request.user, at=timezone.now())
    output = next(one for one in OUTPUTS if one.name == name)
    made = b"".join(output.make(Standing(campaign), timezone.localdate()))
    return made or None
