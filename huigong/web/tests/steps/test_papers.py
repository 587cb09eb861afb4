"""A paper that came is noted on the page of its case or of its form."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from huigong.audit import queries as audit
from huigong.intake.models import FormReceived, Paper
from huigong.studentaid.models import Application
from huigong.web.tests.steps.desk import (
    NO_LETTER,
)


def test_a_missing_paper_completes_a_case_which_is_then_verified_again(desk, verified):
    at_desk = desk(verified)
    one = Application.objects.get(reference=NO_LETTER)
    assert one.status == "incomplete"
    page = at_desk.case(NO_LETTER)
    assert re.search(r'<option value="admission_letter">[^<]* · 还差</option>', page)
    assert "按现有材料重新认定 1 件：符合条件 1" in at_desk.bring(NO_LETTER, "admission_letter")
    paper = Paper.objects.get(kind="admission_letter", form_name="10-same-student.xlsx", row_number=1)
    assert (paper.seen_by, paper.seen_on, paper.original_seen, paper.copy_kept) == ("黄", date(2017, 8, 16), True, True)
    after = Application.objects.get(reference=NO_LETTER)
    assert (after.status, after.is_verified) == ("eligible", False)
    assert "不参加这次排序" in at_desk.look("step-share")
    at_desk.verify(NO_LETTER)
    assert "排序分名额（21）" in at_desk.campaign()
    assert "papers.noted" in [told.action for told in audit.history(verified.campaign.code)]


def test_a_paper_noted_by_mistake_is_taken_back_with_a_reason_and_the_case_decided_without_it(desk, verified):
    at_desk = desk(verified)
    at_desk.bring(NO_LETTER, "admission_letter")
    paper = Paper.objects.get(kind="admission_letter", form_name="10-same-student.xlsx", row_number=1)
    sent = {"act": "take_back", "paper": str(paper.pk)}
    assert "请选一个原因" in at_desk.post("application-paper", [NO_LETTER], **sent)
    said = at_desk.post("application-paper", [NO_LETTER], **sent, reason="not_seen")
    assert "不算收到。按现有材料重新认定 1 件" in said
    assert Application.objects.get(reference=NO_LETTER).status == "incomplete"
    paper.refresh_from_db()
    assert (paper.original_seen, paper.copy_kept) == (False, False)
    last = [told for told in audit.history(NO_LETTER) if told.action == "paper.taken_back"]
    assert [told.payload for told in last] == [{"paper": "admission_letter", "reason": "not_seen"}]


def test_the_paper_of_another_case_is_not_taken_back(desk, verified):
    at_desk, other = desk(verified), Paper.objects.filter(row_number__gt=0).exclude(form_name__startswith="10-").first()
    answer = at_desk.client.post(
        reverse("application-paper", args=[NO_LETTER]), {"act": "take_back", "paper": other.pk, "reason": "not_seen"}
    )
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("fault", "fields"),
    [
        ("日期在 2017 年以前", {"seen_on": "0001-01-01"}),
        ("请至少勾一样", {"original_seen": "", "copy_kept": ""}),
        ("日期在今天以后", {"seen_on": "2017-08-17"}),
        ("请填哪天收到的", {"seen_on": "soon"}),
        ("请选一种通知要的材料", {"kind": "stamped_form"}),
        ("请选一种通知要的材料", {"kind": "household_enrolled"}),
    ],
)
def test_a_paper_that_is_not_told_whole_is_not_noted(desk, verified, fault, fields):
    before = Paper.objects.count()
    assert fault in desk(verified).bring(NO_LETTER, **{"kind": "admission_letter"} | fields)
    assert Paper.objects.count() == before


def test_the_stamped_sheet_is_noted_once_for_all_cases_of_its_form(desk, verified):
    at_desk = desk(verified)
    form = FormReceived.objects.get(name="07-gbk.csv")
    cases = Application.objects.filter(submissions__row__form=form)
    assert set(cases.values_list("status", flat=True)) == {"incomplete"}
    one = cases.first()
    assert f"/forms/{form.pk}/#stamped" in at_desk.case(one.reference)
    said = at_desk.post("form-stamped", [form.pk], kind="stamped_form", original_seen="yes", seen_on="2017-08-15")
    assert f"按现有材料重新认定 {cases.count()} 件" in said
    assert "eligible" in set(cases.values_list("status", flat=True))
    page = unescape(at_desk.client.get(reverse("form", args=[form.pk])).content.decode())
    assert re.search(r'<section class="card" id="stamped">.*来了.*黄 · 8月15日', page, re.DOTALL)
    assert "form-stamped" not in page
    back = at_desk.post("form-stamped", [form.pk], act="take_back", reason="does_not_count")
    assert "盖章登记表不算收到" in back
    assert set(cases.values_list("status", flat=True)) == {"incomplete"}
