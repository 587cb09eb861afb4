"""归档: one folder a student, every file by its digest, nothing half there, and what serves many lies once."""

import hashlib
import json
from datetime import timedelta

import pytest

from huigong.audit import queries as history
from huigong.documents import actions as documents
from huigong.documents.models import Erasure
from huigong.documents.queries import content as read
from huigong.organisations.models import Organisation
from huigong.payments import actions as payments
from huigong.payments.models import BankReply, PaymentBatch
from huigong.publicnotices.models import NoticePosting, PublicNotice
from huigong.runs import archiving
from huigong.studentaid.models import Revocation
from huigong.studentaid.tests.forms_to_sign import signed
from huigong.studentaid.tests.objected_to import CASE, answer, back, object_to, reply
from huigong.studentaid.tests.office import SUGAR, WEI, Family, opened
from huigong.values.sentence import SaidError

OTHER = "SA-450422-2017-00002"


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
    assert {
        "申请登记",
        "逐条认定",
        "公示",
        "审批",
        "发放",
        "留痕",
        "登记表原件",
        "银行代发文件",
        "备考表",
        "卷内目录",
    } == set(words)
    years = {item["word"]: item["years"] for item in told["volumes"][0]["items"]}
    assert (years["发放"], years["申请登记"]) == (30, 10)


def test_what_serves_many_lies_once(office, tmp_path):
    office.carry("released")
    made(office, tmp_path / "archive")
    assert len(list((tmp_path / "archive" / "共用件").iterdir())) == 2  # the unit's form and the bank's file


def test_the_list_opens_offline_and_history_tells_the_manifest(office, tmp_path):
    office.carry("released")
    out = tmp_path / "archive"
    made(office, out)
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "http" not in page
    assert page.count("<li><a href=") == len(json.loads((out / "manifest.json").read_text())["volumes"]) * 10
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


@pytest.fixture
def turned(office):
    """Both paid; then the bank gives the first back, and the second is revoked and its money recovered."""
    office.carry("published")
    office.finance, nong = office.officer("农", "finance"), office.officer("莫", "approver")
    signed(office)
    office.release()
    batch = PaymentBatch.objects.get()
    reply(office, batch, "成功", "成功")
    answer(office, object_to(office, reference=OTHER, assignee=nong), "yes", by=nong, days=24)
    back(office, Revocation.objects.get())
    first = batch.payments.get(case_reference=CASE)
    word = f"{first.position},{first.card.plain()},{first.payee_name},3000.00,,退汇,账户注销"
    bounced = {"name": "二.csv", "officer": office.chen, "at": office.at + timedelta(days=40)}
    payments.take_reply(batch, word.encode("gb18030"), **bounced)
    return office


def items(out):
    told = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    return {one["reference"]: {item["word"]: item for item in one["items"]} for one in told["volumes"]}


def test_whatever_was_ever_approved_is_filed_with_all_that_it_rested_on(turned, tmp_path):
    papers = {
        name: documents.store(name.encode(), name=f"{name}.jpg", media_type="image/jpeg", officer="lu", at=turned.at)
        for name in ("statement", "photograph")
    }
    unit, notice = Organisation.objects.get(name=SUGAR), PublicNotice.objects.get()
    assert NoticePosting.objects.filter(notice=notice, kind="board", unit=unit).update(**papers) == 1
    made(turned, tmp_path / "archive")
    found = items(tmp_path / "archive")
    assert set(found) == {CASE, OTHER}
    assert {"公示情况说明", "公示照片", "纪要", "银行代发文件", "银行回单"} <= set(found[CASE])
    assert {"异议和申诉", "撤销和追回"} <= set(found[OTHER])
    assert "撤销和追回" not in found[CASE]
    shared = {file.read_bytes() for file in (tmp_path / "archive" / "共用件").iterdir()}
    assert {read(one.document) for one in BankReply.objects.all()} <= shared
    assert BankReply.objects.count() == 2


def test_a_paper_that_was_erased_in_its_time_is_a_line_and_stops_nothing(turned, tmp_path):
    gone = BankReply.objects.get(number=1).document
    Erasure.objects.create(document=gone, rule="会计档案管理办法第十四条", erased_by="qin", at=turned.at)
    out = tmp_path / "archive"
    assert made(turned, out) == 2
    (line,) = [item for item in items(out)[CASE].values() if "erased" in item]
    assert (line["file"], line["sha256"], line["years"]) == ("", gone.sha256, 30)
    assert "2017-08-07 按“会计档案管理办法第十四条”到期销毁" in (out / "index.html").read_text(encoding="utf-8")
    assert gone.sha256 not in (out / "SHA256SUMS").read_text(encoding="utf-8")
