"""The life of a household file on its page: the step that is next, its paper, its day, and what is refused."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huigong.audit import queries as audit
from huigong.circulars import actions as circulars
from huigong.documents import actions as documents
from huigong.organisations import actions as organisations
from huigong.registry import actions
from huigong.registry.actions import Done
from huigong.registry.tests.lives import CLASSES

BACKEND = "django.contrib.auth.backends.ModelBackend"


def test_the_page_offers_the_step_that_is_next_and_takes_it(desk, life, client):
    page = desk.text("household")
    assert ">上报<" in page
    assert "核查完毕" not in page
    desk.post("household-prepare", "report", version="1", note="")
    assert desk.stands().status == "reported"
    page = desk.text("household")
    assert "核查完毕" in page
    desk.post("household-keep", "check", version="2")
    assert "还差：入户调查、核对授权、民政核对" in desk.text("household")


def test_a_check_comes_with_its_paper_and_its_note_is_looked_at_on_record(desk, client, file):
    paper = SimpleUploadedFile("授权书.jpg", b"\xff\xd8\xffsigned", content_type="image/jpeg")
    desk.post("household-prepare", "authorisation", version="1", paper=paper, note="本人签字")
    page = desk.text("household")
    assert "授权书.jpg" in page
    assert "本人签字" not in page
    path = re.search(r'value="(entries\.[^"]+)"', page)[1]
    assert "本人签字" in desk.post("household-reveal", field=path, purpose="work").content.decode()
    assert "经办说明" in desk.text("household-looks")


def test_a_step_is_not_taken_through_another_steps_address(desk):
    assert desk.post("household-prepare", "enrol", version="1").status_code == 404


def test_an_outcome_is_chosen_and_not_written(desk, life):
    life.enrolled()
    desk.post("household-keep", "leave", version=str(life.file.version), word="自己想的")
    assert "要选一项结果" in desk.text("household")
    assert life.file.is_enrolled


def test_the_receiving_union_takes_a_file_that_moves(client, desk, life, city, at, on):
    tengxian = city.children.get()
    life.enrolled()
    li = organisations.add_officer("李", role="aid_centre", organisation=tengxian, by="system", at=at)
    client.force_login(li, backend=BACKEND)
    assert client.get(reverse("household", args=[life.pk])).status_code == 404
    life.verb(actions.send_to, tengxian)
    on(8, 16)
    client.force_login(li, backend=BACKEND)  # a session does not last that long
    page = desk.text("household")
    assert "接收" in page
    desk.post("household-keep", "move_in", version=str(life.file.version))
    assert life.file.federation == tengxian


def test_the_receipt_is_printed_and_the_family_confirms_by_it_without_signing_in(client, desk, life, huang, on):
    life.enrolled()
    on(8, 16)
    client.force_login(huang, backend=BACKEND)
    code = re.search(r"<strong>(\w{4} \w{4})</strong>", desk.text("household-receipt"))[1]
    client.logout()
    wrong = client.post(reverse("confirm"), {"number": life.file.file_number, "code": "AAAA AAAA"})
    unknown = client.post(reverse("confirm"), {"number": "nobody", "code": code})
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert "韦秀兰" not in wrong.content.decode()
    assert (
        "不用再来" in client.post(reverse("confirm"), {"number": life.file.file_number, "code": code}).content.decode()
    )
    assert life.file.entries.filter(kind="yearly_check", by="family").exists()


def test_the_plan_the_aid_and_the_class_are_kept_on_the_page(desk, client, file, city, huang, at):
    today = "2017-08-07"
    desk.post("household-group", word="城市困难农民工", on=today)
    desk.post("household-measure", word="就业创业发展", what="介绍到糖厂", owner=huang.username, due="2017-12-31")
    desk.post("household-aid", word="医疗救助", giver="民政", yuan="500", on=today)
    page = desk.text("household")
    assert "城市困难农民工" in page
    assert "介绍到糖厂" not in page
    assert "1 次，共 500 元" in page
    path = re.search(r'value="(measures\.[^"]+)"', page)[1]
    assert "介绍到糖厂" in desk.post("household-reveal", field=path, purpose="work").content.decode()
    desk.post("household-measure-close", path.removeprefix("measures."), to="done")
    assert file.measures.get().status == "done"
    circulars.publish(CLASSES, officer="system", at=at)
    answer = client.post(
        reverse("standards-keep"),
        {"name": "dibao_line_month", "place": city.code, "value": "380", "valid_from": "2015-11-01", "source": "来文"},
    )
    assert answer.status_code == 302
    assert "380" in client.get(reverse("standards")).content.decode()
    desk.post("household-assess", on=today, nothing_excludes="yes")
    page = desk.text("household")
    assert "一(一)" in page
    assert "不在三类之内，或还定不了" in page  # the file says no income


def test_what_a_check_found_and_why_it_goes_on_stands_where_the_file_is_enrolled(desk, life):
    life.verb(actions.report, by="lu")
    for kind, word in (("home_visit", "有出入"), ("authorisation", ""), ("civil_affairs", "")):
        actions.note(life.file, kind, life.done(word=word))
    desk.post("household-keep", "check", version=str(life.file.version))
    assert "请在说明里写理由" in desk.text("household")
    desk.post("household-keep", "check", version=str(life.file.version), note="差的是上月加班费")
    page = desk.text("household")
    assert "核查里有对这家不利的结果：入户调查有出入" in page
    assert "差的是上月加班费" not in page
    path = re.search(r'value="(entries\.[^"]+)">看理由', page)[1]
    assert "差的是上月加班费" in desk.post("household-reveal", field=path, purpose="work").content.decode()


def test_a_paper_is_opened_for_a_purpose_and_on_record_and_only_a_scan_is_kept(desk, client, file):
    for name, content in (("a.html", b"<script>"), ("a.pdf", b""), ("a.exe", b"MZ"), ("a.svg", b"<svg/>")):
        paper = SimpleUploadedFile(name, content, content_type="application/pdf")
        desk.post("household-prepare", "authorisation", version="1", paper=paper)
    assert not file.entries.exists()
    assert "只收扫描件和照片" in desk.text("household")
    scan = SimpleUploadedFile("授权书.pdf", b"%PDF-1.4 signed", content_type="text/html")
    desk.post("household-prepare", "authorisation", version="1", paper=scan)
    entry = file.entries.get()
    assert reverse("household-paper", args=[file.pk, entry.pk]) in desk.text("household")
    assert desk.post("household-paper", entry.pk).status_code == 404  # no purpose
    answer = desk.post("household-paper", entry.pk, purpose="inspect")
    assert (answer.content, answer["Content-Type"]) == (b"%PDF-1.4 signed", "application/pdf")
    assert [one.subject for one in audit.looks(file.file_number)] == [f"{file.file_number}:papers.{entry.pk}"]
    assert "附件" in desk.text("household-looks")


def test_what_was_kept_before_and_is_no_scan_is_saved_and_not_shown(desk, file, at):
    page = documents.store(b"<script>", name="a.html", media_type="text/html", officer="lu", at=at)
    actions.note(file, "paper", Done(at.date(), "lu", at, word="其他", paper=page))
    answer = desk.post("household-paper", file.entries.get().pk, purpose="work")
    assert (answer["Content-Type"], answer["Content-Disposition"]) == ("application/octet-stream", "attachment")


def test_a_step_out_of_its_time_is_told_and_not_taken(desk, file):
    desk.post("household-keep", "certificate_review", version="1", word="下半年通过")
    assert "这时不办" in desk.text("household")
    assert desk.stands().certificate_review == ""


def test_who_declines_a_file_says_why_and_lands_where_it_may_look_and_the_sender_may_call_it_back(
    client, desk, life, city, huang, at, on
):
    tengxian = city.children.get()
    life.enrolled()
    li = organisations.add_officer("李", role="aid_centre", organisation=tengxian, by="system", at=at)
    life.verb(actions.send_to, tengxian)
    on(8, 16)
    client.force_login(li, backend=BACKEND)
    page = desk.text("household")
    assert "撤回转出" not in page
    assert reverse("household-edit", args=[life.pk, "worker"]) not in page
    for name, more in (("household-edit", ("worker",)), ("household-group", ())):
        given = {"version": str(life.file.version), "nation": "瑶族"}
        assert desk.post(name, *more, **given).status_code == 404
    assert desk.post("household-keep", "call_back", version=str(life.file.version)).status_code == 404
    desk.post("household-keep", "decline", version=str(life.file.version))
    assert life.file.status == "moving"
    answer = desk.post("household-keep", "decline", version=str(life.file.version), note="不在藤县")
    assert answer["Location"] == reverse("files-waiting")
    life.verb(actions.send_to, tengxian)
    client.force_login(huang, backend=BACKEND)
    assert "撤回转出" in desk.text("household")
    desk.post("household-keep", "call_back", version=str(life.file.version))
    assert life.file.status == "enrolled"


def test_the_page_says_why_the_file_stands_where_it_stands(desk, life, huang):
    def why():
        return re.search(r'id="why">.*?</strong>(.*?)</p>', desk.text("household"))[1]

    assert why() == "填好后由单位上报。"
    life.checked()
    assert why() == "2017-08-07 黄办了“核查完毕”；还要公示五个工作日。"
    actions.amend(life.file, "file_status", "已注销", officer="huang", at=life.at)
    assert why() == "导入或并档时写的是“已注销”，这里没有办过相应的一步。"


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_that_cannot_be_meant_is_refused_wherever_a_file_asks_one(desk, file, huang, at, day):
    circulars.publish(CLASSES, officer="system", at=at)
    desk.post("household-group", word="城市困难农民工", on=day)
    desk.post("household-measure", word="就业创业发展", what="介绍", owner=huang.username, due=day)
    desk.post("household-aid", word="医疗救助", giver="民政", yuan="500", on=day)
    desk.post("household-assess", on=day, nothing_excludes="yes")
    assert "的年份不对" in desk.text("household")
    for rows in (file.key_groups, file.measures, file.aid_given, file.assessments):
        assert not rows.exists()


def test_a_key_group_does_not_begin_so_far_ahead_that_no_other_can_follow(desk, file):
    desk.post("household-group", word="城市困难农民工", on="2099-01-01")
    assert not file.key_groups.exists()


@pytest.mark.parametrize("note", ["好" * 1001, "好" + "\u0301" * 9])
def test_a_remark_is_neither_cut_nor_kept_unreadable(desk, file, note):
    desk.post("household-prepare", "authorisation", version="1", note=note)
    assert "还没有记" in desk.text("household")
    assert not file.entries.exists()
    desk.post("household-prepare", "authorisation", version="1", note="好\r\n" * 500)  # as a browser counts its lines
    assert file.entries.count() == 1


def test_a_file_that_does_not_qualify_is_taken_off_on_its_page(desk, file, life):
    assert "撤掉这份草稿" in desk.text("household")
    life.verb(actions.report, by="lu")
    page = desk.text("household")
    assert "不符合，撤下" in page
    given = {"version": str(desk.stands().version), "on": "2017-08-07", "word": "不符合条件"}
    desk.post("household-keep", "turn_down", **given)
    assert desk.stands().status == "reported"
    desk.post("household-keep", "turn_down", **given, note="三(二)：有两套住房")
    page = desk.text("household")
    for words in (">已撤下<", "已撤下（不符合）", "重新建档"):
        assert words in page
    assert "不符合，撤下</summary>" not in page
