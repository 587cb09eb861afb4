"""Organisations, officers and their appointments; circulars, campaigns, places handed down, and papers that are kept."""

from collections.abc import Iterator

from huigong.audit import queries as audit
from huigong.audit.queries import Told
from huigong.circulars.columns import CALENDAR_DAY, CAMPAIGN, PARAMETER, PLAN, VERSION
from huigong.circulars.models import CalendarDay, Campaign, CircularVersion, ImplementationPlan, Parameter
from huigong.documents.columns import DOCUMENT, ERASURE, LEGAL_HOLD
from huigong.documents.models import Document, Erasure, LegalHold
from huigong.figures.books.looking import Look, Now, beside, last, payload, said
from huigong.organisations.columns import (
    APPOINTMENT,
    CENTRE,
    CHANGE,
    HAND_OVER,
    INVITATION,
    OFFICER,
    ORGANISATION,
    PASSWORD,
    SHEET,
)
from huigong.organisations.models import (
    AidCentre,
    Appointment,
    HandOver,
    Invitation,
    Officer,
    Organisation,
    SignedSheet,
    UnitChange,
)
from huigong.quotas.columns import ALLOTMENT, MOVE, SOURCE
from huigong.quotas.models import Allotment, FundSource, PlaceMove


def organisations() -> Iterator[Look]:
    told, centre_told = dict[object, Told](), dict[object, Told]()
    for event in audit.told_of("organisation.founded", "organisation.named", "organisation.changed"):
        for known in (told, centre_told):
            known.pop(event.payload.get("was"), None)
        told[event.subject] = event
        if event.action != "organisation.changed":  # a change of the unit leaves its centre as it was
            centre_told[event.subject] = event
    rows = (
        Now(
            one.code,
            one.code,
            # A path is told by nobody: it follows from the parent's.
            said(("path", one.path, f"{one.parent.path if one.parent else '/'}{one.code}/")),
            ((ORGANISATION, "columns", (one,)),),
        )
        for one in Organisation.objects.select_related("parent").order_by("code")
    )
    yield from beside(told, rows, "工会组织", "Organisation")
    centres = (
        Now(one.federation.code, one.federation.code, sealed=((CENTRE, "centre", (one,)),))
        for one in AidCentre.objects.select_related("federation").order_by("federation__code")
    )
    with_centre = {key: event for key, event in centre_told.items() if "centre" in event.payload}
    old = {key: event for key, event in centre_told.items() if "columns" not in event.payload}
    standing = list(centres)
    stands = {one.key for one in standing}
    codes = _codes()
    telephoned = last("centre.telephoned", key=lambda one: codes.get(one.subject, one.subject))
    known = with_centre | {key: event for key, event in old.items() if key in stands} | telephoned
    yield from beside(known, standing, "帮扶中心", "Aid centre")


def _codes() -> dict[str, str]:
    """What a federation that waited for its name is called now, by the code that earlier events have."""
    now = dict[str, str]()
    for event in audit.told_of("organisation.named"):
        was = event.payload["was"]
        now = {code: event.subject if name == was else name for code, name in now.items()} | {was: event.subject}
    return {code: name for code, name in now.items() if code != name}


def unit_changes() -> Iterator[Look]:
    told = last("organisation.changed", key=lambda one: (one.subject, one.payload["number"]))
    rows = (
        Now((one.organisation.code, one.number), one.organisation.code, sealed=((CHANGE, "change", (one,)),))
        for one in UnitChange.objects.select_related("organisation").order_by("organisation__code", "number")
    )
    return beside(told, rows, "单位沿革", "Change of")


def officers() -> Iterator[Look]:
    """Each officer as last told; a password that opens is one that an event set, else it was put there by nobody's action."""
    changes = ("officer.appointed", "officer.dismissed", "officer.password_set", "officer.handed_over")
    passwords = last("officer.password_set")
    standing = list(Officer.objects.order_by("username"))
    rows = (
        Now(
            one.username,
            one.username,
            said(("password", one.has_usable_password(), one.username in passwords)),
            ((OFFICER, "columns", (one,)),),
        )
        for one in standing
    )
    yield from beside(last(*changes), rows, "经办人", "Officer")
    secrets = (
        Now(one.username, one.username, sealed=((PASSWORD, "password", (one,)),))
        for one in standing
        if one.username in passwords
    )
    yield from beside(passwords, secrets, "密码", "Password of", again="officer")


_Period = tuple[str, str, str, str]


def appointments() -> Iterator[Look]:
    """Periods by the day on which they begin: one that is to begin earlier takes the place of the one that was to begin later."""
    periods, codes = dict[_Period, Told](), _codes()
    for event in audit.told_of("officer.appointed", "officer.dismissed"):
        if "from" not in event.payload:
            continue
        organisation, begin = event.payload["organisation"], event.payload["from"]
        whose = (event.subject, event.payload["role"], codes.get(organisation, organisation))
        if event.action == "officer.appointed" and "until" not in event.payload:
            later = [key for key in periods if key[:3] == whose and key[3] > begin]
            for key in later:
                del periods[key]
        periods[*whose, begin] = event

    def rows() -> Iterator[Now]:
        chosen = Appointment.objects.select_related("officer", "organisation")
        for one in chosen.order_by("officer__username", "role", "organisation__code", "valid_from"):
            begin = one.valid_from.isoformat()
            key = (one.officer.username, one.role, one.organisation.code, begin)
            yield Now(key, one.officer.username, payload(**{"from": begin}), ((APPOINTMENT, "appointment", (one,)),))

    return beside(periods, rows(), "任职", "Appointment of")


