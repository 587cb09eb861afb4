"""The cast before the engine: who is one person, who is not, what a person is asked, and in which words."""

import numpy as np
import polars as pl
import pytest

from huigong.matching import cases, comparing, engine
from huigong.matching.tests.cast import FATHER, MOTHER, RAIN, XIAOYU, changed, number, records, without

TWIN = changed(name="韦小雪", id_number=number("19990312", 348))
BROTHER = changed(name="韦志强", id_number=number("20020607", 157), birth_date="2002-06-07", school="藤县第二中学")


def answers(*people):
    found = engine.match(records(*people)).pairs
    return [
        (row["left"], row["right"], row["answer"])
        for row in found.iter_rows(named=True)
        if row["answer"] != "different"
    ]


def judgement(one, other):
    return engine.explain(records(one), records(other))


SLIP = RAIN[:12] + str((int(RAIN[12]) + 3) % 10) + RAIN[13:]
SWAP = RAIN[:9] + RAIN[10] + RAIN[9] + RAIN[11:]
SAME = {
    "the same form twice": XIAOYU,
    "fifteen digits": changed(id_number=RAIN[:6] + RAIN[8:17]),
    "one digit miscopied": changed(id_number=SLIP),
    "two neighbours swapped": changed(id_number=SWAP),
    "two digits miscopied": changed(id_number=SLIP[:15] + str((int(SLIP[15]) + 1) % 10) + SLIP[16:]),
    "a masked number": changed(id_number=RAIN[:4] + "*" * 10 + RAIN[-4:]),
    "a homophone": changed(name="韦晓宇"),
    "traditional characters": changed(name="韋小雨"),
    "the mother's number in the student's column": changed(id_number=MOTHER),
    "no number": without("id_number"),
    "another unit, telephone and school": changed(unit="第二茶厂", phone="13907740002", school="梧州学院", year="2018"),
}


@pytest.mark.parametrize("other", SAME.values(), ids=SAME.keys())
def test_one_person(other):
    assert answers(XIAOYU, other) == [(0, 1, "same")]


