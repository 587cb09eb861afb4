"""审核 of one case: an officer vouches only for facts that the page showed; others are decided first, and shown."""

from collections.abc import Sequence

from django.contrib.messages import ERROR, SUCCESS, WARNING
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from huigong.circulars import queries as circulars
from huigong.studentaid import actions
from huigong.studentaid.actions.decide import Gathered
from huigong.studentaid.cases import surroundings
from huigong.studentaid.lifecycle import VERIFIED
from huigong.studentaid.models import Application
from huigong.values.sentence import SaidError
from huigong.web.console.asking import OfficerRequest, tell


def vouch(request: OfficerRequest, application: Application, *, sure: bool) -> bool:
    """Verify as it was seen (the digest that the page posted), and say how that went; True where it is verified now."""
    gathered, seen = actions.gather([application], surroundings(application.campaign)), request.POST.get("seen", "")
    if not gathered:
        tell(request, WARNING, _("这件已经有名额，不再审核。"))
    elif _stands(application, gathered[0]):
        tell(request, WARNING, _("这件的事实已经审核过，没有再记。"))
    elif seen == gathered[0].digest and not sure:
        tell(request, ERROR, _("还没有记下：请先看过，再勾选确认的那一句。"))
    else:
        try:
            return _vouch(request, gathered, seen=seen)
        except SaidError as error:
            tell(request, ERROR, error.sentence)
    return False


def _stands(application: Application, gathered: Gathered) -> bool:
    same = application.verified_by and application.verified_digest == gathered.digest
    return bool(same) and application.status != VERIFIED


@transaction.atomic
def _vouch(request: OfficerRequest, gathered: Sequence[Gathered], *, seen: str) -> bool:
    """Verify what was seen, and decide on what stands now."""
    at, (one,) = timezone.now(), gathered
    campaign = one.application.campaign
    shown = seen == one.digest
    if shown:
        actions.verify(gathered, officer=request.user, at=at)
    by = request.user.username
    actions.decide(gathered, circulars.circular_of(campaign), campaign.version, officer=by, at=at)
    if shown:
        tell(request, SUCCESS, _("审核了，由您署名。"))
    else:
        tell(request, WARNING, _("已按现在的档案和材料认定。请看过下面各条，再审核。"))
    return shown
