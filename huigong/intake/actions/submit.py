"""Mark rows as cases: asked by the programme that opened them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from huigong.intake.actions.units import row_reference
from huigong.intake.lifecycle import NEXT, SUBMITTED
from huigong.intake.models import FormRow
from huigong.lifecycle import actions as lifecycle


@transaction.atomic
def mark_submitted(rows: Sequence[FormRow], references: Mapping[object, str], *, officer: str, at: datetime) -> None:
    """Move taken rows on; `references` names the case of each row by its id. The rows come with form and campaign."""
    lifecycle.advance_all(
        [
            lifecycle.Move(
                row, SUBMITTED, row_reference(row.form, row.number), "row.submitted", {"case": references[row.pk]}
            )
            for row in rows
        ],
        next_table=NEXT,
        officer=officer,
        at=at,
    )
