"""The grid of the form: three inputs a row, the rest out of the unit's own files, handed in as a form like any other."""

import re

import pytest
from django.urls import reverse

from huigong.audit import queries as audit
from huigong.documents import queries as documents
from huigong.intake.contents import row_read
from huigong.intake.lifecycle import READY, RETURNED
from huigong.intake.models import FormReceived
from huigong.registry.models import Household, Member
from huigong.web.tests.forms.desk import officer, said

CARD, MOTHER = "梧困201700041", "韦秀兰"
GOES = "2017年8月广西大学"


@pytest.fixture
def fill(desk, work):
    desk.sign_in(work.lu)
    address = reverse("forms-fill", args=[work.campaign.code])

    def post(act, rows=1, **cells):
        return desk.client.post(address, {"act": act, "rows": rows, **cells})

    post.address = address
    return post


def test_a_number_brings_the_family_and_numbers_of_people_stay_masked(fill):
    page = said(fill("look", **{"1-certificate_no": CARD}))
    file = Household.objects.get(certificate_number=CARD)
    assert MOTHER in page
    assert "韦小雨" in page
    assert "照档案" in page
    for secret in (file.id_number, file.phone, file.card, file.hardship_cause):
        assert secret.plain() not in page


@pytest.mark.parametrize("which", ["card", "file_number", "worker_name"])
def test_a_card_a_file_number_and_a_name_lead_to_the_same_file(fill, which):
    file = Household.objects.get(certificate_number=CARD)
    told = file.card.plain() if which == "card" else getattr(file, which)
    assert "韦小雨" in said(fill("look", **{"1-certificate_no": told}))


def test_three_inputs_become_a_form_whose_original_is_kept(fill, work):
    answer = fill("hand-in", **{"1-certificate_no": CARD, "1-admission": GOES})
    form = FormReceived.objects.get()
    assert answer.url == reverse("form", args=[form.pk])
    assert (form.unit, form.received_by, form.outcome) == (work.lu.organisation, work.lu.username, "read")
    assert documents.content(form.document)[:2] == b"PK"
    (row,) = form.rows.all()
    file = Household.objects.get(certificate_number=CARD)
    values = row_read(row).values
    assert row.status == READY
    assert values["parent_id_number"] == file.id_number.plain()
    assert values["student_id_number"] == Member.objects.get(household=file, name="韦小雨").id_number.plain()
    assert (values["admitted_on"], values["school"]) == ("2017-08", "广西大学")
    assert [told.payload for told in audit.told_of("form.filled_here")] == [{"files": 1, "rows": 1}]


def test_pressing_twice_hands_in_once(fill):
    cells = {"1-certificate_no": CARD, "1-admission": GOES}
    assert fill("hand-in", **cells).url == fill("hand-in", **cells).url
    assert FormReceived.objects.count() == 1


def test_what_is_wrong_stands_at_its_cell_and_nothing_is_handed_in(fill):
    cells = {"1-certificate_no": CARD, "1-own": "1", "1-student_id_number": "45049919990303024"}
    answer = fill("hand-in", **cells)
    page = said(answer)
    assert answer.status_code == 422
    assert 'id="said-1-student_id_number"' in page
    assert "应为18位" in page
    assert 'id="said-1-admission"' in page
    assert 'value="45049919990303024"' in page
    assert FormReceived.objects.count() == 0


def test_rows_with_faults_can_be_handed_in_all_the_same(fill):
    fill("hand-in-with-faults", **{"1-certificate_no": CARD})
    assert FormReceived.objects.get().rows.get().status == RETURNED


def test_a_row_that_tells_nobody_is_said_and_never_lost(fill):
    answer = fill("hand-in-with-faults", rows=2, **{"1-certificate_no": CARD, "2-admission": GOES})
    assert answer.status_code == 422
    assert "这一行看不出是谁" in said(answer)
    assert FormReceived.objects.count() == 0


def test_a_family_of_another_unit_is_not_found(fill):
    theirs = Household.objects.exclude(employer__contains="糖业").exclude(certificate_number="").first()
    page = said(fill("look", **{"1-certificate_no": theirs.certificate_number}))
    assert "本单位的档案里没有这个号" in page
    assert theirs.worker_name not in page


