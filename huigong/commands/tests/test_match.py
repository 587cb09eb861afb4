"""`huigong match people`: pairs with answer, probability and reasons; exit codes; no database."""

import csv
import io
import json

import pytest

from huigong import commands
from huigong.commands import main
from huigong.matching import engine, learning, reading
from huigong.matching.tests.cast import RAIN, XIAOYU, changed, records


@pytest.fixture
def lists(tmp_path):
    records(XIAOYU, changed(id_number=RAIN[:4] + "*" * 10 + RAIN[-4:])).write_csv(tmp_path / "ours.csv")
    records(changed(name="韦晓雨")).write_csv(tmp_path / "theirs.csv")
    return tmp_path


def pairs(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_a_list_against_itself(lists, capsys):
    assert main(["match", "people", str(lists / "ours.csv"), "--out", str(lists / "out" / "pairs.csv")]) == 0
    (pair,) = pairs(lists / "out" / "pairs.csv")
    assert (pair["left"], pair["right"], pair["answer"]) == ("a", "b", "same")
    assert float(pair["probability"]) > 0.99
    assert "遮住的身份证号首尾对得上" in pair["reasons"]
    assert "同一个人 1 对" in capsys.readouterr().out


def test_a_list_against_another_for_programs(lists, capsys):
    words = [
        "match",
        "people",
        str(lists / "ours.csv"),
        "--against",
        str(lists / "theirs.csv"),
        "--out",
        str(lists / "p.csv"),
        "--json",
    ]
    assert main(words) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["records"], told["against"], told["same"], told["review"]) == (2, 1, 2, 0)
    assert {pair["right"] for pair in pairs(lists / "p.csv")} == {"a"}


def test_a_missing_file_is_wrong_use(tmp_path, capsys):
    assert main(["match", "people", str(tmp_path / "no.csv"), "--out", str(tmp_path / "p.csv")]) == 2
    assert "找不到文件" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["ours.csv", "--against", "theirs.csv"], ["theirs.csv", "--against", "ours.csv"]])
def test_a_list_that_is_read_is_never_written_over(lists, capsys, words):
    before = (lists / "ours.csv").read_bytes()
    (lists / "by another name.csv").symlink_to(lists / "ours.csv")
    paths = [word if word.startswith("--") else str(lists / word) for word in words]
    for out in ("ours.csv", "by another name.csv"):
        assert main(["match", "people", *paths, "--out", str(lists / out)]) == 2
        assert "请换一个文件名" in capsys.readouterr().err
    assert (lists / "ours.csv").read_bytes() == before


def test_labels_are_never_written_over_by_weights(lists, capsys):
    (lists / "labels.csv").write_text("labels", encoding="utf-8")
    assert main(["match", "learn", str(lists / "labels.csv"), "--out", str(lists / "labels.csv")]) == 2
    assert (lists / "labels.csv").read_text(encoding="utf-8") == "labels"


def test_a_place_that_cannot_be_written_is_wrong_use(lists, capsys):
    (lists / "taken").write_text("a file, no folder", encoding="utf-8")
    assert main(["match", "people", str(lists / "ours.csv"), "--out", str(lists / "taken" / "p.csv")]) == 2
    assert "写不了" in capsys.readouterr().err


def test_a_list_that_cannot_be_matched_is_1_and_leaves_nothing(tmp_path, capsys):
    (tmp_path / "bad.csv").write_text("record_id,name\n1,韦小雨\n1,韦小雪\n", encoding="utf-8")
    assert main(["match", "people", str(tmp_path / "bad.csv"), "--out", str(tmp_path / "p.csv")]) == 1
    assert "record_id 有重复" in capsys.readouterr().err
    assert not (tmp_path / "p.csv").exists()


def test_no_database_is_wanted():
    assert not commands.wants_database(["match", "people", "x.csv"])


def test_weights_are_learnt_into_a_file_and_used_when_they_are_named(lists, capsys):
    pattern = judged_pattern(lists)
    words = [learning.Label(pattern, is_same=at % 4 == 0) for at in range(240)]
    (lists / "labels.csv").write_text(learning.written(words), encoding="utf-8")
    assert main(["match", "learn", str(lists / "labels.csv"), "--out", str(lists / "weights.json")]) == 0
    assert "240 对" in capsys.readouterr().out
    asked = ["match", "people", str(lists / "ours.csv"), "--out", str(lists / "pairs.csv"), "--weights"]
    assert main([*asked, str(lists / "weights.json")]) == 0
    assert pairs(lists / "pairs.csv") == []  # three in four such pairs were two people
    assert main([*asked, str(lists / "nowhere.json")]) == 2


def judged_pattern(lists):
    return engine.match(reading.read(lists / "ours.csv")).pairs["pattern"][0]


def test_what_is_no_file_of_weights_is_refused(lists, capsys):
    (lists / "weights.json").write_text('{"bias": 1}', encoding="utf-8")
    words = ["match", "people", str(lists / "ours.csv"), "--out", str(lists / "p.csv"), "--weights"]
    assert main([*words, str(lists / "weights.json")]) == 1
    assert "不是比对用的权重文件" in capsys.readouterr().err
