"""What was typed and not handed in is kept for its officer alone, offered again with its time, and gone when it is taken."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from huigong.intake.models import Draft
from huigong.vault.models import DataKey
from huigong.web.tests.forms.desk import officer, said

CARD, GOES = "梧困201700041", "2017年8月广西大学"
MESSY = "09-messy.xlsx"
CELLS = {"rows": "1", "1-certificate_no": CARD, "1-admission": GOES}


@pytest.fixture
def filling(desk, work):
    desk.sign_in(work.lu)
    return {name: reverse(name, args=[work.campaign.code]) for name in ("forms-fill", "forms-fill-draft")}


def test_a_script_keeps_what_was_typed_and_it_is_offered_with_its_time(desk, filling):
    answer = desk.client.post(filling["forms-fill-draft"], CELLS, headers={"X-Requested-With": "keep"})
    assert said(answer) == f"{timezone.localtime(Draft.objects.get().saved_at):%H:%M}"
    page = said(desk.client.get(filling["forms-fill"]))
    assert "填过，还没有交" in page
    assert GOES not in page
    assert f'value="{GOES}"' in said(desk.client.get(filling["forms-fill"], {"draft": "1"}))


def test_the_button_keeps_it_without_scripts(desk, filling):
    page = said(desk.client.post(filling["forms-fill-draft"], CELLS, follow=True))
    assert "先存着了" in page
    assert f'value="{GOES}"' in page


def test_it_is_encrypted_and_gone_with_its_key_when_it_is_taken(desk, filling):
    desk.client.post(filling["forms-fill-draft"], CELLS)
    draft = Draft.objects.get()
    assert GOES not in str(draft.content)
    desk.client.post(filling["forms-fill"], CELLS | {"act": "hand-in"})
    assert Draft.objects.count() == 0
    assert not DataKey.objects.filter(pk=draft.data_key_id).exists()


def test_it_can_be_thrown_away(desk, filling):
    desk.client.post(filling["forms-fill-draft"], CELLS)
    desk.client.post(filling["forms-fill-draft"], {"act": "drop"})
    assert Draft.objects.count() == 0


def test_a_draft_is_nobody_elses(desk, work, at, filling):
    desk.client.post(filling["forms-fill-draft"], CELLS)
    client = desk.sign_in(officer("preparer", work.lu.organisation, at))
    assert GOES not in said(client.get(filling["forms-fill"], {"draft": "1"}))
    client.post(filling["forms-fill-draft"], {"act": "drop"})
    assert Draft.objects.get().officer == work.lu


def test_a_form_of_another_unit_takes_no_draft(desk, work):
    desk.sign_in(work.huang)
    desk.hand_in(MESSY)
    desk.sign_in(work.lu)
    assert desk.post(MESSY, "form-draft", **{"4:phone": "1"}).status_code == 404
    assert Draft.objects.count() == 0


def test_cells_of_a_form_stand_in_their_opened_row_again_and_leave_the_draft_when_saved(desk, work):
    desk.sign_in(work.huang)
    desk.hand_in(MESSY)
    desk.post(MESSY, "form-draft", **{"4:student_age": "19", "6:phone": "13811111111"})
    assert 'value="13811111111"' in said(desk.page(MESSY, draft="1"))
    desk.post(MESSY, "row-mend", 4, name="student_age", text="19")
    assert json.loads(Draft.objects.get().content.plain()) == {"6:phone": "13811111111"}
    desk.post(MESSY, "row-mend", 6, name="phone", text="13811111111")
    assert Draft.objects.count() == 0


def test_what_is_posted_after_the_sign_in_ended_is_kept_and_nothing_is_done(desk, work, monkeypatch):
    desk.sign_in(work.huang)
    desk.hand_in(MESSY)
    late = timezone.now() + timedelta(hours=9)
    version = desk.version(MESSY, 4)
    monkeypatch.setattr(timezone, "now", lambda: late)
    answer = desk.post(MESSY, "row-mend", 4, name="student_age", text="19")
    assert answer.redirect_chain[0][0].startswith("/sign-in/")
    assert "您填的还在" in said(answer)
    assert desk.version(MESSY, 4) == version
    desk.sign_in(work.huang)
    assert 'value="19"' in said(desk.page(MESSY, draft="1"))


def test_a_sign_in_is_extended_by_a_button(desk, work, monkeypatch):
    client = desk.sign_in(work.huang)
    client.get(desk.home)
    begun = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: begun + timedelta(hours=7))
    assert said(client.post(reverse("session-extend"))) == "28800"
    monkeypatch.setattr(timezone, "now", lambda: begun + timedelta(hours=14))
    assert client.get(desk.home).status_code == 200
    monkeypatch.setattr(timezone, "now", lambda: begun + timedelta(hours=16))
    assert client.get(desk.home).status_code == 302


def saved(content):
    return {"saved": SimpleUploadedFile("惠工-没交上.json", content, content_type="application/json")}


def test_the_small_file_fills_the_form_again_on_any_computer(desk, work, filling):
    content = {"place": f"fill:{work.campaign.code}", "at": "2017-08-07T01:00:00Z", "fields": CELLS}
    page = said(desk.client.post(filling["forms-fill-draft"], saved(json.dumps(content).encode()), follow=True))
    assert "文件里的都填回来了" in page
    assert f'value="{GOES}"' in page


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x",
        b"[]",
        b'{"place": "fill:other", "fields": {}}',
        b'{"fields": 1}',
        b"[" * 100_000,
        b'{"place": null, "fields": {"1-admission": ' + b"1" * 5000 + b"}}",
    ],
)
def test_any_other_file_is_told_and_harms_nothing(desk, filling, content):
    page = said(desk.client.post(filling["forms-fill-draft"], saved(content), follow=True))
    assert "这不是这一页存下的文件" in page
    assert Draft.objects.count() == 0


def test_more_than_any_page_holds_is_not_kept(desk, filling):
    fields = {f"{number}-admission": "x" * 3000 for number in range(150)}
    assert desk.client.post(filling["forms-fill-draft"], fields).status_code == 413
    assert Draft.objects.count() == 0
