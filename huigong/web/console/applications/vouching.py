"""审核 of one case: an officer vouches only for facts that the page showed; others are decided first, and shown."""

from collections.abc import Sequence

from django.contrib.messages import ERROR, SUCCESS, WARNING
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from huigong.casework import queries as casework
from huigong.casework.models import Check
from huigong.circulars import queries as circulars
from huigong.rules.sentences import MET
from huigong.studentaid import actions, queries
from huigong.studentaid.actions.decide import Gathered
from huigong.studentaid.cases import surroundings
from huigong.studentaid.lifecycle import VERIFIED
from huigong.studentaid.models import Application
from huigong.values.sentence import SaidError
from huigong.web.console import words
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
    elif seen == gathered[0].digest and (against := _against(application)):
        tell(request, ERROR, against)
    else:
        try:
            return _vouch(request, gathered, seen=seen)
        except SaidError as error:
            tell(request, ERROR, error.sentence)
    return False


def _stands(application: Application, gathered: Gathered) -> bool:
    same = application.verified_by and application.verified_digest == gathered.digest
    return bool(same) and application.status != VERIFIED


def _against(application: Application) -> str:
    """What the desk wrote of these very facts that speaks against vouching for them: a doubt, or something missing that
    the rules hold to be there. Empty where nothing does.
    """
    findings = {one.criterion: one for one in queries.findings_of([application]).get(application.pk, ())}
    for criterion, check in casework.checks_of(application.reference).items():
        finding = findings.get(criterion)
        if finding is None or check.facts_digest != application.facts_digest:
            continue
        told = {"what": words.said(finding.label, finding.label_en)}
        if check.outcome == Check.Outcome.DOUBT:
            return _("没有审核：审核台上“%(what)s”还勾着有疑问。请先弄清楚再改勾，或请家里补一次。") % told
        if check.outcome == Check.Outcome.MISSING and finding.outcome == MET:
            return (
                _(
                    "没有审核：“%(what)s”勾了缺东西，可现在按有来认定。材料没有见到的，请在“材料”里记错了；要补的，请家里补一次。"
                )
                % told
            )
    return ""


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
