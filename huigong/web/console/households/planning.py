"""The plan of a household and what it is entitled to: key group, measures, aid from elsewhere, class of hardship."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.circulars import queries as circulars
from huigong.circulars.models import CircularVersion
from huigong.organisations.models import Officer
from huigong.registry import actions as registry
from huigong.registry import code_lists
from huigong.registry.actions.assess import PROGRAMME, RURAL, TOWN
from huigong.registry.actions.plan import DONE, DROPPED, PLANNED
from huigong.registry.joined import absorbed_by
from huigong.registry.models import AidGiven
from huigong.values import money
from huigong.values.sentence import SaidError, Sentence
from huigong.web.console.asking import OfficerRequest, a_day_sent, or_404, tell, text_sent
from huigong.web.console.households.asking import file_in_hand_or_404, measure_of
from huigong.web.console.once import once


@require_POST
def household_group(request: OfficerRequest, pk: UUID) -> HttpResponse:
    found, by = file_in_hand_or_404(request, pk), request.user.username
    try:
        registry.put_into_group(
            found, _word(request, "key_group"), on=a_day_sent(request, "on"), officer=by, at=timezone.now()
        )
        tell(request, messages.SUCCESS, _("重点群体定好了。"))
    except SaidError as error:
        tell(request, messages.ERROR, error.sentence)
    return _back(pk, "plan")


@require_POST
def household_measure(request: OfficerRequest, pk: UUID) -> HttpResponse:
    found, by, back = file_in_hand_or_404(request, pk), request.user.username, _place(pk, "plan")
    owner = or_404(colleagues(found.federation.path).filter(username=request.POST.get("owner", "")).first())

    def do() -> str:
        kind, due, what = (
            _word(request, "four_measures"),
            a_day_sent(request, "due"),
            text_sent(request, "what", most=500),
        )
        registry.plan(found, kind, what, owner=owner, due=due, officer=by, at=timezone.now())
        tell(request, messages.SUCCESS, _("措施记好了。"))
        return back

    return once(request, do, back=back)


@require_POST
def household_measure_close(request: OfficerRequest, pk: UUID, measure: UUID) -> HttpResponse:
    one = or_404(measure_of(file_in_hand_or_404(request, pk), str(measure)))
    to = request.POST.get("to", "")
    try:
        to = or_404(to if to in {DONE, DROPPED, PLANNED} else None)
        registry.close(one, to, officer=request.user.username, at=timezone.now())
    except SaidError as error:
        tell(request, messages.ERROR, error.sentence)
    return _back(pk, "plan")


@require_POST
def household_aid(request: OfficerRequest, pk: UUID) -> HttpResponse:
    found, by, back = file_in_hand_or_404(request, pk), request.user.username, _place(pk, "aid")

    def do() -> str:
        kind, giver = _word(request, "aid_kind"), _word(request, "aid_source", "giver")
        fen = money.parse_yuan(request.POST.get("yuan", ""))
        registry.give_from_elsewhere(
            found, kind, giver, fen=fen, on=a_day_sent(request, "on"), officer=by, at=timezone.now()
        )
        tell(request, messages.SUCCESS, _("帮扶记录添好了。"))
        return back

    return once(request, do, back=back)


@require_POST
def household_aid_mistaken(request: OfficerRequest, pk: UUID, aid: UUID) -> HttpResponse:
    found = file_in_hand_or_404(request, pk)
    one = or_404(AidGiven.objects.filter(household__in=[found, *absorbed_by(found)], pk=aid).first())
    try:
        registry.strike_out(one, request.POST.get("why", ""), officer=request.user.username, at=timezone.now())
        tell(request, messages.SUCCESS, _("这一笔作废了，不再计入；原来的记录和原因都留着。"))
    except SaidError as error:
        tell(request, messages.ERROR, error.sentence)
    return _back(pk, "aid")


@require_POST
def household_assess(request: OfficerRequest, pk: UUID) -> HttpResponse:
    found, now = file_in_hand_or_404(request, pk), timezone.now()
    version = or_404(classing_version())
    excludes = {"yes": True, "no": False}.get(request.POST.get("nothing_excludes", ""))
    back = _place(pk, "classes")

    def do() -> str:
        made = registry.assess(
            found,
            version,
            on=a_day_sent(request, "on"),
            nothing_excludes=excludes,
            line=RURAL if request.POST.get("line") == RURAL else TOWN,
            officer=request.user.username,
            at=now,
        )
        tell(
            request,
            messages.SUCCESS,
            _("认定好了：%(outcome)s。") % {"outcome": made.outcome or _("不在三类之内，或还定不了")},
        )
        return back

    return once(request, do, back=back)


@require_POST
def household_adopt(request: OfficerRequest, pk: UUID) -> HttpResponse:
    """The class of the assessment that was seen goes into the file: by a person, never by itself."""
    found, number, version = (
        file_in_hand_or_404(request, pk),
        request.POST.get("number", ""),
        request.POST.get("version", ""),
    )
    one = or_404(
        found.assessments.filter(number=int(number)).first() if number.isdecimal() and len(number) < 5 else None
    )
    seen = int(version) if version.isdecimal() and len(version) < 10 else -1
    try:
        registry.adopt(one, version=seen, officer=request.user.username, at=timezone.now())
        tell(request, messages.SUCCESS, _("档案的困难类别写成“%(word)s”了，已留痕。") % {"word": one.outcome})
    except SaidError as error:
        tell(request, messages.ERROR, error.sentence)
    return _back(pk, "classes")


def classing_version() -> CircularVersion | None:
    """The circular that classes families, as it was published last."""
    versions = circulars.latest_versions()
    return next((one for one in versions if circulars.circular_of_version(one).head.programme == PROGRAMME), None)


def colleagues(path: str) -> QuerySet[Officer]:
    """Everybody active at the federation and below: who may own a measure."""
    return Officer.objects.filter(organisation__path__startswith=path, is_active=True).order_by("name")


def _word(request: OfficerRequest, codes: str, name: str = "word") -> str:
    word = request.POST.get(name, "")
    if word not in code_lists.words_on(timezone.localdate()).get(codes, ()):
        zh, en = code_lists.LISTS[codes]
        raise SaidError(Sentence("word_unchosen", f"请选一个{zh}。", f"Choose: {en}."))
    return word


def _back(pk: UUID, place: str) -> HttpResponseRedirect:
    return redirect(_place(pk, place))


def _place(pk: UUID, place: str) -> str:
    return f"{reverse('household', args=[pk])}#{place}"
