"""advance(): the only writer of a status; it refuses what NEXT does not list. The sample table lives only here."""

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from huigong.audit import queries as audit
from huigong.lifecycle import actions
from huigong.lifecycle.models import Staged
from huigong.values.uuid7 import uuid7

WORDS = {"draft": ("草稿", "a draft"), "sent": ("已交", "sent"), "paid": ("已付", "paid")}
NEXT = actions.Table({"draft": frozenset({"sent"}), "sent": frozenset({"paid"})}, WORDS)


class Errand(Staged):
    id = models.UUIDField(primary_key=True, default=uuid7)
    note = models.CharField(max_length=20, default="")

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


def test_it_is_refused_in_the_words_of_people_and_not_in_codes(errand, at):
    with pytest.raises(actions.NotAllowedError) as skipped:
        advance(errand, "paid", at)
    stale = Errand.objects.get()
    advance(errand, "sent", at)
    with pytest.raises(actions.NotAllowedError) as moved:
        advance(stale, "sent", at)
    with pytest.raises(actions.NotAllowedError) as again:
        advance(errand, "sent", at)
    said = [one.value.sentence for one in (skipped, moved, again)]
    assert "E-1 现在是“草稿”，不能直接变成“已付”。" in said[0].zh
    assert "E-1 is “a draft” and cannot become “paid”." in said[0].en
    assert "（打开时是“草稿”）" in said[1].zh
    assert said[2].zh == "E-1 已经是“已交”了，不用再办一次。"
    assert said[0].facts == {"subject": "E-1", "status": "draft", "to": "paid"}


def test_no_table_is_made_without_a_word_for_each_status():
    with pytest.raises(ValueError, match="paid"):
        actions.Table(NEXT, {"draft": WORDS["draft"], "sent": WORDS["sent"]})


def written(count, at, status="draft"):
    rows = [Errand() for _ in range(count)]
    for row in rows:
        actions.begin(row, status, at=at)
    return Errand.objects.bulk_create(rows)


def test_one_wrong_move_stops_them_all(errand, at):
    paid = written(1, at, status="paid")[0]
    moves = [
        actions.Move(errand, "sent", "E-1", "errand.sent"),
        actions.Move(paid, "sent", "E-2", "errand.sent"),
    ]
    with pytest.raises(actions.NotAllowedError):
        actions.advance_all(moves, next_table=NEXT, officer="huang", at=at)
    assert Errand.objects.get(pk=errand.pk).status == "draft"
    assert (errand.status, errand.version) == ("draft", 0)


def test_of_two_copies_of_a_row_only_the_first_moves(errand, at):
    one, other = Errand.objects.get(), Errand.objects.get()
    advance(one, "sent", at)
    with pytest.raises(actions.NotAllowedError, match="已被别人办过"):
        advance(other, "sent", at)
    assert (Errand.objects.get().version, audit.count()) == (1, 1)


def test_a_row_that_went_and_came_back_is_stale_by_its_version(errand, at):
    there_and_back = actions.Table({"draft": frozenset({"sent"}), "sent": frozenset({"draft"})}, WORDS)
    stale = Errand.objects.get()
    for to in ("sent", "draft"):
        actions.advance(errand, to, next_table=there_and_back, officer="huang", at=at, action="errand.x", subject="E-1")
    with pytest.raises(actions.NotAllowedError, match="已被别人办过"):
        advance(stale, "sent", at)


def test_a_row_named_twice_or_never_written_is_refused(errand, at):
    twice = [actions.Move(row, "sent", "E-1", "errand.sent") for row in (errand, Errand.objects.get())]
    unwritten = Errand()
    actions.begin(unwritten, "draft", at=at)
    for moves in (twice, [actions.Move(unwritten, "sent", "E-2", "errand.sent")]):
        with pytest.raises(actions.NotAllowedError):
            actions.advance_all(moves, next_table=NEXT, officer="huang", at=at)
    assert Errand.objects.get().status == "draft"


def test_columns_that_were_set_with_the_move_are_written_too(table_of, db, at):
    table_of(Errand)
    rows = written(3, at)
    for number, row in enumerate(rows):
        row.note = f"n{number}"
    moves = [actions.Move(row, "sent", f"E-{row.note}", "errand.sent") for row in rows]
    actions.advance_all(moves, next_table=NEXT, officer="huang", at=at, also=("note",))
    assert sorted(Errand.objects.values_list("note", "status", "version")) == [
        ("n0", "sent", 1),
        ("n1", "sent", 1),
        ("n2", "sent", 1),
    ]
    advance(rows[0], "paid", at)
    assert Errand.objects.get(pk=rows[0].pk).version == 2


def test_many_rows_move_in_few_statements(table_of, db, at):
    table_of(Errand)
    moves = [actions.Move(row, "sent", f"E-{number}", "errand.sent") for number, row in enumerate(written(1000, at))]
    with CaptureQueriesContext(connection) as asked:
        actions.advance_all(moves, next_table=NEXT, officer="huang", at=at)
    about_errands = [query for query in asked if "audit_errand" in query["sql"]]
    assert len(about_errands) == 1
    assert not Errand.objects.exclude(status="sent").exists()
