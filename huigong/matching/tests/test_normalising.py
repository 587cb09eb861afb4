"""Columns say what `values` say, one value at a time: plain forms, check digits, dates, sounds."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from benchmarks.matching.generate import invent
from huigong.matching import signs
from huigong.matching.normalising import prepare
from huigong.matching.numbers import INVALID, MASKED, NO_ID, VALID
from huigong.matching.tests.cast import RAIN, XIAOYU, changed, records
from huigong.values.resident_id import ResidentId, check_digit
from huigong.values.sentence import WrongValueError


def prepared(**values):
    return prepare(records(changed(**values))).row(0, named=True)


def plain(column, one, other):
    return (
        prepared(**{column: one})[column if column != "birth_date" else "born_said"]
        == prepared(**{column: other})[column if column != "birth_date" else "born_said"]
    )


@settings(deadline=None)
@given(
    st.dates(date(1930, 1, 1), date(2020, 12, 31)),
    st.integers(0, 999),
    st.integers(0, 17),
    st.sampled_from("0123456789X"),
)
def test_a_number_is_valid_for_columns_when_it_is_valid_for_values(born, order, at, character):
    body = f"450499{born:%Y%m%d}{order:03d}"
    number = body + check_digit(body)
    number = number[:at] + character + number[at + 1 :]
    try:
        ResidentId.parse(number)
        right = True
    except WrongValueError:
        right = False
    if "X" in number[:17] or number.startswith("0"):
        return
    kind = prepared(id_number=number)["kind"]
    assert (kind == VALID) == right or number[10:14] in {"0230", "0231", "0431", "0631", "0931", "1131", "0229"}


@pytest.mark.parametrize(
    ("written", "kind"),
    [(RAIN, VALID), (f" {RAIN[:6]} {RAIN[6:14]}-{RAIN[14:]}", VALID), (RAIN[:6] + RAIN[8:17], VALID), (RAIN[:17] + "9", INVALID),
     (RAIN[:4] + "*" * 10 + RAIN[-4:], MASKED), (RAIN[:6] + "********" + RAIN[-4:], MASKED), ("", NO_ID), ("不详", NO_ID), ("4.50499E+17", NO_ID)],
)  # fmt: skip
def test_kinds_of_numbers(written, kind):
    assert prepared(id_number=written)["kind"] == kind


def test_a_number_of_fifteen_digits_is_the_one_of_eighteen():
    assert prepared(id_number=RAIN[:6] + RAIN[8:17])["id"] == prepared(id_number=RAIN)["id"]


def test_a_fifteen_digit_number_of_01_is_a_students():
    assert prepared(id_number="450499010312284")["id_born"] == 20010312


@pytest.mark.parametrize("dot", "·•‧・．")
def test_five_kinds_of_dot_are_one(dot):
    assert plain("name", f"阿依古丽{dot}买买提", "阿依古丽·买买提")


@pytest.mark.parametrize(("one", "other"), [("韋曉麗", "韦晓丽"), ("张 伟", "张伟"), ("陳國強", "陈国强")])
def test_variant_characters_are_one_name(one, other):
    assert plain("name", one, other)


def test_long_names_differ_in_their_ends():
    assert not plain("name", "阿依古丽·买买提", "阿依古丽·买买明")


def test_a_surname_is_read_as_a_surname_first():
    assert prepared(name="单小雨")["sound"] == prepared(name="善小雨")["sound"]
    assert prepared(name="单小雨")["other_sound"] == prepared(name="丹小雨")["sound"]
    assert prepared(name="尉迟敬")["sound"] == prepared(name="玉池静")["sound"]


@pytest.mark.parametrize(
    "written", ["1999-03-12", "19990312", "1999年3月12日", "1999.03.12", "1999/3/12", "1999-03-12 00:00:00"]
)
def test_birth_dates_as_offices_write_them(written):
    assert prepared(birth_date=written)["born_said"] == 19990312


@pytest.mark.parametrize("written", ["", "不详", "1999", "3月12日", "1999-13-40"])
def test_what_is_no_birth_date_is_missing(written):
    assert prepared(birth_date=written)["born_said"] == 0


def test_schools_meet_in_their_short_forms():
    assert plain("school", "藤县第一中学", "藤县一中")


def test_every_syllable_has_a_number_of_its_own():
    syllables = {lazy_pinyin(chr(code))[0] for code in range(0x4E00, 0x9FA6)}
    assert len({signs.sound_code(syllable) for syllable in syllables}) == len(syllables) > 400


def test_a_record_alone_is_prepared_as_among_many():
    """Few records are read one by one in Python, many as bytes over columns: both say the same."""
    many, _ = invent(profile="hard", records=900, seed=31)
    assert pl.concat(prepare(many[at : at + 30]) for at in range(0, 900, 30)).equals(prepare(many))


def test_dates_spelt_out_are_read_over_a_column_as_one_by_one():
    texts = [
        f"{year}年{month}月{day}日"
        for year in (1999, 2001)
        for month in ("3", "03", "12", "13")
        for day in ("2", "02", "31", "0")
    ]
    texts += ["1999年3月123日", "1999年12月日", "1999年123月2日", "99年3月12日", "1999月3年12日", "1999/3/2 0:00:00", "一九九九年三月", "1999年3月12号"]  # fmt: skip
    table = pl.DataFrame({"birth_date": texts * 3})
    many = prepare(table)["born_said"].to_list()
    assert many == [prepare(table[at : at + 1])["born_said"][0] for at in range(table.height)]
    assert (many[0], many[2 * 4]) == (19990302, 19991202)


def test_absent_columns_are_empty():
    assert prepare(pl.DataFrame({"record_id": ["a"], "name": [XIAOYU["name"]]})).row(0, named=True)["kind"] == NO_ID
    assert prepare(pl.DataFrame({"other": ["a", "b"]})).height == 2
