"""What a signed sheet is about, and what confirming it does: the approvals of a campaign, a question of a case, an enrolment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from huigong.circulars import queries as circulars
from huigong.circulars.models import Campaign
from huigong.organisations import queries as organisations
from huigong.organisations.models import Appointment, Officer, Organisation, SignedSheet
from huigong.registry import actions as registry
from huigong.registry import queries as files
from huigong.registry.models import Household
from huigong.studentaid import actions as studentaid
from huigong.studentaid import queries as cases
from huigong.studentaid.models import Application
from huigong.web import permissions
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, campaign_or_404, or_404, version_sent

Act = SignedSheet.Act


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
        case = or_404(cases.application_for(request.user, sheet.reference))
        word = words.said(*words.SETTLED.get(sheet.matter, ("核实：是", "confirmed: yes")))
        does = _("核对以后，这件事由签字人定下，申请重新认定。")
        return Matter(word, case.reference, reverse("application", args=[case.reference]), does, case, case.version)
    if sheet.act == Act.ENROL:
        file = or_404(file_of(request, sheet.reference))
        word = _("建档：%(level)s") % {"level": sheet.matter}
        does = _("核对以后，由签字人批准建档，扫描件存进档案。")
        return Matter(word, file.file_number, reverse("household", args=[file.pk]), does, file, file.version)
    campaign = campaign_or_404(request, sheet.reference)
    does = _("核对以后，公示期满的由签字人审批，钱进账。")
    return Matter(str(sheet.get_act_display()), campaign.code, reverse("sheets", args=[campaign.code]), does, campaign)


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
        registry.enrol_signed(sheet, matter.thing, version=version_sent(request), clerk=request.user, at=at)
        return _("核对了。由%(name)s批准建档，两位经办一起留痕。") % told
    campaign = Campaign.objects.select_related("version", "federation").get(pk=matter.thing.pk)
    circular, day = circulars.circular_of(campaign), timezone.localdate(at)
    n = studentaid.approve_signed(sheet, campaign, circular, clerk=request.user, on=day, at=at)
    return _("核对了。%(n)s 件由%(leader)s审批，两位经办一起留痕。") % {"n": n, "leader": sheet.leader.name}


def leaders_over(federation: Organisation) -> list[Officer]:
    """Who approves for a federation today, there or above it."""
    here, day = [federation, *reversed(organisations.above(federation))], timezone.localdate()
    return [one for place in here for one in organisations.holders_of(Appointment.Role.APPROVER, place, on=day)]


def waiting_about(reference: str, act: str) -> QuerySet[SignedSheet]:
    """The sheets about one thing that nobody has confirmed or rejected."""
    return organisations.sheets_about(reference).filter(act=act, confirmed_by="", rejected_by="")


def of_campaign(campaign: Campaign) -> Sequence[SignedSheet]:
    """The sheets about a campaign's approvals and about questions of its cases, the last first."""
    own = Application.objects.filter(campaign=campaign).values("reference")
    about = SignedSheet.objects.filter(act=Act.SETTLE, reference__in=own) | organisations.sheets_about(campaign.code)
    return list(about.select_related("leader").order_by("-entered_at", "number"))
