"""advance(): the only writer of a status; it refuses what NEXT does not list. The sample table lives only here."""

import pytest
from django.db import models

from huigong.audit import queries as audit
from huigong.lifecycle import actions
from huigong.lifecycle.models import Staged
from huigong.values.uuid7 import uuid7

NEXT = {"draft": frozenset({"sent"}), "sent": frozenset({"paid"})}


class Errand(Staged):
    id = models.UUIDField(primary_key=True, default=uuid7)

    class Meta:
        app_label = "audit"


@pytest.fixture
def errand(table_of, at):
    table_of(Errand)
    row = Errand()
    actions.begin(row, "draft", at=at)
    row.save()
    return row


def advance(row, to, at):
    actions.advance(row, to, next_table=NEXT, officer="huang", at=at, action=f"errand.{to}", subject="E-1")


def test_a_move_is_written_and_recorded(errand, at):
    advance(errand, "sent", at)
    kept = Errand.objects.get()
    assert (kept.status, kept.version) == ("sent", 1)
    assert [(event.action, event.payload["to"]) for event in audit.history("E-1")] == [("errand.sent", "sent")]


def test_a_move_that_next_does_not_list_is_refused(errand, at):
    with pytest.raises(actions.NotAllowedError, match="不能直接变成"):
        advance(errand, "paid", at)
    assert (Errand.objects.get().status, audit.count()) == ("draft", 0)


def test_one_wrong_move_stops_them_all(errand, at):
    moves = [
        actions.Move(errand, "sent", "E-1", "errand.sent"),
        actions.Move(Errand(status="paid"), "sent", "E-2", "errand.sent"),
    ]
    with pytest.raises(actions.NotAllowedError):
        actions.advance_all(moves, next_table=NEXT, officer="huang", at=at)
    assert Errand.objects.get().status == "draft"
