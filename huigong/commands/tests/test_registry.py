"""`huigong registry …`: what it did, what is wrong, and the exit code."""

import json

import pytest

from huigong import commands
from huigong.registry.models import School
from huigong.registry.tests.test_keep_schools import ministry  # noqa: F401  a fixture
from huigong.registry.tests.test_reading_a_workbook import WRONG
from huigong.registry.tests.workbooks import household, workbook

pytestmark = pytest.mark.django_db


def test_the_command_tells_what_it_did_and_what_is_wrong(city, tmp_path, capsys):
    path = workbook(tmp_path / "r.xlsx", [household(身份证号码=WRONG, 家庭人口="几个")])
    assert commands.main(["registry", "import", str(path), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["households"], told["members"], told["fresh"]) == (1, 2, 1)
    assert [(problem["cell"], problem["severity"]) for problem in told["problems"]] == [
        ("困难职工家庭!C2", "look"),
        ("困难职工家庭!K2", "error"),
    ]
    assert commands.main(["registry", "import", str(workbook(path))]) == 0
    said = capsys.readouterr().out
    assert "更新 1" in said
    assert WRONG not in said + json.dumps(told)
    assert commands.main(["registry", "import", str(tmp_path / "nowhere.xlsx")]) == 1


def test_the_command_keeps_it(ministry, capsys):  # noqa: F811  the fixture
    assert commands.main(["registry", "schools", str(ministry)]) == 0
    assert "3" in capsys.readouterr().out
    assert commands.main(["registry", "schools"]) == 0
    assert School.objects.count() > 200
