"""The shipped circular can be published, and each kind of mistake in a circular is found with its line."""

from pathlib import Path

import pytest

from huigong.rules import checking, loading
from huigong.rules.problems import WrongCircularError

FOLDER = Path(__file__).resolve().parents[3] / "circulars" / "2017-wuzhou-21"
SUPPLEMENT = FOLDER / "supplement-example.toml"


def texts():
    circular = loading.load(FOLDER, [SUPPLEMENT])
    return dict(circular.texts)


def changed(old, new, *, file="circular.toml", times=1):
    whole = texts()
    assert old in whole[file]
    whole[file] = whole[file].replace(old, new, times)
    return whole


def codes(whole):
    return {problem.sentence.code for problem in checking.check(loading.from_texts(whole, [SUPPLEMENT.name]))}


@pytest.mark.parametrize("supplements", [[], [SUPPLEMENT]])
def test_the_shipped_circular_may_be_published(supplements):
    assert checking.check(loading.load(FOLDER, supplements)) == []


def test_every_clause_of_the_text_is_there():
    clauses = {clause.id for clause in loading.load(FOLDER).clauses}
    assert {f"五({number})" for number in "一二三四五六七"} | {f"附件1({number})" for number in "一二三四"} | {
        f"二({number})" for number in "一二三四"
    } <= clauses


def test_frozen_texts_give_the_same_circular():
    circular = loading.load(FOLDER, [SUPPLEMENT])
    assert loading.from_texts(circular.texts, [SUPPLEMENT.name]).digest == circular.digest


def test_a_changed_letter_changes_the_digest():
    assert (
        loading.from_texts(changed("1500", "1600", file=SUPPLEMENT.name, times=2), [SUPPLEMENT.name]).digest
        != loading.load(FOLDER, [SUPPLEMENT]).digest
    )


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('clause = "五(二)"\nfailing', 'clause = "五(九)"\nfailing', "clause_missing"),
        ('[[procedure]]\nclause = "五(四)"', '[[procedure]]\nclause = "二(三)"', "rule_not_cited"),
        ('clause = "五(二)"\nfailing = "refused"', 'clause = "二(二)"\nfailing = "refused"', "not_a_rule"),
        ('verdict = "eligible"', 'verdict = "refused"', "example_fails"),
        ('fact = "stamped_form"', 'fact = "has_a_nice_face"', "unknown_fact"),
        ('name = "stamped"', 'name = "file_first"', "doubled"),
    ],
)
def test_a_mistake_is_found(old, new, code):
    assert code in codes(changed(old, new))


def test_ranking_by_income_alone_is_refused():
    whole = texts()
    kept = [
        line
        for line in whole[SUPPLEMENT.name].splitlines()
        if "children_in_school" not in line and "schooling_cost" not in line
    ]
    whole[SUPPLEMENT.name] = "\n".join(kept)
    assert "income_alone" in codes(whole)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('slug = "2017-wuzhou-21"', "slug = 2017", "wrong_type"),
        ('issuer = "梧州市总工会"\n', "", "key_missing"),
        ('uses = "on_or_before"', 'uses = "roughly_before"', "unknown_criterion"),
        ("day = 2017-08-10\n", "", "parameter_missing"),
        ('force = "target"', 'force = "law"', "not_among"),
        ("[form]", "[poem]", "unknown_table"),
        ("year = 2017", "year = ", "not_toml"),
        ('failing = "curable"', 'failing = "curable"\ncolour = "red"', "unknown_parameter"),
    ],
)
def test_a_wrong_shape_is_told_with_its_line(old, new, code):
    whole = changed(old, new)
    line = whole["circular.toml"][: whole["circular.toml"].find(new) if new else 0].count("\n") + 1
    with pytest.raises(WrongCircularError) as refused:
        loading.from_texts(whole, [SUPPLEMENT.name])
    found = [problem for problem in refused.value.problems if problem.sentence.code == code]
    assert found
    if new and code in {"wrong_type", "not_among", "unknown_criterion", "unknown_table", "not_toml"}:
        assert abs(found[0].line - line) <= 1


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(WrongCircularError, match="找不到"):
        loading.load(tmp_path)
