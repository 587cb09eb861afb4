"""归档: one folder a student, every file by its digest, nothing half there, and what serves many lies once."""

import hashlib
import json

import pytest

from huigong.audit import queries as history
from huigong.runs import archiving
from huigong.studentaid.tests.office import WEI, Family, opened
from huigong.values.sentence import SaidError


@pytest.fixture
def office(city, at, tmp_path):
    """Two students paid."""
    (tmp_path / "papers").mkdir()
    office = opened(city, at, tmp_path / "papers")
    office.file(WEI, Family(2))
    office.send(WEI.row(), Family(2).row())
    return office


def made(office, out):
    return archiving.archive(office.campaign, out, officer="chen", at=office.at, day=office.at.date())


def test_a_folder_a_student_whose_files_are_what_the_manifest_says(office, tmp_path):
    office.carry("released")
    out = tmp_path / "archive"
    assert made(office, out) == 2
    told = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert [one["folder"] for one in told["volumes"]] == [
        "0001_SA-450422-2017-00001",
        "0002_SA-450422-2017-00002",
    ]
    for item in (item for one in told["volumes"] for item in one["items"]):
        assert hashlib.sha256((out / item["file"]).read_bytes()).hexdigest() == item["sha256"], item
    words = [item["word"] for item in told["volumes"][0]["items"]]
    assert {"申请登记", "逐条认定", "公示", "审批", "发放", "留痕", "登记表原件", "备考表", "卷内目录"} == set(words)
    years = {item["word"]: item["years"] for item in told["volumes"][0]["items"]}
    assert (years["发放"], years["申请登记"]) == (30, 10)


def test_what_serves_many_lies_once(office, tmp_path):
    office.carry("released")
    made(office, tmp_path / "archive")
    assert len(list((tmp_path / "archive" / "共用件").iterdir())) == 1


def test_the_list_opens_offline_and_history_tells_the_manifest(office, tmp_path):
    office.carry("released")
    out = tmp_path / "archive"
    made(office, out)
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "http" not in page
    assert page.count("<li><a href=") == len(json.loads((out / "manifest.json").read_text())["volumes"]) * 9
    told = [one for one in history.history(office.campaign.code) if one.action == "campaign.archived"][-1]
    assert told.payload["sha256"] == hashlib.sha256((out / "manifest.json").read_bytes()).hexdigest()


def test_nothing_is_laid_over_what_lies_there_and_nothing_half_is_left(office, tmp_path, monkeypatch):
    office.carry("released")
    out = tmp_path / "archive"
    out.mkdir()
    (out / "mine.txt").write_text("mine")
    with pytest.raises(SaidError, match="已有东西"):
        made(office, out)
    monkeypatch.setattr(archiving, "_index", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        made(office, tmp_path / "other")
    assert sorted(one.name for one in tmp_path.iterdir() if "other" in one.name) == []


def test_without_anything_approved_there_is_nothing_to_file(office, tmp_path):
    with pytest.raises(SaidError, match="没有可归的档"):
        made(office, tmp_path / "archive")
