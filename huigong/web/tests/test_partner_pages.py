"""The pages of exchanges: from the letter to the destroyed key in the officer's hands, and a masked list settled line by line."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huigong.documents.workbooks import Sheet, workbook
from huigong.partners.models import Exchange, Hit
from huigong.partners.tests.conftest import DELETE, child, department, families  # noqa: F401  fixtures
from huigong.registry.models import AidGiven

BACKEND = "django.contrib.auth.backends.ModelBackend"
ASKED = {
    "partner": "梧州市民政局",
    "programme": "金秋助学",
    "basis": "社会救助暂行办法第五条",
    "letter_number": "梧工函〔2017〕12号",
    "most": "1000",
    "until": "2017-09-30",
    "delete_on": "2017-12-31",
}


@pytest.fixture
def desk(client, families, huang, on):  # noqa: F811
    on(8, 7)
    client.force_login(huang, backend=BACKEND)

    class Desk:
        def begin(self, **more):
            client.post(reverse("exchange-begin"), ASKED | more)
            self.one = Exchange.objects.first()
            return self.one

        def get(self, name):
            return client.get(reverse(name, args=[self.one.pk]))

        def page(self):
            return unescape(self.get("exchange").content.decode())

        def post(self, name, *more, **given):
            return client.post(reverse(name, args=[self.one.pk, *more]), given)

    return Desk()


def test_a_blind_check_goes_step_by_step_and_ends_with_the_key_destroyed(desk, department, client):  # noqa: F811
    desk.begin()
    assert desk.get("exchange-letter").content[:2] == b"PK"
    content = department.list(desk.get("exchange-invitation").content)
    assert "下一步：记下复函" in desk.page()
    scan = SimpleUploadedFile("复函.pdf", b"%PDF-1.4")
    desk.post("exchange-reply", scan=scan, on="2017-08-07", fingerprint=department.fingerprint.lower())
    assert "下一步：收盲名单" in desk.page()
    answer = desk.post("exchange-answer", file=SimpleUploadedFile("盲名单.json", content))
    assert "attachment" in answer["Content-Disposition"]
    result = department.result(answer.content)
    desk.post("exchange-learn", file=SimpleUploadedFile("结果.json", result))
    page = desk.page()
    assert "韦小雨" in page
    assert "教育救助" in page
    hit = Hit.objects.get(programme="教育救助")
    desk.post("exchange-settle", hit.pk, outcome="taken", kind="教育救助", amount="800.50", on="2017-08-01")
    assert AidGiven.objects.get().fen == 80_050
    desk.post("exchange-settle", Hit.objects.get(programme="低保").pk, outcome="dismissed")
    desk.post("exchange-end")
    assert Exchange.objects.get().secret is None
    assert desk.get("exchange-invitation").status_code == 404
    assert "密钥已销毁" in desk.page()


def test_a_file_that_does_not_fit_is_told_on_the_page_and_nothing_is_taken(desk):
    desk.begin()
    desk.post("exchange-answer", file=SimpleUploadedFile("盲名单.json", b"{}"))
    assert "先记下对方的复函" in desk.page()
    assert Exchange.objects.get().status == "invited"
    desk.post("exchange-reply", on="2017-08-07")
    assert "请选一个文件" in desk.page()


@pytest.mark.parametrize("wrong", [{"basis": ""}, {"most": "很多"}, {"until": "明年"}, {"delete_on": "2017-01-01"}])
def test_what_is_asked_wrongly_begins_nothing(desk, client, wrong):
    desk.begin(**wrong)
    assert Exchange.objects.count() == 0
    assert client.get(reverse("exchanges")).status_code == 200


def test_a_masked_list_is_compared_and_shown_with_reasons(desk):
    masked = child(1)[:4] + "**********" + child(1)[-4:]
    rows = [["韦**", masked, "藤县第一中学", "福彩助学"], ["莫*", "4504**********0019", "别处", "福彩助学"]]
    content = workbook([Sheet("表", ["姓名", "身份证号", "学校", "项目"], rows)], title="名单", day=DELETE)
    desk.begin(list=SimpleUploadedFile("名单.xlsx", content))
    page = desk.page()
    assert "遮住的身份证号首尾对得上" in page
    assert "GX1" in page
    assert "莫*" not in page


def test_the_tool_is_handed_out_as_it_lies_here(desk, client):
    assert b"\xe7\x9b\xb2\xe6\xaf\x94\xe5\xb7\xa5\xe5\x85\xb7" in client.get(reverse("partners-tool")).content
