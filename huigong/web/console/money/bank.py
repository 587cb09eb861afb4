"""代发约定: how a campaign's batches are written for its bank. Shipped formats, or the bank's own as TOML, each seen with
an invented sample before it is agreed; what was released stays as it was written.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.messages import ERROR, SUCCESS, WARNING
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.payments import actions, bank_files, profiles
from huigong.payments import queries as payments
from huigong.payments.bank_files import BankLine
from huigong.payments.profiles import BankProfile
from huigong.values.bank_card import passes_luhn
from huigong.values.sentence import SaidError, Sentence
from huigong.web import permissions
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, tell, whole_or_403

_LARGEST = 20_000  # bytes of a profile
_KINDS = {
    "text": ("文本文件", "text file"),
    "xls": ("Excel（.xls）", "Excel (.xls)"),
    "none": ("财政代发，没有银行文件", "paid by the treasury, no file"),
}


@dataclass(frozen=True, slots=True)
class Format:
    """A format as the page shows it: what it is, and two invented lines as the bank would get them."""

    key: str
    name: str
    kind: str
    details: str
    sample: str
    is_agreed: bool


def payments_bank(request: OfficerRequest, code: str) -> HttpResponse:
    campaign = whole_or_403(request, code)
    standing = payments.agreement_of(campaign)
    text = standing.profile if standing else profiles.text_of("default")
    shown = {
        "campaign": campaign,
        "agreed": _shown("", text, text),
        "standing": standing,
        "by": words.people([standing.agreed_by])[standing.agreed_by] if standing else "",
        "formats": [_shown(name, profiles.text_of(name), text) for name in profiles.shipped()],
        "may": bool(request.roles & permissions.asked("payments-bank-agree")),
    }
    return render(request, "money/bank.html", shown)


@require_POST
def payments_bank_agree(request: OfficerRequest, code: str) -> HttpResponse:
    campaign = whole_or_403(request, code)
    try:
        text = _chosen(request)
        made = actions.agree(campaign, text, officer=request.user.username, at=timezone.now())
    except SaidError as error:
        tell(request, ERROR, error.sentence)
        return redirect("payments-bank", code)
    if made:
        tell(request, SUCCESS, _("约定好了：以后的批次照“%(name)s”写。已经放进批次的不变。") % {"name": made.name})
    else:
        tell(request, WARNING, _("现在就是这个格式，没有改。"))
    return redirect("payments-bank", code)


def _chosen(request: OfficerRequest) -> str:
    """The TOML of a shipped format, or of the file that was sent. Raises SaidError for neither."""
    file, name = request.FILES.get("file"), request.POST.get("format", "")
    if isinstance(file, UploadedFile):
        return _text_of(file.read(_LARGEST + 1))
    if name in profiles.shipped():
        return profiles.text_of(name)
    raise SaidError(
        Sentence("bank_format_none", "还没有约定：请选一种格式，或选一个文件。", "Choose a format, or a file.")
    )


def _text_of(content: bytes) -> str:
    try:
        if len(content) <= _LARGEST:
            return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        pass
    raise SaidError(
        Sentence(
            "bank_format_unreadable",
            "这个文件读不了：银行文件格式是 UTF-8 的 TOML 文本，不超过 20 KB。可以取一种自带的改。",
            "This file cannot be read: a bank format is TOML in UTF-8, of 20 KB at most. Begin with a shipped one.",
        )
    )


def _shown(key: str, text: str, agreed: str) -> Format:
    profile = profiles.profile_from(text)
    return Format(
        key,
        profile.title or profile.name,
        words.said(*_KINDS[profile.kind]),
        _details(profile),
        _sample(profile),
        text == agreed,
    )


def _details(profile: BankProfile) -> str:
    if profile.kind == "none":
        return ""
    if profile.kind == "xls":
        return _("一个文件最多 %(rows)s 笔，多了分开写") % {"rows": profile.max_rows}
    told = {"encoding": profile.encoding.upper(), "rows": profile.max_rows}
    return _("%(encoding)s，一个文件最多 %(rows)s 笔，多了分开写") % told


def _sample(profile: BankProfile) -> str:
    """Two invented payments as they would be written; nothing for a sheet or for none."""
    return (
        bank_files.write(profile, list(_lines()), batch="B001").decode(profile.encoding)
        if profile.kind == "text"
        else ""
    )


def _lines() -> Iterator[BankLine]:
    """Invented people with card numbers that pass their check and are nobody's."""
    for place, (name, fen) in enumerate((("韦秀兰", 3_000_00), ("欧阳小山", 1_500_50)), 1):
        card = next(number for digit in range(10) if passes_luhn(number := f"621099000000000{place}00{digit}"))
        yield BankLine(f"SA-450422-2017-0000{place}", name, card, fen)
