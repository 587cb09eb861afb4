"""The database itself refuses to rewrite decisions, awards and settlements, and to delete applications."""

import pytest
from django.db import DatabaseError, transaction

from huigong.audit.tests.kept import kept
from huigong.studentaid.models import Application, Award, Decision, Settlement, Submission


@pytest.fixture
@kept
def spent(wei):
    wei.settle(wei.case(), "doubt")
    wei.carry("approved")
    return wei


@pytest.mark.parametrize(
    ("model", "changes"),
    [
        (Decision, {"verdict": "refused"}),
        (Decision, {"amount_fen": 1}),
        (Award, {"fen": 900_000}),
        (Award, {"card_index": "0"}),
        (Settlement, {"settled_by": "mo"}),
    ],
)
def test_what_was_decided_is_not_changed(spent, model, changes):
    with pytest.raises(DatabaseError, match="huigong guard"), transaction.atomic():
        model.objects.update(**changes)


@pytest.mark.parametrize("model", [Decision, Award, Settlement, Application])
def test_what_was_decided_is_not_deleted(spent, model):
    with pytest.raises(DatabaseError, match="huigong guard"), transaction.atomic():
        model.objects.all()._raw_delete(using="default")


def test_a_student_of_a_household_applies_once_per_campaign(spent):
    one = Application.objects.get()
    again = Application(
        **{field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields if field.name != "id"}
    )
    again.reference = "SA-450422-2017-00002"
    with pytest.raises(DatabaseError), transaction.atomic():
        again.save(force_insert=True)


def test_one_row_opens_an_application(spent):
    with pytest.raises(DatabaseError), transaction.atomic():
        Submission.objects.create(
            application=Application.objects.get(), row=Submission.objects.get().row, is_first=True
        )
