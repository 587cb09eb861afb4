"""Which of the state's employment policies a graduate may claim, what is unknown, what lacks; and what a wrong catalogue is told."""

from datetime import date

import pytest

from huigong.rules.facts import fact
from huigong.rules.policies import KINDS, LACKS, MAY, UNKNOWN, claims_for, questions, shipped, shipped_text
from huigong.rules.policies_checking import check

DAY = date(2018, 3, 20)
SEEKING = {"in_graduation_year": False, "months_since_graduation": 8, "destination": "seeking"}


def states(facts, on=DAY):
    return {claim.policy.id: claim.state for claim in claims_for(facts, on=on)}


def test_a_graduate_without_work_is_asked_what_nobody_knows_and_told_what_is_closed():
    told = states({**SEEKING, "registered_in_assistance": None})
    assert told == {
        "training-2017": UNKNOWN,
        "skill-test-2017": UNKNOWN,
        "insurance-flexible-2017": UNKNOWN,
        "post-2017": UNKNOWN,
        "insurance-small-firm-2017": LACKS,
        "loan-2016": LACKS,
    }


def test_registered_as_hard_to_place_and_with_a_certificate_two_subsidies_may_be_claimed():
    told = states({**SEEKING, "registered_in_assistance": True, "has_skill_certificate": True})
    assert {name for name, state in told.items() if state == MAY} == {"skill-test-2017", "post-2017"}
    assert list(told)[:2] == ["skill-test-2017", "post-2017"]


def test_an_officers_tick_answers_a_question_either_way():
    business = {**SEEKING, "destination": "self_employed"}
    loan = "loan-2016"
    assert states(business)[loan] == UNKNOWN
    assert states({**business, "confirmed_no_other_loan": True})[loan] == MAY
    assert states({**business, "confirmed_no_other_loan": False})[loan] == LACKS


@pytest.mark.parametrize(
    ("months", "state"), [(12, UNKNOWN), (13, LACKS), (None, UNKNOWN)], ids=["a year", "over a year", "not known"]
)
def test_the_year_after_graduation_is_counted_with_its_last_month(months, state):
    assert states({**SEEKING, "months_since_graduation": months})["insurance-flexible-2017"] == state


def test_of_several_facts_the_one_that_no_record_tells_is_a_question_too():
    none_is_known = {**SEEKING, "registered_in_assistance": False, "has_skill_certificate": True}
    assert states(none_is_known)["skill-test-2017"] == UNKNOWN
    (claim,) = (one for one in claims_for(none_is_known, on=DAY) if one.policy.id == "skill-test-2017")
    assert claim.conditions[0].asks == "confirmed_in_training_group" in questions()
    assert "已登记失业吗？还没问" in claim.conditions[0].sentence.zh
    assert states({**none_is_known, "confirmed_in_training_group": True})["skill-test-2017"] == MAY
    assert states({**none_is_known, "confirmed_in_training_group": False})["skill-test-2017"] == LACKS


def test_a_question_that_was_answered_is_not_asked_again_and_what_is_really_missing_is_named():
    answered = {**SEEKING, "registered_in_assistance": None, "confirmed_in_training_group": False}
    (claim,) = (one for one in claims_for(answered, on=DAY) if one.policy.id == "training-2017")
    group = claim.conditions[0]
    assert (group.met, group.asks, "还没问" in group.sentence.zh) == (None, "", False)
    assert group.sentence.zh.endswith(f"还不清楚（{fact('registered_in_assistance').zh}）")


@pytest.mark.parametrize(
    ("on", "months", "state"),
    [(date(2019, 7, 2), 20, LACKS), (date(2019, 7, 3), 20, UNKNOWN), (date(2024, 7, 3), 25, LACKS)],
)
def test_since_the_notice_of_2019_two_years_count_instead_of_one(on, months, state):
    told = states({**SEEKING, "months_since_graduation": months}, on=on)
    assert next(held for name, held in told.items() if name.startswith("insurance-flexible")) == state


def test_every_condition_is_said_with_its_value_under_the_policys_article():
    claim = next(one for one in claims_for(SEEKING, on=DAY) if one.policy.id == "insurance-flexible-2017")
    assert [one.sentence.zh for one in claim.conditions] == [
        "离校不超过12个月：8（不超过12）",
        "还没有落实单位：还在找工作（范围：还在找工作）",
        "在灵活就业、自己缴了社会保险吗？还没问",
    ]
    assert (claim.policy.article, claim.policy.rule[:4]) == ("第八条", "财社〔2")
    assert claim.conditions[2].asks in questions()


@pytest.mark.parametrize(
    ("on", "has"),
    [(date(2015, 12, 31), 0), (date(2016, 1, 1), 5), (date(2017, 10, 12), 6), (date(2017, 10, 13), 6)],
)
def test_policies_stand_from_their_first_day_and_a_day_without_any_has_none(on, has):
    assert len(claims_for(SEEKING, on=on)) == has


def test_the_shipped_catalogue_has_no_fault_and_all_five_kinds_and_none_says_to_be_surer_than_it_is():
    assert check(shipped_text(), file="policies.toml") == []
    assert {one.kind for one in shipped()} == set(KINDS)
    assert {one.sure for one in shipped()} == {"part"}
    assert all(one.address.startswith("http") for one in shipped())


GOOD = shipped_text()


@pytest.mark.parametrize(
    ("was", "now", "code"),
    [
        ('kind = "training"', 'kind = "gift"', "wrong_code"),
        ('sure = "part"', 'sure = "certain"', "wrong_code"),
        ('address = "http://laodongfa.com/stadata/dfzf/3679.html"\n', "", "nowhere_read"),
        ('question = "是贫困家庭子女，或已登记失业吗？", ', "", "condition_half"),
        ('rule = "财社〔2015〕290号 就业补助资金管理暂行办法"', 'rule = ""', "wrong_type"),
        ("valid_from = 2016-01-01", "valid_from = 2018-01-01", "ends_before_it_begins"),
        ("valid_from = 2016-01-01", 'valid_from = "soon"', "wrong_type"),
        ('article = "第六条"\n', "", "key_missing"),
        ('id = "training-2016"', 'id = "training-2016"\nprice = 3', "unknown_key"),
        ('id = "skill-test-2016"', 'id = "training-2016"', "twice"),
        ('criterion = "at_most"', 'criterion = "feels_like"', "unknown_criterion"),
        ('fact = "months_since_graduation", value = 12', 'fact = "months_since_graduation"', "condition_half"),
        (
            'fact = "months_since_graduation", value',
            'fact = "months_since_graduation", colour = "red", value',
            "condition_odd",
        ),
        ('fact = "months_since_graduation"', 'fact = "shoe_size"', "unknown_fact"),
        ('fact = "months_since_graduation"', 'fact = "in_graduation_year"', "wrong_fact"),
        ('values = ["seeking"]', 'values = ["dreaming"]', "wrong_fact"),
    ],
)
def test_what_is_wrong_with_a_catalogue_is_told_with_its_line(was, now, code):
    assert was in GOOD
    (told, *_more) = check(GOOD.replace(was, now, 1), file="own.toml")
    assert told.sentence.code == code
    assert told.line > 1


@pytest.mark.parametrize("text", ["[[policy]", "policy = 3", ""])
def test_a_text_that_is_no_catalogue_is_said_to_be_none(text):
    assert [one.sentence.code for one in check(text, file="own.toml")] in (["not_toml"], ["no_policies"])
