"""The list of files: what lies still, what was never aided, what lacks something; far pages; and a workbook for a purpose."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.utils import timezone

from huigong.audit import queries as audit
from huigong.organisations.models import Organisation
from huigong.registry import listing
from huigong.registry.actions import Aid, give_all
from huigong.registry.models import FileMark, Household


def numbers(answer):
    assert answer.status_code == 200
    return [line.file_number for _, line in answer.context["list"].lines]


def test_each_sees_the_files_of_the_own_office_and_below(files, desk):
    assert numbers(desk("450400").get("/households/")) == ["GX0001", "GX0002"]
    assert numbers(desk("450422").get("/households/")) == ["GX0001"]
    assert numbers(desk("450423").get("/households/?federation=450422")) == []


def test_the_city_narrows_to_a_county(files, desk):
    assert numbers(desk("450400").get("/households/?federation=450423")) == ["GX0002"]


def test_a_file_that_lies_still_for_a_year_is_listed(files, desk):
    FileMark.objects.update(changed_on=timezone.localdate() - timedelta(days=10))
    FileMark.objects.filter(file_number="GX0002").update(changed_on=timezone.localdate() - timedelta(days=366))
    assert numbers(desk("450400").get("/households/?mark=stale")) == ["GX0002"]


def test_a_family_that_was_never_aided_is_listed(files, desk, at):
    home = Household.objects.get(file_number="GX0001")
    give_all([Aid(home.pk, "x", "schooling-2017", "city", 1, "SA-1-2017-1")], on=at.date(), officer="chen", at=at)
    assert numbers(desk("450400").get("/households/?mark=unaided")) == ["GX0002"]


def test_a_file_that_lacks_something_is_listed(files, desk):
    FileMark.objects.filter(file_number="GX0001").update(is_complete=True)
    FileMark.objects.filter(file_number="GX0002").update(is_complete=False)
    assert numbers(desk("450400").get("/households/?mark=incomplete")) == ["GX0002"]


def test_a_list_says_how_many_up_to_a_limit(files, desk, monkeypatch):
    page = desk("450400").get("/households/")
    assert "这里 2 户" in page.content.decode()
    monkeypatch.setattr(listing, "COUNTED", 1)
    sat = desk("450400", "approver")
    assert "这里超过 1 户" in sat.get("/households/").content.decode()
    monkeypatch.setattr(listing, "A_PAGE", 1)
    assert "这里超过 1 户" in sat.get("/households/?page=2").content.decode(), "nothing is counted, and it is known"


def test_pages_follow_one_another_and_one_that_is_not_there_is_the_first(files, desk, monkeypatch):
    monkeypatch.setattr(listing, "A_PAGE", 1)
    sat = desk("450400")
    assert numbers(sat.get("/households/?page=2")) == ["GX0002"]
    for odd in ("3", "0", "-1", "x", "²", "9" * 30):
        assert numbers(sat.get("/households/", {"page": odd})) == ["GX0001"]


def test_a_workbook_is_taken_for_a_purpose_that_stands_in_it(files, desk):
    sat = desk("450422")
    taken = sat.post("/households/download/?mark=unaided", {"purpose": "report"})
    sheet = openpyxl.load_workbook(io.BytesIO(taken.content)).active
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert "GX0001" in cells
    assert "GX0002" not in cells
    assert any("用途：" in cell and "verifier450422" in cell for cell in cells)
    (told,) = audit.told_of("output.downloaded")
    assert (told.payload["purpose"], told.payload["count"]) == ("report", 1)


def test_without_a_purpose_nothing_is_taken(files, desk):
    sat = desk("450422")
    assert sat.post("/households/download/", {"purpose": "fun"}).status_code == 302
    assert sat.get("/households/download/").status_code == 405
    assert list(audit.told_of("output.downloaded")) == []


@pytest.mark.parametrize("query", ["", "?mark=stale", "?mark=unaided", "?mark=incomplete", "?federation=450422"])
def test_the_list_asks_few_questions_however_long_it_is(files, desk, query, django_assert_max_num_queries):
    sat = desk("450400")
    sat.get("/households/")
    with django_assert_max_num_queries(8):
        sat.get(f"/households/{query}")


def test_nothing_encrypted_is_read_for_the_list(files, desk, django_assert_max_num_queries):
    sat = desk("450400")
    with django_assert_max_num_queries(20) as asked:
        sat.get("/households/")
    read = " ".join(question["sql"] for question in asked.captured_queries)
    assert "registry_household" in read
    for column in ("id_number", "phone", "card", "imported", "hardship_cause", "details"):
        assert f'"registry_household"."{column}"' not in read


def test_no_page_reads_the_text_of_a_circular_for_its_navigation(files, desk, django_assert_max_num_queries):
    sat = desk("450400")
    with django_assert_max_num_queries(20) as asked:
        sat.get("/households/")
    read = " ".join(question["sql"] for question in asked.captured_queries)
    assert '"circulars_campaign"."code"' in read
    assert "circulars_circularversion" not in read


def test_a_unit_sees_the_files_that_it_keeps_itself(files, desk, at):
    unit = Organisation.objects.create(
        code="450422-u1",
        name="藤县纸厂工会",
        kind="grassroots_union",
        level="grassroots",
        parent=files["450422"],
        path="/450400/450422/450422-u1/",
    )
    files["unit"] = unit
    assert numbers(desk("unit", "preparer").get("/households/")) == []
    Household.objects.filter(file_number="GX0001").update(unit=unit)
    sat = desk("unit", "verifier")
    assert numbers(sat.get("/households/")) == ["GX0001"]
    assert "GX0001" in sat.find("韦秀兰").content.decode()
