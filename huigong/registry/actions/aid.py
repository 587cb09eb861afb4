"""Write aid that was given, and what of it came back: what keeps the same need from being paid twice, by whatever programme."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from huigong.audit import actions as audit
from huigong.registry import derived
from huigong.registry.aid_standing import with_what_remains
from huigong.registry.columns import AID, AID_RETURN
from huigong.registry.models import AidGiven, AidReturn, Household
from huigong.values import money
from huigong.values.sentence import SaidError, Sentence


@dataclass(frozen=True, slots=True)
class Aid:
    """Aid to one person of a household. `need` names what it is for, such as `schooling-2017`."""

    household_id: UUID
    person_index: str
    need: str
    fund_source: str
    fen: int
    case_reference: str
    kind: str = ""
    giver: str = ""


def lock_files(files: QuerySet[Any, Any]) -> None:
    """Hold the household files of these keys, before anything is locked or told that hangs on them.

    Whoever writes a file holds it, then its mark, then the head of history. Aid writes the mark too: from behind the head,
    without the file, the two would wait for each other.
    """
    held = Household.objects.select_for_update().filter(pk__in=files).order_by("pk")
    list(held.values_list("pk", flat=True))


@transaction.atomic
def give_all(given: Sequence[Aid], *, on: date, officer: str, at: datetime) -> None:
    """Record aid once for a case and need; once more only where all of it came back before."""
    wanted = {(aid.case_reference, aid.need): aid for aid in reversed(given)}
    last = _last({aid.need for aid in given})
    fresh = {key: wanted[key] for key in reversed(wanted) if last.get(key, (0, 0))[1] == 0}
    rows = [
        AidGiven(
            household_id=aid.household_id,
            person_index=aid.person_index,
            need=aid.need,
            fund_source=aid.fund_source,
            fen=aid.fen,
            given_on=on,
            case_reference=aid.case_reference,
            kind=aid.kind,
            giver=aid.giver,
            number=last.get(key, (0, 0))[0] + 1,
        )
        for key, aid in fresh.items()
    ]
    AidGiven.objects.bulk_create(rows, batch_size=400)
    derived.aided((row.household_id for row in rows), on=on)
    audit.record_all(audit.Entry("aid.given", row.case_reference, officer, at, aid_told(row)) for row in rows)


@transaction.atomic
def take_aid_back(
    case_reference: str, fen: int, *, transfer_reference: str, on: date, officer: str, at: datetime
) -> AidReturn:
    """So much of a case's aid is back by this transfer of the ledger, or never arrived. What was given stays on record.

    Raises SaidError where less than that stands.
    """
    mine = AidGiven.objects.select_for_update().filter(case_reference=case_reference)
    aid: Any = with_what_remains(mine).order_by("number").last()
    _refuse_more_than_stands(case_reference, aid.remains if aid else 0, fen)
    row = AidReturn(aid=aid, fen=fen, returned_on=on, transfer_reference=transfer_reference, by=officer, at=at)
    row.save(force_insert=True)
    derived.aid_returned(aid.household_id)
    told = {"aid_return": str(row.pk), "fen": fen, "transfer": transfer_reference, "columns": AID_RETURN.told(row)}
    audit.record("aid.returned", subject=case_reference, officer=officer, at=at, payload=told)
    return row


def aid_told(row: AidGiven) -> dict[str, str | int]:
    """What the event of an aid tells."""
    return {"need": row.need, "number": row.number, "fen": row.fen, "fund": row.fund_source, "columns": AID.told(row)}


def _last(needs: Collection[str]) -> Mapping[tuple[str, str], tuple[int, int]]:
    """By case and need: the number of the last aid, and what remains of it."""
    if not needs:
        return {}
    rows = with_what_remains(AidGiven.objects.filter(need__in=needs)).order_by("number")
    return {
        (reference, need): (number, remains)
        for reference, need, number, remains in rows.values_list("case_reference", "need", "number", "remains")
    }


def _refuse_more_than_stands(case_reference: str, stands: int, fen: int) -> None:
    if not 0 < fen <= stands:
        raise SaidError(
            Sentence(
                "more_than_stands",
                f"{case_reference} 的帮扶记录还有 {money.for_people(stands)} 元，退回不能比这多，也不能是 0。请先核对发放。",
                f"The record of aid of {case_reference} stands at {money.for_people(stands)} yuan: no more than that comes "
                "back, and not nothing. Look at its payments first.",
            )
        )