def test_a_child_of_another_family_is_not_taken(fill):
    theirs = Member.objects.exclude(household__certificate_number=CARD).filter(relationship="子女").first()
    fill("hand-in-with-faults", **{"1-certificate_no": CARD, "1-child": str(theirs.pk), "1-admission": GOES})
    assert FormReceived.objects.get().rows.get().student_name != theirs.name


def test_rows_are_pasted_added_and_removed(fill):
    page = said(fill("paste", pasted=f"学生姓名\t优惠证编号\t何时被何学校录取\n韦小雨\t{CARD}\t{GOES}"))
    assert f'value="{CARD}"' in page
    assert MOTHER in page
    page = said(fill("add", **{"1-certificate_no": CARD}))
    assert 'name="2-certificate_no"' in page
    page = said(fill("remove:1", rows=2, **{"1-certificate_no": "x", "2-certificate_no": CARD}))
    assert 'name="rows" value="1"' in page
    assert f'value="{CARD}"' in page


def test_what_cannot_be_pasted_says_why_and_keeps_what_is_there(fill):
    answer = fill("paste", pasted="甲\t乙", **{"1-admission": GOES})
    assert answer.status_code == 422
    assert "认不出哪一列是什么" in said(answer)
    assert GOES in said(answer)


def test_as_many_whole_rows_as_a_grid_takes_are_posted_at_once(fill, desk):
    cells = {f"{number}-{name}": "x" for number in range(1, 201) for name in (*"abcdefghijkl", "child")}
    cells |= {f"{number}-student_name": "韦小雨" for number in (1, 200)}
    page = said(fill("look", rows=200, **cells))
    assert page.count('value="韦小雨"') == 2
    assert page.count('name="200-admission"') == 1


def test_an_endless_paste_is_refused_by_its_rows(fill):
    answer = fill("paste", pasted="\n".join(["x\ty\tz"] * 60_000))
    assert "最多 200 行" in said(answer)


def test_a_text_longer_than_a_cell_is_said_and_never_cut(fill):
    text = "广西大学" * 60
    for act in ("look", "hand-in", "hand-in-with-faults"):
        page = said(fill(act, **{"1-certificate_no": CARD, "1-admission": text}))
        assert "有 240 个字，一格最多 200 个，没有收" in page
        assert f'value="{text}"' in page
    assert not re.search(
        r'name="1-admission"[^>]*maxlength', page
    )  # a browser would cut what is pasted, and say nothing
    assert FormReceived.objects.count() == 0


@pytest.mark.parametrize("marks", [3, 150, 4000])
def test_marks_piled_on_a_name_are_no_name(fill, marks):
    cells = {"1-certificate_no": CARD, "1-own": "1", "1-admission": GOES, "1-student_name": "韦" + "\u0301" * marks}
    answer = fill("hand-in", **cells)
    assert answer.status_code == 422
    assert ("叠了两个以上的附加符号" if marks < 200 else "一格最多 200 个") in said(answer)
    assert FormReceived.objects.count() == 0


def test_an_empty_grid_is_not_a_form(fill):
    answer = fill("hand-in")
    assert answer.status_code == 422
    assert "还没有填一行" in said(answer)


@pytest.mark.parametrize("cells", [{"rows": "9" * 30}, {"rows": "-1"}, {"rows": "x"}, {"act": "remove:99999999999"}])
def test_tampered_fields_are_answered_as_a_grid(fill, desk, cells):
    assert desk.client.post(fill.address, {"act": "look", "rows": "1"} | cells).status_code == 200


@pytest.mark.parametrize("role", ["verifier", "approver", "finance", "auditor", "administrator"])
def test_only_a_preparer_fills_in_a_form(desk, work, at, role):
    client = desk.sign_in(officer(role, work.city, at))
    assert client.get(reverse("forms-fill", args=[work.campaign.code])).status_code == 403


def test_an_officer_of_another_city_finds_no_campaign(desk, work, mo, fill):
    client = desk.sign_in(mo)
    assert client.get(fill.address).status_code in {403, 404}


def test_the_grid_asks_few_queries_whatever_its_rows(fill, django_assert_max_num_queries):
    cells = {f"{number}-certificate_no": CARD for number in range(1, 31)}
    with django_assert_max_num_queries(25):
        fill("look", rows=30, **cells)
