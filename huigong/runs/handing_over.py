"""交接, the whole of it: the list of what is open, the roles that end, and everything in the leaver's hands that moves.

What names somebody because they did it (who received a form, who took an original in) stays as it was; the successor
acts for them (`organisations.acts_for`). What names somebody because they are to do it moves.
"""

from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from huigong.audit import actions as audit
from huigong.casework import actions as casework
from huigong.casework import queries as of_casework
from huigong.casework.models import SavedView
from huigong.figures.open_work import open_work_of
from huigong.grievances.models import Grievance
from huigong.intake import actions as intake
from huigong.intake.models import Draft
from huigong.organisations import actions as organisations
from huigong.organisations.models import Appointment, HandOver, Officer
from huigong.registry import actions as registry
from huigong.registry.actions.plan import PLANNED
from huigong.registry.models import Measure
from huigong.studentaid import actions as studentaid
from huigong.studentaid.lifecycle import UNFINISHED
from huigong.studentaid.models import Application
from huigong.studentaid.queries import in_scope
from huigong.values.sentence import SaidError, Sentence


@transaction.atomic
def hand_over(leaver: Officer, successor: Officer, witness: Officer, *, on: date, by: str, at: datetime) -> HandOver:
    """As `organisations.hand_over`, and what was in hand is the successor's. Raises SaidError where that cannot be.

    The rows that change are locked before the chain's head, as everywhere; the list is made once the head is ours, when
    nothing that is on it can move any more.
    """
    locked = _locked(leaver)
    audit.take_turn()
    if _in_hand(leaver) != locked:
        raise _moved_meanwhile(leaver)
    items = open_work_of(leaver)
    made = organisations.hand_over(leaver, successor, witness, items=items, on=on, by=by, at=at)
    _hand_cases(leaver, successor, by=by, at=at)
    studentaid.hand_grievances(leaver.username, successor, by=by, at=at)
    registry.hand_measures(leaver, successor, officer=by, at=at)
    casework.hand_lists(leaver, successor)
    intake.hand_drafts(leaver, successor)
    return made


def _locked(leaver: Officer) -> set[UUID]:
    """The officer, their roles, what they are to answer and see to, their lists and what they typed: each row that a hand-over writes."""
    list(Officer.objects.select_for_update().filter(pk=leaver.pk))
    list(Appointment.objects.select_for_update().filter(officer=leaver).order_by("pk"))
    list(Grievance.objects.select_for_update().filter(_to_answer(leaver)).order_by("pk"))
    list(Measure.objects.select_for_update().filter(owner=leaver, status=PLANNED).order_by("pk"))
    list(SavedView.objects.select_for_update().filter(owner=leaver.username).order_by("pk"))
    list(Draft.objects.select_for_update().filter(officer=leaver).order_by("pk"))
    return _in_hand(leaver)


def _in_hand(leaver: Officer) -> set[UUID]:
    grievances = Grievance.objects.filter(_to_answer(leaver)).values_list("pk", flat=True)
    measures = Measure.objects.filter(owner=leaver, status=PLANNED).values_list("pk", flat=True)
    lists = SavedView.objects.filter(owner=leaver.username).values_list("pk", flat=True)
    return {*grievances, *measures, *lists, *Draft.objects.filter(officer=leaver).values_list("pk", flat=True)}


def _to_answer(leaver: Officer) -> Q:
    return Q(assigned_to=leaver.username, answered_by="")


def _moved_meanwhile(leaver: Officer) -> SaidError:
    """Something came into their hands between the locks and the head: it is not locked, so it is asked for again."""
    return SaidError(
        Sentence(
            "handed_meanwhile",
            f"{leaver.name}手上的事刚刚有了变化，没有交接。请再办一次。",
            f"Something in the hands of {leaver.name} changed just now: nothing was handed over. Please try again.",
        )
    )


def _hand_cases(leaver: Officer, successor: Officer, *, by: str, at: datetime) -> None:
    mine = Application.objects.filter(reference__in=of_casework.cases_of(leaver.username), status__in=UNFINISHED)
    cases = list(mine.select_related("campaign").order_by("campaign__code", "reference"))
    seen = {one.pk for one in in_scope(successor, cases)}
    if beyond := [one for one in cases if one.pk not in seen]:
        raise SaidError(
            Sentence(
                "successor_out_of_reach",
                f"{leaver.name}手上的 {beyond[0].reference} 等 {len(beyond)} 件，{successor.name}看不到，没有交接。"
                "请换一位同单位或上级的接收人，或请负责人先另派。",
                f"{successor.name} would not see {beyond[0].reference} and others ({len(beyond)}) that {leaver.name} looks "
                "after: choose a successor of the same office or above, or have them given to somebody else first.",
            )
        )
    for code, own in groupby(cases, key=lambda one: one.campaign.code):
        casework.hand_on(code, [one.reference for one in own], to=successor, by=by, at=at)
