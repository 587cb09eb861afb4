"""A table as people paste it: any order of columns, codes or names, a total that must agree, every bad line told."""

import pytest

from huigong.quotas import pasted

FEDERATIONS = {"450400": "梧州市总工会本级", "450422": "藤县总工会", "450481": "岑溪市总工会"}


@pytest.mark.parametrize(
    "text",
    [
        "单位\t名额\n藤县总工会\t12\n岑溪市总工会\t8\n合计\t20",
        "序号\t代码\t单位\t名额（人）\n1\t450422\t藤县\t12\n2\t450481\t岑溪市\t8",
        "藤县总工会  12\n岑溪市总工会  8\n\n合 计  20",
        "名额，单位\n１２，藤 县 总工会\n8，岑溪市",
        "序号\t单位\t名额\t金额（元）\n1\t藤县总工会\t12\t36,000\n2\t岑溪市总工会\t8\t24000\n\t合计\t20\t60000",
        "单位  名额\n合计  20\n藤县总工会  12\n岑溪市总工会  8",
    ],
    ids=[
        "as in the annex",
        "with numbers and codes",
        "out of Word",
        "turned round, full width",
        "with sums",
        "total first",
    ],
)
def test_it_is_read_however_it_was_pasted(text):
    read = pasted.read(text, FEDERATIONS)
    assert (read.places, read.problems) == ({"450422": 12, "450481": 8}, ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("藤县总工会\t12\n苍梧县总工会\t3", "第 2 行"),
        ("藤县总工会\t12\n450422\t3", "前面出现过"),
        ("藤县总工会\t12\n合计\t13", "合计写的是 13"),
        ("藤县总工会\t12\t36000\n合计\t12\t36000", "看不出哪个是名额"),
        ("藤县总工会\t12\n合计\t12\t36000", "第 2 行"),
        ("序号\t单位\t名额\n1\t藤县总工会\t\n", "看不出哪个是名额"),
        ("名额分配表", "没有读到"),
        ("", "没有读到"),
    ],
)
def test_a_table_with_one_bad_line_counts_for_nothing_and_says_which(text, said):
    read = pasted.read(text, FEDERATIONS)
    assert read.places == {}
    assert said in read.problems[0].zh


@pytest.mark.parametrize(
    "text",
    [
        "450422\t1,200\n450481\t1,300\n合计\t2,500",
        "藤县总工会，1，200\n岑溪市总工会，1，300\n合计，2，500",
        "藤县总工会  １,２００\n岑溪市总工会  1300",
    ],
    ids=["out of Excel", "typed with commas", "out of Word"],
)
def test_a_thousand_is_not_taken_for_its_last_three_digits(text):
    read = pasted.read(text, FEDERATIONS)
    assert (read.places, read.problems) == ({"450422": 1_200, "450481": 1_300}, ())


def test_a_union_is_named_whole_where_its_short_name_could_be_anothers():
    unions = FEDERATIONS | {"u1": "藤县工会", "u2": "梧州市船舶厂工会"}
    whole = pasted.read("藤县总工会\t7\n藤县工会\t2\n梧州市船舶厂\t1", unions)
    assert (whole.places, whole.problems) == ({"450422": 7, "u1": 2, "u2": 1}, ())
    short = pasted.read("藤县\t7", unions)
    assert not short.places
    assert "认不出" in short.problems[0].zh
