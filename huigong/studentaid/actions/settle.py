"""Settle a question that the circular leaves to a person: which household, a late form, a certificate, a tie."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.organisations import queries as organisations
from huigong.organisations.models import Officer
from huigong.studentaid.lifecycle import OPEN
from huigong.studentaid.models import Application, Settlement
from huigong.values.sentence import SaidError, Sentence
from huigong.vault import blind

# Lateness, a certificate that contradicts the file and a tie are for a leader; the rest for who verifies too.
LEADERS_ONLY = frozenset(
    {Settlement.About.LATE, Settlement.About.CERTIFICATE, Settlement.About.TIE, Settlement.About.DOUBT}
)


def settlers(about: str) -> frozenset[str]:
    """The roles that may settle a question."""
    return frozenset({"approver"}) if about in LEADERS_ONLY else frozenset({"approver", "verifier"})


class NotSettledError(SaidError):
    """Nobody may settle this, or it was settled otherwise."""


@transaction.atomic
def settle(application: Application, about: str, *, reason: str, officer: Officer, at: datetime) -> bool:
    """Write what an officer decided; True where it is new. Raises NotSettledError; what stands is never overwritten."""
    _refuse_other_role(about, officer, at)
    kept = Settlement.objects.filter(application=application, about=about).first()
    if kept is not None:
        return False
    _refuse_second_household(application, about)
    if application.status not in OPEN:
        raise NotSettledError(
            Sentence(
                "settled_too_late",
                f"{application.reference} 已经占用名额，不能再改由谁申请；要改请先撤下公示。",
                f"{application.reference} holds a place already: take it off the notice before settling anew.",
            )
        )
    settlement = Settlement(
        application=application,
        about=about,
        settled_by=officer.username,
        data_key_id=application.data_key_id,
        at=at,
    )
    settlement.reason = reason
    settlement.save(force_insert=True)
    told = {"about": about, "reason": blind.digest("settlement", application.reference, reason)}
    audit.record("case.settled", subject=application.reference, officer=officer.username, at=at, payload=told)
    return True


def _refuse_other_role(about: str, officer: Officer, at: datetime) -> None:
    roles = organisations.roles_of(officer, on=timezone.localdate(at))
    wanted = settlers(about)
    if not roles & wanted:
        who, who_en = (
            ("负责人（审批）", "a leader (approver)") if len(wanted) == 1 else ("审核或审批", "a verifier or approver")
        )
        raise NotSettledError(
            Sentence(
                "may_not_settle",
                f"这件事要由{who}定，{officer.name}现在没有这个任职。",
                f"This is for {who_en}; {officer.name} holds no such appointment now.",
            )
        )


def _refuse_second_household(application: Application, about: str) -> None:
    if about != Settlement.About.HOUSEHOLD:
        return
    other = (
        Settlement.objects.filter(
            about=about,
            application__campaign=application.campaign_id,
            application__student_index=application.student_index,
        )
        .exclude(application=application)
        .select_related("application")
        .first()
    )
    if other is not None:
        raise NotSettledError(
            Sentence(
                "settled_otherwise",
                f"这名学生已由 {other.settled_by} 定给 {other.application.reference}，不能再定给 {application.reference}。",
                f"{other.settled_by} settled this student for {other.application.reference}; it cannot be "
                f"{application.reference} too.",
            )
        )
