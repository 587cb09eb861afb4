"""The pages of exchanges: begin one, hand out invitation and letter, take the other office's files, settle whom both have, end."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.documents import actions as documents
from huigong.partners import actions, blindcheck, letter, queries
from huigong.partners.models import Exchange, Hit
from huigong.values import money
from huigong.values.sentence import SaidError, Sentence
from huigong.web.console.asking import OfficerRequest, a_day_sent, federation_or_403, or_404, tell
from huigong.web.console.partners.shown import exchange_shown, fingerprint_of, rows_shown

_MOST_BYTES = 60_000_000
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def exchanges(request: OfficerRequest) -> HttpResponse:
    shown = {
        "rows": rows_shown(queries.exchanges_for(request.user)),
        "most": actions.MOST,
        "today": timezone.localdate(),
    }
    return render(request, "partners/exchanges.html", shown)


@require_POST
def exchange_begin(request: OfficerRequest) -> HttpResponse:
    """A blind check, or a list that came: `list` is its file."""
    file = request.FILES.get("list")
    federation_or_403(request)  # whose children are compared
    try:
        asked = _asked(request)
        made = _listed(request, asked) if file else actions.invite(asked, officer=request.user, at=timezone.now())
    except SaidError as error:
        tell(request, messages.ERROR, error.sentence)
        return redirect("exchanges")
    return redirect("exchange", pk=made.pk)


def exchange(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return render(request, "partners/exchange.html", {"page": exchange_shown(_exchange(request, pk))})


def exchange_invitation(request: OfficerRequest, pk: UUID) -> HttpResponse:
    found = _lasting(_exchange(request, pk))
    return _file(actions.invitation_of(found), f"邀请-{found.number}.json", "application/json")


def exchange_letter(request: OfficerRequest, pk: UUID) -> HttpResponse:
    found = _lasting(_exchange(request, pk))
    content = letter.letter(found, fingerprint=fingerprint_of(found), day=timezone.localdate())
    return _file(content, f"函-{found.number}.docx", _DOCX)


def partners_tool(request: OfficerRequest) -> HttpResponse:  # noqa: ARG001  Django's own signature
    """The other office's tool, as it lies in this very program."""
    return _file(Path(blindcheck.__file__).read_bytes(), "盲比工具.py", "text/x-python; charset=utf-8")


@require_POST
def exchange_reply(request: OfficerRequest, pk: UUID) -> HttpResponse:
    def noted(found: Exchange) -> None:
        content, name = _upload(request, "scan")
        on, by, at = a_day_sent(request, "on"), request.user.username, timezone.now()
        with transaction.atomic():  # what is refused leaves no paper behind
            paper = documents.store(content, name=name, media_type="application/octet-stream", officer=by, at=at)
            said = request.POST.get("fingerprint", "")
            actions.note_reply(found, paper, on=on, fingerprint=said, officer=by, at=at)

    return _done(request, pk, noted, _("复函记下了，可以收盲名单了。"))


@require_POST
def exchange_answer(request: OfficerRequest, pk: UUID) -> HttpResponse:
    """Their blinded list; what comes back is our answer as a file."""
    found = _exchange(request, pk)
    try:
        content, _name = _upload(request, "file")
        made = actions.answer(found, content, officer=request.user.username, at=timezone.now())
    except SaidError as error:
        tell(request, messages.ERROR, error.sentence)
        return redirect("exchange", pk=pk)
    return _file(made, f"应答-{found.number}.json", "application/json")


@require_POST
def exchange_learn(request: OfficerRequest, pk: UUID) -> HttpResponse:
    def learnt(found: Exchange) -> None:
        content, _name = _upload(request, "file")
        actions.learn(found, content, officer=request.user.username, at=timezone.now())

    return _done(request, pk, learnt, _("结果收下了，重合的人列在下面。"))


@require_POST
def exchange_end(request: OfficerRequest, pk: UUID) -> HttpResponse:
    def ended(found: Exchange) -> None:
        actions.end(found, officer=request.user.username, at=timezone.now())

    return _done(request, pk, ended, _("结束了，密钥和名单已销毁，结果留着。"))


@require_POST
def exchange_settle(request: OfficerRequest, pk: UUID, hit: UUID) -> HttpResponse:
    def settled(found: Exchange) -> None:
        row: Hit = or_404(found.hits.filter(pk=hit).first())
        by, at = request.user.username, timezone.now()
        if request.POST.get("outcome") == Hit.Outcome.DISMISSED:
            actions.dismiss(row, officer=by, at=at)
        else:
            fen = money.parse_yuan(request.POST.get("amount", ""))
            actions.take(
                row, request.POST.get("kind", "")[:40], fen=fen, on=a_day_sent(request, "on"), officer=by, at=at
            )

    return _done(request, pk, settled, _("记下了。"))


def _done(request: OfficerRequest, pk: UUID, do: Callable[[Exchange], None], said: str) -> HttpResponse:
    try:
        do(_exchange(request, pk))
        tell(request, messages.SUCCESS, said)
    except SaidError as error:
        tell(request, messages.ERROR, error.sentence)
    return redirect("exchange", pk=pk)


def _exchange(request: OfficerRequest, pk: UUID) -> Exchange:
    return or_404(queries.exchange_for(request.user, pk))


def _lasting(found: Exchange) -> Exchange:
    """An ended exchange has no key to sign with any more: its invitation is not there."""
    return or_404(found if found.secret and found.kind == Exchange.Kind.BLIND else None)


def _listed(request: OfficerRequest, asked: actions.Asked) -> Exchange:
    content, name = _upload(request, "list")
    with tempfile.TemporaryDirectory(prefix="huigong-list-") as folder:
        path = Path(folder) / f"list{Path(name).suffix.lower()[:8]}"
        path.write_bytes(content)
        return actions.take_list(asked, path, officer=request.user, at=timezone.now())


def _asked(request: OfficerRequest) -> actions.Asked:
    given = request.POST
    most = given.get("most", "")
    return actions.Asked(
        given.get("partner", ""),
        given.get("programme", ""),
        given.get("basis", ""),
        given.get("letter_number", ""),
        int(most) if most.isdecimal() and len(most) < 8 else 0,
        a_day_sent(request, "until"),
        a_day_sent(request, "delete_on"),
    )


def _upload(request: OfficerRequest, name: str) -> tuple[bytes, str]:
    file = request.FILES.get(name)
    if file is None or (file.size or 0) > _MOST_BYTES:
        raise SaidError(Sentence("file_unchosen", "请选一个文件（不超过 60 MB）。", "Choose a file of at most 60 MB."))
    return file.read(), str(file.name or "")


def _file(content: bytes, name: str, media_type: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=media_type, headers={"Content-Disposition": disposition})
