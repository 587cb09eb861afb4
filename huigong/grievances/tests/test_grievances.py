"""An objection holds its case from the moment it is recorded until it is answered by somebody who had no hand in it."""

import io
from datetime import date
from uuid import UUID

import docx
import pytest
from django.db import DatabaseError, connection, transaction

from huigong.audit import queries as audit
from huigong.circulars import parameters
from huigong.circulars.queries import circular_of
from huigong.circulars.tests.test_open_campaign import opened
from huigong.grievances import actions, codes, queries
from huigong.grievances.actions import Answer, Told
from huigong.grievances.letter import letter
from huigong.grievances.models import Grievance
from huigong.organisations import actions as organisations
from huigong.payments.queries import held
from huigong.values.sentence import SaidError

CASE, OTHER = "SA-450422-2017-00001", "SA-450422-2017-00002"
SAID = "这家去年买了第二套房"


@pytest.fixture
def campaign(city, at):
    return opened(city, at)


@pytest.fixture
def qin(city, at):
    return organisations.add_officer("覃", role="approver", organisation=city, by="system", at=at)


def record(campaign, at, number=1, **changes):
    told = {"kind": "objection", "channel": "web", "said": SAID, "case_reference": CASE} | changes
    return actions.record(campaign, Told(**told), submission=UUID(int=number), officer="public", at=at)


def assign(one, qin, at, **changes):
    told = {"case_reference": CASE, "decided_by": ["huang"], "officer": qin, "at": at} | changes
    return actions.assign(one, qin, **told)


def test_a_clause_is_cited_once_and_no_more_than_can_be_written_down(campaign, qin, at, monkeypatch):
    one = assign(record(campaign, at), qin, at)
    with pytest.raises(SaidError, match="没有这一条：前言"):  # it asks nothing of anybody
        actions.refuse(one, Answer("核实过", ["前言"]), officer=qin, at=at)
    monkeypatch.setattr("huigong.grievances.actions.answering._LONGEST", 8)
    with pytest.raises(SaidError, match="引的条款太多"):
        actions.refuse(one, Answer("核实过", ["二(四)", "五(二)"]), officer=qin, at=at)
    kept = actions.refuse(one, Answer("核实过", ["二(四)"] * 60), officer=qin, at=at)
    assert (kept.clauses, audit.history(one.number)[-1].payload["clauses"]) == ("二(四)", ["二(四)"])


def test_it_is_recorded_held_and_due_by_a_rule(campaign, at):
    one = record(campaign, at)
    assert (one.number, one.status, one.is_named) == ("SA-450400-2017-G001", "received", False)
    assert (one.due_on, one.due_rule) == (date(2017, 8, 14), "与公示期同长：补充通知（四）（示例）")
    assert held([CASE, OTHER]) == {CASE}
    assert audit.history(one.number)[-1].actor == "public"


def test_the_dated_standard_of_the_place_goes_before_the_notices_length(campaign, city, at):
    row = parameters.ParameterRow("answer_days", city.code, 3, date(2017, 1, 1), "梧工办〔2017〕2号（示例）")
    parameters.keep_parameters([row], officer="su", at=at)
    one = record(campaign, at)
    assert (one.due_on, one.due_rule) == (date(2017, 8, 10), "梧工办〔2017〕2号（示例）")


def test_what_was_said_is_neither_in_the_database_nor_in_the_chain_as_text(campaign, at):
    one = record(campaign, at, person="莫先生 13800000009")
    with connection.cursor() as cursor:
        cursor.execute("SELECT said, person FROM grievances_grievance")
        stored = b"".join(bytes(part) for part in cursor.fetchone())
    told = str([event.payload for event in audit.history(one.number)])
    assert SAID.encode() not in stored
    assert not any(part in told for part in (SAID, "莫先生", "1380000"))
    assert (one.said.plain(), one.is_named) == (SAID, True)


def test_sent_twice_it_is_one(campaign, at):
    assert record(campaign, at).pk == record(campaign, at).pk
    assert record(campaign, at, 2).number == "SA-450400-2017-G002"


