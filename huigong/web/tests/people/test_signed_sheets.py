"""A sheet that a leader signed for a whole campaign lists no cases and no sum: it is shown, approves nothing, and is rejected."""

from datetime import date

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from huigong.documents import actions as documents
from huigong.organisations import actions as organisations
from huigong.organisations.models import SignedSheet
from huigong.studentaid.models import Award
from huigong.web import factors
from huigong.web.tests.campaign_at_work import campaign_at_work

PNG = b"\x89PNG\r\n\x1a\n"


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
def sheet(work, on):
    """One that was entered before decision 465: signed before the notice hung."""
    on(8, 28)
    scan = documents.store(PNG, name="单.png", media_type="image/png", officer="huang", at=work.at)
    told = {"act": "approve", "reference": work.campaign.code, "organisation": work.city, "minutes": "2017-9"}
    return organisations.enter_sheet(
        work.qin, **told, signed_on=date(2017, 8, 1), scan=scan, clerk=work.huang, at=timezone.now()
    )


def test_it_approves_nothing_says_what_to_do_and_can_be_rejected(desk, work, sheet):
    _, page = desk.sit(work.chen).post("sheet-confirm", sheet.pk, sure="yes")
    assert "写审批表" in page
    assert (Award.objects.count(), SignedSheet.objects.get().confirmed_by) == (0, "")
    _, page = desk.post("sheet-reject", sheet.pk, reason="审批改用审批表")
    assert "录错，退了" in page


def test_no_other_is_entered_and_the_page_points_to_the_forms(desk, work):
    with pytest.raises(NoReverseMatch):
        reverse("sheet-enter", args=[work.campaign.code])
    page = desk.sit(work.huang).look("sheets", work.campaign.code)
    assert "两人录入" in page
    assert reverse("approvals", args=[work.campaign.code]) in page


def test_its_scan_is_shown_beside_what_was_entered_until_it_is_erased_in_its_time(desk, work, sheet):
    assert "对照扫描件看过" in desk.sit(work.chen).look("sheet", sheet.pk)
    assert desk.download("sheet-scan", sheet.pk)["Content-Type"] == "image/png"
    documents.erase(sheet.scan, documents.Kept("会计凭证：30年", date(2017, 8, 1)), officer="qin", at=timezone.now())
    assert "到期销毁" in desk.follow("sheet-scan", sheet.pk)
