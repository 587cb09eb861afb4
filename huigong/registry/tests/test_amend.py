"""A value amended by hand is written, recorded without itself, and refused where nobody may set it."""

import pytest

from huigong.audit import queries as audit
from huigong.registry.actions import amend, amend_member, import_workbook
from huigong.registry.models import Household, Member
from huigong.registry.tests.workbooks import workbook
from huigong.registry.workbook import read_workbook
from huigong.values.sentence import SaidError


@pytest.fixture
def home(city, tmp_path, at):
    import_workbook(read_workbook(workbook(tmp_path / "r.xlsx")), city=city, officer="system", at=at)
    return Household.objects.get()


def test_a_number_is_amended_with_its_index_and_recorded(home, at):
    amend(home, "card", "6200 0000 0000 0000 026", officer="huang", at=at)
    standing = Household.objects.get()
    assert standing.card.plain() == "6200000000000000026"
    assert standing.card_index != home.card_index
    event = audit.history("GX0001")[-1]
    assert (event.action, event.actor, event.payload["field"]) == ("household.amended", "huang", "card")
    assert "0000026" not in str(event.payload)


def test_the_county_moves_the_file_to_its_federation(home, at):
    amend(home, "county", "梧州市", officer="huang", at=at)
    assert Household.objects.get().federation.code == "450400"
    amend(home, "county", "藤县", officer="huang", at=at)
    assert Household.objects.get().federation.code == "450422"


def test_what_is_unknown_may_be_said_to_be_so(home, at):
    amend(home, "size", None, officer="huang", at=at)
    assert Household.objects.get().size is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("size", "很多"),
        ("size", -1),
        ("annual_income_fen", -1),
        ("employer", "厂" * 101),
        ("certificate_review", "maybe"),
        ("card", 5),
    ],
)
def test_a_value_that_the_file_cannot_hold_is_refused(home, at, name, value):
    with pytest.raises(SaidError) as refused:
        amend(home, name, value, officer="huang", at=at)
    assert refused.value.sentence.code == "value_unfit"


@pytest.mark.parametrize("name", ["imported", "federation", "file_number", "id_number_valid", "members"])
def test_what_no_person_may_set_is_refused(home, at, name):
    with pytest.raises(SaidError) as refused:
        amend(home, name, "x", officer="huang", at=at)
    assert refused.value.sentence.code == "field_not_amendable"


def test_a_member_is_amended_and_marked_where_the_number_is_wrong(home, at):
    amend_member(Member.objects.get(name="韦小雨"), "id_number", "450422199901010021", officer="huang", at=at)
    assert not Member.objects.get(name="韦小雨").id_number_valid
    assert audit.history("GX0001")[-1].payload["field"] == "members.2.id_number"
