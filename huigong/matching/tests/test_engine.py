"""The cast before the engine: who is one person, who is not, what a person is asked, and in which words."""

import pytest

from huigong.matching import cases, engine
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
