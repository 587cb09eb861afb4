"""A beginning of a subject is a range of its index on both databases, and begins letter for letter."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from huigong.audit import actions, queries
from huigong.audit.models import Event

AT = datetime(2017, 8, 7, 9, tzinfo=UTC)


@pytest.fixture
def told(db):
    for subject in ("GX1:phone", "GX1:card", "GX10:phone", "gx1:phone", "GX1", "GX1;phone", "GX%:phone", "韦:卡"):
        actions.record("field.revealed", subject=subject, officer="huang", at=AT, payload={"purpose": "work"})


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ("GX1", ["GX1:card", "GX1:phone"]),
        ("GX10", ["GX10:phone"]),
        ("GX%", ["GX%:phone"]),
        ("韦", ["韦:卡"]),
        ("GX", []),
    ],
)
def test_looks_are_found_by_the_beginning_of_their_subject(told, reference, found):
    assert [one.subject for one in queries.looks(reference)] == found


def test_the_whole_chain_is_not_read_for_the_looks_at_one_file(told):
    rows = Event.objects.filter(action="field.revealed", subject__begins="GX1:").order_by("-sequence")
    if connection.vendor == "sqlite":
        assert "USING INDEX" in rows.explain()
        assert "subject" in rows.explain()
        assert "subject" not in Event.objects.filter(subject__startswith="GX1:").explain(), "or this were not needed"
    else:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        # No order asked for: over a table this small the planner would rather walk the history backwards.
        assert "subject" in rows.order_by().explain().split("Index Cond")[1]
