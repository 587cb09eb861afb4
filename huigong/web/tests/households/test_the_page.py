"""The page of a household file: masked, looked at on record, edited under its version, theirs beside mine."""

import re
from html import unescape

import pytest
from django.urls import reverse

from huigong.audit import queries as audit
from huigong.organisations import actions as organisations
from huigong.registry import actions
from huigong.registry.models import Household
from huigong.registry.tests.lives import fields
from huigong.values.working_days import shipped_calendar

BACKEND = "django.contrib.auth.backends.ModelBackend"
NUMBER, ADDRESS = "450422197503064228", "藤县藤州镇人民路8号"


def text(answer):
    return unescape(answer.content.decode())


def test_the_page_masks_what_is_sensitive(desk):
    page = desk.text("household")
    assert "4504**********4228" in page
    assert NUMBER not in page
    assert ADDRESS not in page
    assert "1975" not in page


def test_a_look_is_recorded_with_its_purpose_and_shown_for_a_while(desk, file, huang):
    answer = desk.post("household-reveal", field="address", purpose="work")
    assert ADDRESS in answer.content.decode()
    assert answer["Refresh"].startswith("30;")
    told = audit.looks(file.file_number)
    assert [(one.actor, one.subject, one.payload["purpose"]) for one in told] == [
        (huang.username, f"{file.file_number}:address", "work")
    ]
    page = desk.text("household-looks")
    assert "家庭住址" in page
    assert "办理业务" in page
    assert ADDRESS not in page


@pytest.mark.parametrize(
    ("field", "purpose"),
    [("address", ""), ("address", "curiosity"), ("nation", "work"), ("members.9.health", "work"), ("x", "work")],
)
def test_without_a_purpose_or_for_what_is_not_masked_nothing_is_shown(desk, file, field, purpose):
    assert desk.post("household-reveal", field=field, purpose=purpose).status_code == 404
    assert audit.looks(file.file_number) == []


def test_an_edit_writes_what_changed_and_leaves_masked_fields_alone(desk):
    page = desk.text("household-edit", "worker")
    assert NUMBER not in page
    desk.post(
        "household-edit", "worker", version="1", nation="瑶族", **{"was-nation": "壮族"}, id_number="", address=""
    )
    stands = desk.stands()
    assert stands.version == 2
    assert stands.id_number.plain() == NUMBER
    assert ADDRESS in desk.post("household-reveal", field="address", purpose="work").content.decode()
    assert "瑶族" in desk.text("household")


def test_a_value_that_does_not_fit_is_said_beside_its_field_and_nothing_typed_is_lost(desk):
    answer = desk.post("household-edit", "worker", version="1", size="很多", nation="瑶族")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "家庭人口：请写 1 到 50 的整数" in page
    assert 'value="瑶族"' in page
    assert desk.stands().version == 1


@pytest.mark.parametrize(
    ("section", "name", "text", "said"),
    [
        ("worker", "worker_name", "韦" + "\u0301" * 49, "姓名：一个字上叠了两个以上的附加符号"),
        ("worker", "employer", "厂" + "\u0489" * 99, "工作单位：一个字上叠了两个以上的附加符号"),
        ("worker", "phone", "abc", "“abc”不像电话号码；手机是11位"),
        ("worker", "phone", "1380000000", "不像电话号码"),
        ("worker", "id_number", "abc", "没有数字，请照证件填号码"),
        ("member-new", "name", "韦" + "\u0301" * 4000, "一个字上叠了两个以上的附加符号"),
    ],
    ids=["a name", "a free text", "no number", "a digit too few", "no identity number", "a member"],
)
def test_what_nobody_can_read_is_not_written_and_it_is_said_why(desk, section, name, text, said):
    answer = desk.post("household-edit", section, version="1", **{name: text})
    assert answer.status_code == 422
    assert said in unescape(answer.content.decode())
    assert desk.stands().version == 1


