"""The families of a unit's workers on file, and what their file knows of a registration form's row.

A file is the unit's where its employer is the unit's name without the ending 工会, and where the unit keeps it.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Prefetch, Q

from huigong.organisations.models import Organisation
from huigong.organisations.queries import UNIT_ENDINGS, plain_unit
from huigong.registry import words
from huigong.registry.models import FileMark, Household, Member
from huigong.values import names
from huigong.values.resident_id import ResidentId
from huigong.values.school_year import graduates_in
from huigong.values.sentence import WrongValueError
from huigong.values.text import without_spaces
from huigong.vault import blind
from huigong.vault.fields import Secret

GENDERS = {"female": "女", "male": "男"}
_RELATIONSHIPS = {
    ("female", "female"): "母女",
    ("female", "male"): "母子",
    ("male", "female"): "父女",
    ("male", "male"): "父子",
}
_GRANDCHILD = frozenset({"孙子", "孙女"})


def families_of(city: Organisation, unit: str) -> Sequence[Household]:
    """The standing files whose employer is this unit or that it keeps, by file number, with the members that they name."""
    wanted = plain_unit(unit)
    spelt = [wanted + ending for ending in ("", *UNIT_ENDINGS)]
    named = FileMark.objects.filter(unit_name=wanted).values("household")
    kept = Organisation.objects.filter(path__startswith=city.path, name__in=spelt)
    files = Household.objects.filter(
        Q(pk__in=named) | Q(unit__in=kept.exclude(kind=Organisation.Kind.FEDERATION)),
        federation__path__startswith=city.path,
    )
    members = Prefetch("members", Member.objects.filter(is_in_file=True).order_by("position"))
    ordered = files.defer("imported").order_by("file_number").prefetch_related(members)
    return [household for household in ordered if wanted and household.is_enrolled]


def family_with(families: Iterable[Household], said: str) -> Household | None:
    """The one family that bears a certificate number, a card, a file number, or alone the worker's name."""
    plain = without_spaces(said)
    if not plain:
        return None
    card, name = blind.index("card", plain), names.normalise(said)
    known = list(families)
    for fits in (
        [one for one in known if plain in {without_spaces(one.certificate_number), one.file_number}],
        [one for one in known if one.card_index and one.card_index == card],
        [one for one in known if one.worker_name == name],
    ):
        if fits:
            return fits[0] if len(fits) == 1 else None
    return None


def children_of(household: Household) -> list[Member]:
    """The worker's children and grandchildren as the file names them, those at school first."""
    found = [member for member in household.members.all() if member.relationship in words.CHILD and member.is_in_file]
    return sorted(found, key=lambda member: (member.occupation not in words.STUDYING, member.position))


def row_of(household: Household, member: Member | None, *, today: date) -> dict[str, str]:
    """Texts by field name; what the file does not know is empty. Without a member only the family's half is told."""
    parent, student = _identity(household.id_number), _identity(member.id_number) if member else None
    sexes = (parent.gender if parent else household.gender, student.gender if student else "")
    income, size = household.annual_income_fen, household.size
    grandchild = member is not None and member.relationship in _GRANDCHILD
    return {
        "certificate_no": household.certificate_number,
        "parent_name": household.worker_name,
        "relationship": "祖孙" if grandchild else _RELATIONSHIPS.get(sexes, ""),
        "hardship_cause": _plain(household.hardship_cause),
        "annual_income_per_capita": str(round(income / size / 100)) if income is not None and size else "",
        "parent_id_number": _plain(household.id_number),
        "phone": _plain(household.phone),
        "student_name": member.name if member else "",
        "student_gender": GENDERS.get(sexes[1], ""),
        "student_age": str(today.year - student.born.year) if student else "",
        "student_id_number": _plain(member.id_number) if member else "",
        "admission": _admission(member, today) if member else "",
    }


def _admission(member: Member, today: date) -> str:
    """When and where, for one who goes on at the same school in autumn; else nothing.

    Where schooling ends this year, or nobody knows when, the school is left: a July freshman's stands in no file of June.
    """
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
