"""The pages of people: invitation, password, appointment, deputy, hand-over, import, and what would stop without somebody."""

import io

import docx
import pytest
from django.urls import reverse

from huigong.organisations import queries
from huigong.organisations.models import Appointment, Invitation, Officer
from huigong.web.tests.people.conftest import xlsx

GOOD = "糖厂门口有三棵榕树，我都爬过"
HEAD = ["姓名", "单位编码", "角色", "任职止"]


@pytest.fixture
def an(city, officer):
    """安, the security administrator of the city."""
    return officer("安", "security", city)


def invited(desk, an, unit, role="preparer"):
    _, page = desk.sit(an).post("people-invite", organisation=unit.code, role=role)
    return page.split("<code>")[1].split("</code>")[0]


def test_an_invitation_leads_to_the_first_page_once(desk, client, an, sugar):
    code = invited(desk, an, sugar)
    client.logout()
    told = {"code": code, "name": "农大海", "password": GOOD, "again": GOOD}
    status, page = desk.post("join", **told)
    assert (status, "您的登录名是 nongdahai" in page) == (200, True)
    assert queries.roles_of(Officer.objects.get(name="农大海"), on=Appointment.objects.latest("id").valid_from) == {
        "preparer"
    }
    client.logout()
    status, page = desk.post("join", **told)
    assert (status, "用过了" in page) == (422, True)


def test_a_code_is_shown_once_and_not_again(desk, an, sugar):
    code = invited(desk, an, sugar)
    assert code not in desk.look("people-invite") + desk.look("people")


def test_an_invitation_into_a_foreign_unit_is_refused(desk, an, other_city):
    _, page = desk.sit(an).post("people-invite", organisation=other_city.code, role="preparer")
    assert "请从列出的单位里选" in page
    assert Invitation.objects.count() == 0


def test_a_password_is_set_and_then_opens(desk, client, huang):
    _, page = desk.sit(huang).post("password", password=GOOD, again=GOOD)
    assert "密码设好了" in page
    client.post(reverse("sign-out"))
    assert client.post(reverse("sign-in"), {"username": huang.username, "password": GOOD}).status_code == 302
    status, page = desk.post("password", old="wrong", password=GOOD + "x", again=GOOD + "x")
    assert (status, "现在的密码不对" in page) == (422, True)


@pytest.mark.parametrize(("password", "again", "why"), [("short", "short", "至少 12"), (GOOD, GOOD + "x", "不一样")])
def test_a_weak_or_mistyped_password_is_not_kept(desk, huang, password, again, why):
    status, page = desk.sit(huang).post("password", password=password, again=again)
    assert (status, why in page) == (422, True)
    assert not Officer.objects.get(pk=huang.pk).has_usable_password()


def test_a_role_is_given_and_ended(desk, an, huang):
    desk.sit(an).post("person-appoint", huang.pk, role="aid_centre", until="2017-12-31")
    period = huang.appointments.get(role="verifier")
    _, page = desk.post("person-end", huang.pk, period=period.pk, last_day="2017-08-20")
    assert "最后一天定了" in page
    assert huang.appointments.get(role="verifier").valid_until.isoformat() == "2017-08-20"


def test_a_period_of_somebody_else_in_the_body_is_not_there(desk, an, huang, mo):
    status, _ = desk.sit(an).post("person-end", huang.pk, period=mo.appointments.get().pk, last_day="2017-08-20")
    assert status == 404
    assert mo.appointments.get().valid_until is None


def test_an_administrator_is_not_appointed_to_cases(desk, an, officer, city):
    su = officer("苏", "administrator", city)
    _, page = desk.sit(an).post("person-appoint", su.pk, role="verifier")
    assert "另选一人" in page
    assert su.appointments.count() == 1


