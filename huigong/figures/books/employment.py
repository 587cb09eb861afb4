"""The second programme: graduates, what was done for them, what became of them, employers and openings, rounds, returns."""

from collections.abc import Iterable, Iterator
from typing import Any

from huigong.audit.columns import Columns
from huigong.employment.columns import (
    CONTACT,
    EMPLOYER,
    FOLLOW_UP,
    GRADUATE,
    OPENING,
    OUTCOME,
    PROPOSAL,
    RETURN,
    ROUND,
    SERVICE,
    START_UP,
)
from huigong.employment.models import (
    Contact,
    Employer,
    FollowUp,
    Graduate,
    Opening,
    Outcome,
    Proposal,
    Round,
    Service,
    StartUp,
    StatisticalReturn,
)
from huigong.figures.books.looking import Look, Now, beside, last, stands
from huigong.vault import actions as vault

_AT_A_TIME = 500
_ABOUT_GRADUATES = ("graduate.taken_in", "graduate.noted", "graduate.planned", "graduate.reopened")
_ABOUT_OPENINGS = ("opening.proposed", "opening.confirmed", "opening.closed", "opening.expired")
_ABOUT_OUTCOMES = ("outcome.noted", "outcome.proven", "outcome.confirmed", "outcome.ended")
_ABOUT_START_UPS = ("start_up.planned", "start_up.supported", "start_up.opened", "start_up.counted")


def graduates() -> Iterator[Look]:
    """Each as it was written last, and where it stands since it was moved last."""
    told, moved = last(*_ABOUT_GRADUATES), last("graduate.taken_in", "graduate.moved")
    vault.warm(Graduate.objects.values_list("data_key_id", flat=True))
    rows = Graduate.objects.order_by("reference")
    sealed = (
        Now(one.reference, one.reference, sealed=((GRADUATE, "columns", (one,)),))
        for one in rows.iterator(chunk_size=_AT_A_TIME)
    )
    yield from beside(told, sealed, "毕业生", "Graduate")
    for key, status, since in rows.values_list("reference", "status", "status_since").iterator():
        now = Now(key, key, stands(status, since))
        yield Look(key, "毕业生", "Graduate", now, moved.get(key), again=True)


def openings() -> Iterator[Look]:
    told = last(*_ABOUT_OPENINGS)
    rows = (
        Now(one.reference, one.reference, stands(one.status, one.status_since), ((OPENING, "columns", (one,)),))
        for one in Opening.objects.order_by("reference")
    )
    return beside(told, rows, "岗位", "Opening")


def employers() -> Iterator[Look]:
    rows = (Now(str(one.pk), str(one.pk), sealed=((EMPLOYER, "columns", (one,)),)) for one in Employer.objects.all())
    return beside(last("employer.kept"), rows, "单位", "Employer")


def proposals() -> Iterator[Look]:
    """Each as it was made, and where it stands since."""
    made = last("proposal.made", key=lambda one: one.payload["proposal"])
    moved = last("proposal.made", "proposal.moved", key=lambda one: one.payload["proposal"])
    rows = list(Proposal.objects.select_related("graduate"))
    sealed = (Now(str(one.pk), one.graduate.reference, sealed=((PROPOSAL, "columns", (one,)),)) for one in rows)
    yield from beside(made, sealed, "推荐", "Proposal for")
    for one in rows:
        now = Now(str(one.pk), one.graduate.reference, stands(one.status, one.status_since))
        yield Look(one.graduate.reference, "推荐", "Proposal for", now, moved.get(str(one.pk)), again=True)


def outcomes() -> Iterator[Look]:
    return _kept(Outcome.objects.select_related("graduate"), _ABOUT_OUTCOMES, "outcome", OUTCOME, "去向", "Outcome of")


def contacts() -> Iterator[Look]:
    return _kept(
        Contact.objects.select_related("graduate"), ("graduate.called",), "contact", CONTACT, "联系记录", "Contact with"
    )


def start_ups() -> Iterator[Look]:
    rows = StartUp.objects.select_related("graduate")
    return _kept(rows, _ABOUT_START_UPS, "start_up", START_UP, "创业项目", "Start-up of")


def follow_ups() -> Iterator[Look]:
    told = last("outcome.followed_up", key=lambda one: one.payload["follow_up"])
    rows = (
        Now(str(one.pk), one.outcome.graduate.reference, sealed=((FOLLOW_UP, "columns", (one,)),))
        for one in FollowUp.objects.select_related("outcome__graduate")
    )
    return beside(told, rows, "回访", "Follow-up of")


def services() -> Iterator[Look]:
    told = last("service.given", key=lambda one: one.payload["service"])
    rows = (
        Now(
            str(one.pk),
            one.graduate.reference if one.graduate else str(one.pk),
            sealed=((SERVICE, "columns", (one,)),),
        )
        for one in Service.objects.select_related("graduate")
    )
    return beside(told, rows, "就业服务", "Service to")


def rounds() -> Iterator[Look]:
    told = last("round.made", key=lambda one: (one.subject, one.payload["number"]))
    rows = (
        Now((one.federation.code, one.number), one.federation.code, sealed=((ROUND, "columns", (one,)),))
        for one in Round.objects.select_related("federation")
    )
    return beside(told, rows, "撮合", "Round of")


def returns() -> Iterator[Look]:
    told = last("return.frozen", key=lambda one: one.payload["return"])
    rows = (
        Now(str(one.pk), one.campaign.code, sealed=((RETURN, "columns", (one,)),))
        for one in StatisticalReturn.objects.select_related("campaign").iterator(chunk_size=20)
    )
    return beside(told, rows, "统计报表", "Return of")


def _kept(
    rows: Iterable[Any], actions: tuple[str, ...], name: str, columns: Columns, zh: str, en: str
) -> Iterator[Look]:
    """Rows of a graduate, each with the last event that named it."""
    told = last(*actions, key=lambda one: one.payload[name])
    now = (Now(str(one.pk), one.graduate.reference, sealed=((columns, "columns", (one,)),)) for one in rows)
    return beside(told, now, zh, en)


TABLES = (
    graduates,
    contacts,
    services,
    outcomes,
    follow_ups,
    start_ups,
    employers,
    openings,
    rounds,
    proposals,
    returns,
)
