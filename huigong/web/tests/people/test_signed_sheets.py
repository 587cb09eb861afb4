"""A leader signs on paper; two clerks carry it into the system, and the approvals stand in the leader's name."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from huigong.audit import queries as audit
from huigong.documents import actions as documents
from huigong.figures import books
from huigong.organisations import actions as organisations
from huigong.organisations.models import SignedSheet
from huigong.studentaid.lifecycle import APPROVED, ON_NOTICE
from huigong.studentaid.models import Application, Award
from huigong.web import factors
from huigong.web.tests.campaign_at_work import campaign_at_work


@pytest.fixture
def work(db, at, on):
    work = campaign_at_work(at, up_to="on_notice")
    on(8, 28)
    return work


@pytest.fixture(autouse=True)
def proven(monkeypatch):
    """Everybody has just given the code of their authenticator."""
    monkeypatch.setattr(factors, "is_fresh", lambda _request, *, at: bool(at))


@pytest.fixture
def nong(work, at):
    return organisations.add_officer("农", role="aid_centre", organisation=work.city, by="system", at=at)


@pytest.fixture
def at_desk(desk, on):
    on(8, 28)
    return desk


def pdf(content=b"%PDF-1.4 signed by the leader"):
    return SimpleUploadedFile("签字单.pdf", content)


def enter(desk, work, clerk, **changes):
    told = {"leader": work.qin.username, "signed_on": "2017-08-28", "minutes": "2017-9", "scan": pdf()} | changes
    return desk.sit(clerk).post("sheet-enter", work.campaign.code, **told)


def test_two_clerks_and_the_leader_stand_behind_every_approval(at_desk, work, nong, on):
    on(8, 28)
    waiting = Application.objects.filter(status=ON_NOTICE).count()
    enter(at_desk, work, nong)
    sheet = SignedSheet.objects.get()
    _, page = at_desk.sit(work.chen).post("sheet-confirm", sheet.pk, sure="yes")
    assert f"{waiting} 件由覃审批" in page
    assert Application.objects.filter(status=APPROVED).count() == waiting
    award = Award.objects.first()
    assert (award.approved_by, sheet.number in award.minutes) == (work.qin.username, True)
    acted = audit.history(sheet.number)[-1].payload
    assert (acted["leader"], acted["entered"], acted["confirmed"]) == (
        work.qin.username,
        nong.username,
        work.chen.username,
    )
    assert books.verify().holds


def test_who_entered_it_does_not_confirm_it(at_desk, work, nong, on):
    on(8, 28)
    enter(at_desk, work, nong)
    _, page = at_desk.post("sheet-confirm", SignedSheet.objects.get().pk, sure="yes")
    assert "录入的人不能自己核对" in page
    assert Award.objects.count() == 0


def test_a_sheet_with_nothing_to_approve_stays_unconfirmed(at_desk, work, nong, on):
    on(8, 28)
    enter(at_desk, work, nong)
    on(8, 22)  # the notice hangs still
    _, page = at_desk.sit(work.chen).post("sheet-confirm", SignedSheet.objects.get().pk, sure="yes")
    assert "没有公示期满" in page
    assert SignedSheet.objects.get().confirmed_by == ""


@pytest.mark.parametrize("changes", [{"scan": pdf(b"MZ no scan")}, {"leader": "chen"}, {"signed_on": "some day"}])
def test_what_is_no_signed_sheet_is_refused(at_desk, work, nong, on, changes):
    on(8, 28)
    _, page = enter(at_desk, work, nong, **changes)
    assert "还没有记下" in page
    assert SignedSheet.objects.count() == 0


def test_the_scan_is_shown_beside_what_was_entered(at_desk, work, nong, on):
    on(8, 28)
    enter(at_desk, work, nong, scan=SimpleUploadedFile("单.png", b"\x89PNG\r\n\x1a\n"))
    sheet = SignedSheet.objects.get()
    assert "对照扫描件看过" in at_desk.sit(work.chen).look("sheet", sheet.pk)
    assert at_desk.download("sheet-scan", sheet.pk)["Content-Type"] == "image/png"


def test_a_scan_that_was_erased_in_its_time_is_told_and_not_entered_again(at_desk, work, nong):
    enter(at_desk, work, nong)
    sheet = SignedSheet.objects.get()
    documents.erase(sheet.scan, documents.Kept("会计凭证：30年", date(2017, 8, 1)), officer="qin", at=timezone.now())
    assert "到期销毁" in at_desk.follow("sheet-scan", sheet.pk)
    _, page = enter(at_desk, work, nong)
    assert "请重新扫描" in page
    assert SignedSheet.objects.count() == 1
