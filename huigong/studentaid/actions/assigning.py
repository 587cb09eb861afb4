"""派件 of applications: give some to one officer, share out what nobody has, hand on all that somebody has in hand.

Whoever is given a case could work on it anyway: it stands on a quota or comes from a unit of their own office.
"""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from django.utils import timezone

from huigong.casework import actions as casework
from huigong.casework import queries as of_casework
from huigong.casework.models import Assignment
from huigong.casework.sharing_out import shared_out
from huigong.circulars.models import Campaign
from huigong.organisations.hands import refuse_other_role
from huigong.organisations.models import Appointment, Officer, Organisation
from huigong.studentaid.in_hand import in_hand_of, loads, verifiers_for
from huigong.studentaid.models import Application
from huigong.studentaid.queries import in_scope
from huigong.values.sentence import SaidError, Sentence


class OutOfReachError(SaidError):
    """A case is given to somebody who would not see it, or there is nobody to give it to."""


def give_cases(
    campaign: Campaign, applications: Collection[Application], to: Officer, *, officer: Officer, at: datetime
) -> Assignment | None:
    """All of them to one officer; None where they are there already. Raises OutOfReachError and what `casework.assign` does."""
    how = Assignment.How.TAKEN if to.pk == officer.pk else Assignment.How.GIVEN
    return _assign(campaign, applications, to, how=how, officer=officer, at=at)


def hand_cases(campaign: Campaign, holder: str, to: Officer, *, officer: Officer, at: datetime) -> Assignment | None:
    """What somebody has in hand, as far as the officer sees it, to another: to a deputy while they are away. Raises as give_cases."""
    held = in_scope(officer, in_hand_of(campaign, holder).order_by("reference"))
    return _assign(campaign, held, to, how=Assignment.How.HANDED, officer=officer, at=at)


def share_cases(
    campaign: Campaign, applications: Collection[Application], *, officer: Officer, at: datetime
) -> Assignment | None:
    """What nobody looks after among these, evenly to the verifiers of its county; None where somebody has every one.

    Raises OutOfReachError where a county has no verifier, at home or above.
    """
    refuse_other_role(officer, Appointment.Role.APPROVER, at=at)
    had = of_casework.names_of_assignees([one.reference for one in applications])
    by_home: dict[Organisation, list[str]] = {}
    for one in applications:
        if not had.get(one.reference):
            by_home.setdefault(one.federation, []).append(one.reference)
    count, to = Counter(loads(campaign)), dict[str, str]()
    for home, references in sorted(by_home.items(), key=lambda pair: pair[0].code):
        people = [one.username for one in verifiers_for(home, on=timezone.localdate(at))]
        if not people:
            raise _nobody_there(home)
        given = shared_out(references, {name: count[name] for name in people})
        count.update(given.values())
        to |= given
    return casework.assign(campaign.code, to, how=Assignment.How.SHARED, officer=officer, at=at)


def _assign(
    campaign: Campaign, applications: Collection[Application], to: Officer, *, how: str, officer: Officer, at: datetime
) -> Assignment | None:
    refuse_other_role(to, Appointment.Role.VERIFIER, at=at)
    _refuse_out_of_reach(applications, to)
    given = dict.fromkeys((one.reference for one in applications), to.username)
    return casework.assign(campaign.code, given, how=how, officer=officer, at=at)


def _refuse_out_of_reach(applications: Collection[Application], to: Officer) -> None:
    seen = {one.pk for one in in_scope(to, applications)}
    beyond = [one for one in applications if one.pk not in seen]
    if beyond:
        first = beyond[0]
        raise OutOfReachError(
            Sentence(
                "assignee_out_of_reach",
                f"{first.reference} 等 {len(beyond)} 件不归{to.organisation.name}，{to.name}看不到，没有派。请换人，或先按工会筛。",
                f"{first.reference} and others ({len(beyond)}) are not {to.organisation.code}'s: {to.name} would not see "
                "them. Choose somebody else, or filter by federation first.",
            )
        )


def _nobody_there(home: Organisation) -> OutOfReachError:
    return OutOfReachError(
        Sentence(
            "nobody_verifies_there",
            f"{home.name}和上级都没有在任的审核人，没有派。请安全管理员先任命。",
            f"Nobody verifies for {home.code} or above it: nothing was given. Ask the security administrator to appoint.",
        )
    )
