"""Where a row stands by what it says: errors send it back, a number that a file can supply or an unknown unit makes it wait."""

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from huigong.annexes.readings import FormRow as RowRead
from huigong.annexes.readings import Value
from huigong.intake import repairs
from huigong.intake.contents import Mend, as_content
from huigong.intake.lifecycle import RETURNED, WAITING
from huigong.intake.models import FormRow
from huigong.values import names
from huigong.vault import blind


def place(
    row: FormRow,
    read: RowRead,
    *,
    good: str,
    mends: Sequence[Mend] = (),
    stamped: Mapping[str, Value] = MappingProxyType({}),
) -> str:
    """Put a reading (with what was mended in it) into a row and give the status that follows; `good` is for no fault.

    `stamped`: what the stamped sheet says in cells that were mended since it came.
    """
    _fill(row, read, mends, stamped)
    row.waits_for, row.proposal = "", None
    if row.errors:
        lost = repairs.lost_fields(read)
        found = repairs.proposals(read, lost, city=row.form.campaign.federation) if lost else []
        if not found:
            return RETURNED
        row.waits_for, row.proposal = "id_lost", as_proposal(found)
        return WAITING
    if row.form.unit_id is None:
        row.waits_for = "unit_unknown"
        return WAITING
    return good


def as_proposal(found: list[repairs.Proposal]) -> str:
    """The JSON of what a file supplies: a number for each field, and whose file it is."""
    return json.dumps({proposal.field: proposal.number for proposal in found} | {"file": found[0].file_number})


def _fill(row: FormRow, read: RowRead, mends: Sequence[Mend], stamped: Mapping[str, Value]) -> None:
    row.content, row.unstamped = as_content(read, mends, stamped), len(stamped)
    row.student_name = names.normalise(str(read.values.get("student_name") or ""))[:50]
    row.parent_name = names.normalise(str(read.values.get("parent_name") or ""))[:50]
    row.student_index = blind.index("resident_id", str(read.values.get("student_id_number") or ""))
    row.parent_index = blind.index("resident_id", str(read.values.get("parent_id_number") or ""))
    row.errors = sum(problem.severity == "error" for problem in read.problems)
    row.looks = sum(problem.severity == "look" for problem in read.problems)
