"""What an officer decides on a file's pages: whose value a merge keeps, which class the file bears, whose files are due."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from huigong.circulars import actions as circulars
from huigong.circulars import parameters
from huigong.circulars.parameters import ParameterRow
from huigong.organisations import actions as organisations
from huigong.registry import actions, code_lists
from huigong.registry.models import Household
from huigong.registry.tests.lives import CLASSES, drafted

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def file(huang, at):
    actions.keep_codes(code_lists.shipped(), source="shipped", officer="system", at=at)
    return drafted(huang, at, phone="13900000001", card="6217001234567890128", size=3, annual_income_fen=350_00 * 36)


@pytest.fixture
def post(client, file, huang, on):
    on(8, 7)
    client.force_login(huang, backend=BACKEND)

    def posting(name, **given):
        return unescape(client.post(reverse(name, args=[file.pk]), given, follow=True).content.decode())

    return posting


def again(file):
    return Household.objects.get(pk=file.pk)


def test_a_merge_asks_for_each_field_that_both_fill_and_shows_no_number(client, file, post, huang, at):
    given = {"phone": "13900000001", "card": "6217009876543210987", "size": 5}
    other = drafted(huang, at, worker_name="陆建国", id_number="450422197601011234", **given)
    page = unescape(client.get(reverse("household-related", args=[file.pk])).content.decode())
    assert 'name="take-card"' in page
    assert 'name="take-size"' in page
    assert 'name="take-phone"' not in page  # the same on both sides
    assert "6217009876543210987" not in page
    versions = {"version": file.version, "other_version": other.version}
    post("household-merge", other=other.file_number, reason="夫妻", **versions, **{"take-card": "theirs"})
    assert (again(file).card.plain(), again(file).size) == ("6217009876543210987", 3)


@pytest.fixture
def classed(file, post, at):
    rows = [
        ParameterRow("dibao_line_month", "450400", 35_000, date(2015, 11, 1), "来文甲"),
        ParameterRow("dibao_line_year_rural", "450400", 240_000, date(2015, 11, 1), "来文乙"),
        ParameterRow("relative_percent", "450400", 150, date(2015, 11, 1), "来文甲"),
    ]
    parameters.keep_parameters(rows, officer="system", at=at)
    circulars.publish(CLASSES, officer="system", at=at)
    actions.amend(file, "essential_expenditure_fen", 0, officer="lu", at=at)

    def classing(line):
        return post("household-assess", on="2017-08-07", nothing_excludes="yes", line=line)

    return classing


def test_the_class_is_offered_and_written_by_a_button_only(classed, file, post):
    page = classed("dibao_line_month")
    assert "把“深度困难”写进档案" in page
    assert again(file).hardship_category == ""
    page = post("household-adopt", number=1, version=again(file).version)
    assert again(file).hardship_category == "深度困难"
    assert "写进档案</button>" not in page


def test_the_officer_says_which_line_holds(classed, file):
    assert "农村，每年 2,400 元" in classed("dibao_line_year_rural")
    assert again(file).assessments.get().line.name == "dibao_line_year_rural"
    assert again(file).assessments.get().outcome != "深度困难"


def test_who_only_hands_in_adopts_no_class(client, classed, file, city, at):
    classed("dibao_line_month")
    lu = organisations.add_officer("陆", role="preparer", organisation=city, by="system", at=at)
    client.force_login(lu, backend=BACKEND)
    assert client.post(reverse("household-adopt", args=[file.pk]), {"number": 1, "version": 1}).status_code == 403


def test_the_lists_are_narrowed_to_a_union_by_the_address(client, file, post, city):
    county = city.children.get()
    address = reverse("files-waiting")
    assert "韦秀兰" in client.get(address, {"list": "to-complete"}).content.decode()
    page = client.get(address, {"list": "to-complete", "union": county.code}).content.decode()
    assert "韦秀兰" not in page
    assert f'<option value="{county.code}" selected' in page


def test_an_assessment_that_its_facts_outlived_says_so_and_is_not_adopted(classed, file, post, client, at):
    classed("dibao_line_month")
    actions.amend(file, "annual_income_fen", 900_000_000, officer="lu", at=at)
    page = client.get(reverse("household", args=[file.pk])).content.decode()
    assert "认定之后变了：家庭年收入。" in page
    assert "写进档案</button>" not in page
    assert "认定之后变了：家庭年收入。" in post("household-adopt", number=1, version=again(file).version)
    assert again(file).hardship_category == ""


def test_the_kept_page_adds_up_the_aid_of_both_and_the_absorbed_one_only_leads_there(client, file, post, huang, at):
    other = drafted(huang, at, worker_name="陆建国", id_number="450422197601011234")
    for one in (file, other):
        actions.give_from_elsewhere(one, "医疗救助", "民政", fen=300_000, on=at.date(), officer="lu", at=at)
    measure = actions.plan(
        other, "就业创业发展", "介绍到糖厂", owner=huang, due=date(2017, 12, 31), officer="lu", at=at
    )
    versions = {"version": again(file).version, "other_version": again(other).version}
    post("household-merge", other=other.file_number, reason="夫妻", **versions)
    page = unescape(client.get(reverse("household", args=[file.pk])).content.decode())
    for words in ("2 次，共 6,000 元", f"记在并进来的 {other.file_number} 上", "并进来的档案", str(measure.pk)):
        assert words in page
    gone = unescape(client.get(reverse("household", args=[other.pk])).content.decode())
    for words in (f"这份已并入 {file.file_number}", "去那一份", f"并入了 {file.file_number}，一户一档"):
        assert words in gone
    for words in ("修改<", "添别处给的帮扶", "添一条措施"):
        assert words not in gone
    client.post(reverse("household-measure-close", args=[file.pk, measure.pk]), {"to": "done"})
    measure.refresh_from_db()
    assert measure.status == "done"
