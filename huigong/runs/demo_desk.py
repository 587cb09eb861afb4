"""The desk of the demo city beside its queue: a second look that was drawn and waits, originals that are kept for families.

Invented like the rest of the city, and led by the same verbs as real ones.
"""

from datetime import datetime, timedelta

from huigong.casework import actions as casework
from huigong.circulars.models import Campaign
from huigong.organisations.models import Officer
from huigong.studentaid import queries
from huigong.studentaid.models import Application

_KEPT = (("admission_letter", 10), ("benefit_card_copy", 30))
"""Papers of the first two cases, and for how many days each is kept."""


def looked_after(campaign: Campaign, officers: dict[str, Officer], *, at: datetime) -> None:
    """Four cases drawn for a second look by the auditor's seed; two originals here, one of them longer than was said."""
    pool = queries.vouched_for(campaign).values_list("reference", flat=True)
    casework.draw(campaign.code, pool, seed="20170904", size=4, officer=officers["auditor"], at=at)
    cases = Application.objects.filter(campaign=campaign).order_by("reference")
    for case, (paper, days) in zip(cases, _KEPT, strict=False):
        day = at.date()
        casework.receive_original(
            case.reference,
            paper=paper,
            received_from=case.student_name,
            due_back_on=day + timedelta(days=days),
            officer=officers["verifier"],
            on=day,
            at=at,
        )
