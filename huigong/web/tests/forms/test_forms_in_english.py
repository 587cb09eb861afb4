"""The pages of the forms in English, and how often they ask the database."""

from django.urls import reverse

from huigong.web.tests.forms.desk import said

LIST_QUERIES, FORM_QUERIES = 12, 15


def test_the_pages_speak_english_throughout(desk, work):
    client = desk.sign_in(work.huang)
    desk.hand_in("09-messy.xlsx")
    client.post(reverse("language"), {"language": "en"})
    page = said(desk.page("09-messy.xlsx"))
    for words in ("I read 6 rows", "Take 4 good rows", "Mend first", "Download with remarks (2 rows)"):
        assert words in page
    assert "Hand in" in said(client.get(desk.home))


def test_more_forms_and_more_rows_ask_the_database_no_more_often(desk, work, django_assert_num_queries):
    client = desk.sign_in(work.huang)
    desk.hand_in("02-word.docx")
    with django_assert_num_queries(LIST_QUERIES):
        client.get(desk.home)
    with django_assert_num_queries(FORM_QUERIES):
        desk.page("02-word.docx")
    desk.hand_in("01-as-printed.xlsx", "09-messy.xlsx")
    with django_assert_num_queries(LIST_QUERIES):
        client.get(desk.home)
    with django_assert_num_queries(FORM_QUERIES):
        desk.page("09-messy.xlsx")
