"""A line of the units, quotas or settlements that names nobody: told with its line and what to do, before anything is done."""

import pytest

from huigong import commands
from tests.ways.folders import EXAMPLES, appoint, run, words

pytestmark = pytest.mark.django_db


def refused(out, capsys, **changes):
    assert commands.main(words(out, **changes)) == 1
    return capsys.readouterr().err


def table(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_units_of_federations_that_are_nowhere_are_told_with_their_lines(tmp_path, capsys):
    text = "unit,federation_code\n藤县糖业公司工会,450422\n\n甲工会,450999\n乙工会,4504\n"
    said = refused(tmp_path / "out", capsys, units=table(tmp_path, "u.csv", text))
    assert "u.csv 第 4 行“甲工会”的总工会代码 450999" in said
    assert "第 5 行“乙工会”" in said
    assert "--quotas" in said


def test_a_settlement_of_nobody_is_told_with_its_line_and_what_to_do(tmp_path, capsys):
    appoint()
    text = "student,household,settled_by\n\n不存在,W1,覃\n"
    said = refused(tmp_path / "out", capsys, settlements=table(tmp_path, "s.csv", text))
    assert "s.csv 第 3 行：没有“不存在”的申请" in said
    assert "登记台账" in said


def test_a_settlement_by_nobody_says_how_to_appoint(tmp_path, capsys):
    text = "student,household,settled_by\n韦小雨,W1,无名\n"
    said = refused(tmp_path / "out", capsys, settlements=table(tmp_path, "s.csv", text))
    assert "s.csv 第 2 行" in said
    assert "huigong officers add" in said


def test_a_quota_of_a_federation_that_was_not_there_founds_it(tmp_path):
    text = (EXAMPLES / "quotas.csv").read_text("utf-8") + "450499,某县总工会,1\n"
    told = run(tmp_path / "out", quotas=table(tmp_path, "q.csv", text))
    assert told["quota"]["450499"] == {"places": 1, "used": 0, "left": 1, "waiting": 0}


def test_a_quota_table_without_a_city_is_told_by_name(tmp_path, capsys):
    text = "division_code,organisation,places\n450422,藤县总工会,7\n"
    said = refused(tmp_path / "out", capsys, quotas=table(tmp_path, "q.csv", text))
    assert "q.csv" in said
    assert "00" in said
