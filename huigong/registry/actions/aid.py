"""Write aid that was given: what keeps the same need from being paid twice, by whatever programme or source."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from huigong.audit import actions as audit
from huigong.registry import derived
from huigong.registry.columns import AID
from huigong.registry.models import AidGiven


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


@transaction.atomic
def give_all(given: Sequence[Aid], *, on: date, officer: str, at: datetime) -> None:
    """Record aid once for a case and need."""
    known = set(AidGiven.objects.values_list("case_reference", "need")) if given else set()
    wanted = {(aid.case_reference, aid.need): aid for aid in reversed(given)}
    fresh = [wanted[key] for key in reversed(wanted) if key not in known]
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
        )
        for aid in fresh
    ]
    AidGiven.objects.bulk_create(rows, batch_size=400)
    derived.aided((row.household_id for row in rows), on=on)
    audit.record_all(
        audit.Entry(
            "aid.given",
            row.case_reference,
            officer,
            at,
            {"need": row.need, "fen": row.fen, "fund": row.fund_source, "columns": AID.told(row)},
        )
        for row in rows
    )
