"""What a list of applications was asked for: filters in its address, and the applications that they leave."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import timedelta

from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy
from django.http import QueryDict
from django.utils import timezone

from huigong.casework import queries as casework
from huigong.casework.models import OneTimeNotice
from huigong.publicnotices import queries as publicnotices
from huigong.studentaid import queries
from huigong.studentaid.in_hand import SOON
from huigong.studentaid.lifecycle import OWES, WORDS
from huigong.studentaid.models import NOT_VERIFIED, Application
from huigong.values import resident_id
from huigong.vault import blind

A_PAGE = 50
_DIGEST = re.compile(r"[0-9a-f]{64}")
SORTS: Mapping[str, Sequence[str | OrderBy]] = {
    "reference": ("reference",),
    "easiest": (F("open_points").asc(nulls_last=True), "reference"),
    "rank": ("federation__code", F("rank").asc(nulls_last=True), "reference"),
}
FUNNELS: Mapping[str, Sequence[str]] = {
    "level": ("level", "kind"),
    "unit": ("federation", "unit"),
    "status": ("status", "verified"),
    "due": ("due",),
    "assignee": ("assignee",),
}
"""The filters that open at a heading of the table."""
DUES = ("over", "soon", "near", "later")
NOBODY = "-"
"""As an assignee: what nobody looks after."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of a list as they stand in its address. `person` is a blind index: no identity number ever stands there."""

    status: tuple[str, ...] = ()
    verdict: str = ""
    federation: str = ""
    unit: str = ""
    level: str = ""
    kind: str = ""
    verified: str = ""
    due: str = ""
    assignee: str = ""
    notice: str = ""
    q: str = ""
    person: str = ""
    sort: str = "reference"

    @property
    def query(self) -> str:
        """The address's query for these filters; `?` where there is none, so that it can be followed."""
        query = QueryDict(mutable=True)
        for field in fields(self):
            value = getattr(self, field.name)
            if value and (field.name, value) != ("sort", "reference"):
                query.setlist(field.name, [*value] if isinstance(value, tuple) else [value])
        return f"?{query.urlencode()}"

    def without(self, *names: str) -> list[tuple[str, str]]:
        """The filters as a form keeps them, but these."""
        query = QueryDict(self.query.removeprefix("?"))
        return [(name, value) for name, values in query.lists() if name not in names for value in values]

    @property
    def narrows(self) -> bool:
        """Whether anything but the order is asked for."""
        return replace(self, sort="reference") != Asked()


def asked(query: QueryDict) -> Asked:
    """What an address or a filled search asks for; unknown words ask for nothing. A whole identity number becomes its index."""
    told = {field.name: query.get(field.name, "").strip()[:100] for field in fields(Asked) if field.name != "status"}
    told["sort"] = told["sort"] if told["sort"] in SORTS else "reference"
    told["due"] = told["due"] if told["due"] in DUES else ""
    told["person"] = told["person"] if _DIGEST.fullmatch(told["person"]) else ""
    number = resident_id.normalise(told["q"])
    if _is_identity(number):
        told |= {"q": "", "person": blind.index("resident_id", number)}
    elif told["q"]:
        told["person"] = ""
    return Asked(status=tuple(status for status in query.getlist("status") if status in WORDS), **told)


def holds_identity(query: QueryDict) -> bool:
    """Whether somebody wrote an identity number into the address itself: the answer is an address without it."""
    return _is_identity(resident_id.normalise(query.get("q", "")))


def _is_identity(text: str) -> bool:
    return bool(re.fullmatch(r"\d{15}|\d{17}[\dX]", text))


def narrowed(applications: QuerySet[Application], asked: Asked) -> QuerySet[Application]:
    """Those that the filters ask for, whatever their status."""
    exactly = {
        "verdict": asked.verdict,
        "federation__code": asked.federation,
        "unit__code": asked.unit,
        "education_level": asked.level,
        "student_kind": asked.kind,
    }
    rows = applications.filter(**{name: value for name, value in exactly.items() if value})
    if asked.verified in {"yes", "no"}:
        rows = rows.exclude(NOT_VERIFIED) if asked.verified == "yes" else rows.filter(NOT_VERIFIED)
    if asked.assignee:
        given = asked.assignee
        rows = (
            rows.exclude(reference__in=casework.cases_of_somebody())
            if given == NOBODY
            else rows.filter(reference__in=casework.cases_of(given))
        )
    if asked.due:
        rows = rows.filter(status__in=OWES, reference__in=_told_until(asked.due))
    if asked.notice:
        rows = rows.filter(reference__in=publicnotices.references_on(asked.notice))
    if asked.person:
        rows = queries.of_person(rows, asked.person)
    return queries.named(rows, asked.q) if asked.q else rows


def _told_until(due: str) -> QuerySet[OneTimeNotice, str]:
    """The cases whose family was told to supply until a day that is over, within a week, or later."""
    today = timezone.localdate()
    if due == "over":
        return casework.told_until(None, today - timedelta(days=1))
    if due == "later":
        return casework.told_until(today + SOON + timedelta(days=1), None)
    return casework.told_until(today if due == "soon" else None, today + SOON)


def ordered(applications: QuerySet[Application], asked: Asked) -> QuerySet[Application]:
    rows = applications.filter(status__in=asked.status) if asked.status else applications
    return rows.order_by(*SORTS[asked.sort])
