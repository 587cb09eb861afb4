"""What a case is found by: its names go to the search keys below, which know a case by its reference alone."""

from collections.abc import Iterable, Iterator

from django.db import transaction

from huigong.registry import derived
from huigong.registry.derived import Case
from huigong.studentaid.models import Application

_AT_A_TIME = 2000


def follow(applications: Iterable[Application]) -> None:
    """These applications were opened, or whose they are was found out."""
    derived.follow_cases(
        Case(one.reference, one.federation_id, one.worker_name, one.student_name) for one in applications
    )


def index() -> Iterator[int]:
    """Make the keys of every application again, part by part; how many cases each part had."""
    last = ""
    while True:
        with transaction.atomic():
            rows = Application.objects.filter(reference__gt=last).order_by("reference")
            part = list(rows.only("reference", "federation_id", "worker_name", "student_name")[:_AT_A_TIME])
            if not part:
                return
            follow(part)
        last = part[-1].reference
        yield len(part)
