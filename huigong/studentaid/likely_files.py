"""Whose file an application may belong to that found none by its numbers: a number may be mistyped on either side."""

from huigong.intake.contents import row_read
from huigong.organisations.models import Officer
from huigong.registry.alike import Candidate, Person
from huigong.registry.queries import candidates
from huigong.studentaid.models import Application, Submission

_MOST = 5


def likely_files(officer: Officer, application: Application) -> list[Candidate]:
    """A few people of files in the officer's scope who may be the student or the worker, the surest of each file first.

    Nothing where the application has its file.
    """
    if application.household_id:
        return []
    opened = Submission.objects.filter(application=application).select_related("row").order_by("-is_first").first()
    if opened is None:
        return []
    told = {name: str(value or "") for name, value in row_read(opened.row).values.items()}
    surest = dict[str, Candidate]()
    for person in _both(told, application.unit_name):
        for one in candidates(officer, person):
            before = surest.get(one.household.file_number)
            if before is None or one.judgement.probability > before.judgement.probability:
                surest[one.household.file_number] = one
    return sorted(surest.values(), key=lambda one: -one.judgement.probability)[:_MOST]


def _both(told: dict[str, str], unit: str) -> tuple[Person, Person]:
    """The student and the worker as the form names them. It does not say which parent the worker is."""
    student = Person(
        name=told.get("student_name", ""),
        id_number=told.get("student_id_number", ""),
        phone=told.get("phone", ""),
        school=told.get("school", ""),
    )
    worker = Person(
        name=told.get("parent_name", ""),
        id_number=told.get("parent_id_number", ""),
        phone=told.get("phone", ""),
        unit=unit,
    )
    return student, worker
