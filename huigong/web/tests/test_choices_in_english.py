"""What a row says of itself by a choice is told in the reader's language: reasons, kinds, channels, and the roles."""

from html import unescape

import pytest
from django.urls import reverse
from django.utils.translation import gettext, override, pgettext

from huigong.grievances.models import Grievance
from huigong.payments.models import Hold, Payment
from huigong.publicnotices.models import NoticeCheck, NoticePosting
from huigong.quotas.models import FundSource, PlaceMove
from huigong.rules.facts import fact
from huigong.studentaid.models import Revocation
from huigong.web.navigation import ROLES
from huigong.web.tests.campaign_at_work import campaign_at_work

PLAIN = (
    Hold.Reason,
    Payment.Reason,
    Revocation.Why,
    Grievance.Channel,
    NoticePosting.Kind,
    NoticeCheck.Outcome,
    FundSource.Kind,
)


@pytest.mark.parametrize("choices", PLAIN, ids=lambda one: one.__qualname__)
def test_every_choice_has_its_english(choices):
    with override("en"):
        assert [label for label in choices.labels if not gettext(label).isascii()] == []


@pytest.mark.parametrize(
    ("context", "words"),
    [("move", PlaceMove.Kind.labels), ("grievance", Grievance.Kind.labels), ("role", ROLES.values())],
)
def test_a_word_that_means_something_else_elsewhere_has_its_own(context, words):
    with override("en"):
        assert [word for word in words if not pgettext(context, word).isascii()] == []


def test_every_stage_of_schooling_has_its_english():
    with override("en"):
        assert [zh for zh, _en in fact("education_level").words.values() if not gettext(zh).isascii()] == []


def test_pages_of_money_and_notices_use_them(client, db, at, on):
    on(8, 22)
    work = campaign_at_work(at, up_to="on_notice")
    client.force_login(work.qin, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "en"

    def page(name, *args):
        return unescape(client.get(reverse(name, args=args)).content.decode())

    notice = page("notice", NoticePosting.objects.first().notice.number)
    assert ("unit's board" in notice, "单位公告栏" in notice, "普通高校本科" in notice) == (True, False, False)
    approvals = page("approvals", work.campaign.code)
    assert ("<h1>Approval" in approvals, "approver" in approvals) == (True, True)  # the page, and the reader's role
    places = page("quotas", work.campaign.code)
    assert ("transfer" in places, "调剂" in places) == (True, False)
