"""Whose hands a step needs: the right role on the day, and somebody else than did the step before (二(四))."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from huigong.organisations import queries
from huigong.organisations.models import Appointment, Officer
from huigong.values.sentence import SaidError, Sentence


class SameHandsError(SaidError):
    """Two steps that need two people were to be done by one."""


class OtherRoleError(SaidError):
    """A step was to be done by somebody who is not appointed to it."""


def refuse_other_role(officer: Officer, *roles: str, at: datetime) -> None:
    """Raises OtherRoleError unless the officer holds one of the roles on that day."""
    if not queries.roles_of(officer, on=timezone.localdate(at)) & set(roles):
        titles = "”或“".join(Appointment.Role(role).label for role in roles)
        raise OtherRoleError(
            Sentence(
                "other_role",
                f"这一步要由担任“{titles}”的人办，{officer.name}现在没有这个任职，请换人或先任命。",
                f"This step is for a {' or '.join(roles)}; {officer.name} is not appointed to it now.",
            )
        )


def refuse_same_hands(officer: Officer, earlier: Iterable[str], *, what: str, what_en: str) -> None:
    """Raises SameHandsError where an officer did the earlier step of any of these."""
    if officer.username in set(earlier):
        raise SameHandsError(
            Sentence(
                "same_hands",
                f"{officer.name}已经{what}过其中的申请，这一步要换一个人（二(四)）。",
                f"{officer.name} {what_en} some of these already: this step needs somebody else.",
            )
        )
