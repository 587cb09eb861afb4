"""The page of one application: why it stands where it stands, whose it is, what happened."""

import re
from urllib.parse import quote

from django.urls import reverse

from huigong.intake.contents import row_read
from huigong.registry import actions as registry
from huigong.registry.models import Household
from huigong.registry.tests.lives import drafted, fields
from huigong.studentaid.models import Application, Submission
from huigong.values.resident_id import check_digit
from huigong.web.tests.applications.cast import EIGHTH, LATE, NO_FILE, WEI


def words_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_a_case_without_a_file_is_shown_the_file_whose_number_was_miswritten(desk, work, at):
    case = Application.objects.get(reference=NO_FILE)
    number = str(row_read(Submission.objects.get(application=case, is_first=True).row).values["student_id_number"])
    slip = number[:9] + str((int(number[9]) + 1) % 10) + number[10:17]
    file = drafted(work.huang, at, worker_name=case.worker_name, id_number="450403197003031232")
    child = fields("member", name=case.student_name, relationship="女儿", id_number=slip + check_digit(slip))
    registry.edit_member(file, 1, child, version=0, officer="huang", at=at)
    page = desk.page(NO_FILE)
    assert "档案里像是这一家" in page
    assert f">{file.file_number}</a> {case.student_name}" in page
    assert number not in page
    assert "档案里像是这一家" not in desk.page(WEI), "who has a file is asked for none"


def test_the_page_says_why_and_cites_the_clause_where_it_stands(desk, work):
    page = desk.page(LATE)
    said = re.search(r'<p class="said.*?</p>', page, re.DOTALL)[0]
    assert "请负责人定：按时报送：2017年8月14日（截止2017年8月10日，当天算在内）" in said
    address = f"/circulars/2017-wuzhou-21/?version={work.campaign.version.digest[:12]}#{quote('五(三)')}"
    assert f'href="{address}">五(三)</a>' in said
    assert 'id="五(三)"' in desk.text(address.partition("#")[0])


def test_a_place_cites_the_clauses_that_share_it_out(desk):
    said = re.search(r'<p class="said.*?</p>', desk.page(WEI), re.DOTALL)[0]
    assert "各条都符合，在藤县总工会排第 6 名" in said
    assert re.findall(r">(补\([^)]*\))</a>", said) == ["补(二)", "补(三)"]


def test_who_waits_is_told_of_other_money(desk):
    assert "本级工会经费、社会捐助" in desk.page(EIGHTH)
    assert "社会捐助" not in desk.page(WEI)


def test_findings_are_numbered_with_a_word_and_what_is_open_comes_first(desk):
    marks = re.findall(r'<span class="mark (\w*)"', desk.page(LATE))
    numbers = re.findall(r'<span class="order">(\d+)</span>', desk.page(LATE))
    assert marks[0] == "look"
    assert marks[1:-1] == ["done"] * (len(marks) - 2)
    assert numbers == [str(n) for n in range(1, len(marks) + 1)]


def test_the_head_tells_whose_it_is_and_where_the_family_lives(desk):
    told = words_of(desk.page(WEI))
    household = Household.objects.get(worker_name="韦秀兰")
    for expected in ("韦小雨", "职工 韦秀兰", household.file_number, f"惠工卡尾号 {household.card.plain()[-4:]}"):
        assert expected in told
    elsewhere = Application.objects.exclude(household=None).exclude(household__federation=None)
    other = next(one for one in elsewhere if one.household.federation_id != one.federation_id)
    assert f"家住 {other.household.federation.name}" in words_of(desk.page(other.reference))


def test_rows_and_papers_are_named_and_the_form_is_a_link(desk):
    page = desk.page(WEI)
    assert re.search(r'<a href="/forms/[0-9a-f-]{36}/\?row=1#row-1">01-as-printed.xlsx</a>', page)
    assert "惠工卡复印件" in words_of(page)


def test_what_happened_is_told_in_words_with_who_and_when(desk, work):
    way = re.search(r'<ol class="way">.*?</ol>', desk.page(WEI), re.DOTALL)[0]
    assert re.findall(r"<li[^>]*>([^<]+?) ?<", way) == ["立案", "审核：事实属实", "按通知认定", "排名次"]
    assert way.count("黄 ·") == 4
    assert "2017-08-07 09:30" in way


def test_money_names_the_decision_and_the_batch(desk, client, db, work):
    for step in ("publish", "approve", "release"):
        getattr(work, step)()
    told = words_of(desk.page(WEI))
    for expected in ("2017-3, 2017-08-28", "覃 · 2017-08-28", "SA-450400-2017-B001", "3,000"):
        assert expected in told


def test_before_and_behind_follow_the_list_that_the_reader_came_from(desk):
    query = "?status=to_settle"
    order = desk.list(query)
    page = desk.page(order[1], query)
    assert f'href="{reverse("application", args=[order[0]])}{query}" rel="prev"' in page
    assert f'href="{reverse("application", args=[order[2]])}{query}" rel="next"' in page
    assert f"2 / {len(order)}" in page
    assert 'rel="prev"' not in desk.page(order[0], query)
    assert 'rel="next"' not in desk.page(order[-1], query)


def test_the_page_asks_the_database_so_often_whatever_happened(desk, work, django_assert_max_num_queries):
    with django_assert_max_num_queries(32):
        desk.page(WEI)
    for step in ("publish", "approve", "release"):
        getattr(work, step)()
    with django_assert_max_num_queries(32):
        desk.page(WEI)


def test_an_unknown_reference_is_not_there(desk, client):
    assert client.get(reverse("application", args=["SA-450422-2017-99999"])).status_code == 404