def test_a_deputy_stands_in_to_a_day(desk, an, huang, officer, city):
    liang = officer("梁", "aid_centre", city)
    days = {"first_day": "2017-08-07", "last_day": "2017-08-18"}
    _, page = desk.sit(an).post("person-deputy", huang.pk, deputy=liang.username, **days)
    assert "梁代理 1 个角色" in page
    assert "代黄" in desk.look("person", liang.pk)
    assert "三十天内到期的任职" in desk.look("people")


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("person-deputy", {"deputy": "mo", "first_day": "2017-08-07", "last_day": "2017-08-18"}),
        ("person-hand-over", {"successor": "mo", "witness": "mo", "on": "2017-08-07"}),
    ],
)
def test_somebody_of_another_city_in_the_body_is_refused(desk, an, huang, mo, name, fields):
    _, page = desk.sit(an).post(name, huang.pk, **fields)
    assert "还没有" in page
    assert mo.appointments.count() == 1
    assert Officer.objects.get(pk=huang.pk).is_active


def test_a_hand_over_ends_in_a_list_for_three_signatures(desk, an, huang, officer, city):
    successor, witness = officer("农", "verifier", city), officer("梁", "auditor", city)
    fields = {"successor": successor.username, "witness": witness.username, "on": "2017-08-07"}
    _, page = desk.sit(an).post("person-hand-over", huang.pk, **fields)
    assert "下载交接清单" in page
    assert not Officer.objects.get(pk=huang.pk).is_active
    paper = docx.Document(io.BytesIO(desk.download("person-handed", huang.pk).content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert {"移交人", "黄", "接收人", "农", "监交人", "梁"} <= set(cells)


def test_who_left_comes_in_no_more(desk, client, an, huang, officer, city):
    three = {"successor": officer("农", "verifier", city).username, "witness": officer("梁", "auditor", city).username}
    desk.sit(an).post("person-hand-over", huang.pk, on="2017-08-07", **three)
    client.force_login(huang, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/").status_code == 302


def test_people_come_from_excel_after_a_look(desk, an, sugar):
    sheet = xlsx(HEAD, ["农大海", sugar.code, "填表人", "2017-12-31"], ["邓丽华", "450422", "审核", None])
    _, page = desk.sit(an).post("people-import", sheet=sheet)
    assert Officer.objects.filter(name="农大海").count() == 0
    sealed = page.split('name="sealed" value="')[1].split('"')[0]
    _, page = desk.post("people-import", sealed=sealed)
    assert "导入了 2 行" in page
    assert Officer.objects.get(name="农大海").appointments.get().valid_until.isoformat() == "2017-12-31"


def test_wrong_people_are_told_by_cell(desk, an, other_city):
    rows = (["农大海", other_city.code, "填表人", None], ["", "450422", "书记", "明年"])
    status, page = desk.sit(an).post("people-import", sheet=xlsx(HEAD, *rows))
    assert status == 422
    for place in ("B2", "A3", "C3", "D3"):
        assert place in page
    assert Officer.objects.count() == 1


def test_pages_ask_the_database_so_often_whoever_serves(desk, client, an, officer, city, django_assert_max_num_queries):
    for number in range(30):
        officer(f"经办{number}", "preparer", city)
    desk.sit(an)
    for address, most in ((reverse("people"), 14), (reverse("units"), 10)):
        with django_assert_max_num_queries(most):
            client.get(address)


def test_a_link_lets_an_imported_person_in_once_and_is_shown_once(desk, client, an, officer, sugar):
    nong = officer("农大海", "preparer", sugar)
    _, page = desk.sit(an).post("person-way-in", nong.pk)
    address = page.split("<code>")[1].split("</code>")[0]
    assert address not in desk.look("person", nong.pk)
    client.logout()
    assert client.post(address, follow=True).context["user"].name == "农大海"
    client.logout()
    assert client.post(address).status_code == 410


def test_no_administrator_makes_a_link_for_who_handles_money_and_has_been_in(desk, client, an, officer, city):
    qin = officer("覃", "approver", city)
    _, page = desk.sit(an).post("person-way-in", qin.pk)
    client.post(page.split("<code>")[1].split("</code>")[0])
    _, page = desk.sit(an).post("person-way-in", qin.pk)
    assert "<code>" not in page
    assert "三员分开" in page


def test_no_link_is_made_for_who_left_and_by_whom_people_are_not_kept(desk, an, officer, huang, sugar):
    nong = officer("农大海", "preparer", sugar)
    assert desk.sit(huang).post("person-way-in", nong.pk)[0] == 403
    Officer.objects.filter(pk=nong.pk).update(is_active=False)
    assert "已离任，不发登录链接" in desk.sit(an).post("person-way-in", nong.pk)[1]
