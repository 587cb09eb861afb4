"""A number that a spreadsheet lost is looked for in the household files, and proposed; a person confirms it.

A proposal needs two things that agree: the name that stands there, and a phone, a certificate or the other number.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from huigong.annexes.readings import FormRow as RowRead
from huigong.organisations.models import Organisation
from huigong.registry.models import Household, Member
from huigong.values import names
from huigong.vault import blind

LOST = "id_precision_lost"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A number for a field out of one household's file."""

    field: str
    number: str
    file_number: str


def lost_fields(row: RowRead) -> list[str]:
    """The identity numbers that were lost, where nothing else of the row is wrong."""
    errors = [problem for problem in row.problems if problem.severity == "error"]
    lost = [problem.field for problem in errors if problem.kind == LOST]
    return lost if len(lost) == len(errors) else []


def proposals(row: RowRead, lost: Sequence[str], *, city: Organisation) -> list[Proposal]:
    """One proposal for each lost field out of the city's files, or none at all where any has no single answer."""
    household = _household(row, Household.objects.filter(federation__path__startswith=city.path))
    if household is None:
        return []
    found = []
    for field in lost:
        number = _number(row, field, household)
        if not number:
            return []
        found.append(Proposal(field, number, household.file_number))
    return found


def _household(row: RowRead, files: QuerySet[Household]) -> Household | None:
    """The one household that bears the parent's name and a second mark of the row."""
    values = row.values
    parent, student = (str(values.get(name) or "") for name in ("parent_name", "student_name"))
    numbers = {name: str(values.get(name) or "") for name in ("parent_id_number", "student_id_number")}
    if numbers["parent_id_number"]:
        index = blind.index("resident_id", numbers["parent_id_number"])
        fitting = list(files.filter(id_number_index=index)[:2])
        return fitting[0] if len(fitting) == 1 else None
    same_name = files.filter(worker_name=names.normalise(parent))
    marks = []
    if phone := str(values.get("phone") or ""):
        marks.append(same_name.filter(phone_index=blind.index("phone", phone)))
    if certificate := str(values.get("certificate_no") or ""):
        marks.append(same_name.filter(certificate_number=certificate))
        marks.append(same_name.filter(card_index=blind.index("card", certificate)))
    if numbers["student_id_number"]:
        index = blind.index("resident_id", numbers["student_id_number"])
        marks.append(same_name.filter(members__id_number_index=index))
    if student:
        marks.append(same_name.filter(members__name=names.normalise(student)))
    found = {household.pk: household for query in marks for household in query.distinct()[:3]}
    return next(iter(found.values())) if len(found) == 1 else None


def _number(row: RowRead, field: str, household: Household) -> str:
    if field == "parent_id_number":
        bears = names.normalise(str(row.values.get("parent_name") or "")) == household.worker_name
        return household.id_number.plain() if bears and household.id_number and household.id_number_valid else ""
    name = names.normalise(str(row.values.get("student_name") or ""))
    members = Member.objects.filter(household=household, name=name, id_number_valid=True, is_in_file=True)
    found = [member.id_number.plain() for member in members if member.id_number]
    return found[0] if len(found) == 1 else ""
