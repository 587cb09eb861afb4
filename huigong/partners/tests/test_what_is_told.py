"""Under which programme the partner finds a child, limits that are told before the letter goes out, fingerprints as people type them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from huigong.partners import actions, queries
from huigong.partners.actions import answering
from huigong.partners.actions.inviting import regrouped
from huigong.partners.models import Exchange
from huigong.partners.queries import OURS, UNAIDED
from huigong.partners.tests.conftest import child
from huigong.registry import actions as registry
from huigong.registry.actions import Aid
from huigong.values.sentence import SaidError
from huigong.vault import blind


def given(families, place, on, at, *, kind="", source="union", need="schooling-2017"):
    index = blind.index("resident_id", child(place))
    aid = Aid(families[place - 1].pk, index, need, source, 100, f"SA-{place}{kind}{on}", kind)
    registry.give_all([aid], on=on, officer="system", at=at)


def test_a_child_stands_under_the_aid_that_it_had_and_not_under_the_letters_word(families, city, at):
    day = at.date()
    given(families, 1, day, at)
    given(families, 1, day, at, kind="医疗救助", need="medical")
    given(families, 2, day - timedelta(days=365), at)
    given(families, 3, day, at, kind="教育救助", source="elsewhere", need="elsewhere")
    told = queries.programmes_of(queries.children_of(city), city, on=day)
    assert told == [f"医疗救助、{OURS}", UNAIDED, UNAIDED, UNAIDED]


def test_the_partner_reads_the_aid_and_whom_nobody_aided(families, exchange, blinded, department, at):
    given(families, 1, at.date(), at)
    department.result(actions.answer(exchange, blinded, officer="huang", at=at))
    told = (department.folder / "重合.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[3] for line in told[1:]] == [OURS, UNAIDED]


def test_a_limit_below_our_own_children_is_told_before_the_letter_goes_out(families, asked, huang, city, at):
    assert queries.count_children(city) == len(queries.children_of(city)) == 4
    with pytest.raises(SaidError, match="我方在档子女有 4 人，函里写明最多 3 人"):
        actions.invite(replace(asked, most=3), officer=huang, at=at)
    assert Exchange.objects.count() == 0
    assert actions.invite(replace(asked, most=4), officer=huang, at=at).most == 4


def test_children_who_came_since_are_told_in_the_same_words(families, exchange, blinded, at, monkeypatch):
    many = queries.children_of(exchange.federation) * 300
    monkeypatch.setattr(answering, "children_of", lambda _federation: many)
    with pytest.raises(SaidError, match="我方在档子女有 1200 人，函里写明最多 1000 人") as refused:
        actions.answer(exchange, blinded, officer="huang", at=at)
    assert "按县" not in str(refused.value)


@pytest.mark.parametrize("typed", ["ab12cd34ef56", "AB12-CD34-EF56", " ab12  cd34 ef56\n", "ＡＢ１２ ｃｄ３４ＥＦ56"])
def test_a_fingerprint_is_the_same_however_it_was_typed(typed):
    assert regrouped(typed) == "AB12 CD34 EF56"
