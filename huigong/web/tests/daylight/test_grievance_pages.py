"""Anybody objects on a phone; officers see that, and read it only on record; the answer comes back by a code."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse

from huigong.audit import queries as audit
from huigong.grievances import actions as grievances
from huigong.grievances.actions import Told
from huigong.grievances.models import Grievance
from huigong.organisations import actions as organisations
from huigong.payments.models import FileTaking, PaymentBatch
from huigong.payments.queries import held
from huigong.registry import receipts
from huigong.studentaid.models import Application
from huigong.web import often
from huigong.web.tests.campaign_at_work import campaign_at_work

pytestmark = pytest.mark.django_db
SAID = "这家今年开了店，请核实"


def text_of(answer):
    return unescape(answer.content.decode())


def object_to(client, notice, **changes):
    told = {"said": SAID, "line": "", "person": "", "contact": "", "submission": str(uuid4())} | changes
    return client.post(reverse("public-objection", args=[notice.number]), told)


def code_in(page):
    return re.search(r"答复码 <strong>([A-Z]{8})</strong>", page)[1]


def test_without_a_name_it_is_taken_held_and_acknowledged_once(client, notice):
    line = notice.lines.first()
    submission = str(uuid4())
    answer = object_to(client, notice, line=line.number.lower(), submission=submission)
    page = text_of(answer)
    one = Grievance.objects.get()
    assert (answer.status_code, one.case_reference, one.is_named) == (200, line.case_reference, False)
    assert held([line.case_reference]) == {line.case_reference}
    for told in (one.number, "暂停审批和发放", "2017-08-29", "没有留姓名"):
        assert told in page
    object_to(client, notice, line=line.number, submission=submission)
    assert Grievance.objects.count() == 1
    assert line.case_reference not in page  # whose case it is, is nobody's to know


@pytest.mark.parametrize(
    ("sent", "said"),
    [({"said": "不"}, "写清楚"), ({"line": "ABCDEFGHIJ"}, "没有编号"), ({"said": "长" * 2001}, "写清楚")],
)
def test_what_cannot_be_taken_says_why_and_keeps_what_was_typed(client, notice, sent, said):
    answer = object_to(client, notice, **{"person": "某人"} | sent)
    assert (answer.status_code, said in text_of(answer), 'value="某人"' in text_of(answer)) == (422, True, True)
    assert Grievance.objects.count() == 0


def test_after_the_window_the_page_takes_none_and_says_where_to_go(client, notice, on):
    on(8, 28)
    answer = object_to(client, notice)
    assert (answer.status_code, Grievance.objects.count()) == (410, 0)
    assert notice.objections_to in text_of(answer)


def test_one_address_does_not_flood_the_office(client, notice):
    for _ in range(often.MESSAGES):
        object_to(client, notice)
    assert "太多" in text_of(object_to(client, notice))
    assert Grievance.objects.count() == often.MESSAGES


def test_from_the_phone_to_the_answer(client, sit, work, notice, on):
    line = notice.lines.order_by("number").first()
    code = code_in(text_of(object_to(client, notice, line=line.number, person="某人")))
    one = Grievance.objects.get()
    look = {"number": one.number, "code": code}
    assert "正在交办" in text_of(client.post(reverse("public-answer"), look))
    listed = text_of(sit(work.huang).get(reverse("grievances", args=[work.campaign.code])))
    page = text_of(sit(work.huang).get(reverse("grievance", args=[one.number])))
    assert one.number in listed
    assert SAID not in listed + page
    assert "某人" not in listed + page
    read = text_of(sit(work.qin).post(reverse("grievance-read", args=[one.number]), {"purpose": "answer_objection"}))
    assert SAID in read
    assert "某人" in read
    seen = audit.looks(one.number)
    assert {(event.actor, event.payload["purpose"]) for event in seen} == {(work.qin.username, "answer_objection")}
    give = {"reference": line.case_reference, "assignee": work.huang.username}
    assign = reverse("grievance-assign", args=[one.number])
    assert "换一个人" in text_of(sit(work.qin).post(assign, give, follow=True))  # 黄 verified it
    assert "交给了覃" in text_of(sit(work.huang).post(assign, give | {"assignee": work.qin.username}, follow=True))
    say = reverse("grievance-answer", args=[one.number])
    told = {"upheld": "yes", "clauses": ["二(四)"], "words": "属实，重新核实。"}
    assert "还没有答复" in text_of(sit(work.qin).post(say, told | {"upheld": ""}, follow=True))
    assert "承办人答复" in text_of(sit(work.huang).post(say, told, follow=True))
    assert "退回重新审核" in text_of(sit(work.qin).post(say, told, follow=True))
    assert Application.objects.get(reference=line.case_reference).status == "submitted"
    back = text_of(client.post(reverse("public-answer"), look))
    assert "属实，重新核实" in back
    assert "二(四)" in back
    assert "不对" in text_of(client.post(reverse("public-answer"), look | {"code": "ABCDEFGH"}))
    assert sit(work.qin).get(reverse("grievance-letter", args=[one.number])).content[:2] == b"PK"


def test_a_units_clerk_records_one_and_reads_none(sit, work, notice):
    client = sit(work.lu)
    told = {"kind": "objection", "channel": "visit", "said": SAID, "reference": notice.lines.first().case_reference}
    page = text_of(client.post(reverse("grievance-record", args=[work.campaign.code]), told))
    one = Grievance.objects.get()
    assert one.number in page
    assert code_in(page)
    assert client.get(reverse("grievances", args=[work.campaign.code])).status_code == 403
    for name in ("grievance", "grievance-letter"):
        assert client.get(reverse(name, args=[one.number])).status_code in {403, 404}


def test_one_without_a_case_is_the_first_and_says_that_nothing_is_held(client, sit, work, notice):
    object_to(client, notice, line=notice.lines.first().number)
    object_to(client, notice)
    page = text_of(sit(work.huang).get(reverse("grievances", args=[work.campaign.code])))
    assert page.index("G002") < page.index("G001")
    assert page.count("什么也没有暂停") == 1


def test_what_is_overdue_is_told_in_red(client, sit, work, notice, on):
    object_to(client, notice)
    on(8, 30)
    assert "1 件过期未答复" in text_of(sit(work.huang).get(reverse("grievances", args=[work.campaign.code])))


def test_a_family_appeals_by_the_receipt_of_its_file_and_nobody_else_does(client, work):
    one = Application.objects.filter(household__isnull=False).first()
    code = receipts.code_of(one.household, year=2017)
    told = {"reference": one.reference, "code": code, "said": "收入算错了，请重算", "submission": str(uuid4())}
    wrong = client.post(reverse("public-appeal"), told | {"code": "ABCDEFGH"})
    unknown = client.post(reverse("public-appeal"), told | {"reference": "SA-450422-2017-09999"})
    assert (wrong.status_code, unknown.status_code, Grievance.objects.count()) == (422, 422, 0)
    assert "申诉" in text_of(client.post(reverse("public-appeal"), told))
    made = Grievance.objects.get()
    assert (made.kind, made.case_reference, held([one.reference])) == ("appeal", one.reference, set())


def offered(client, one):
    page = text_of(client.get(reverse("grievance", args=[one.number])))
    return set(
        re.findall(
            r'<option value="([\w-]+)">(?=[^<]*</option>)', page.partition('id="assignee"')[2].partition("</select>")[0]
        )
    ), page


def test_only_who_had_no_hand_in_the_case_is_offered(client, sit, work, notice, at):
    object_to(client, notice, line=notice.lines.first().number)
    one = Grievance.objects.get()
    assert offered(sit(work.qin), one)[0] == {work.qin.username}  # 黄 verified it
    Application.objects.filter(reference=one.case_reference).update(verified_by=work.qin.username)
    assert offered(sit(work.qin), one)[0] == {work.huang.username}


@pytest.fixture
def approved(db, at, on):
    work = campaign_at_work(at, up_to="approved")
    on(9, 20)
    return work


def given(work, sit, at, kind, case):
    """One about the case, in the hands of somebody new; and the page that says so."""
    told = Told(kind, "visit", SAID, case_reference=case.reference)
    one = grievances.record(work.campaign, told, submission=uuid4(), officer=work.huang.username, at=at)
    luo = organisations.add_officer("罗", role="approver", organisation=work.city, by="system", at=at)
    give = {"reference": case.reference, "assignee": luo.username}
    said = text_of(sit(work.qin).post(reverse("grievance-assign", args=[one.number]), give, follow=True))
    return one, luo, said


def test_an_appeal_about_what_was_approved_says_that_it_stays(sit, approved, at):
    case = Application.objects.filter(status="approved").first()
    one, luo, said = given(approved, sit, at, "appeal", case)
    assert "申诉不暂停什么" in said
    assert "不审批、不发放" not in said
    choices = text_of(sit(luo).get(reverse("grievance", args=[one.number])))
    assert "成立：批准的不变" in choices
    assert "另外登记一件异议" in choices
    assert "成立：退回重新审核" not in choices
    told = {"upheld": "yes", "clauses": ["二(四)"], "words": "算错了，批准的不变。"}
    after = text_of(sit(luo).post(reverse("grievance-answer", args=[one.number]), told, follow=True))
    assert "答复了：成立。批准的不变" in after
    assert Application.objects.get(pk=case.pk).status == "approved"


def test_an_objection_to_what_left_the_house_does_not_say_that_it_stops_the_payment(sit, db, at, on):
    work = campaign_at_work(at, up_to="released")
    on(9, 20)
    batch = PaymentBatch.objects.first()
    case = Application.objects.get(reference=batch.payments.first().case_reference)
    one, luo, said = given(work, sit, at, "objection", case)
    assert "在答复以前不审批、不发放" in said  # the file lies here, and does not leave
    FileTaking.objects.create(batch=batch, number=1, taken_by="chen", taken_at=at)
    page = text_of(sit(luo).get(reverse("grievance", args=[one.number])))
    assert "这一笔停不住" in page
    assert "在答复以前不审批、不发放" not in page
    assert "不成立：已经付的照旧" in page
    assert "交出了的请财务追回" in page


def test_where_nobody_is_left_the_page_says_what_to_do_and_then_offers_who_was_appointed(sit, db, at, on):
    work = campaign_at_work(at, up_to="approved")
    on(9, 20)
    case = Application.objects.filter(status="approved").first()
    told = Told("objection", "visit", SAID, case_reference=case.reference)
    one = grievances.record(work.campaign, told, submission=uuid4(), officer=work.huang.username, at=at)
    found, page = offered(sit(work.qin), one)
    assert (found, "没有人可以交办" in page, "临时代理" in page) == (set(), True, True)
    luo = organisations.add_officer("罗", role="approver", organisation=work.city, by="system", at=at)
    assert offered(sit(work.qin), one)[0] == {luo.username}
    give = {"reference": case.reference, "assignee": luo.username}
    given = sit(work.qin).post(reverse("grievance-assign", args=[one.number]), give, follow=True)
    assert "交给了罗" in text_of(given)
