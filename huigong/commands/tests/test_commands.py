"""The one command: exit codes, what it prints, and what a stranger does first."""

import json
import os
import subprocess
import sys

import pytest

import huigong
from huigong import commands
from huigong.audit import queries as audit
from huigong.organisations.models import Officer

pytestmark = pytest.mark.django_db


def table(path, *lines):
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


@pytest.fixture
def quotas(tmp_path):
    return table(
        tmp_path / "quotas.csv", "division_code,organisation,places", "450400,梧州市总工会本级,9", "450422,藤县总工会,7"
    )


def test_the_version_is_told_with_the_form_of_the_chain(capsys):
    with pytest.raises(SystemExit) as left:
        commands.main(["--version"])
    zh, en = capsys.readouterr().out.splitlines()
    assert (left.value.code, zh.split()[:2]) == (0, ["惠工", huigong.__version__])
    assert (en.split()[0], "audit chain huigong.audit.v1" in en) == ("Huigong", True)


@pytest.mark.parametrize("words", [[], ["dance"], ["audit"], ["officers", "add", "黄", "--role", "king"]])
def test_wrong_use_is_2(words):
    with pytest.raises(SystemExit) as left:
        commands.main(words)
    assert left.value.code == 2


def test_help_speaks_both_languages(capsys):
    with pytest.raises(SystemExit) as left:
        commands.main(["--help"])
    told = capsys.readouterr().out
    assert left.value.code == 0
    assert "通知" in told
    assert "circulars" in told


def test_a_city_its_units_and_officers(quotas, tmp_path, capsys):
    units = table(tmp_path / "units.csv", "unit,federation_code", "藤县糖业有限公司工会,450422")
    assert commands.main(["organisations", "found", quotas]) == 0
    assert commands.main(["organisations", "import-units", units]) == 0
    assert commands.main(["officers", "add", "黄", "--role", "verifier", "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == {
        "name": "黄",
        "username": "huang",
        "role": "verifier",
        "organisation": "450400",
    }
    assert commands.main(["officers", "sign-in", "黄", "--role", "verifier"]) == 0
    assert len(capsys.readouterr().out.strip()) >= 32
    assert commands.main(["audit", "verify", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["holds"], told["events"], told["head"], told["broken_at"]) == (
        True,
        audit.count(),
        audit.head().digest,
        None,
    )


def test_an_officer_may_be_named_before_the_city(quotas, capsys):
    assert commands.main(["officers", "add", "黄", "--role", "verifier", "--json"]) == 0
    assert commands.main(["organisations", "found", quotas]) == 0
    assert commands.main(["officers", "sign-in", "黄", "--role", "verifier"]) == 0
    huang = Officer.objects.get(name="黄")
    assert (huang.organisation.code, huang.organisation.name) == ("450400", "梧州市总工会")
    assert commands.main(["audit", "verify"]) == 0


def test_codes_may_be_used_before_the_city_has_its_name(quotas, capsys):
    for name, code in (("莫", "450422"), ("黄", "450400")):
        assert commands.main(["officers", "add", name, "--role", "verifier", "--organisation", code]) == 0
    assert commands.main(["organisations", "found", quotas]) == 0
    named = {one.name: one.organisation for one in Officer.objects.select_related("organisation")}
    assert (named["黄"].name, named["黄"].path) == ("梧州市总工会", "/450400/")
    assert (named["莫"].name, named["莫"].path) == ("藤县总工会", "/450400/450422/")


def test_an_unknown_code_in_a_city_that_has_its_name_is_told(quotas, capsys):
    assert commands.main(["organisations", "found", quotas]) == 0
    assert commands.main(["officers", "add", "黄", "--role", "verifier", "--organisation", "450499"]) == 1
    assert "450499" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"unit\n\xff\xfe", b"unit,federation_code\n,450422\n"])
def test_a_bad_table_is_told(tmp_path, content, capsys):
    path = tmp_path / "units.csv"
    path.write_bytes(content)
    assert commands.main(["organisations", "import-units", str(path)]) == 1
    assert "units.csv" in capsys.readouterr().err


def test_a_checkpoint_holds_against_its_own_chain(quotas, tmp_path, capsys):
    commands.main(["organisations", "found", quotas])
    capsys.readouterr()
    commands.main(["audit", "checkpoint"])
    kept = tmp_path / "checkpoint"
    kept.write_text(capsys.readouterr().out)
    assert commands.main(["audit", "verify", "--against", str(kept)]) == 0


def test_an_internal_failure_is_3_and_says_what_stands(monkeypatch, capsys):
    def fail(**_):
        raise RuntimeError("boom")

    monkeypatch.setattr("huigong.audit.verification.verify", fail)
    assert commands.main(["audit", "verify"]) == 3
    assert "做完的步骤都存好了" in capsys.readouterr().err


@pytest.mark.parametrize(
    "wrong",
    [
        {"HUIGONG_HOME": "/proc/x", "HUIGONG_KEYS": "/proc/y"},
        {"HUIGONG_MODE": "production", "HUIGONG_KEYS": "/srv/huigong/keys", "HUIGONG_HOME": "/srv/huigong"},
    ],
    ids=["no folder", "keys inside"],
)
def test_settings_that_cannot_be_used_are_told_in_words(wrong):
    done = subprocess.run(
        [sys.executable, "-m", "huigong", "officers", "add", "陆", "--role", "verifier"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **wrong},
    )
    assert (done.returncode, "设置用不了" in done.stderr, "Traceback" in done.stderr) == (2, True, False)
