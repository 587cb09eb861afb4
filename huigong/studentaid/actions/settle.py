"""Settle a question that the circular leaves to a person: which household, a late form, a certificate, a tie."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.circulars.models import Campaign
from huigong.organisations import queries as organisations
from huigong.organisations.models import Officer
from huigong.studentaid.columns import SETTLEMENT
from huigong.studentaid.lifecycle import OPEN
from huigong.studentaid.models import Application, Settlement
from huigong.studentaid.queries import in_scope
from huigong.values.sentence import SaidError, Sentence

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
def settle(application: Application, about: str, *, version: int, reason: str, officer: Officer, at: datetime) -> bool:
    """Write what an officer decided; True where it is new. Raises NotSettledError; what stands is never overwritten.

    `version` is the case's as the officer saw it: where it has moved since, nothing is written.
    """
    # One lock for the campaign: two officers who choose two households of one student come one after the other.
    Campaign.objects.select_for_update().get(pk=application.campaign_id)
    standing = Application.objects.get(pk=application.pk)
    _refuse_other_role(about, officer, at)
    claims = _claims(standing) if about == Settlement.About.HOUSEHOLD else [standing]
    _refuse_out_of_scope(claims, officer)
    if Settlement.objects.filter(application=standing, about=about).exists():
        return False
    if about == Settlement.About.HOUSEHOLD:
        _refuse_second_household(standing, claims)
    elif standing.status not in OPEN:
        raise _too_late(standing)
    if standing.version != version:
        raise _moved(standing)
    settlement = Settlement(
        application=standing, about=about, settled_by=officer.username, data_key_id=standing.data_key_id, at=at
    )
    settlement.reason = reason
    settlement.save(force_insert=True)
    told = {"about": about, "columns": SETTLEMENT.told(settlement)}
    audit.record("case.settled", subject=standing.reference, officer=officer.username, at=at, payload=told)
    return True


def _claims(application: Application) -> list[Application]:
    """Every case of the student in the campaign: choosing a household settles all of them."""
    own = Application.objects.filter(campaign=application.campaign_id, student_index=application.student_index)
    return list(own.order_by("reference"))


def is_within(application: Application, about: str, officer: Officer) -> bool:
    """Whether every case that settling this would settle is in the officer's scope."""
    claims = _claims(application) if about == Settlement.About.HOUSEHOLD else [application]
    return len(in_scope(officer, claims)) == len(claims)


def _refuse_out_of_scope(claims: Sequence[Application], officer: Officer) -> None:
    if len(in_scope(officer, claims)) < len(claims):
        raise NotSettledError(
            Sentence(
                "not_in_scope",
                f"这件事牵涉的申请不都归{officer.organisation.name}管，{officer.name}不能定，请上级总工会的负责人定。",
                f"Not all of these cases belong to {officer.organisation.code}: somebody of the federation above settles this.",
            )
        )


def _moved(application: Application) -> NotSettledError:
    return NotSettledError(
        Sentence(
            "case_moved",
            f"{application.reference} 在您打开以后有了变化，这次没有记下。请看看现在的情况再定。",
            f"{application.reference} has moved since you opened it; nothing was written. Look at it as it stands now.",
        )
    )


def _too_late(application: Application) -> NotSettledError:
    return NotSettledError(
        Sentence(
            "settled_too_late",
            f"{application.reference} 已经占用名额（五(六)），不能再改由谁申请；要改请先撤下公示。",
            f"{application.reference} holds a place already: take it off the notice before settling anew.",
        )
    )


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


def _refuse_second_household(application: Application, claims: Sequence[Application]) -> None:
    """One student is aided through one household: not two settled, and none beside one that holds a place.

    The case that holds the place may be confirmed, so that a claim that came later is answered.
    """
    others = [one for one in claims if one.pk != application.pk]
    chosen = Settlement.objects.filter(application__in=others, about=Settlement.About.HOUSEHOLD)
    other_choice = chosen.select_related("application").first()
    if other_choice is not None:
        by = organisations.names_of([other_choice.settled_by]).get(other_choice.settled_by, other_choice.settled_by)
        raise NotSettledError(
            Sentence(
                "settled_otherwise",
                f"这名学生已由 {by} 定给 {other_choice.application.reference}，"
                f"不能再定给 {application.reference}（五(六)）。",
                f"{by} settled this student for {other_choice.application.reference}; it cannot be "
                f"{application.reference} too.",
            )
        )
    placed = next((one for one in others if one.status not in OPEN), None)
    if placed is None and application.status not in OPEN and not others:
        placed = application
    if placed is not None:
        raise _too_late(placed)
