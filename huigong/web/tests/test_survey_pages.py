"""The survey on its pages: frozen by a button, printed, handed back, and what differs is named."""

from datetime import date
from html import unescape
from io import BytesIO

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huigong.organisations import actions as organisations
from huigong.registry import actions
from huigong.registry.models import Household, Survey
from huigong.registry.tests.lives import drafted, fields
from huigong.values.school_year import last_finished

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def desk(client, huang, at, on):
    """黄 at the aid centre, with a family on file whose daughter is at school."""
    file = drafted(huang, at)
    daughter = fields("member", name="韦小雨", relationship="女儿", occupation="在读", education_level="senior_high")
    file = actions.edit_member(file, 1, daughter, version=file.version, officer="lu", at=at)
    actions.amend(file, "file_status", "在档", officer="lu", at=at)
    on(8, 7)
    client.force_login(huang, backend=BACKEND)

    class Desk:
        def text(self, name, *words):
            return unescape(client.get(reverse(name, args=words)).content.decode())

        def get(self, address, **query):
            return unescape(client.get(address, query).content.decode())

        def freeze(self):
            client.post(reverse("surveys-freeze"))
            return Survey.objects.order_by("number").last()

        def sheet(self, survey, **query):
            return client.get(reverse("survey-sheet", args=[survey.pk, "docx"]), query)

        def answer(self, survey, content, name="摸底表.docx"):
            given = {"sheet": SimpleUploadedFile(name, content)}
            answer = client.post(reverse("survey-answer", args=[survey.pk]), given, follow=True)
            return unescape(answer.content.decode())

    return Desk()


def with_cell(content, column, text):
    """The sheet as a union corrects it: another figure in one cell of its line."""
    paper, out = docx.Document(BytesIO(content)), BytesIO()
    paper.tables[0].rows[2].cells[column].paragraphs[0].runs[0].text = text
    paper.save(out)
    return out.getvalue()


def test_before_the_first_one_the_page_says_how_to_begin(desk):
    assert "还没有摸过底" in desk.text("surveys")


def test_the_printed_sheet_handed_back_as_it_is_agrees(desk):
    survey = desk.freeze()
    answer = desk.sheet(survey, union="450400")
    assert "attachment" in answer["Content-Disposition"]
    assert "和档案的数一样" in desk.answer(survey, answer.content)
    assert "1 / 1" in desk.text("surveys")


def test_a_corrected_sheet_shows_what_differs(desk):
    survey = desk.freeze()
    page = desk.answer(survey, with_cell(desk.sheet(survey).content, 2, "3"))
    assert "1 个工会的数和档案不一样" in page
    assert "交回的表和档案不一样" in page
    assert '<strong class="soon">3</strong>' in page


@pytest.mark.parametrize(
    ("column", "text", "said"), [(2, "很多", "不是人数"), (0, "藤县纸业有限公司工会", "不在这次摸底里")]
)
def test_a_sheet_that_cannot_be_taken_says_why_and_nothing_is_kept(desk, column, text, said):
    survey = desk.freeze()
    assert said in desk.answer(survey, with_cell(desk.sheet(survey).content, column, text))
    assert "没交回" in desk.text("survey", survey.pk)


def test_a_file_that_is_no_sheet_says_how_to_mend_it(desk):
    assert "另存为" in desk.answer(desk.freeze(), b"\x00\x01 nothing", "表.docx")


def test_a_strange_table_is_told_the_headings_of_this_sheet_and_of_no_other(desk):
    page = desk.answer(desk.freeze(), "甲,乙\n1,2\n".encode(), "表.csv")
    assert "没有找到表头（这张表的表头有“工会”“在档户数”“在学子女”）" in page
    assert "附件1" not in page
    assert "家长姓名" not in page


def test_an_earlier_day_is_refused_and_not_passed_over(desk, client):
    answer = client.post(reverse("surveys-freeze"), {"on": "2017-06-30"}, follow=True)
    assert "2017-06-30 的数不出来" in unescape(answer.content.decode())
    assert not Survey.objects.exists()


def test_without_a_file_that_stands_nothing_is_frozen(desk, client):
    Household.objects.update(file_status="已脱困")
    assert "没有在档的档案" in unescape(client.post(reverse("surveys-freeze"), follow=True).content.decode())
    assert not Survey.objects.exists()


def test_a_union_below_sees_its_own_line_and_no_other(client, desk, city, at):
    survey = desk.freeze()
    lu = organisations.add_officer("陆", role="preparer", organisation=city.children.first(), by="system", at=at)
    client.force_login(lu, backend=BACKEND)
    assert "这次摸底里没有您的工会" in desk.text("survey", survey.pk)
    assert client.get(reverse("survey-sheet", args=[survey.pk, "docx"]), {"union": "450400"}).status_code == 404
    assert client.post(reverse("surveys-freeze")).status_code == 403


def test_every_figure_opens_the_names_that_it_counts(desk):
    survey = desk.freeze()
    for page in (desk.text("surveys"), desk.text("survey", survey.pk)):
        assert reverse("survey-names", args=[survey.pk, "in_school"]) in page
    names = desk.text("survey-names", survey.pk, "in_school")
    assert "韦小雨" in names
    assert reverse("household", args=[Household.objects.get().pk]) in names
    assert "韦秀兰" in desk.text("survey-names", survey.pk, "households")
    assert "没有名单" in desk.text("survey-names", survey.pk, "graduates")


