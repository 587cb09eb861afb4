"""decisions.json and decisions.xlsx: every row that became a case, its verdict, place and cited findings."""

import json

from huigong.figures import decisions
from huigong.figures.tests.sheets import content, sheets

KEYS = {"reference", "form", "row", "verdict", "rank", "place", "amount_fen", "findings"}
FINDING = {"clause", "criterion", "outcome", "fact", "value", "threshold", "zh", "en"}


def told(town):
    return {(one["form"], one["row"]): one for one in json.loads(content(decisions.as_json, town.standing))}


def test_every_entry_has_what_programs_expect(town):
    for one in told(town).values():
        assert one.keys() >= KEYS
        assert one["verdict"] in {"eligible", "incomplete", "to_settle", "refused"}
        assert all(finding.keys() >= FINDING for finding in one["findings"])
        assert all(finding["clause"] and finding["zh"] and finding["en"] for finding in one["findings"])
        assert isinstance(one["place"], bool)


def test_a_returned_row_is_no_decision_and_every_other_row_is(town):
    rows = {(row.form.name, row.number) for row in town.standing.rows}
    assert rows - told(town).keys() == {("名单.xlsx", 9)}


def test_only_who_is_eligible_and_placed_has_an_amount(town):
    for one in told(town).values():
        assert (one["amount_fen"] is not None) == one["place"]
        assert one["verdict"] == "eligible" or (one["rank"], one["place"]) == (None, False)
    assert sum(one["place"] for one in told(town).values()) == 3


def test_a_merged_row_tells_its_case_and_counts_nothing_twice(town):
    merged, first = told(town)["另一个单位.xlsx", 1], told(town)["名单.xlsx", 1]
    assert merged["reference"] == merged["merged_into"] == first["reference"]
    assert (merged["verdict"], merged["place"], merged["amount_fen"], merged["rank"]) == ("eligible", False, None, None)
    assert (first["merged_into"], first["place"], first["amount_fen"]) == (None, True, 300_000)


def test_the_sum_of_amounts_is_what_holds_a_place(town):
    placed = [one for one in town.standing.applications if town.standing.has_place(one)]
    assert sum(one["amount_fen"] or 0 for one in told(town).values()) == sum(one.amount_fen for one in placed)


def test_a_campaign_without_a_case_is_an_empty_list(town):
    standing = town.standing
    standing.__dict__["applications"] = []
    assert json.loads(content(decisions.as_json, standing)) == []


def test_the_workbook_says_the_same_in_words(town):
    headings, *rows = sheets(decisions.as_workbook, town.standing)["认定"]
    by_row = {(row[1], row[2]): dict(zip(headings, row, strict=True)) for row in rows}
    assert by_row.keys() == told(town).keys()
    one = by_row["名单.xlsx", 1]
    assert (one["结论"], one["现状"], one["有名额"], one["金额（元）"]) == ("符合条件", "已安排发放", "是", 3000)
    assert by_row["另一个单位.xlsx", 1]["为什么"] == f"同一学生，已并入 {one['案号']} 的第一行。"
    assert by_row["迟交.xlsx", 1]["按时报送\n五(三)"] == "不符"
    assert by_row["名单.xlsx", 5]["家庭已建档\n五(二)"] == "待补"
