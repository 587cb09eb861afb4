"""Organisations, officers and their appointments; circulars, campaigns, places handed down, and papers that are kept."""

from collections.abc import Iterator

from huigong.audit import queries as audit
from huigong.audit.queries import Told
from huigong.circulars.columns import CAMPAIGN, VERSION
from huigong.circulars.models import Campaign, CircularVersion
from huigong.documents.columns import DOCUMENT
from huigong.documents.models import Document
from huigong.figures.books.looking import Look, Now, beside, last, payload, said
from huigong.organisations.columns import APPOINTMENT, CENTRE, OFFICER, ORGANISATION
from huigong.organisations.models import AidCentre, Appointment, Officer, Organisation
from huigong.quotas.columns import ALLOTMENT, SOURCE
from huigong.quotas.models import Allotment, FundSource


def organisations() -> Iterator[Look]:
    told = dict[object, Told]()
    for event in audit.told_of("organisation.founded", "organisation.named"):
        told.pop(event.payload.get("was"), None)
        told[event.subject] = event
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
    with_centre = {key: event for key, event in told.items() if "centre" in event.payload}
    old = {key: event for key, event in told.items() if "columns" not in event.payload}
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


def officers() -> Iterator[Look]:
    rows = (
        # Officers come in by links that work once: a password that opens was put there by nobody's action.
        Now(
            one.username,
            one.username,
            said(("password", one.has_usable_password(), False)),
            ((OFFICER, "columns", (one,)),),
        )
        for one in Officer.objects.order_by("username")
    )
    return beside(last("officer.appointed"), rows, "经办人", "Officer")


def appointments() -> Iterator[Look]:
    """Periods of one role: a later event with an earlier day moved the last one, any other began a new one."""
    periods, codes = dict[tuple[str, str, str], list[Told]](), _codes()
    for event in audit.told_of("officer.appointed"):
        organisation = event.payload["organisation"]
        own = periods.setdefault((event.subject, event.payload["role"], codes.get(organisation, organisation)), [])
        if own and event.payload["from"] < own[-1].payload["from"]:
            own.pop()
        own.append(event)
    told = {(*key, number): event for key, own in periods.items() for number, event in enumerate(own)}

    def rows() -> Iterator[Now]:
        seen = dict[tuple[str, str, str], int]()
        chosen = Appointment.objects.select_related("officer", "organisation")
        for one in chosen.order_by("officer__username", "role", "organisation__code", "valid_from"):
            key = (one.officer.username, one.role, one.organisation.code)
            number = seen[key] = seen.get(key, -1) + 1
            now = payload(**{"from": one.valid_from.isoformat()})
            yield Now((*key, number), one.officer.username, now, ((APPOINTMENT, "appointment", (one,)),))

    return beside(told, rows(), "任职", "Appointment of")


def circulars() -> Iterator[Look]:
    told = last("circular.published", key=lambda one: one.payload["digest"])
    rows = (
        Now(one.digest, one.slug, sealed=((VERSION, "columns", (one,)),))
        for one in CircularVersion.objects.order_by("slug", "digest")
    )
    yield from beside(told, rows, "通知", "Circular")
    campaigns = (Now(one.code, one.code, sealed=((CAMPAIGN, "columns", (one,)),)) for one in Campaign.objects.all())
    yield from beside(last("campaign.opened", "campaign.dated"), campaigns, "活动", "Campaign")


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
        Now(one.code, one.code, sealed=((SOURCE, "source", (one,)),))
        for one in FundSource.objects.filter(pk__in=Allotment.objects.values("fund_source")).order_by("code")
    )
    yield from beside(last("quota.allotted", key=lambda one: one.payload["fund"]), sources, "资金来源", "Fund source")


def documents() -> Iterator[Look]:
    rows = (
        Now(str(one.pk), str(one.pk), payload(sha256=one.sha256, size=one.size), ((DOCUMENT, "columns", (one,)),))
        for one in Document.objects.order_by("pk")
    )
    return beside(last("document.stored"), rows, "材料", "Paper")


TABLES = (organisations, officers, appointments, circulars, allotments, documents)
