"""交接, the whole of it: the list of what is open, the roles that end, and everything in the leaver's hands that moves.

What names somebody because they did it (who received a form, who took an original in) stays as it was; the successor
acts for them (`organisations.acts_for`). What names somebody because they are to do it moves.
"""

from datetime import date, datetime
from itertools import groupby

from django.db import transaction

from huigong.casework import actions as casework
from huigong.casework import queries as of_casework
from huigong.figures.open_work import open_work_of
from huigong.intake import actions as intake
from huigong.organisations import actions as organisations
from huigong.organisations.models import HandOver, Officer
from huigong.studentaid import actions as studentaid
from huigong.studentaid.lifecycle import UNFINISHED
from huigong.studentaid.models import Application
from huigong.studentaid.queries import in_scope
from huigong.values.sentence import SaidError, Sentence


@transaction.atomic
def hand_over(leaver: Officer, successor: Officer, witness: Officer, *, on: date, by: str, at: datetime) -> HandOver:
    """As `organisations.hand_over`, and what was in hand is the successor's. Raises SaidError where that cannot be."""
    items = open_work_of(leaver)
    made = organisations.hand_over(leaver, successor, witness, items=items, on=on, by=by, at=at)
    _hand_cases(leaver, successor, by=by, at=at)
    studentaid.hand_grievances(leaver.username, successor, by=by, at=at)
    intake.hand_drafts(leaver, successor)
    return made


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
