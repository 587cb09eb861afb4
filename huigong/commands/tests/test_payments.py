"""`huigong payments …`: the bank's format, and its file that is taken once."""

import pytest
from django.utils import timezone

from huigong.commands import main
from huigong.payments.models import PaymentBatch
from huigong.studentaid.tests.office import WEI, opened
from huigong.values import money

CODE = "SA-450400-2017"


@pytest.fixture
def approved(city, at, tmp_path):
    (tmp_path / "papers").mkdir()
    office = opened(city, at, tmp_path / "papers")
    office.file(WEI)
    office.send(WEI.row())
    office.carry("approved")
    return office


def test_a_campaign_is_paid_by_the_file_that_was_chosen(approved, capsys):
    assert main(["payments", "bank", CODE]) == 0
    assert "default" in capsys.readouterr().out
    assert main(["payments", "bank", CODE, "txt-pipe", "--by", "陈"]) == 0
    assert "txt-pipe" in capsys.readouterr().out
    approved.release()
    assert PaymentBatch.objects.get().file_name.endswith("_1_3000.00.txt")


def test_the_file_is_written_once_and_again_by_anothers_leave(approved, tmp_path, capsys):
    approved.release()
    number, out = f"{CODE}-B001", tmp_path / "bank"
    take = ["payments", "take", number, "--out", str(out), "--by", "陈"]
    assert main(take) == 0
    first = {path.name: path.read_bytes() for path in out.iterdir()}
    assert main(take) == 1
    assert "取走" in capsys.readouterr().err
    assert main(["payments", "allow", number, "--by", "覃"]) == 0
    assert main(take) == 0
    assert {path.name: path.read_bytes() for path in out.iterdir()} == first


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["bank", "SA-1"], "没有编号"),
        (["bank", CODE, "txt-pipe"], "--by"),
        (["bank", CODE, "nowhere", "--by", "陈"], "没有叫“nowhere”"),
        (["take", "B9", "--out", ".", "--by", "陈"], "没有批次"),
        (["allow", f"{CODE}-B001", "--by", "莫"], "现任财务或审批"),
    ],
)
def test_what_is_not_there_is_told(approved, capsys, words, said):
    approved.release()
    assert main(["payments", *words]) == 1
    assert said in capsys.readouterr().err


def test_what_the_treasury_pays_is_taken_as_its_list_and_once(approved, tmp_path, capsys):
    assert main(["payments", "bank", CODE, "treasury", "--by", "陈"]) == 0
    approved.release()
    number, out = f"{CODE}-B001", tmp_path / "treasury"
    assert main(["payments", "list", number, "--out", str(tmp_path / "list.docx")]) == 1
    assert "只取一次" in capsys.readouterr().err
    take = ["payments", "take", number, "--out", str(out), "--by", "陈"]
    assert (main(take), main(take)) == (0, 1)
    assert [path.name for path in out.iterdir()] == [f"{number}-发放花名册.docx"]


def line_of(batch, word, why=""):
    row = batch.payments.get()
    return f"1,{row.card.plain()},{row.payee_name},{money.in_yuan(row.fen)},,{word},{why}\n".encode("gb18030")


def test_a_reply_is_taken_in_the_cause_mended_and_what_failed_paid_again(approved, tmp_path, capsys):
    approved.release()
    reply, key = tmp_path / "回单.csv", ["--batch", f"{CODE}-B001", "--by", "陈"]
    reply.write_bytes(b"")
    assert main(["payments", "reply", str(reply), *key]) == 1
    assert "还没有人取走" in capsys.readouterr().err
    assert main(["payments", "take", f"{CODE}-B001", "--out", str(tmp_path / "bank"), "--by", "陈"]) == 0
    reply.write_bytes(line_of(PaymentBatch.objects.get(), "失败", "超过限额"))
    assert main(["payments", "reply", str(reply), "--batch", f"{CODE}-B001", "--by", "陈"]) == 0
    assert "没付成 1" in capsys.readouterr().out
    assert main(["payments", "reply", str(reply), "--batch", f"{CODE}-B001", "--by", "陈"]) == 1
    assert "第 1 份回单收过" in capsys.readouterr().err
    assert main(["payments", "again", CODE, "--by", "陈"]) == 0
    assert "再付 0 笔" in capsys.readouterr().out
    approved.officer("农", "verifier")
    assert main(["payments", "mended", "sa-450422-2017-00001", "--by", "农"]) == 0
    assert main(["payments", "again", CODE, "--by", "陈"]) == 0
    assert "再付 1 笔" in capsys.readouterr().out


def test_a_stamped_reply_is_read_twice(approved, tmp_path, capsys):
    approved.release()
    approved.officer("梁", "finance")
    assert main(["payments", "take", f"{CODE}-B001", "--out", str(tmp_path / "bank"), "--by", "陈"]) == 0
    lines, scan = tmp_path / "lines.csv", tmp_path / "scan.jpg"
    lines.write_text("position,outcome,reason\n1,paid,\n", encoding="utf-8")
    scan.write_bytes(b"scan")
    key = ["payments", "key", str(lines), "--scan", str(scan), "--batch", f"{CODE}-B001"]
    key += ["--dated", f"{timezone.localdate()}", "--by"]
    assert main([*key, "陈"]) == 0
    assert "等另一人" in capsys.readouterr().out
    assert main([*key, "覃"]) == 1
    assert "没有经手过" in capsys.readouterr().err
    assert main([*key, "梁"]) == 0
    assert "已到账 1" in capsys.readouterr().out
    lines.write_text("a,b\n1,2\n", encoding="utf-8")
    assert main([*key, "陈"]) == 1
    assert "position" in capsys.readouterr().err
