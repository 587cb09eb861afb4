"""What a signed sheet is about, and what confirming it does: a question of a case, an enrolment.

Sheets about the approvals of a whole campaign were entered once; they are shown and act no more (decision 465).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from huigong.circulars import routing
from huigong.circulars.models import Campaign
from huigong.organisations import queries as organisations
from huigong.organisations.models import Appointment, Officer, Organisation, SignedSheet
from huigong.organisations.relations import Place
from huigong.registry import actions as registry
from huigong.registry import queries as files
from huigong.registry.models import Household
from huigong.studentaid import actions as studentaid
from huigong.studentaid import queries as cases
from huigong.studentaid.models import Application
from huigong.values.sentence import SaidError, Sentence
from huigong.web import owners, permissions
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, campaign_or_404, or_404, version_sent

Act = SignedSheet.Act
_WHY = ("application-sheet", "application-reason")
"""Who opens a sheet about a question of a case is whoever may do one of these: its scan says why, and why is about a family."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What was signed: in words, where it lies, what confirming does, and the thing itself as the reader may see it."""

    word: str
    name: str
    address: str
    does: str
    thing: Campaign | Application | Household
    version: int = 0


def matter_of(request: OfficerRequest, sheet: SignedSheet) -> Matter:
    """Not there for whoever may not see the thing that it is about."""
    if sheet.act == Act.SETTLE:
        case = or_404(_case_of(request, sheet))
        word = words.said(*words.SETTLED.get(sheet.matter, ("核实：是", "confirmed: yes")))
        does = _("核对以后，这件事由签字人定下，申请重新认定。")
        return Matter(word, case.reference, reverse("application", args=[case.reference]), does, case, case.version)
    if sheet.act == Act.ENROL:
        file = or_404(file_of(request, sheet.reference))
        word = _("建档：%(level)s") % {"level": sheet.matter}
        does = _("核对以后，由签字人批准建档，扫描件存进档案。")
        return Matter(word, file.file_number, reverse("household", args=[file.pk]), does, file, file.version)
    campaign = campaign_or_404(request, sheet.reference)
    does = _("集体研究审批只凭审批表，这张不能核对，请退了。")
    return Matter(str(sheet.get_act_display()), campaign.code, reverse("sheets", args=[campaign.code]), does, campaign)


def _case_of(request: OfficerRequest, sheet: SignedSheet) -> Application | None:
    """The case, for whoever may know why a question of it was settled and sees this one."""
    return cases.application_for(request.user, sheet.reference) if _opens(request, sheet) else None


def _opens(request: OfficerRequest, sheet: SignedSheet) -> bool:
    whose = owners.owned("sheet", {"pk": sheet.pk})
    if whose is None or not permissions.opens("sheet", request.standings, whose.places):
        return False
    return sheet.act != Act.SETTLE or _sees_why(request, whose.places)


def _sees_why(request: OfficerRequest, places: Sequence[Place]) -> bool:
    return any(permissions.opens(name, request.standings, places) for name in _WHY)


def file_of(request: OfficerRequest, number: str) -> Household | None:
    """A file, for whoever may open files and sees this one."""
    if not request.roles & permissions.asked("household"):
        return None
    found = Household.objects.filter(file_number=number).first()
    return files.file_for(request.user, found.pk) if found else None


def carry_out(request: OfficerRequest, sheet: SignedSheet, matter: Matter, *, at: datetime) -> str:
    """Confirm the sheet, do what was signed, and say it. Raises SaidError."""
    told = {"name": sheet.leader.name}
    if isinstance(matter.thing, Application):
        version = version_sent(request)
        studentaid.settle_signed(sheet, matter.thing, version=version, clerk=request.user, at=at)
        return _("核对了。这件事由%(name)s定下，两位经办一起留痕。") % told
    if isinstance(matter.thing, Household):
        file, day = matter.thing, timezone.localdate(at)
        unit = file.unit or file.federation
        routing.refuse_other_centre(sheet.leader.organisation, unit, file=file.file_number, on=day)
        registry.enrol_signed(sheet, file, version=version_sent(request), clerk=request.user, at=at)
        return _("核对了。由%(name)s批准建档，两位经办一起留痕。") % told
    raise SaidError(
        Sentence(
            "form_wanted",
            "没有核对：一张签字单不列案号和总额，审批不再凭它（决定 465）。请退了这张，写审批表，"
            "打印出来依次签，再由两位经办录入。",
            "Not confirmed: a signed sheet lists no cases and no sum, and approves nothing any more (decision 465). Reject it, "
            "write an approval form, have its boxes signed on paper, and let two clerks carry them in.",
        )
    )


def leaders_over(federation: Organisation) -> list[Officer]:
    """Who approves for a federation today, there or above it."""
    here, day = [federation, *reversed(organisations.above(federation))], timezone.localdate()
    return [one for place in here for one in organisations.holders_of(Appointment.Role.APPROVER, place, on=day)]


def waiting_about(request: OfficerRequest, reference: str, act: str) -> list[SignedSheet]:
    """The sheets about one thing that nobody has confirmed or rejected, for whoever opens them."""
    found = organisations.sheets_about(reference).filter(act=act, confirmed_by="", rejected_by="")
    return [one for one in found if _opens(request, one)]


def of_campaign(request: OfficerRequest, campaign: Campaign) -> Sequence[SignedSheet]:
    """The sheets about a campaign's approvals and, for whoever opens those, about questions of its cases, the last first."""
    about = organisations.sheets_about(campaign.code)
    if _sees_why(request, [Place(campaign.federation.path)]):
        own = Application.objects.filter(campaign=campaign).values("reference")
        about |= SignedSheet.objects.filter(act=Act.SETTLE, reference__in=own)
    return list(about.select_related("leader").order_by("-entered_at", "number"))
