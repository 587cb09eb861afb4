"""看号码: one masked value of one row is shown to a person for a while, and that is recorded first."""

from datetime import datetime

from huigong.audit import actions as audit
from huigong.intake import actions as intake
from huigong.intake.contents import row_read
from huigong.intake.models import FormRow
from huigong.vault.fields import Secret

SECONDS = 30
PURPOSES = frozenset({"compare_with_card"})
"""Codes of what a number may be looked at for; the code goes into history."""


def reveal(row: FormRow, name: str, kind: str, *, purpose: str, officer: str, at: datetime) -> str:
    """The value of that name in that row, in full. `purpose` is one of PURPOSES."""
    assert purpose in PURPOSES
    value = Secret(kind=kind, binding=b"", key_id=None, plain=str(row_read(row).values.get(name) or ""))
    subject = f"{intake.row_reference(row.form, row.number)}:{name}"
    return audit.reveal(value, officer=officer, purpose=purpose, at=at, subject=subject)
