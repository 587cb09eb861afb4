"""Say under which unit a form was sent, by hand or because the table of units names it now; its rows waited for that."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from huigong.audit import actions as audit
from huigong.intake.columns import FORM
from huigong.intake.lifecycle import ACCEPTED, NEXT, READY, SUBMITTED, WAITING
from huigong.intake.models import FormReceived, FormRow
from huigong.lifecycle import actions as lifecycle
from huigong.organisations.models import Organisation
from huigong.organisations.queries import unit_named
from huigong.values.sentence import SaidError, Sentence


def form_reference(form: FormReceived) -> str:
    """How history names a form: its campaign and the beginning of its digest."""
    return f"{form.campaign.code}:form:{form.sha256[:16]}"


def row_reference(form: FormReceived, number: int) -> str:
    return f"{form_reference(form)}:{number}"


@transaction.atomic
def name_unit(form: FormReceived, unit: Organisation, *, officer: str, at: datetime) -> None:
    """Name the unit of a form; its rows that waited for that are ready.

    Raises SaidError for a unit outside the campaign, and where rows were taken under another unit: their quota hangs on it.
    """
    locked = FormReceived.objects.select_for_update(of=("self",)).select_related("campaign__federation").get(pk=form.pk)
    if not unit.path.startswith(locked.campaign.federation.path):
        raise SaidError(
            Sentence(
                "unit_elsewhere",
                f"“{unit.name}”不在{locked.campaign.federation.name}之下，请另选。",
                f"“{unit.name}” does not stand under {locked.campaign.federation.name}: choose another.",
            )
        )
    if locked.unit_id not in {None, unit.pk} and locked.rows.filter(status__in=(ACCEPTED, SUBMITTED)).exists():
        raise SaidError(
            Sentence(
                "unit_stands",
                f"这份表已按“{locked.unit_name}”收了行，不能再换单位；要换请先撤回。",
                f"Rows of this form were taken under “{locked.unit_name}”: undo that before naming another unit.",
            )
        )
    _name(locked, unit, officer=officer, at=at)
    form.unit, form.unit_name = locked.unit, locked.unit_name


def recognise(form: FormReceived, *, good_rows: str, officer: str, at: datetime) -> None:
    """A form that came again may be of a unit that is known by now; rows that waited for it go on as if it had been."""
    unit = unit_named(form.campaign.federation, form.unit_name) if form.unit_id is None else None
    if unit is None:
        return
    ready = _name(form, unit, officer=officer, at=at)
    if good_rows == ACCEPTED:
        advance(ready, ACCEPTED, "row.accepted", officer=officer, at=at)


def advance(
    rows: Sequence[FormRow], to: str, action: str, *, officer: str, at: datetime, also: Sequence[str] = ()
) -> None:
    """Move rows of whatever forms, each with its own event."""
    forms = FormReceived.objects.select_related("campaign").in_bulk({row.form_id for row in rows})
    lifecycle.advance_all(
        [lifecycle.Move(row, to, row_reference(forms[row.form_id], row.number), action) for row in rows],
        next_table=NEXT,
        officer=officer,
        at=at,
        also=also,
    )


def _name(form: FormReceived, unit: Organisation, *, officer: str, at: datetime) -> list[FormRow]:
    form.unit, form.unit_name = unit, unit.name[:100]
    form.save(update_fields=["unit", "unit_name"])
    told = {"unit": unit.code, "columns": FORM.told(form)}
    audit.record("form.unit_named", subject=form_reference(form), officer=officer, at=at, payload=told)
    waiting = list(form.rows.select_for_update().filter(status=WAITING, waits_for="unit_unknown").order_by("number"))
    for row in waiting:
        row.waits_for = ""
    advance(waiting, READY, "row.ready", officer=officer, at=at, also=("waits_for",))
    return waiting
