"""银行格式: shipped formats with an invented sample, or the bank's own; who pays agrees, and what is wrong is told by its key."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huigong.audit import queries as audit
from huigong.payments import profiles
from huigong.payments.models import BankAgreement
from huigong.payments.queries import agreement_of

pytestmark = pytest.mark.usefixtures("proven")


@pytest.fixture
def page(desk, work):
    return lambda: desk.sit(work.chen).look("payments-bank", work.campaign.code)


@pytest.fixture
def agree(desk, work):
    return lambda **sent: desk.sit(work.chen).post("payments-bank-agree", work.campaign.code, **sent)[1]


def own(text):
    return SimpleUploadedFile("农信社.toml", text.encode("utf-8-sig"))


def test_every_shipped_format_is_there_with_a_sample(page, desk, work):
    told = page()
    assert "还没有约定过" in told
    assert told.count("约定用这个") == len(profiles.shipped())  # all but the one in use, and one's own
    assert "韦秀兰" in told
    assert "财政代发，没有银行文件" in told
    assert "银行格式" in desk.look("payments", work.campaign.code)


def test_a_shipped_format_is_agreed_once(agree, work):
    assert "约定好了" in agree(format="txt-pipe")
    assert "没有改" in agree(format="txt-pipe")
    standing = agreement_of(work.campaign)
    assert (standing.name, standing.agreed_by) == ("txt-pipe", work.chen.username)
    assert [told.action for told in audit.history(work.campaign.code)][-1] == "bank.agreed"


def test_the_banks_own_format_is_taken_from_a_file_and_shown(agree, page):
    text = (
        profiles.text_of("csv-plain")
        .replace('name = "csv-plain"', 'name = "nongxin"')
        .replace('title = "', 'title = "农信社 ')
    )
    assert "约定好了：以后的批次照“nongxin”写" in agree(file=own(text))
    assert "农信社" in page()


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({}, "请选一种格式"),
        ({"format": "/etc/passwd"}, "请选一种格式"),
        ({"file": own("columns = [")}, "银行文件格式读不了"),
        ({"file": own('name = "x"\nmax_rows = 5\ncolumns = ["shoe"]')}, "shoe"),
        ({"file": SimpleUploadedFile("x.toml", b"\xff\xfe\x00")}, "UTF-8 的 TOML"),
        ({"file": SimpleUploadedFile("x.toml", b"#" * 20_001)}, "20 KB"),
    ],
)
def test_what_is_no_format_is_told_and_nothing_agreed(agree, sent, why):
    assert why in agree(**sent)
    assert not BankAgreement.objects.exists()


def test_who_pays_nothing_agrees_nothing(desk, work):
    assert desk.sit(work.qin).post("payments-bank-agree", work.campaign.code, format="txt-pipe")[0] == 403
    assert "约定用这个" not in desk.look("payments-bank", work.campaign.code)
