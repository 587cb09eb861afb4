"""What stands around a household file: lists of words, relatives, what waits, the national sheet, aid."""

import re

import pytest
from django.urls import reverse

from huigong.audit import queries as audit
from huigong.figures import books
from huigong.organisations import actions as organisations
from huigong.registry import actions, code_lists, waiting
from huigong.registry.tests.lives import drafted, fields
from huigong.registry.waiting import WORDS as WAITING
from huigong.web.console.households import lists

BACKEND = "django.contrib.auth.backends.ModelBackend"
NUMBER, ADDRESS = "450422197503064228", "藤县藤州镇人民路8号"


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
    with django_assert_max_num_queries(20):
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


def test_what_was_changed_behind_an_open_sheet_is_not_noted_as_keyed(desk, file, huang, at):
    page = desk.post("household-national", purpose="work").content.decode()
    paths = re.findall(r'name="path" value="([^"]+)"', page)
    actions.edit(desk.stands(), fields(nation="瑶族"), version=1, officer=huang.username, at=at)
    desk.post("household-keyed", path=[*paths, "nation=not a digest", "nobody=0123456789abcdef"])
    page = desk.text("household-national")
    for words in ("其中 1 项在您打开这张单之后有人改过", "还没录完", "录后改过", "待录 1 项"):
        assert words in page
    assert not file.keyings.get().is_whole
    assert "nobody" not in file.keyings.get().keyed


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


def test_who_serves_the_employer_opens_and_mends_a_file_that_came_from_a_registry(client, desk, file, city, at):
    unit = organisations.add_unit(
        "藤县糖业公司工会",
        code="u1",
        kind="grassroots_union",
        level="grassroots",
        parent=city,
        officer="su",
        at=at,
    )
    lu = organisations.add_officer("陆", role="preparer", organisation=unit, by="system", at=at)
    client.force_login(lu, backend=BACKEND)
    address = reverse("household", args=[file.pk])
    assert client.get(address).status_code == 404
    actions.amend(file, "employer", "藤县糖业公司", officer="huang", at=at)
    assert "韦秀兰" in client.get(address).content.decode()
    assert client.get(reverse("household-edit", args=[file.pk, "worker"])).status_code == 200
    organisations.add_unit(
        "藤县糖业公司工会委员会",
        code="u2",
        kind="grassroots_union",
        level="grassroots",
        parent=city,
        officer="su",
        at=at,
    )
    assert client.get(address).status_code == 404


def test_the_lists_of_the_whole_city_are_kept_by_its_federation_and_an_end_is_lifted(client, desk, city, at):
    county = city.children.get()
    deng = organisations.add_officer("邓", role="verifier", organisation=county, by="system", at=at)
    address = reverse("code-lists") + "?list=exit_reason"
    given = {"list": "exit_reason", "word": "脱困", "valid_until": "2016-12-31", "source": "来文"}
    first = next(one.row.valid_from for one in code_lists.listed("exit_reason") if one.row.word == "脱困")
    given["valid_from"] = first.isoformat() if first else ""
    page = client.post(reverse("code-lists-keep"), given, follow=True).content.decode()
    assert "收了 1 条" in page
    assert "恢复使用" in client.get(address).content.decode()
    lift = {**given, "lift": "1", "source": "更正：来文"}
    client.force_login(deng, backend=BACKEND)
    page = client.get(address).content.decode()
    assert ("恢复使用" in page, f"由{city.name}保管" in page, "添一个词" in page) == (False, True, False)
    for wrong in ({**given, "word": "藤县自定", "valid_until": ""}, {"shipped": "1"}, lift):
        page = client.post(reverse("code-lists-keep"), wrong, follow=True).content.decode()
        assert f"由{city.name}保管，这里一条也没有收" in page
    assert "脱困" not in code_lists.words_on(at.date())["exit_reason"]
    huang = organisations.add_officer("黄二", role="verifier", organisation=city, by="system", at=at)
    client.force_login(huang, backend=BACKEND)
    assert (
        "没有写出处" in client.post(reverse("code-lists-keep"), {**lift, "source": " "}, follow=True).content.decode()
    )
    client.post(reverse("code-lists-keep"), lift)
    assert "脱困" in code_lists.words_on(at.date())["exit_reason"]


def test_aid_noted_by_mistake_is_struck_out_on_the_page_and_the_books_hold(desk, file, at):
    aid = actions.give_from_elsewhere(file, "医疗救助", "民政", fen=50_000, on=at.date(), officer="lu", at=at)
    assert "作废这一笔" in desk.text("household")
    desk.post("household-aid-mistaken", aid.pk, why="wrong_family")
    page = desk.text("household")
    for words in ("0 次，共 0 元", "记错了：记到了别家", "当时给了 500 元"):
        assert words in page
    assert "作废这一笔" not in page
    assert books.verify().holds, books.verify().sentence.zh


def test_a_measure_that_was_not_done_after_all_is_taken_up_again(desk, file, huang, at):
    due = {"owner": huang, "due": at.date(), "officer": "lu", "at": at}
    measure = actions.plan(file, "就业创业发展", "介绍到糖厂", **due)
    desk.post("household-measure-close", measure.pk, to="done")
    assert "没办完，重新办" in desk.text("household")
    desk.post("household-measure-close", measure.pk, to="planned")
    measure.refresh_from_db()
    assert measure.status == "planned"