def invitations() -> Iterator[Look]:
    rows = (
        Now(str(one.pk), str(one.pk), sealed=((INVITATION, "columns", (one,)),))
        for one in Invitation.objects.order_by("pk")
    )
    return beside(last("invitation.issued", "invitation.used"), rows, "邀请码", "Invitation")


def hand_overs() -> Iterator[Look]:
    rows = (
        Now(one.leaver.username, one.number, sealed=((HAND_OVER, "hand_over", (one,)),))
        for one in HandOver.objects.select_related("leaver").order_by("number")
    )
    return beside(last("officer.handed_over"), rows, "交接", "Hand-over")


def signed_sheets() -> Iterator[Look]:
    rows = (
        Now(one.number, one.number, sealed=((SHEET, "columns", (one,)),))
        for one in SignedSheet.objects.order_by("number")
    )
    return beside(last("sheet.entered", "sheet.confirmed", "sheet.rejected"), rows, "签字单", "Signed sheet")


def circulars() -> Iterator[Look]:
    told = last("circular.published", key=lambda one: one.payload["digest"])
    rows = (
        Now(one.digest, one.slug, sealed=((VERSION, "columns", (one,)),))
        for one in CircularVersion.objects.order_by("slug", "digest")
    )
    yield from beside(told, rows, "通知", "Circular")
    campaigns = (Now(one.code, one.code, sealed=((CAMPAIGN, "columns", (one,)),)) for one in Campaign.objects.all())
    yield from beside(last("campaign.opened", "campaign.dated", "campaign.supplemented"), campaigns, "活动", "Campaign")


def plans() -> Iterator[Look]:
    told = last("plan.filed", key=lambda one: (one.subject, one.payload["federation"], one.payload["number"]))
    rows = (
        Now(
            (one.campaign.code, one.federation.code, one.number),
            f"{one.campaign.code}:{one.federation.code}",
            sealed=((PLAN, "plan", (one,)),),
        )
        for one in ImplementationPlan.objects.select_related("campaign", "federation")
    )
    return beside(told, rows, "实施方案", "Implementation plan")


def parameters() -> Iterator[Look]:
    told = last("parameter.kept", key=lambda one: (one.subject, one.payload["from"]))
    rows = (
        Now(
            (f"parameter:{one.name}:{one.place.code}", one.valid_from.isoformat()),
            f"{one.name}:{one.place.code}",
            sealed=((PARAMETER, "columns", (one,)),),
        )
        for one in Parameter.objects.select_related("place")
    )
    return beside(told, rows, "标准", "Parameter")


def calendar_days() -> Iterator[Look]:
    told = last("calendar.kept", key=lambda one: (one.subject, one.payload["number"]))
    rows = (
        Now(
            (f"calendar:{one.day.isoformat()}", one.number),
            one.day.isoformat(),
            payload(kind=one.kind),
            ((CALENDAR_DAY, "columns", (one,)),),
        )
        for one in CalendarDay.objects.all()
    )
    return beside(told, rows, "工作日历", "Calendar day")


def allotments() -> Iterator[Look]:
    codes = _codes()
    told = last(
        "quota.allotted",
        key=lambda one: (codes.get(one.subject, one.subject), one.payload["campaign"], one.payload["fund"]),
    )
    chosen = Allotment.objects.select_related("campaign", "organisation", "fund_source")
    rows = (
        Now(
            (one.organisation.code, one.campaign.code, one.fund_source.code),
            one.organisation.code,
            payload(places=one.places),
            ((ALLOTMENT, "columns", (one,)),),
        )
        for one in chosen.order_by("organisation__code")
    )
    yield from beside(told, rows, "指标分配", "Allotment to")
    sources = (
        Now(one.code, one.code, sealed=((SOURCE, "source", (one,)),)) for one in FundSource.objects.order_by("code")
    )
    told_of = last("quota.allotted", "source.kept", key=lambda one: one.payload["fund"])
    yield from beside(told_of, sources, "资金来源", "Fund source")


def moves() -> Iterator[Look]:
    verbs = ("places.issued", "places.returned", "places.transferred", "places.reclaimed")
    told = last(*verbs, key=lambda one: (one.payload["campaign"], one.payload["number"]))
    rows = (
        Now((one.campaign.code, one.number), one.taker.code, payload(places=one.places), ((MOVE, "columns", (one,)),))
        for one in PlaceMove.objects.select_related("campaign", "taker")
    )
    return beside(told, rows, "指标流转", "Move of places to")


def documents() -> Iterator[Look]:
    rows = (
        Now(str(one.pk), str(one.pk), payload(sha256=one.sha256, size=one.size), ((DOCUMENT, "columns", (one,)),))
        for one in Document.objects.order_by("pk")
    )
    return beside(last("document.stored"), rows, "材料", "Paper")


def legal_holds() -> Iterator[Look]:
    told = last("document.kept_back", "document.let_go", key=lambda one: one.payload["legal_hold"])
    rows = (Now(str(one.pk), one.subject, sealed=((LEGAL_HOLD, "columns", (one,)),)) for one in LegalHold.objects.all())
    return beside(told, rows, "法律保全", "Legal hold on")


def erasures() -> Iterator[Look]:
    told = last("document.erased", key=lambda one: one.payload["erasure"])
    rows = (
        Now(str(one.pk), str(one.document_id), sealed=((ERASURE, "columns", (one,)),)) for one in Erasure.objects.all()
    )
    return beside(told, rows, "到期销毁", "Erasure of")


TABLES = (
    legal_holds,
    erasures,
    organisations,
    unit_changes,
    officers,
    appointments,
    invitations,
    hand_overs,
    signed_sheets,
    circulars,
    plans,
    parameters,
    calendar_days,
    allotments,
    moves,
    documents,
)
