"""The shipped circular can be published, and each kind of mistake in a circular is found with its line."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from huigong.rules import checking, loading, quota_table
from huigong.rules.deciding import decide
from huigong.rules.entitlement import entitlement
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
        ('fact = "stamped_form"', 'fact = "received_on"', "wrong_fact"),
        ('values = ["not_passed"]', 'values = ["unpassed"]', "wrong_fact"),
        ('equals = "freshman"', 'equals = "newcomer"', "wrong_fact"),
        ('unless = "settled_late"', 'unless = "education_level"', "wrong_fact"),
        ('covered_levels = ["senior_high"', 'covered_levels = ["senior"', "wrong_level"),
        ("given = { stamped_form = false", "given = { stamped_from = false", "wrong_given"),
        ("given = { stamped_form = false", 'given = { stamped_form = "no"', "wrong_given"),
        ('failed = ["stamped"]', 'failed = ["stamp"]', "unknown_failed"),
        ("last_day = 2017-09-30", "last_day = 2016-09-30", "days_reversed"),
        ('covered_levels = ["senior_high", ', "covered_levels = [", "levels_differ"),
        ('numerator = "graduates_placed_by_aid"', 'numerator = "nobody_knows"', "unknown_group"),
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
        ('levels = ["higher_vocational", ', "levels = [", "amount_missing"),
        ('"secondary_vocational"]\nyuan', '"secondary_vocational", "undergraduate"]\nyuan', "amount_twice"),
        ("yuan = 1500\n", 'yuan = 1500\nstudent_kind = "freshman"\n', "amount_missing"),
        ('fact = "schooling_cost_fen"', 'fact = "certificate_review"', "not_ranked_by"),
        ('fact = "schooling_cost_fen"', 'fact = "received_on"', "not_ranked_by"),
        ("is_example = true", "is_example = true\ndeadline = 2016-08-01", "deadline_before_issue"),
    ],
)
def test_a_supplement_that_would_starve_a_campaign_is_refused(old, new, code):
    assert code in codes(changed(old, new, file=SUPPLEMENT.name))


@pytest.mark.parametrize(
    ("old", "new"),
    [("working_days = 5", f"working_days = {days}") for days in (0, -5, 100_000)]
    + [("yuan = 1500", f"yuan = {yuan}") for yuan in (0, -1500, 10**9)],
)
def test_a_number_that_no_supplement_means_is_out_of_range(old, new):
    with pytest.raises(WrongCircularError) as told:
        codes(changed(old, new, file=SUPPLEMENT.name))
    assert [one.sentence.code for one in told.value.problems] == ["out_of_range"]


def test_ranking_needs_a_burden_of_education_whatever_else_it_asks():
    whole = texts()
    kept = [line for line in whole[SUPPLEMENT.name].splitlines() if "schooling_cost" not in line]
    whole[SUPPLEMENT.name] = "\n".join(kept).replace("children_in_school", "household_size")
    assert "income_alone" in codes(whole)


def test_a_text_that_begins_with_a_mark_is_read(tmp_path):
    folder = shutil.copytree(FOLDER, tmp_path / "circular")
    main = folder / "circular.toml"
    main.write_text("\ufeff" + main.read_text(encoding="utf-8"), encoding="utf-8")
    assert loading.load(folder).digest == loading.load(FOLDER).digest


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("percent = 60", "percent = 600", "out_of_range"),
        ('slug = "2017-wuzhou-21"', "slug = 2017", "wrong_type"),
        ('issuer = "梧州市总工会"\n', "", "key_missing"),
        ('uses = "on_or_before"', 'uses = "roughly_before"', "unknown_criterion"),
        ('day = "deadline"\n', "", "parameter_missing"),
        ('force = "target"', 'force = "law"', "not_among"),
        ("[form]", "[poem]", "unknown_table"),
        ("year = 2017", "year = ", "not_toml"),
        ("year = 2017", "year = true", "wrong_type"),
        ("issued_on = 2017-07-13", "issued_on = 2017-07-13T08:00:00", "wrong_type"),
        ('addressees = ["各县', 'addressees = [7, "各县', "wrong_type"),
        ("deadline = 2017-08-10\n", "", "no_deadline"),
        ('like = "在档、材料齐的大学新生通过"', 'like = "没有的例子"', "no_such_example"),
        ("[form]", '[supplement]\ntitle = "x"\nissued_on = 2017-07-13\nis_example = true\n[form]', "table_elsewhere"),
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


def supplement(tmp_path, text):
    path = tmp_path / "later.toml"
    path.write_text('[supplement]\ntitle = "后补（示例）"\nissued_on = 2017-08-01\nis_example = true\n' + text)
    return path


def test_a_supplement_moves_the_deadline_that_criteria_hold_against(tmp_path):
    moved = loading.load(FOLDER, [SUPPLEMENT, supplement(tmp_path, "deadline = 2017-08-20\n")])
    late = {**moved.examples[0].given, "received_on": date(2017, 8, 15)}
    assert moved.deadline == date(2017, 8, 20)
    assert decide(moved, late).verdict == "eligible"
    assert decide(loading.load(FOLDER, [SUPPLEMENT]), late).verdict == "to_settle"


def test_a_later_supplement_replaces_what_has_the_same_name(tmp_path):
    raised = loading.load(
        FOLDER,
        [
            SUPPLEMENT,
            supplement(
                tmp_path,
                '[[amount]]\nname = "senior"\nlevels = ["senior_high"]\nyuan = 1800\nclause = "补(一)"\n',
            ),
        ],
    )
    assert entitlement(raised, {"education_level": "senior_high"}).fen == 180_000
    assert len(raised.amounts) == 2


def test_a_problem_in_a_supplement_is_told_at_its_own_line(tmp_path):
    path = supplement(tmp_path, '\n[[amount]]\nname = "more"\nlevels = ["primary"]\nyuan = 1800\nclause = "补(九)"\n')
    found = checking.check(loading.load(FOLDER, [SUPPLEMENT, path]))
    assert [(problem.file, problem.line, problem.sentence.code) for problem in found] == [
        ("later.toml", 10, "clause_missing")
    ]


def test_the_order_of_supplements_is_part_of_the_digest(tmp_path):
    later = supplement(tmp_path, "")
    assert loading.load(FOLDER, [SUPPLEMENT, later]).digest != loading.load(FOLDER, [later, SUPPLEMENT]).digest


def test_a_supplement_cannot_be_a_circular(tmp_path):
    with pytest.raises(WrongCircularError) as refused:
        loading.load(FOLDER, [supplement(tmp_path, '[circular]\nslug = "x"\n')])
    assert "table_elsewhere" in {problem.sentence.code for problem in refused.value.problems}


def test_two_texts_of_one_name_are_refused(tmp_path):
    with pytest.raises(WrongCircularError, match="都叫"):
        loading.load(FOLDER, [SUPPLEMENT, SUPPLEMENT])


def test_a_file_outside_the_folder_is_refused(tmp_path):
    with pytest.raises(WrongCircularError, match="同一个文件夹"):
        loading.load(
            FOLDER,
            [
                supplement(
                    tmp_path,
                    '[quota]\nclause = "附件2"\nfile = "../secret.csv"\nfund_source = "a"\nfund_source_name = "a"\n',
                )
            ],
        )


@pytest.mark.parametrize(
    ("table", "code", "line"),
    [
        ("division_code,organisation\n450400,市本级\n", "quota_columns", 1),
        ("division_code,organisation,places\n450400,市本级,9\n450400,市本级,9\n", "quota_twice", 3),
        ("division_code,organisation,places\n450400,市本级,-9\n", "quota_places", 2),
        ("division_code,organisation,places\n,市本级,9\n", "quota_code", 2),
    ],
)
def test_a_wrong_quota_table_is_told_with_its_line(table, code, line):
    whole = texts() | {"quotas-example.csv": table}
    found = checking.check(loading.from_texts(whole, [SUPPLEMENT.name]))
    assert [(problem.file, problem.line, problem.sentence.code) for problem in found] == [
        ("quotas-example.csv", line, code)
    ]


def test_the_quota_table_of_the_supplement_is_read():
    circular = loading.load(FOLDER, [SUPPLEMENT])
    assert quota_table.read("quotas", circular.texts[circular.quota.file]).places["450422"] == 7
