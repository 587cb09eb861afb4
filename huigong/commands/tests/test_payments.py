"""`huigong payments …`: the bank's format, and its file that is taken once."""

import pytest

from huigong.commands import main
from huigong.payments.models import PaymentBatch
from huigong.studentaid.tests.office import WEI, opened

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
