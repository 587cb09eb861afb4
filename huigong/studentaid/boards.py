"""公示张贴 before approval: units whose board is not proven, or told more objections than were recorded, keep their cases waiting.

A notice hangs on a unit's board as well as on the web (decision 450); what was heard there counts as much. Asked where cases are
put to the decision on an approval form; the run of one folder has no boards and asks none (decision 466).
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from huigong.circulars.models import Campaign
from huigong.grievances.models import Grievance
from huigong.publicnotices import queries as publicnotices
from huigong.publicnotices.models import NoticePosting
from huigong.studentaid.lifecycle import ON_NOTICE
from huigong.studentaid.models import Application


@dataclass(frozen=True, slots=True)
class Board:
    """A board in the way, the cases that wait for it, and of how many objections told on it how many were recorded."""

    posting: NoticePosting
    cases: Sequence[str]
    recorded: int

    @property
    def is_proven(self) -> bool:
        return bool(self.posting.confirmed_by)


def boards_in_the_way(campaign: Campaign, *, on: date) -> list[Board]:
    """Boards whose window is over before a day, with cases that wait for approval, and which nobody spoke for."""
    waiting = Application.objects.filter(campaign=campaign, status=ON_NOTICE, unit__isnull=False)
    units = dict(waiting.order_by("reference").values_list("reference", "unit_id"))
    behind: dict[tuple[object, object], list[str]] = defaultdict(list)
    for reference, notice in publicnotices.notices_on(units).items():
        behind[notice.pk, units[reference]].append(reference)
    over = publicnotices.boards_over(campaign, on=on)
    recorded = _recorded(campaign)
    found = [
        Board(one, cases, sum(recorded[case] for case in cases))
        for one in over
        if (cases := behind.get((one.notice_id, one.unit_id), []))
    ]
    return [one for one in found if not one.is_proven or (one.posting.objections or 0) > one.recorded]


def cases_behind(boards: Sequence[Board]) -> set[str]:
    return {case for board in boards for case in board.cases}


def recorded_on(posting: NoticePosting) -> int:
    """How many objections were recorded about the cases of a unit that stand on the notice."""
    cases = Application.objects.filter(campaign=posting.notice.campaign_id, unit=posting.unit_id).values("reference")
    lines = posting.notice.lines.filter(case_reference__in=cases).values("case_reference")
    return Grievance.objects.filter(kind=Grievance.Kind.OBJECTION, case_reference__in=lines).count()


def _recorded(campaign: Campaign) -> Counter[str]:
    rows = Grievance.objects.filter(campaign=campaign, kind=Grievance.Kind.OBJECTION).exclude(case_reference="")
    return Counter(rows.values_list("case_reference", flat=True))
