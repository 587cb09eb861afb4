"""Work at the desk: checks, one-time notices with their points, second looks, slips of originals, scans, bulks."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from huigong.audit.columns import Columns
from huigong.audit.queries import Told
from huigong.casework.columns import (
    ANSWER,
    ASSIGNED,
    ASSIGNMENT,
    BACK,
    BULK,
    CHECK,
    DRAW,
    DRAWN,
    LOOK,
    NOTICE,
    POINT,
    SCAN,
    SLIP,
    UNDONE,
)
from huigong.casework.models import (
    Assignment,
    BulkVerification,
    CaseAssignee,
    Check,
    NoticePoint,
    OneTimeNotice,
    OriginalSlip,
    PointAnswer,
    Scan,
    SecondLook,
    SecondLookDraw,
)
from huigong.figures.books.looking import Look, Now, beside, last


def checks() -> Iterator[Look]:
    told = last("case.checked", key=lambda one: one.payload["check"])
    rows = (Now(str(one.pk), one.case_reference, sealed=((CHECK, "columns", (one,)),)) for one in Check.objects.all())
    return beside(told, rows, "核对", "Check")


def notices() -> Iterator[Look]:
    told = last("case.told", key=lambda one: (one.subject, one.payload["round"]))
    rows = (
        Now((one.case_reference, one.round), one.case_reference, sealed=((NOTICE, "columns", (one,)),))
        for one in OneTimeNotice.objects.all()
    )
    return beside(told, rows, "一次性告知", "One-time notice")


def points() -> Iterator[Look]:
    told = last("point.told", key=lambda one: one.payload["point"])
    rows = (
        Now(str(one.pk), one.notice.case_reference, sealed=((POINT, "columns", (one,)),))
        for one in NoticePoint.objects.select_related("notice")
    )
    return beside(told, rows, "告知事项", "Point of a notice")


def answers() -> Iterator[Look]:
    told = last("point.answered", key=lambda one: one.payload["point"])
    rows = (
        Now(str(one.point_id), one.point.notice.case_reference, sealed=((ANSWER, "columns", (one,)),))
        for one in PointAnswer.objects.select_related("point__notice")
    )
    return beside(told, rows, "告知事项已补", "Answer to a point")


def draws() -> Iterator[Look]:
    told = last("second_look.seeded", key=lambda one: (one.subject, one.payload["number"]))
    rows = (
        Now((one.campaign_code, one.number), one.campaign_code, sealed=((DRAW, "columns", (one,)),))
        for one in SecondLookDraw.objects.all()
    )
    return beside(told, rows, "复核抽样", "Draw of second looks")


def looks() -> Iterator[Look]:
    told = last("second_look.drawn", key=lambda one: one.payload["look"])
    rows = list(SecondLook.objects.all())
    drawn = (Now(str(one.pk), one.case_reference, sealed=((DRAWN, "columns", (one,)),)) for one in rows)
    yield from beside(told, drawn, "复核", "Second look")
    given = last("second_look.given", key=lambda one: one.payload["look"])
    yield from _written(given, [(str(one.pk), one) for one in rows], LOOK, "复核")


def slips() -> Iterator[Look]:
    rows = list(OriginalSlip.objects.all())
    received = (Now(one.number, one.number, sealed=((SLIP, "columns", (one,)),)) for one in rows)
    yield from beside(last("original.received", key=_slip), received, "原件收条", "Slip of an original")
    yield from _written(last("original.returned", key=_slip), [(one.number, one) for one in rows], BACK, "原件收条")


def _slip(told: Told) -> object:
    return told.payload["slip"]


def scans() -> Iterator[Look]:
    told = last("scan.added", key=lambda one: one.payload["scan"])
    rows = (Now(str(one.pk), one.case_reference, sealed=((SCAN, "columns", (one,)),)) for one in Scan.objects.all())
    return beside(told, rows, "材料图", "Scan")


def bulks() -> Iterator[Look]:
    rows = list(BulkVerification.objects.all())
    told = last("bulk.verified", key=lambda one: one.payload["bulk"])
    noted = (Now(str(one.pk), one.campaign_code, sealed=((BULK, "columns", (one,)),)) for one in rows)
    yield from beside(told, noted, "批量审核", "Bulk verification")
    undone = last("bulk.undone", key=lambda one: one.payload["bulk"])
    yield from _written(undone, [(str(one.pk), one) for one in rows], UNDONE, "批量审核")


def assignments() -> Iterator[Look]:
    told = last("cases.given", key=lambda one: (one.subject, one.payload["number"]))
    rows = (
        Now((one.campaign_code, one.number), one.campaign_code, sealed=((ASSIGNMENT, "columns", (one,)),))
        for one in Assignment.objects.all()
    )
    yield from beside(told, rows, "派件", "Assignment")
    cases = (
        Now(one.case_reference, one.case_reference, sealed=((ASSIGNED, "columns", (one,)),))
        for one in CaseAssignee.objects.all()
    )
    yield from beside(last("case.given", key=lambda one: one.subject), cases, "经办件", "Case in hand")


def _written(told: Mapping[Any, Told], rows: Iterable[tuple[str, Any]], columns: Columns, zh: str) -> Iterator[Look]:
    """Columns that are written once, later: what an event tells of them, or nothing at all."""
    for key, one in rows:
        if key in told or any(getattr(one, name) not in ("", None) for name in columns.names):
            now = Now(key, key, sealed=((columns, "columns", (one,)),))
            yield Look(key, zh, columns.kind, now, told.get(key), again=True)


TABLES = (checks, notices, points, answers, draws, looks, slips, scans, bulks, assignments)
