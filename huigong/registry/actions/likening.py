"""Find people who stand in two files, and take a person's word for each: the same, not the same, later. Said once.

A word is an event; a pair with a word is not brought up again. Who says "the same" may have the files merged with it.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Prefetch

from huigong.audit import actions as audit
from huigong.organisations.models import Organisation
from huigong.registry import alike
from huigong.registry.columns import LIKENESS
from huigong.registry.lifecycle import EXITED, MERGED
from huigong.registry.models import Household, Likeness, Member
from huigong.values.sentence import SaidError, Sentence

_AT_A_TIME = 500
_Key = tuple[object, int, object, int]


def look_for_likenesses(city: Organisation, *, officer: str, at: datetime) -> int:
    """Compare everybody on file below a federation with everybody; returns how many pairs are new."""
    files = (
        Household.objects.filter(federation__path__startswith=city.path)
        .exclude(status__in=(MERGED, EXITED))
        .defer("imported", "details")
        .prefetch_related(Prefetch("members", Member.objects.filter(is_in_file=True).defer("details")))
        .order_by("file_number")
    )
    people = list[alike.OnFile]()
    part = list[Household]()
    for file in files.iterator(chunk_size=_AT_A_TIME):
        part.append(file)
        if len(part) == _AT_A_TIME:
            people += alike.opened(part)
            part = []
    people += alike.opened(part)
    return _keep(alike.pairs_among(people), officer=officer, at=at)


@transaction.atomic
def say_of_likenesses(likenesses: Sequence[Likeness], outcome: str, *, officer: str, at: datetime) -> None:
    """One word for pairs that were looked at together. Raises SaidError where somebody said another word meanwhile."""
    rows = list(
        Likeness.objects.select_for_update(of=("self",))
        .filter(pk__in=[one.pk for one in likenesses])
        .select_related("one")
        .order_by("pk")
    )
    if any(row.outcome not in {"", Likeness.Outcome.LATER} for row in rows):
        raise SaidError(
            Sentence(
                "likeness_said_already",
                "这一组别人刚定过了，没有重复记。要改，请在“看过的”里先重新打开。",
                "Somebody settled this group meanwhile; nothing was written twice. Open it again to change it.",
            )
        )
    for row in rows:
        row.outcome, row.by, row.at = outcome, officer, at
        row.save(update_fields=["outcome", "by", "at"])
    audit.record_all(_entry(row, "likeness.said", officer, at) for row in rows)


@transaction.atomic
def open_likeness_again(likeness: Likeness, *, officer: str, at: datetime) -> None:
    """A word is taken back: the pair waits for a person again. The earlier word stays in history."""
    row = Likeness.objects.select_for_update(of=("self",)).select_related("one").get(pk=likeness.pk)
    row.outcome, row.by, row.at = "", "", None
    row.save(update_fields=["outcome", "by", "at"])
    audit.record_all([_entry(row, "likeness.said", officer, at)])


@transaction.atomic
def _keep(pairs: Sequence[alike.Pair], *, officer: str, at: datetime) -> int:
    known = set(Likeness.objects.values_list("one", "one_position", "other", "other_position"))
    fresh = [row for row in (_row(pair, at) for pair in pairs) if _key(row) not in known]
    Likeness.objects.bulk_create(fresh, batch_size=_AT_A_TIME)
    numbers = dict(Household.objects.filter(pk__in={row.one_id for row in fresh}).values_list("pk", "file_number"))
    audit.record_all(_entry(row, "likeness.found", officer, at, subject=numbers[row.one_id]) for row in fresh)
    return len(fresh)


def _row(pair: alike.Pair, at: datetime) -> Likeness:
    """Always in one order, so that two people are one pair whichever was read first."""
    one, other = sorted((pair.one, pair.other), key=lambda person: (person.household_id, person.position))
    return Likeness(
        one_id=one.household_id,
        one_position=one.position,
        other_id=other.household_id,
        other_position=other.position,
        pattern=pair.pattern,
        found_at=at,
    )


def _key(row: Likeness) -> _Key:
    return row.one_id, row.one_position, row.other_id, row.other_position


def _entry(row: Likeness, action: str, officer: str, at: datetime, *, subject: str = "") -> audit.Entry:
    told = {"likeness": str(row.pk), "outcome": row.outcome, "columns": LIKENESS.told(row)}
    return audit.Entry(action, subject or row.one.file_number, officer, at, told)
