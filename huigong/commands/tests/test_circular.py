"""`huigong circular`: check tells what is wrong with its line and exit code, format writes the reference page."""

import json
import shutil
from pathlib import Path

import pytest

from huigong.commands import main
from huigong.rules.criteria import VOCABULARY

FOLDER = Path(__file__).resolve().parents[3] / "circulars" / "2017-wuzhou-21"


def test_a_circular_that_may_be_published_is_0(capsys):
    assert main(["circular", "check", str(FOLDER), "--supplement", str(FOLDER / "supplement-example.toml")]) == 0
    assert "可以发布" in capsys.readouterr().out


def test_a_mistake_is_1_and_names_file_and_line(tmp_path, capsys):
    copy = tmp_path / "2017"
    shutil.copytree(FOLDER, copy)
    text = (copy / "circular.toml").read_text(encoding="utf-8")
    (copy / "circular.toml").write_text(text.replace('force = "target"', 'force = "law"'), encoding="utf-8")
    assert main(["circular", "check", str(copy), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)["problems"][0]
    line = next(number for number, words in enumerate(text.splitlines(), 1) if words == 'force = "target"')
    assert (told["file"], told["line"], told["code"]) == ("circular.toml", line, "not_among")


def test_no_folder_at_all_is_wrong_use():
    with pytest.raises(SystemExit) as left:
        main(["circular", "check"])
    assert left.value.code == 2


def test_show_lists_clauses_with_their_criteria(capsys):
    assert main(["circular", "show", str(FOLDER)]) == 0
    assert "第二部分“四是”" in capsys.readouterr().out


def test_format_writes_the_page(tmp_path):
    out = tmp_path / "reference" / "page.md"
    assert main(["circular", "format", str(out)]) == 0
    assert all(f"`{name}`" in out.read_text(encoding="utf-8") for name in VOCABULARY)
