"""Write out what the household files know of a unit's families, for the rows of a registration form.

The rows hold plain identity numbers, since forms do; that they went out is recorded.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Prefetch

from huigong.audit import actions as audit
from huigong.organisations.models import Organisation
from huigong.organisations.queries import without_ending
from huigong.registry import words
from huigong.registry.models import Household, Member
from huigong.values.resident_id import ResidentId
from huigong.values.school_year import graduates_in
from huigong.values.sentence import SaidError, Sentence, WrongValueError
from huigong.values.text import without_spaces
from huigong.vault import actions as vault
from huigong.vault.fields import Secret

_GENDERS = {"female": "女", "male": "男"}
_RELATIONSHIPS = {
    ("female", "female"): "母女",
    ("female", "male"): "母子",
    ("male", "female"): "父女",
    ("male", "male"): "父子",
}
_GRANDCHILD = frozenset({"孙子", "孙女"})


@transaction.atomic
def prefill(
    city: Organisation, unit: str, *, levels: Collection[str], today: date, officer: str, at: datetime
) -> list[dict[str, str]]:
    """A row (texts by field name) for each child who studies at one of these levels, of the unit's workers on file.

    A file is the unit's where its employer is the unit's name without the ending 工会. Where schooling ends this year, or
    nobody knows when, the school is left for the unit: a July freshman's new school stands in no file of June.
    Raises SaidError where the unit has no files.
    """
    households = _households_of(city, unit)
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
        _row(household, member, today)
        for household in households
        for member in household.members.all()
        if _studies(member, levels)
    ]
    told = {"files": len(households), "rows": len(rows)}
    audit.record("form.prefilled", subject=f"registry:{city.code}", officer=officer, at=at, payload=told)
    return rows


def _households_of(city: Organisation, unit: str) -> Sequence[Household]:
    wanted = without_ending(without_spaces(unit))
    files = Household.objects.filter(federation__path__startswith=city.path).exclude(employer="")
    keys = [
        key
        for key, employer in files.values_list("pk", "employer")
        if without_ending(without_spaces(employer)) == wanted
    ]
    members = Prefetch("members", Member.objects.filter(is_in_file=True).order_by("position"))
    found = Household.objects.filter(pk__in=keys).order_by("file_number").prefetch_related(members)
    return [household for household in found if household.is_enrolled]


def _studies(member: Member, levels: Collection[str]) -> bool:
    higher = {"higher"} if {"higher_vocational", "undergraduate"} & set(levels) else set()
    return (
        member.relationship in words.CHILD
        and member.occupation in words.STUDYING
        and member.education_level in higher.union(levels)
    )


def _row(household: Household, member: Member, today: date) -> dict[str, str]:
    parent, student = _identity(household.id_number), _identity(member.id_number)
    sexes = (parent.gender if parent else household.gender, student.gender if student else "")
    income, size = household.annual_income_fen, household.size
    return {
        "certificate_no": household.certificate_number,
        "parent_name": household.worker_name,
        "relationship": "祖孙" if member.relationship in _GRANDCHILD else _RELATIONSHIPS.get(sexes, ""),
        "hardship_cause": _plain(household.hardship_cause),
        "annual_income_per_capita": str(round(income / size / 100)) if income is not None and size else "",
        "parent_id_number": _plain(household.id_number),
        "phone": _plain(household.phone),
        "student_name": member.name,
        "student_gender": _GENDERS.get(sexes[1], ""),
        "student_age": str(today.year - student.born.year) if student else "",
        "student_id_number": _plain(member.id_number),
        "admission": _admission(member, today),
    }


def _admission(member: Member, today: date) -> str:
    """When and where, for one who goes on at the same school in autumn; else nothing."""
    if not member.school or member.entry_year is None or member.length_years is None:
        return ""
    leaves = graduates_in(entry_year=member.entry_year, length_years=member.length_years)
    return f"{member.entry_year}年{member.school}" if leaves > today.year else ""


def _identity(secret: Secret | None) -> ResidentId | None:
    try:
        return ResidentId.parse(secret.plain()) if secret else None
    except WrongValueError:
        return None


def _plain(secret: Secret | None) -> str:
    return secret.plain() if secret else ""