def test_a_frozen_name_stands_beside_what_its_file_says_today(desk, at):
    survey, file = desk.freeze(), Household.objects.get()
    actions.amend_member(file.members.get(), "occupation", "已就业", officer="lu", at=at)
    page = desk.text("survey-names", survey.pk, "in_school")
    assert page.index("韦小雨") < page.index("已就业")


def test_what_moved_since_the_survey_before_opens_who_came_and_who_went(desk, at):
    desk.freeze()
    file = Household.objects.get()
    actions.amend_member(file.members.get(), "occupation", "务工", officer="lu", at=at)
    son = fields("member", name="韦小冰", relationship="儿子", occupation="在读", education_level="senior_high")
    for position, told in ((2, son), (3, son | fields("member", name="韦小霜"))):
        file = Household.objects.get()
        actions.edit_member(file, position, told, version=file.version, officer="lu", at=at)
    second = desk.freeze()
    address = reverse("survey-moved", args=[second.pk, "in_school"])
    assert f"{address}?union=450400" in desk.text("survey", second.pk)
    came, went = desk.get(address, union="450400").split('id="went"')
    assert [name in came for name in ("韦小冰", "韦小霜", "韦小雨")] == [True, True, False]
    assert ("韦小雨" in went, "韦小冰" in went) == (True, False)


def test_what_moved_is_one_unions_and_of_a_figure_that_there_is(desk, client):
    survey = desk.freeze()
    address = reverse("survey-moved", args=[survey.pk, "in_school"])
    assert [client.get(address, {"union": code}).status_code for code in ("", "999999", "450400")] == [404, 404, 200]
    assert client.get(address).status_code == 302
    assert client.get(reverse("survey-moved", args=[survey.pk, "poor"]), {"union": "450400"}).status_code == 404


def test_a_file_that_went_to_another_city_shows_its_frozen_name_and_nothing_else(desk, other_city):
    survey, file = desk.freeze(), Household.objects.get()
    Household.objects.update(federation=other_city, unit=None)
    page = desk.text("survey-names", survey.pk, "in_school")
    assert "档案现在不归这里管" in page
    assert file.file_number not in page


def test_names_of_a_figure_that_no_survey_has_are_not_there(client, desk):
    survey = desk.freeze()
    assert client.get(reverse("survey-names", args=[survey.pk, "poor"])).status_code == 404
    address = reverse("survey-names", args=[survey.pk, "in_school"])
    assert client.get(address, {"union": "999999"}).status_code == 404
    assert client.get(address, {"page": "99999"}).status_code == 200


def test_a_union_below_opens_nobody_of_another_line(client, desk, city, at):
    survey = desk.freeze()
    lu = organisations.add_officer("陆", role="preparer", organisation=city.children.first(), by="system", at=at)
    client.force_login(lu, backend=BACKEND)
    page = desk.text("survey-names", survey.pk, "households")
    assert ("没有名单" in page, "韦秀兰" in page) == (True, False)
    address = reverse("survey-names", args=[survey.pk, "households"])
    assert client.get(address, {"union": "450400"}).status_code == 404


def test_older_surveys_stand_on_the_next_page(desk, client, city, at):
    for _ in range(22):
        actions.freeze(city, officer="huang", at=at)
    first = unescape(client.get(reverse("surveys")).content.decode())
    second = unescape(client.get(reverse("surveys"), {"page": "2"}).content.decode())
    assert [f"第 {n} 次" in first for n in (22, 3, 2)] == [True, True, False]
    assert [f"第 {n} 次" in second for n in (22, 2, 1)] == [False, True, True]


def test_another_city_finds_no_survey(client, desk, mo):
    survey = desk.freeze()
    client.force_login(mo, backend=BACKEND)
    assert client.get(reverse("survey", args=[survey.pk])).status_code == 404


def test_the_pages_ask_as_often_for_many_as_for_one(client, desk, city, at, django_assert_num_queries):
    """However many surveys, unions and names: what was asked for one is asked for all of a page."""
    survey = desk.freeze()
    addresses = (
        reverse("surveys"),
        reverse("survey", args=[survey.pk]),
        reverse("survey-names", args=[survey.pk, "in_school"]),
    )
    asked = []
    for address in addresses:
        client.get(address)
        with CaptureQueriesContext(connection) as context:
            client.get(address)
        asked.append(len(context))
    for _ in range(5):
        actions.freeze(city, officer="huang", at=at)
    for address, most in zip(addresses, asked, strict=True):
        assert most <= 20
        with django_assert_num_queries(most):
            client.get(address)


def test_a_child_at_school_past_its_schooling_is_listed_marked_and_told_before_a_survey(desk):
    file = Household.objects.get()
    address = reverse("files-waiting") + "?list=past-schooling"
    assert file.file_number not in desk.get(address)
    assert "按入学年份和学制已毕业" not in desk.text("surveys")
    told = fields("member", entry_year=2013, length_years=3)
    actions.edit_member(file, 1, told, version=file.version, officer="lu", at=file.status_since)
    assert file.file_number in desk.get(address)
    assert "有 1 户的子女写着在读、按入学年份和学制已毕业" in desk.text("surveys")
    assert "写着在读，按学制已毕业，请核实去向" in desk.text("household", file.pk)
    survey = desk.freeze()
    assert "在读（按学制已毕业）" in desk.text("survey-names", survey.pk, "in_school")


@pytest.mark.parametrize(("day", "year"), [(date(2017, 8, 31), 2016), (date(2017, 9, 1), 2017)])
def test_who_leaves_in_summer_is_out_when_the_next_school_year_begins(day, year):
    assert last_finished(day) == year
