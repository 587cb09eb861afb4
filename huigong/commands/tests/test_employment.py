"""`huigong employment …` as somebody calls it: import, match, figures, each for people and for programs."""

import json
from datetime import date, timedelta

import openpyxl
import pytest

from huigong import commands
from huigong.employment import actions
from huigong.employment.assigning import Assigned
from huigong.employment.models import Opening, StatisticalReturn
from huigong.employment.tests.served import Centre, campaign_of, greedy
from huigong.employment.tests.test_lists import GOOD, HEADINGS, sheet


@pytest.fixture
def centre(city, huang, at, monkeypatch):
    monkeypatch.setattr(commands, "bring_up", lambda: None)
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)
    return Centre(city, huang, at=at)


def told(capsys, *words):
    code = commands.main(["employment", *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_a_list_is_taken_in_and_every_row_that_is_not_is_named(centre, tmp_path, capsys):
    late = list(GOOD)
    late[HEADINGS.index("毕业时间")] = "2010年6月"
    code, answer = told(capsys, "import", str(sheet(tmp_path, HEADINGS, GOOD, late)))
    assert (code, answer["rows"], answer["fresh"]) == (1, 2, 1)
    assert [one["code"] for one in answer["faults"]] == ["graduated_too_long_ago"]


def test_figures_in_both_readings_and_a_frozen_return_with_its_papers(centre, city, at, tmp_path, capsys):
    campaign_of(city, at)
    centre.hire(centre.graduate(1))
    centre.graduate(2)
    code, answer = told(capsys, "figures", "--freeze", "2017-08-07", "--out", str(tmp_path / "out"))
    assert code == 0
    assert {one["name"]: (one["share"], one["missing"]) for one in answer["indicators"]} == {
        "zero_employment_assisted": ("—", 0),
        "assisted": ("50.0%", 1),
        "employed": ("50.0%", 1),
    }
    assert answer["reading"] == "assisted"
    assert StatisticalReturn.objects.get().as_of == date(2017, 8, 7)
    book = openpyxl.load_workbook(tmp_path / "out" / "return.xlsx")
    assert [page.title for page in book] == ["按工会", "目标", "服务", "更正", "名单"]
    assert [cell.value for cell in book["按工会"][2]][1:5] == [2, 2, 1, 1]
    assert (tmp_path / "out" / "summary.docx").read_bytes()[:2] == b"PK"


def test_a_return_of_a_day_to_come_is_refused_with_a_sentence(centre, city, at, capsys):
    campaign_of(city, at)
    assert commands.main(["employment", "figures", "--freeze", "2017-12-31"]) == 1
    assert "还没到" in capsys.readouterr().err


def test_a_round_tells_how_good_it_is(centre, capsys, monkeypatch):
    centre.graduate(1, zero_employment=True)
    centre.opening()
    monkeypatch.setattr(actions, "propose", lambda place, **more: _PROPOSE(place, solve=greedy, **more))
    code, answer = told(capsys, "match")
    assert (code, answer["proposals"], answer["zero_employment"], answer["gap_ppm"]) == (0, 1, 1, 0)


_PROPOSE = actions.propose


def test_without_a_solver_nothing_is_changed_and_it_is_said(centre, capsys, monkeypatch):
    centre.graduate(1)
    centre.opening()
    monkeypatch.setattr("huigong.employment.assigning.sys.executable", "/bin/false")
    assert commands.main(["employment", "match"]) == 1
    assert "这次没有撮合" in capsys.readouterr().err
    assert not Assigned((), 0, 0, 0).gap


def test_openings_that_are_over_are_closed_by_the_clock_and_no_other(centre, capsys, monkeypatch):
    over, stands = centre.opening(valid_until=date(2017, 8, 20)), centre.opening(title="收银")
    monkeypatch.setattr("django.utils.timezone.now", lambda: centre.at + timedelta(days=20))
    assert told(capsys, "expire") == (0, {"closed": 1})
    assert told(capsys, "expire") == (0, {"closed": 0})
    assert [Opening.objects.get(pk=one.pk).status for one in (over, stands)] == ["closed", "on_offer"]


def test_the_catalogue_of_policies_is_checked_and_told_for_a_day(centre, tmp_path, capsys):
    code, answer = told(capsys, "policies", "--on", "2017-10-13")
    assert (code, answer["faults"], len(answer["policies"])) == (0, [], 6)
    assert {one["sure"] for one in answer["policies"]} == {"part"}
    own = tmp_path / "own.toml"
    own.write_text('[[policy]]\nid = "x"\n', encoding="utf-8")
    code, answer = told(capsys, "policies", str(own))
    assert (code, answer["faults"][0]["code"], answer["faults"][0]["line"]) == (1, "key_missing", 1)
    own.write_bytes("政策".encode("gbk"))
    assert commands.main(["employment", "policies", str(own)]) == 1
    assert "读不了" in capsys.readouterr().err
