"""How names sound: surnames before the dictionary, rare characters, dots of five kinds, and what nobody should type."""

import pytest

from huigong.values.spoken import readings, typed
from huigong.values.text import piles_marks


@pytest.mark.parametrize(
    ("name", "whole", "initials"),
    [
        ("韦小雨", "weixiaoyu", "wxy"),
        ("单小芳", "shanxiaofang", "sxf"),
        ("曾小芳", "zengxiaofang", "zxf"),
        ("仇小芳", "qiuxiaofang", "qxf"),
        ("区小芳", "ouxiaofang", "oxf"),
        ("查小芳", "zhaxiaofang", "zxf"),
        ("解小芳", "xiexiaofang", "xxf"),
        ("朴小芳", "piaoxiaofang", "pxf"),
        ("乐小芳", "yuexiaofang", "yxf"),
        ("覃小芳", "qinxiaofang", "qxf"),
        ("尉迟小芳", "yuchixiaofang", "ycxf"),
        ("𠮷小芳", "jixiaofang", "jxf"),
        ("韦䶮", "weiyan", "wy"),
    ],
)
def test_a_surname_is_read_as_a_surname(name, whole, initials):
    first = readings(name)[0]
    assert (first.whole, first.initials) == (whole, initials)


def test_the_dictionarys_reading_is_kept_beside_the_surnames():
    """Whoever only knows the character as another word finds the person too."""
    assert {one.whole for one in readings("单小芳")} == {"shanxiaofang", "danxiaofang"}


@pytest.mark.parametrize("dot", "·•‧・･")
def test_all_dots_of_an_ethnic_name_are_one(dot):
    assert typed(f"阿依努尔{dot}买买提") == "阿依努尔·买买提"
    assert readings(f"阿依努尔{dot}买买提")[0].whole == "ayinuermaimaiti"


def test_a_name_that_nobody_can_read_has_no_reading():
    assert readings("·") == ()
    assert readings("") == ()


def test_towers_of_combining_marks_are_cut_down():
    assert len(typed("韦" + "\u0301" * 4000 + "小雨")) == 5


@pytest.mark.parametrize(
    ("text", "piled"),
    [
        ("韦" + "\u0301" * 3, True),
        ("韦" + "\u0301\u200b" * 3, True),  # what shows nothing parts no pile
        ("韦" + "\u0489" * 4000 + "小雨", True),  # a mark around a letter has no combining class
        ("Nguye\u0302\u0303n Thi\u0323", False),  # as Vietnamese is typed
        ("阿卜杜拉·买买提", False),
        ("韦秀兰", False),
        ("", False),
    ],
    ids=["three", "parted", "around", "vietnamese", "dotted", "plain", "empty"],
)
def test_more_than_two_marks_on_a_letter_are_a_pile(text, piled):
    assert piles_marks(text) is piled


def test_what_turns_the_direction_is_gone():
    assert typed("\u202e韦\u200b小雨\u202c") == "韦小雨"


def test_what_is_typed_has_an_end():
    assert len(typed("韦" * 10_000)) == 100