@pytest.mark.parametrize("said", ["", "  不 ", "长" * 2001])
def test_what_says_nothing_is_not_taken(campaign, at, said):
    with pytest.raises(SaidError, match="写清楚"):
        record(campaign, at, said=said)
    assert (Grievance.objects.count(), held([CASE])) == (0, set())


def test_an_appeal_holds_nothing_and_one_without_a_case_neither(campaign, at):
    record(campaign, at, kind="appeal")
    record(campaign, at, 2, case_reference="")
    assert held([CASE]) == set()
    assert [one.case_reference for one in queries.of_campaign(campaign)] == ["", CASE]


def test_whoever_verified_or_approved_the_case_does_not_look_into_it(campaign, qin, at):
    one = record(campaign, at, case_reference="")
    with pytest.raises(SaidError, match="换一个人"):
        assign(one, qin, at, decided_by=[qin.username])
    with pytest.raises(SaidError, match="是哪一件"):
        assign(one, qin, at, case_reference="")
    assert held([CASE]) == set()
    assert (assign(one, qin, at).assigned_to, held([CASE])) == (qin.username, {CASE})


def test_given_to_another_case_the_first_one_is_free(campaign, qin, at):
    one = assign(record(campaign, at), qin, at, case_reference=OTHER)
    assert (one.case_reference, held([CASE, OTHER])) == (OTHER, {OTHER})


def test_not_upheld_frees_the_case_only_when_no_other_objection_is_open(campaign, qin, at):
    first, second = (assign(record(campaign, at, number), qin, at) for number in (1, 2))
    answer = Answer("核过不动产登记，没有第二套。", ["二(四)"])
    actions.refuse(first, answer, officer=qin, at=at)
    assert held([CASE]) == {CASE}
    second = actions.refuse(second, answer, officer=qin, at=at)
    assert (held([CASE]), second.status, second.clauses) == (set(), "not_upheld", "二(四)")


def test_upheld_leaves_the_hold_to_whoever_takes_the_case_back(campaign, qin, at):
    one = assign(record(campaign, at), qin, at)
    assert actions.uphold(one, Answer("属实。", ["二(四)", "五(六)"]), officer=qin, at=at).status == "upheld"
    assert held([CASE]) == {CASE}


@pytest.mark.parametrize(
    ("words", "clauses", "said"),
    [("属实。", [], "引通知里的条款"), ("属实。", ["九(九)"], "没有这一条：九"), ("  ", ["二(四)"], "写明白")],
)
def test_an_answer_has_words_and_clauses_that_exist(campaign, qin, at, words, clauses, said):
    one = assign(record(campaign, at), qin, at)
    with pytest.raises(SaidError, match=said):
        actions.refuse(one, Answer(words, clauses), officer=qin, at=at)
    assert held([CASE]) == {CASE}


def test_only_the_one_it_was_given_to_answers_and_once(campaign, qin, huang, at):
    one = record(campaign, at)
    answer = Answer("不属实。", ["二(四)"])
    with pytest.raises(SaidError, match="承办人答复"):
        actions.refuse(one, answer, officer=qin, at=at)
    assign(one, qin, at)
    with pytest.raises(SaidError, match="承办人答复"):
        actions.refuse(one, answer, officer=huang, at=at)
    actions.refuse(one, answer, officer=qin, at=at)
    with pytest.raises(SaidError, match="不能直接变成"):
        actions.uphold(one, answer, officer=qin, at=at)


def test_the_letter_repeats_the_answer_and_never_what_was_said(campaign, qin, at):
    one = assign(record(campaign, at, person="莫先生"), qin, at)
    one = actions.refuse(one, Answer("核过，没有第二套。", ["二(四)"]), officer=qin, at=at)
    content = letter(one, circular_of(campaign))
    assert content == letter(one, circular_of(campaign))

    text = "\n".join(part.text for part in docx.Document(io.BytesIO(content)).paragraphs)
    assert "核过，没有第二套" in text
    assert "第二部分“四是”" in text
    assert SAID not in text
    assert "莫先生" not in text


def test_the_database_knows_that_an_answer_cites_and_that_nothing_goes(campaign, at):
    one = record(campaign, at)
    for wrong in (lambda: Grievance.objects.update(answered_by="x"), one.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            wrong()
    assert codes.is_right(one, codes.code_of(one).lower())