def test_two_who_edit_at_once_see_theirs_beside_mine_and_choose(desk, file, huang, at):
    actions.edit(file, fields(nation="苗族"), version=1, officer=huang.username, at=at)
    mine = {"nation": "瑶族", "was-nation": "壮族", "postcode": "543300", "was-postcode": ""}
    answer = desk.post("household-edit", "worker", version="1", **mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "苗族" in page
    assert "瑶族" in page
    assert "别人没动这一项" in page  # the postcode
    assert desk.stands().version == 2
    kept = {"nation": "苗族", "was-nation": "苗族", "postcode": "543300", "was-postcode": ""}
    assert desk.post("household-edit", "worker", version="2", **kept).status_code == 302
    page = desk.text("household")
    assert "苗族" in page
    assert "543300" in page


def test_a_new_member_and_one_who_is_gone(desk):
    assert desk.post("household-edit", "member-new", version="1", name="韦小雨", relationship="女儿").status_code == 302
    assert "韦小雨" in desk.text("household")
    desk.post("household-gone", 1, version="2")
    assert "已不在这户" in desk.text("household")


def test_a_new_file_begins_with_the_worker(client, desk):
    given = {"worker_name": "陆强", "id_number": "450422197601011234", "was-worker_name": ""}
    answer = client.post(reverse("household-new"), given)
    assert answer.status_code == 302
    assert Household.objects.filter(worker_name="陆强", file_status="草稿").exists()
    again = client.post(reverse("household-new"), given)
    assert "已有档案" in again.content.decode()


def test_an_officer_of_another_city_finds_no_file(client, desk, file, mo):
    client.force_login(mo, backend=BACKEND)
    for name, more in (("household", ()), ("household-looks", ()), ("household-edit", ("worker",))):
        assert client.get(reverse(name, args=[file.pk, *more])).status_code == 404


def test_finance_looks_at_no_file(client, desk, file, city, at):
    chen = organisations.add_officer("陈", role="finance", organisation=city, by="system", at=at)
    client.force_login(chen, backend=BACKEND)
    assert client.get(reverse("household", args=[file.pk])).status_code == 403


def test_the_page_asks_the_database_a_fixed_number_of_times(client, desk, file, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        client.get(reverse("household", args=[file.pk]))


def test_of_a_masked_field_too_it_is_told_that_somebody_else_changed_it(desk, file, huang, at):
    page = desk.text("household-edit", "worker")
    was = re.search(r'name="was-phone" value="([^"]*)"', page)[1]
    actions.edit(file, fields(phone="13700002222"), version=1, officer=huang.username, at=at)
    answer = desk.post("household-edit", "worker", version="1", phone="13800001111", **{"was-phone": was})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "别人没动这一项" not in page
    assert "13700002222" not in page
    theirs = re.search(r'name="was-phone" value="([^"]*)"', page)[1]
    desk.post("household-edit", "worker", version="2", phone="", **{"was-phone": theirs})
    assert desk.stands().phone.plain() == "13700002222"


def test_a_free_text_is_not_called_a_word_of_before(desk, file, huang, at):
    actions.edit(file, fields(employer="藤县糖业公司"), version=1, officer=huang.username, at=at)
    given = {"employer": "藤县纸厂", "was-employer": ""}
    page = desk.post("household-edit", "worker", version="1", **given).content.decode()
    assert "藤县糖业公司" in page
    assert "旧词" not in page


def test_facts_that_were_hung_out_are_named_when_they_change_and_a_telephone_number_is_none(desk, life, on):
    life.checked()
    assert "改电话、地址、银行卡这些不用" in desk.text("household-edit", "worker")
    desk.post("household-edit", "worker", version=str(life.file.version), phone="13900000001")
    assert "核查完毕之后改过" not in desk.text("household")
    desk.post("household-edit", "worker", version=str(life.file.version), annual_income_fen="1")
    assert "核查完毕之后改过：家庭年度总收入（元）" in desk.text("household")
    desk.post("household-keep", "notice", version=str(life.file.version))
    assert life.file.status == "checked"


def test_the_level_is_no_field_of_the_page(desk, life):
    assert 'name="enrolment_level"' not in desk.text("household-edit", "worker")
    life.enrolled()
    given = {"version": str(life.file.version), "enrolment_level": "全国级", "nation": "瑶族"}
    desk.post("household-edit", "worker", **given)
    assert life.file.enrolment_level == "县级"


def test_what_is_typed_into_a_file_is_kept_and_put_back_on_what_was_seen(client, desk, file, city, at):
    page = reverse("household-edit", args=[file.pk, "worker"])
    keeps = reverse("household-edit-draft", args=[file.pk, "worker"])
    typed = {
        "seen_version": str(file.version),
        "employer": "藤县纸厂",
        "was-employer": file.employer,
        "id_number": "abc",
    }
    client.post(keeps, typed, headers={"X-Requested-With": "keep"})
    assert "填过，还没有交" in text(client.get(page))
    actions.amend(file, "employer", "藤县糖业公司", officer="huang", at=at)
    back = text(client.get(page, {"draft": "1"}))
    assert 'value="藤县纸厂"' in back
    assert f'name="version" value="{typed["seen_version"]}"' in back
    assert 'class="why"' in back  # the number is none, and says so at once
    answer = client.post(page, typed | {"version": typed["seen_version"], "id_number": ""})
    assert answer.status_code == 409  # somebody changed the file meanwhile: theirs stands beside what came back
    client.post(page, {"version": str(file.version + 1), "employer": "藤县纸厂", "was-employer": "藤县糖业公司"})
    assert "填过，还没有交" not in text(client.get(page))


def test_a_new_file_that_is_half_written_is_kept_until_it_is_thrown_away(client, desk, file):
    keeps = reverse("household-new-draft")
    client.post(keeps, {"worker_name": "黄小山"}, headers={"X-Requested-With": "keep"})
    assert 'value="黄小山"' in text(client.get(reverse("household-new"), {"draft": "1"}))
    client.post(keeps, {"act": "drop"})
    assert 'value="黄小山"' not in text(client.get(reverse("household-new"), {"draft": "1"}))


def test_the_file_is_printed_whole_for_a_purpose_and_every_masked_field_is_a_look(client, desk, file, huang):
    address = reverse("household-print", args=[file.pk])
    assert client.post(address, {"purpose": "curiosity"}).status_code == 404
    assert audit.looks(file.file_number) == []
    answer = client.post(address, {"purpose": "work"})
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    seen = {one.subject.partition(":")[2] for one in audit.looks(file.file_number)}
    assert {"id_number", "address"} <= seen
    assert [told.action for told in audit.history(file.file_number)][-1] == "output.downloaded"


def test_the_notice_for_the_board_is_made_while_it_hangs(client, desk, file, life):
    address = reverse("household-board", args=[file.pk])
    assert client.post(address).status_code == 404
    assert "打印公示" not in desk.text("household")
    life.checked()
    life.verb(actions.put_on_notice, extra={"calendar": shipped_calendar()})
    assert "打印公示" in desk.text("household")
    assert client.post(address).status_code == 200
