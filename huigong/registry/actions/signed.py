"""Enrol a household by a sheet that a leader signed on paper: the entry is the leader's, the sheet's scan is its paper."""

from datetime import datetime

from django.db import transaction

from huigong.audit import actions as audit
from huigong.organisations import actions as organisations
from huigong.organisations.models import Officer, SignedSheet
from huigong.registry.actions.enrolling import enrol
from huigong.registry.actions.entering import Done
from huigong.registry.models import Household


@transaction.atomic
def enrol_signed(sheet: SignedSheet, household: Household, *, version: int, clerk: Officer, at: datetime) -> None:
    """The second clerk confirms the sheet, and the household is enrolled at the level that stands on it (`matter`).

    Raises SaidError, and nothing is confirmed, where enrolling does.
    """
    kept = organisations.confirm_sheet(sheet, clerk=clerk, at=at)
    note, by = f"签字单 {kept.number}", kept.leader.username
    done = Done(on=kept.signed_on, officer=by, at=at, word=kept.matter, paper=kept.scan, note=note)
    enrol(household, done, version=version)
    told = {"leader": by, "entered": kept.entered_by, "confirmed": clerk.username}
    audit.record("sheet.acted", subject=kept.number, officer=clerk.username, at=at, payload=told)
