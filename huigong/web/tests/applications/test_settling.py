"""What a person settles on the page of an application, and who may read why."""

import pytest
from django.urls import reverse

from huigong.audit import queries as audit
from huigong.payments import actions as payments
from huigong.payments.models import Hold
from huigong.studentaid.models import Application, Settlement
from huigong.web.console.applications import applications
from huigong.web.tests.applications.cast import LATE, REASON, TIED, TWICE, TWICE_TOO, WEI
from huigong.web.tests.forms.desk import officer


def test_a_leader_takes_a_late_form_and_the_case_is_decided_anew(desk, work):
    desk.sit(work.qin)
    assert "迟交收不收" in desk.page(LATE)
    page = desk.settle(LATE, about="late").content.decode()
    assert "记下了，由您署名" in page
    one = Application.objects.get(reference=LATE)
    assert (one.status, one.verdict) == ("eligible", "eligible")
    settlement = Settlement.objects.get(application=one)
    assert (settlement.about, settlement.settled_by, settlement.reason.plain()) == ("late", work.qin.username, REASON)
    assert "case.settled" in [told.action for told in audit.history(LATE)]
    shown = desk.page(LATE)
    assert "迟交收下" in shown
    assert REASON not in shown
    assert "<textarea" not in shown


@pytest.mark.parametrize("version", ["", "999", "-1", "१"])
def test_a_case_that_moved_since_the_page_was_opened_is_not_settled(desk, work, version):
    desk.sit(work.qin)
    assert "在您打开以后有了变化" in desk.settle(LATE, about="late", version=version).content.decode()
    assert not Settlement.objects.exists()


def test_who_settles_second_is_told_and_keeps_what_was_written(desk, work, monkeypatch):
    desk.sit(work.qin)
    monkeypatch.setattr(applications.actions, "settle", lambda *_args, **_words: False)
    page = desk.settle(LATE, about="late").content.decode()
    assert "已经有人定了" in page
    assert REASON in page


def test_a_verifier_is_told_that_lateness_is_for_a_leader(desk, work):
    page = desk.page(LATE)
    assert "这件事由负责人（审批）定" in page
    assert "<textarea" not in page
    page = desk.settle(LATE, about="late").content.decode()
    assert "这件事要由负责人（审批）定" in page
    assert not Settlement.objects.exists()


def test_the_reason_is_shown_for_a_purpose_and_that_is_recorded(desk, work):
    desk.sit(work.qin)
    desk.settle(LATE, about="late")
    desk.sit(work.huang)
    assert "看理由（留痕）" in desk.page(LATE)
    answer = desk.reason(LATE, about="late", purpose="answer_objection")
    assert REASON in answer.content.decode()
    assert answer["Refresh"].endswith(f"url=/applications/{LATE}/")
    (event,) = audit.told_of("field.revealed")
    assert (event.actor, event.subject) == (work.huang.username, f"{LATE}:settlement:late")
    assert event.payload == {"kind": "text", "purpose": "answer_objection"}


@pytest.mark.parametrize("given", [{"about": "late", "purpose": "curiosity"}, {"about": "tie", "purpose": "inspect"}])
def test_no_reason_is_shown_for_another_purpose_or_of_another_question(desk, work, given):
    desk.sit(work.qin)
    desk.settle(LATE, about="late")
    assert desk.reason(LATE, **given).status_code == 404
    assert list(audit.told_of("field.revealed")) == []


def test_who_pays_or_prepares_is_not_offered_the_reason(desk, work, mo):
    desk.sit(work.qin)
    desk.settle(LATE, about="late")
    desk.sit(work.chen)
    assert "看理由" not in desk.page(LATE)
    assert desk.reason(LATE, about="late", purpose="inspect").status_code == 403
    desk.sit(mo)
    assert desk.reason(LATE, about="late", purpose="inspect").status_code == 404


@pytest.mark.parametrize("who", ["lu", "chen"])
def test_who_neither_verifies_nor_approves_settles_nothing(desk, work, who):
    desk.sit(getattr(work, who))
    assert desk.settle(LATE, about="late").status_code in {403, 404}
    assert not Settlement.objects.exists()


def test_without_reason_or_tick_nothing_is_settled_and_the_reason_comes_back(desk, work):
    desk.sit(work.qin)
    assert REASON in desk.settle(LATE, about="late", sure="").content.decode()
    assert "还没有记下" in desk.settle(LATE, about="late", reason=" ").content.decode()
    assert not Settlement.objects.exists()


def test_a_question_that_is_not_open_cannot_be_settled(desk, work):
    desk.sit(work.qin)
    assert desk.settle(WEI, about="late").status_code == 404
    assert desk.settle(LATE, about="certificate").status_code == 404
    assert not Settlement.objects.exists()


def test_who_sees_one_of_two_households_only_is_told_who_chooses(desk, work):
    mine = Application.objects.get(reference=TWICE).federation
    desk.sit(officer("approver", mine, work.at, name="邓"))
    page = desk.page(TWICE)
    assert "请上级总工会的负责人定" in page
    assert "<textarea" not in page


def test_choosing_one_household_settles_the_student_for_both(desk, work):
    desk.settle(TWICE, about="household")
    assert Application.objects.get(reference=TWICE).status == "eligible"
    assert Application.objects.get(reference=TWICE_TOO).status == "refused"
    assert "已定由另一户申请" in desk.page(TWICE_TOO)
    assert "<textarea" not in desk.page(TWICE_TOO)


def test_a_tie_is_settled_and_counts_when_places_are_shared_again(desk, work):
    desk.sit(work.qin)
    desk.settle(TIED, about="tie")
    assert Application.objects.get(reference=TIED).status == "tied"
    work.share()
    assert Application.objects.get(reference=TIED).status == "placed"


def test_opening_the_address_of_settling_settles_nothing(desk, client):
    assert client.get(reverse("application-settle", args=[LATE])).status_code == 405


def test_a_verifier_says_on_the_page_that_the_households_aid_was_for_another_need(desk, work, client):
    held = Application.objects.get(reference=WEI)
    payments.hold(WEI, reason=Hold.Reason.SAME_NEED, about="x", officer="qin", at=work.at)
    assert "不是同一需要" in desk.page(WEI)
    page = client.post(reverse("application-need", args=[WEI]), follow=True).content.decode()
    assert "不再因此暂停" in page
    assert not Hold.objects.filter(case_reference=held.reference, lifted_at=None).exists()
    assert "没有因为另获资助暂停" in client.post(reverse("application-need", args=[WEI]), follow=True).content.decode()
