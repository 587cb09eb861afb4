"""One plan a household: put it into a key group, plan a measure, say that it is done or dropped."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.lifecycle import actions as lifecycle
from huigong.lifecycle.actions import Table
from huigong.organisations.models import Officer
from huigong.registry.actions.edit import file_in_use, refuse_erased
from huigong.registry.actions.entering import FIRST_DAY, refuse_beyond
from huigong.registry.columns import GROUP, MEASURE
from huigong.registry.models import Household, KeyGroup, Measure
from huigong.registry.queries import households_for
from huigong.values.sentence import SaidError, Sentence

PLANNED, DONE, DROPPED = "planned", "done", "dropped"
MEASURE_WORDS = {PLANNED: ("在办", "in hand"), DONE: ("办好了", "done"), DROPPED: ("不办了", "dropped")}
NEXT_OF_MEASURES = Table(
    {PLANNED: frozenset({DONE, DROPPED}), DONE: frozenset({PLANNED}), DROPPED: frozenset({PLANNED})}, MEASURE_WORDS
)
_A_MONTH, _A_YEAR = timedelta(days=31), timedelta(days=366)


@transaction.atomic
def put_into_group(household: Household, word: str, *, on: date, officer: str, at: datetime) -> None:
    """The household belongs to this key group from a day on; the one before ends the day it began at the earliest.

    A day far ahead is refused: until it came, no other group could be set.
    """
    refuse_beyond(on, FIRST_DAY, timezone.localdate(at) + _A_MONTH)
    locked = file_in_use(household)
    before = locked.key_groups.filter(valid_until=None).first()
    if before and before.word == word:
        return
    if before and on < before.valid_from:
        raise SaidError(
            Sentence(
                "group_before_group",
                f"现在的重点群体从 {before.valid_from} 算起，新的不能更早。",
                f"The group that stands began on {before.valid_from}: a new one cannot begin earlier.",
            )
        )
    if before:
        before.valid_until = on
        before.save(update_fields=["valid_until"])
        _tell_group(before, officer=officer, at=at)
    fresh = KeyGroup(household=locked, word=word, valid_from=on, by=officer)
    fresh.save(force_insert=True)
    _tell_group(fresh, officer=officer, at=at)


@transaction.atomic
def plan(
    household: Household, kind: str, what: str, *, owner: Officer, due: date, officer: str, at: datetime
) -> Measure:
    """One measure of the plan. Raises SaidError without words for what is to be done."""
    if not what.strip():
        raise SaidError(Sentence("measure_wordless", "请写清做什么。", "Say what is to be done."))
    today = timezone.localdate(at)
    refuse_beyond(due, today - _A_YEAR, today + 10 * _A_YEAR)
    locked = file_in_use(household)
    measure = Measure(
        household=locked,
        data_key_id=locked.data_key_id,
        kind=kind,
        what=what.strip()[:500],
        owner=owner,
        due=due,
        planned_by=officer,
    )
    lifecycle.begin(measure, PLANNED, at=at)
    measure.save(force_insert=True)
    told = {"measure": str(measure.pk), "to": PLANNED, "columns": MEASURE.told(measure)}
    audit.record("measure.planned", subject=locked.file_number, officer=officer, at=at, payload=told)
    return measure


@transaction.atomic
def close(measure: Measure, to: str, *, officer: str, at: datetime) -> None:
    """A measure is done, dropped, or taken up again; one that was planned in a file merged since, too."""
    locked = Measure.objects.select_for_update(of=("self",)).select_related("household").get(pk=measure.pk)
    refuse_erased(locked.household)
    lifecycle.advance(
        locked,
        to,
        next_table=NEXT_OF_MEASURES,
        officer=officer,
        at=at,
        action="measure.moved",
        subject=locked.household.file_number,
        payload={"measure": str(locked.pk)},
    )


@transaction.atomic
def hand_measures(leaver: Officer, successor: Officer, *, officer: str, at: datetime) -> int:
    """What somebody who leaves had still to see to for families is the successor's; how many measures.

    Raises SaidError where the successor would not see one of these families.
    """
    mine = Measure.objects.select_for_update(of=("self",)).filter(owner=leaver, status=PLANNED)
    measures = list(mine.select_related("household").order_by("pk"))
    seen = households_for(successor).filter(pk__in={one.household_id for one in measures}).values_list("pk", flat=True)
    if beyond := [one for one in measures if one.household_id not in set(seen)]:
        raise SaidError(
            Sentence(
                "successor_beyond_family",
                f"{leaver.name}负责的帮扶措施里，{beyond[0].household.file_number} 等 {len(beyond)} 条的家庭{successor.name}"
                "看不到，没有交接。请换一位同单位或上级的接收人，或先把这几条办结。",
                f"{successor.name} would not see the family of {beyond[0].household.file_number} and others "
                f"({len(beyond)}) for whom {leaver.name} has a measure: choose a successor of the same office or above, or "
                "close them first.",
            )
        )
    for one in measures:
        one.owner = successor
        one.save(update_fields=["owner"])
        told = {"measure": str(one.pk), "columns": MEASURE.told(one)}
        audit.record("measure.handed", subject=one.household.file_number, officer=officer, at=at, payload=told)
    return len(measures)


def _tell_group(group: KeyGroup, *, officer: str, at: datetime) -> None:
    told = {"group": str(group.pk), "columns": GROUP.told(group)}
    audit.record("file.grouped", subject=group.household.file_number, officer=officer, at=at, payload=told)
