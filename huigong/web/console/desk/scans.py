"""材料图: put the picture of a paper with its case, and show one page of it, larger or turned. Each look is on record."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.contrib.messages import ERROR, SUCCESS
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.audit import actions as audit
from huigong.casework import actions as casework
from huigong.casework.models import Scan
from huigong.circulars.queries import circular_of
from huigong.documents import pictures
from huigong.documents import queries as documents
from huigong.studentaid import queries
from huigong.studentaid.models import Application
from huigong.values.sentence import SaidError
from huigong.web.console import words
from huigong.web.console.applications.filters import asked
from huigong.web.console.applications.papers import kinds_of
from huigong.web.console.asking import OfficerRequest, or_404, tell


@dataclass(frozen=True, slots=True)
class Look:
    """Which page of which scan is shown, how wide (an index of WIDTHS) and turned by how many quarters."""

    scan: Scan
    page: int = 1
    wide: int = 0
    turn: int = 0

    @property
    def query(self) -> str:
        return urlencode({"scan": self.scan.pk, "p": self.page, "w": self.wide, "t": self.turn})

    @property
    def picture(self) -> str:
        there = reverse("scan-page", args=[self.scan.case_reference, self.scan.pk, self.page])
        return f"{there}?{urlencode({'w': self.wide, 't': self.turn})}"


@dataclass(frozen=True, slots=True)
class Viewed:
    """The paper side of the desk: the look, its title, where every handle leads (empty where it leads nowhere)."""

    look: Look
    title: str
    others: Sequence[tuple[str, str, bool]]
    before: str
    behind: str
    larger: str
    smaller: str
    left: str
    right: str


def viewed(request: HttpRequest, application: Application, scans: Sequence[Scan]) -> Viewed | None:
    """What the address asks to see of the scans; the first page of the first one else. None where there is no scan."""
    if not scans:
        return None
    chosen = next((one for one in scans if str(one.pk) == request.GET.get("scan")), scans[0])
    look = Look(
        chosen,
        page=_within(request.GET.get("p"), 1, chosen.pages, 1),
        wide=_within(request.GET.get("w"), 0, len(pictures.WIDTHS) - 1, 0),
        turn=_within(request.GET.get("t"), 0, 3, 0),
    )
    list_ = asked(request.GET).query.removeprefix("?")

    def there(**changes: object) -> str:
        told = replace(look, **changes)  # type: ignore[arg-type]
        return f"{reverse('desk', args=[application.reference])}?{'&'.join(filter(None, (list_, told.query)))}"

    return Viewed(
        look=look,
        title=words.fact_word(chosen.paper),
        others=[(words.fact_word(one.paper), there(scan=one, page=1, turn=0), one.pk == chosen.pk) for one in scans],
        before=there(page=look.page - 1) if look.page > 1 else "",
        behind=there(page=look.page + 1) if look.page < chosen.pages else "",
        larger=there(wide=look.wide + 1) if look.wide < len(pictures.WIDTHS) - 1 else "",
        smaller=there(wide=look.wide - 1) if look.wide else "",
        left=there(turn=(look.turn + 3) % 4),
        right=there(turn=(look.turn + 1) % 4),
    )


def _within(text: str | None, least: int, most: int, otherwise: int) -> int:
    number = int(text) if text and text.isdecimal() and len(text) < 4 else otherwise
    return min(max(number, least), most)


def scan_page(request: OfficerRequest, reference: str, scan: uuid.UUID, page: int) -> HttpResponse:
    """One page as a picture; the first look of a sign-in at a scan is recorded."""
    found = or_404(queries.application_for(request.user, reference))
    kept = or_404(Scan.objects.filter(case_reference=found.reference, pk=scan, pages__gte=page).first())
    _record_once(request, kept)
    wide = pictures.WIDTHS[_within(request.GET.get("w"), 0, len(pictures.WIDTHS) - 1, 0)]
    content = documents.content(kept.document)
    drawn = pictures.page(content, max(page, 1), width=wide, turn=_within(request.GET.get("t"), 0, 3, 0))
    return HttpResponse(drawn, content_type="image/png")


def _record_once(request: OfficerRequest, scan: Scan) -> None:
    seen = request.session.get("scans", [])
    if str(scan.pk) not in seen:
        told = {"scan": str(scan.pk), "paper": scan.paper}
        by = request.user.username
        audit.record("scan.shown", subject=scan.case_reference, officer=by, at=timezone.now(), payload=told)
        request.session["scans"] = [*seen, str(scan.pk)][-200:]


@require_POST
def scan_add(request: OfficerRequest, reference: str) -> HttpResponse:
    found = or_404(queries.application_for(request.user, reference))
    back = redirect(reverse("desk", args=[reference]) + asked(request.GET).query.removesuffix("?"))
    kinds = {kind.name for kind in kinds_of(circular_of(found.campaign), ())}
    file, paper = request.FILES.get("file"), request.POST.get("paper", "")
    if not isinstance(file, UploadedFile) or paper not in kinds:
        tell(request, ERROR, _("还没有存：请选是哪一样材料，再选一个 pdf 或图片文件。"))
        return back
    try:
        casework.add_scan(
            reference,
            file.read(pictures.MAX_BYTES + 1),
            paper=paper,
            name=file.name or "scan",
            officer=request.user,
            at=timezone.now(),
        )
    except SaidError as error:
        tell(request, ERROR, error.sentence)
        return back
    tell(request, SUCCESS, _("存好了。看过以后，请在右边勾这一条，并登记收到了材料。"))
    return back
