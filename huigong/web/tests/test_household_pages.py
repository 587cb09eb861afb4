"""The page of a household file: masked, looked at on record, edited under its version, theirs beside mine."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huigong.audit import queries as audit
from huigong.circulars import actions as circulars
from huigong.documents import actions as documents
from huigong.organisations import actions as organisations
from huigong.registry import actions, code_lists, waiting
from huigong.registry.actions import Done
from huigong.registry.models import Household
from huigong.registry.tests.lives import CLASSES, Life, drafted, fields
from huigong.registry.waiting import WORDS as WAITING
from huigong.web.console.households import lists

BACKEND = "django.contrib.auth.backends.ModelBackend"
NUMBER, ADDRESS = "450422197503064228", "藤县藤州镇人民路8号"


@pytest.fixture
def file(huang, at):
    actions.keep_codes(code_lists.shipped(), source="shipped", officer="system", at=at)
    file = drafted(huang, at)
    return actions.edit(file, fields(address=ADDRESS), version=0, officer=huang.username, at=at)


@pytest.fixture
def desk(client, file, huang, on):
    on(8, 7)
    client.force_login(huang, backend=BACKEND)

    class Desk:
        def text(self, name, /, *more):
            return unescape(client.get(reverse(name, args=[file.pk, *more])).content.decode())

        def post(self, name, /, *more, **given):
            return client.post(reverse(name, args=[file.pk, *more]), given)

        def stands(self):
            return Household.objects.get(pk=file.pk)

    return Desk()


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
    with django_assert_max_num_queries(28):
        client.get(reverse("household", args=[file.pk]))


@pytest.fixture
def life(file, at):
    return Life(file, at)


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


def test_a_word_that_no_list_has_is_not_taken(desk, file):
    desk.post("household-group", word="自己编的", on="2017-08-07")
    assert not file.key_groups.exists()


def test_a_standard_of_another_city_is_not_ours_to_set(client, desk, other_city):
    given = {"name": "dibao_line_month", "place": "450300", "value": "380", "valid_from": "2015-11-01", "source": "x"}
    client.post(reverse("standards-keep"), given)
    assert "不归您的总工会管" in client.get(reverse("standards")).content.decode()


def test_a_code_list_gains_a_word_on_its_page(client, desk):
    given = {"list": "housing", "code": "9", "word": "公租房", "valid_from": "2017-01-01", "source": "来文"}
    client.post(reverse("code-lists-keep"), given)
    assert "公租房" in client.get(reverse("code-lists") + "?list=housing").content.decode()
    assert "公租房" in desk.text("household-edit", "worker")


def test_a_list_shows_what_ships_and_what_the_office_keeps_and_which_of_them_holds(client, huang, on):
    on(8, 7)
    client.force_login(huang, backend=BACKEND)
    address = reverse("code-lists") + "?list=housing"
    page = client.get(address).content.decode()
    assert ("这张表还没有载入" in page, "随软件</span>" in page) == (True, True)
    client.post(reverse("code-lists-keep"), {"shipped": "1"})
    page = client.get(address).content.decode()
    assert ("还没有载入" in page, "随软件，已载入" in page, "本处" in page) == (False, True, False)
    word = code_lists.listed("housing")[0].row
    given = {"list": "housing", "word": word.word, "valid_from": word.valid_from or "", "valid_until": "2016-12-31"}
    client.post(reverse("code-lists-keep"), {**given, "source": "梧工发〔2017〕3号"})
    fresh = {
        "list": "housing",
        "word": "公租房",
        "valid_from": "2017-01-01",
        "source": "来文",
        "english": "public rental",
    }
    client.post(reverse("code-lists-keep"), fresh)
    page = client.get(address).content.decode()
    ended = page[page.index("<h2>停用") :]
    assert (word.word in ended, "本处改过" in ended, "随软件的一行：止 —" in ended) == (True, True, True)
    assert ("public rental" in page, "本处添的" in page, "公租房" in ended) == (True, True, False)


def test_files_that_share_something_are_merged_parted_or_said_to_be_two(client, desk, file, huang, at):
    husband = drafted(huang, at, worker_name="陆建国", id_number="450422197601011234", phone="13900000001")
    actions.edit(file, fields(phone="13900000001"), version=1, officer=huang.username, at=at)
    page = desk.text("household-related")
    assert "同一个手机号" in page
    assert "13900000001" not in page
    desk.post("household-say", other=husband.file_number, outcome="later", why="shared_phone")
    assert "先放着" in desk.text("household-related")
    versions = {"version": str(desk.stands().version), "other_version": "0"}
    desk.post("household-merge", other=husband.file_number, reason="夫妻", **versions)
    assert file.members.get().name == "陆建国"
    page = desk.text("household-related")
    made = re.search(r'name="merge" value="([^"]+)"', page)[1]
    desk.post("household-apart", merge=made)
    assert not file.members.exists()
    assert "已撤销" in desk.text("household-related")


def test_a_file_of_another_city_is_not_merged_in(desk, file, other_city, mo, at):
    foreign = drafted(mo, at, worker_name="陆建国", id_number="450422197601011234")
    answer = desk.post("household-merge", other=foreign.file_number, reason="x", version="1", other_version="0")
    assert answer.status_code == 404


def test_every_count_of_what_waits_leads_to_its_names(client, desk, file):
    page = client.get(reverse("files-waiting")).content.decode()
    assert "韦秀兰" in page
    assert re.search(r'aria-current="page">待补 <span>1</span>', page)
    for which in WAITING:
        assert client.get(reverse("files-waiting") + f"?list={which}").status_code == 200
    assert "没有等着办的" in client.get(reverse("files-waiting") + "?list=no-group").content.decode()


def test_what_waits_is_paged_and_counted_up_to_a_limit(client, desk, file, huang, at, monkeypatch):
    drafted(huang, at, worker_name="陆建国", id_number="450422197601011234")
    monkeypatch.setattr(lists, "_A_PAGE", 1)
    monkeypatch.setattr(waiting, "COUNTED", 1)
    monkeypatch.setattr(lists, "COUNTED", 1)
    pages = [client.get(reverse("files-waiting") + f"?page={number}").content.decode() for number in (1, 2, 3)]
    assert ["韦秀兰" in page for page in pages] == [True, False, False]
    assert ["陆建国" in page for page in pages] == [False, True, False]
    assert ["下一页" in page for page in pages] == [True, False, False]
    assert all("<span>1+</span>" in page for page in pages)


@pytest.mark.parametrize("which", WAITING)
def test_what_waits_is_asked_in_few_questions(client, desk, which, django_assert_max_num_queries):
    client.get(reverse("files-waiting"))
    with django_assert_max_num_queries(19):
        client.get(reverse("files-waiting") + f"?list={which}")


def test_the_sheet_for_the_national_system_is_opened_on_record_ticked_and_marks_what_changed(desk, file, huang, at):
    page = desk.text("household-national")
    assert NUMBER not in page
    assert ADDRESS not in page
    assert desk.post("household-national", purpose="").status_code == 404
    page = desk.post("household-national", purpose="work").content.decode()
    assert NUMBER in page
    assert page.index("民族") < page.index("身份证号码") < page.index("家庭住址")
    assert {one.subject.rpartition(":")[2] for one in audit.looks(file.file_number)} >= {"id_number", "address"}
    paths = re.findall(r'name="path" value="([^"]+)"', page)
    desk.post("household-keyed", path=paths)
    assert "待录 0 项" in desk.text("household-national")
    actions.edit(desk.stands(), fields(nation="瑶族"), version=1, officer=huang.username, at=at)
    page = desk.text("household-national")
    assert "待录 1 项" in page
    assert "录后改过" in page
    assert NUMBER not in str(file.keyings.get().keyed)


def test_aid_that_came_back_shows_what_was_given_and_what_remains(desk, file, at):
    given = actions.give_from_elsewhere(file, "社会助学", "妇联", fen=50_000, on=at.date(), officer="lu", at=at)
    back = {"on": at.date(), "officer": "chen", "at": at}
    actions.take_aid_back(given.case_reference, 20_000, transfer_reference="one", **back)
    page = desk.text("household")
    for words in ("1 次，共 300 元", "当时给了 500 元", "2017-08-07 退回", "退回一部分"):
        assert words in page
    actions.take_aid_back(given.case_reference, 30_000, transfer_reference="two", **back)
    page = desk.text("household")
    for words in ("0 次，共 0 元", "已全部退回"):
        assert words in page


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
