"""The list of applications: filters, chips, order, pages, search."""

import re
from urllib.parse import quote

from huigong.registry.models import Household
from huigong.studentaid.models import Application
from huigong.values.uuid7 import uuid7
from huigong.vault import blind
from huigong.web.console.applications import listing
from huigong.web.tests.applications.cast import NO_FILE, WEI

FILTERS = {
    "": 30,
    "?status=incomplete": 6,
    "?status=to_settle&status=tied": 6,
    "?status=nonsense": 30,
    "?verdict=eligible": 20,
    "?federation=450422": 9,
    "?federation=450422&status=waiting": 1,
    "?verified=yes": 30,
    "?verified=no": 0,
    "?q=450422": 9,
    "?q=韦小雨": 1,
    "?q=wxy": 1,
    "?q=WeiXiao": 1,
    "?q=韦秀兰": 1,
    "?q=糖业": 6,
    "?q=nobody": 0,
}


def copy_of(one, number):
    """Another student of the same family and unit, not decided yet."""
    fields = {field.name: getattr(one, field.name) for field in one._meta.local_fields}
    own = {"id": uuid7(), "reference": f"SA-450422-2017-{number + 100:05d}", "claimant": f"{number}"}
    return Application(**fields | own)


def test_a_filter_in_the_address_narrows_the_list(desk):
    assert {query: len(desk.list(query)) for query in FILTERS} == FILTERS


def test_level_and_kind_of_student_narrow_the_list(desk):
    for word, name, value in (("level", "education_level", "senior_high"), ("kind", "student_kind", "freshman")):
        fitting = set(Application.objects.filter(**{name: value}).values_list("reference", flat=True))
        assert fitting
        assert set(desk.list(f"?{word}={value}")) == fitting


def test_a_case_whose_facts_changed_is_no_longer_verified(desk):
    Application.objects.filter(reference=WEI).update(facts_digest="changed since")
    assert desk.list("?verified=no") == [WEI]
    assert WEI not in desk.list("?verified=yes")


def test_a_unit_has_a_list_of_its_own(desk, work):
    sugar = work.lu.organisation
    assert len(desk.list(f"?unit={sugar.code}")) == Application.objects.filter(unit=sugar).count()


def test_chips_count_each_status_under_the_other_filters(desk):
    page = desk.text(desk.home + "?federation=450422")
    chips = dict(re.findall(r'<li><a href="\?[^"]*"[^>]*>([^<]+) <span>(\d+)</span>', page))
    assert chips == {"全部": "9", "请负责人定": "1", "有名额": "7", "候补": "1"}
    for address, count in re.findall(r'<li><a href="(\?[^"]*)"[^>]*>[^<]+ <span>(\d+)</span>', page):
        assert len(desk.list(address)) == int(count), address


def test_by_rank_the_list_stands_in_the_order_of_places(desk):
    assert desk.list("?federation=450422&sort=rank")[:7] == list(
        Application.objects.filter(federation__code="450422", rank__lte=7)
        .order_by("rank")
        .values_list("reference", flat=True)
    )


def test_the_list_turns_over_in_pages(desk, monkeypatch):
    monkeypatch.setattr(listing, "A_PAGE", 12)
    pages = [desk.list(f"?page={number}") for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [12, 12, 6]
    assert len(set().union(*pages)) == 30
    assert "第 1 / 3 页" in desk.text(desk.home)


def test_a_thousand_applications_are_a_page_of_fifty_and_as_many_questions(desk, work, django_assert_max_num_queries):
    with django_assert_max_num_queries(35):
        desk.list("?federation=450422")
    model = Application.objects.get(reference=WEI)
    Application.objects.bulk_create(copy_of(model, number) for number in range(1000))
    with django_assert_max_num_queries(35):
        assert len(desk.list("?federation=450422")) == 50


def test_names_are_shown_and_numbers_of_people_never(desk, work):
    mother = Household.objects.get(worker_name="韦秀兰")
    for page in (desk.text(desk.home), desk.page(WEI)):
        assert "韦小雨" in page
        for secret in (mother.id_number, mother.phone, mother.card):
            assert secret.plain() not in page


def test_a_whole_identity_number_finds_and_never_stands_in_an_address(desk, work, client):
    mother = Household.objects.get(worker_name="韦秀兰")
    number = mother.id_number.plain()
    answer = desk.search(q=number)
    assert answer.status_code == 302
    assert number not in answer.url
    assert desk.list(answer.url.removeprefix(desk.home)) == [WEI]
    answer = client.get(desk.home, {"q": number})
    assert answer.status_code == 302
    assert answer.url.endswith(f"?person={blind.index('resident_id', number)}")


def test_a_search_keeps_the_filters_that_stand(desk):
    assert desk.search(q="韦", status="placed", federation="450422").url == (
        f"{desk.home}?status=placed&federation=450422&q={quote('韦')}"
    )


def test_the_first_open_finding_says_why_in_one_sentence(desk):
    row = re.search(rf">{NO_FILE}</a>.*?</tr>", desk.text(desk.home), re.DOTALL)[0]
    assert "家庭已建档：否。按五(二)还要补" in row
    assert re.search(r"\d 项要办，先看：", row)
