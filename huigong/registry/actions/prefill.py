"""Write out what the household files know of a unit's families, for the rows of a registration form.

The rows hold plain identity numbers, since forms do; that they went out is recorded.
"""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from huigong.audit import actions as audit
from huigong.organisations.models import Organisation
from huigong.registry import words
from huigong.registry.families import families_of, row_of
from huigong.registry.models import Member
from huigong.values.sentence import SaidError, Sentence
from huigong.vault import actions as vault


@transaction.atomic
def prefill(
    city: Organisation, unit: str, *, levels: Collection[str], today: date, officer: str, at: datetime
) -> list[dict[str, str]]:
    """A row (texts by field name) for each child who studies at one of these levels, of the unit's workers on file.

    Raises SaidError where the unit has no files.
    """
    households = families_of(city, unit)
    if not households:
        raise SaidError(
            Sentence(
                "unit_without_files",
                f"档案里没有工作单位是“{unit}”的在档家庭，没有可预填的；去掉 --prefill 可得空白表。",
                f"No household file names “{unit}” as employer: leave out --prefill for an empty form.",
            )
        )
    vault.warm(household.data_key_id for household in households)
    rows = [
        row_of(household, member, today=today)
        for household in households
        for member in household.members.all()
        if _studies(member, levels)
    ]
    told = {"files": len(households), "rows": len(rows)}
    audit.record("form.prefilled", subject=f"registry:{city.code}", officer=officer, at=at, payload=told)
    return rows


def _studies(member: Member, levels: Collection[str]) -> bool:
    higher = {"higher"} if {"higher_vocational", "undergraduate"} & set(levels) else set()
    return (
        member.relationship in words.CHILD
        and member.occupation in words.STUDYING
        and member.education_level in higher.union(levels)
    )
