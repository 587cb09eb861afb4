"""Approval forms with their lines, boxes and bands, the households as they stood, and second factors."""

from collections.abc import Iterator

from huigong.approvals.columns import APPROVAL, BAND, LINE, OPINION, SNAPSHOT
from huigong.approvals.lifecycle import MOVED
from huigong.approvals.models import Approval, Band, HouseholdSnapshot, Opinion
from huigong.figures.books.looking import Look, Now, beside, last, payload, said, stands
from huigong.organisations.columns import FACTOR, FACTOR_GONE
from huigong.organisations.models import SecondFactor


def forms() -> Iterator[Look]:
    standing = list(Approval.objects.prefetch_related("lines").order_by("number"))
    rows = (
        Now(
            one.number,
            one.number,
            payload(count=one.declared_count, fen=one.declared_fen),
            ((APPROVAL, "columns", (one,)), (LINE, "lines", tuple(one.lines.all()))),
        )
        for one in standing
    )
    yield from beside(last("approval.prepared"), rows, "审批表", "Approval form")
    moved = (Now(one.number, one.number, stands(one.status, one.status_since)) for one in standing)
    yield from beside(last(*MOVED), moved, "审批表", "Approval form", again="yes")


def opinions() -> Iterator[Look]:
    told = last("approval.signed", key=lambda one: (one.subject, one.payload["position"]))
    rows = (
        Now((one.approval.number, one.position), one.approval.number, sealed=((OPINION, "columns", (one,)),))
        for one in Opinion.objects.select_related("approval")
    )
    return beside(told, rows, "审批意见", "Opinion on")


def bands() -> Iterator[Look]:
    told = last("band.laid", key=lambda one: one.payload["band"])
    rows = (
        Now(str(one.pk), f"band:{one.place.code}", sealed=((BAND, "columns", (one,)),))
        for one in Band.objects.select_related("place")
    )
    return beside(told, rows, "签字档次", "Band")


def snapshots() -> Iterator[Look]:
    rows = (
        Now((one.case_reference, one.approval.number), one.case_reference, sealed=((SNAPSHOT, "columns", (one,)),))
        for one in HouseholdSnapshot.objects.select_related("approval")
    )
    told = last("household.kept", key=lambda one: (one.subject, one.payload.get("form")))
    return beside(told, rows, "审批时的档案", "Household as approved")


def factors() -> Iterator[Look]:
    standing = list(SecondFactor.objects.select_related("officer"))
    rows = (Now(str(one.pk), one.officer.username, sealed=((FACTOR, "columns", (one,)),)) for one in standing)
    told = last("factor.enrolled", key=lambda one: one.payload["factor"])
    yield from beside(told, rows, "动态码", "Second factor of")
    gone = last("factor.withdrawn", key=lambda one: one.payload["factor"])

    def ended() -> Iterator[Now]:
        for one in standing:
            if str(one.pk) in gone:
                yield Now(str(one.pk), one.officer.username, sealed=((FACTOR_GONE, "columns", (one,)),))
            else:
                silent = said(("withdrawn_by", one.withdrawn_by, ""), ("withdrawn_at", one.withdrawn_at, None))
                yield Now(str(one.pk), one.officer.username, silent)

    in_force = told | gone
    yield from beside(in_force, ended(), "动态码", "Second factor of", again="yes")


TABLES = (forms, opinions, bands, snapshots, factors)