TWO = {
    "a twin": (TWIN, cases.TWINS),
    "a brother": (BROTHER, cases.SIBLINGS),
    "a namesake in her school": (
        {"name": "韦小雨", "id_number": number("19981201", 84), "school": "藤县第一中学", "father_name": "韦大山"}, cases.NAMESAKES,
    ),
    "somebody with the village's telephone": (
        {"name": "韦文静", "id_number": number("19990312", 44), "birth_date": "1999-03-12", "phone": "13907740001", "father_name": "韦大山"}, cases.SHARED_PHONE,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("other", "case"), TWO.values(), ids=TWO.keys())
def test_two_people_with_the_name_of_their_case(other, case):
    assert answers(XIAOYU, other) == []
    assert judgement(XIAOYU, other).case == case


OF_ONE_NAME = {"name": "张伟", "school": "藤县第一中学"}
UNIT = {"phone": "13907740001", "unit": "第一茶厂"}
FATHER_OF_HIS_NAME = {"name": "韦国强", "id_number": FATHER, "birth_date": "1970-11-05", **UNIT}
SON = {
    "name": "韦国强",
    "id_number": RAIN,
    "birth_date": "1999-03-12",
    "father_name": "韦国强",
    "father_id_number": FATHER,
    **UNIT,
}
PERHAPS_TWO = {
    "a name and a school": (OF_ONE_NAME, OF_ONE_NAME, cases.LITTLE_BUT_NAMES),
    "a name, a unit and two telephones": (
        {"name": "张伟", **UNIT}, {"name": "张伟", **UNIT, "phone": "13800138000"}, cases.LITTLE_BUT_NAMES,
    ),
    "a name and a parent's": (
        {"name": "张伟", "father_name": "张强"}, {"name": "张伟", "father_name": "张强"}, cases.LITTLE_BUT_NAMES,
    ),
    "a name, a telephone and two valid numbers": (
        {"name": "张伟", "id_number": RAIN, "phone": "13907740001"},
        {"name": "张伟", "id_number": number("20010520", 251), "phone": "13907740001"}, cases.TWO_NUMBERS,
    ),
    "father and son": (FATHER_OF_HIS_NAME, SON, cases.PARENT_AND_CHILD),
    "father and son who has no birth date": (FATHER_OF_HIS_NAME, {**SON, "birth_date": ""}, cases.PARENT_AND_CHILD),
    "father and son who has no number": (FATHER_OF_HIS_NAME, {**SON, "id_number": ""}, cases.PARENT_AND_CHILD),
    "father and son under his number": (FATHER_OF_HIS_NAME, {**SON, "id_number": FATHER}, cases.PARENT_AND_CHILD),
    "a twin and stars with her sister's number": (
        TWIN, changed(name="韦**", id_number=RAIN[:4] + "*" * 10 + RAIN[-4:]), cases.TWINS,
    ),
    "a twin and stars without a number": (TWIN, changed(name="韦**", id_number=""), cases.STARRED_TWIN),
    "a twin under her sister's number": (XIAOYU, changed(name="韦小雪"), cases.NUMBER_OF_RELATIVE),
}  # fmt: skip


@pytest.mark.parametrize(("one", "other", "case"), PERHAPS_TWO.values(), ids=PERHAPS_TWO.keys())
def test_what_may_be_two_people_goes_to_a_person_with_the_name_of_its_case(one, other, case):
    judged = judgement(one, other)
    assert answers(one, other) == [(0, 1, "review")]
    assert (judged.answer, judged.case) == ("review", case)
    assert judged.reasons[0].code == f"match_{case}"


def test_the_name_and_birth_date_of_many_is_not_one_person_and_of_few_is():
    def of_many(number_of_them):
        bearers = [
            {"name": "韦小雨", "birth_date": f"{1990 + at // 12}-{at % 12 + 1:02d}-01"} for at in range(number_of_them)
        ]
        table = pl.concat(
            [records(one).with_columns(record_id=pl.lit(str(at))) for at, one in enumerate([*bearers, bearers[0]])]
        )
        found = engine.match(table).pairs
        return found.filter((pl.col("left") == 0) & (pl.col("right") == number_of_them))["answer"].to_list()

    assert of_many(5) == ["same"]
    assert of_many(100) == ["review"]


def test_cases_are_the_same_one_by_one_and_over_columns():
    patterns = np.random.default_rng(9).integers(0, comparing.POSSIBLE, 20_000)
    one_by_one = [any(case.fits(comparing.read(int(one))) for case in cases.NEVER_SAME) for one in patterns]
    assert cases.never_same(comparing.levels(patterns)).tolist() == one_by_one
    assert {comparing.read(int(patterns[at]))["id"] for at in range(500)} == set(comparing.COMPARISONS[0].levels)


def test_a_brother_with_her_number_is_not_merged_with_her():
    with_her_number = {**BROTHER, "id_number": RAIN}
    judged = judgement(XIAOYU, with_her_number)
    assert (judged.answer, judged.case) == ("different", cases.NUMBER_OF_RELATIVE)


def test_her_mothers_number_is_told_in_words():
    judged = judgement(XIAOYU, changed(id_number=MOTHER))
    assert judged.case == cases.NUMBER_OF_PARENT
    assert "家长的身份证号" in str(judged.reasons[0])


def test_reasons_are_said_in_two_languages():
    for sentence in judgement(XIAOYU, changed(id_number=SLIP)).reasons:
        assert sentence.zh
        assert sentence.en.isascii()


def test_a_name_alone_is_never_enough():
    assert ("same") not in [answer for *_, answer in answers({"name": "韦小雨"}, {"name": "韦小雨"})]


def test_strangers_do_not_even_meet():
    stranger = {"name": "莫文杰", "id_number": number("20000101", 11), "phone": "13907740009"}
    assert engine.match(records(XIAOYU, stranger)).pairs.height == 0


def test_a_list_against_another_tells_only_pairs_across():
    found = engine.link(records(XIAOYU, XIAOYU), records(changed(id_number=SLIP), BROTHER)).pairs
    assert [(row[0], row[1]) for row in found.filter(found["answer"] == "same").iter_rows()] == [(0, 0), (1, 0)]


def test_a_place_too_crowded_to_tell_anybody_apart_is_left_out_and_counted():
    crowd = [{"name": "韦小雨", "phone": "13907740001"}] * 10
    table = records(*crowd)
    table = table.select(table.columns).vstack(table).vstack(table).vstack(table).vstack(table)
    found = engine.match(table)
    assert found.crowded["name_phone"] == 1


def test_nobody_and_one_body_have_no_pairs():
    assert engine.match(records()).pairs.height == 0
    assert engine.match(records(XIAOYU)).pairs.height == 0


def test_both_parents_numbers_are_hers_to_be_found_by():
    assert answers(
        without("id_number", "birth_date", "phone", "mother_id_number"),
        changed(id_number="", birth_date="", phone="", father_id_number=FATHER),
    ) == [(0, 1, "same")]
