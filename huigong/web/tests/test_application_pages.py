"""The list of applications and the page of one: filters, why it stands where it stands, what happened, what a person settles."""

import re
from html import unescape
from urllib.parse import quote

import pytest
from django.urls import reverse

from huigong.audit import queries as audit
from huigong.intake.contents import row_read
from huigong.payments import actions as payments
from huigong.payments.models import Hold
from huigong.registry import actions as registry
from huigong.registry.models import Household
from huigong.registry.tests.lives import drafted, fields
from huigong.studentaid.models import Application, Settlement, Submission
from huigong.values.resident_id import check_digit
from huigong.values.uuid7 import uuid7
from huigong.vault import blind
from huigong.web.console.applications import applications, listing
from huigong.web.tests.campaign_at_work import campaign_at_work

BACKEND = "django.contrib.auth.backends.ModelBackend"
WEI, LATE, TWICE, TWICE_TOO = (
    f"SA-{number}" for number in ("450422-2017-00001", "450406-2017-00002", "450422-2017-00002", "450403-2017-00003")
)
TIED, EIGHTH, NO_FILE = (f"SA-{number}" for number in ("450423-2017-00001", "450422-2017-00008", "450400-2017-00001"))
REASON = "单位停产搬迁，表在路上，8月9日已寄出"


@pytest.fixture
def work(db, at):
    return campaign_at_work(at, up_to="shared")


@pytest.fixture
def desk(client, work):
    """Opens lists and applications as one of the cast, and settles."""

    class Desk:
        home = reverse("applications", args=[work.campaign.code])

        def __init__(self):
            self.sit(work.huang)

        def sit(self, officer):
            client.force_login(officer, backend=BACKEND)

        def text(self, address):
            return unescape(client.get(address).content.decode())

        def list(self, query=""):
            """The references on the page of the list, in their order."""
            return re.findall(
                r'<th scope="row"><a class="whole" href="[^"]*">(SA-[\d-]+)</a>', self.text(self.home + query)
            )

        def search(self, **filled):
            return client.post(self.home, filled)

        def page(self, reference, query=""):
            return self.text(reverse("application", args=[reference]) + query)

        def settle(self, reference, **given):
            seen = Application.objects.filter(reference=reference).values_list("version", flat=True).first()
            given = {"reason": REASON, "sure": "yes", "version": seen} | given
            return client.post(reverse("application-settle", args=[reference]), given, follow=True)

        def reason(self, reference, **given):
            return client.post(reverse("application-reason", args=[reference]), given)

    return Desk()


def copy_of(one, number):
    """Another student of the same family and unit, not decided yet."""
    fields = {field.name: getattr(one, field.name) for field in one._meta.local_fields}
    own = {"id": uuid7(), "reference": f"SA-450422-2017-{number + 100:05d}", "claimant": f"{number}"}
    return Application(**fields | own)


def words_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


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


def test_a_leader_takes_a_late_form_and_the_case_is_decided_anew(desk, work):
    desk.sit(work.qin)
    assert "迟交收不收" in desk.page(LATE)
    page = desk.settle(LATE, about="late").content.decode()
    assert "记下了，由您署名" in page
    one = Application.objects.get(reference=LATE)
    assert (one.status, one.verdict) == ("eligible", "eligible")
    settlement = Settlement.objects.get(application=one)
    assert (settlement.about, settlement.settled_by, settlement.reason.plain()) == ("late", work.qin.username, REASON)
    assert "case.settled" in [told.action for told in audit.history(LATE)]
    shown = desk.page(LATE)
    assert "迟交收下" in shown
    assert REASON not in shown
    assert "<textarea" not in shown


@pytest.mark.parametrize("version", ["", "999", "-1", "१"])
def test_a_case_that_moved_since_the_page_was_opened_is_not_settled(desk, work, version):
    desk.sit(work.qin)
    assert "在您打开以后有了变化" in desk.settle(LATE, about="late", version=version).content.decode()
    assert not Settlement.objects.exists()


def test_who_settles_second_is_told_and_keeps_what_was_written(desk, work, monkeypatch):
    desk.sit(work.qin)
    monkeypatch.setattr(applications.actions, "settle", lambda *_args, **_words: False)
    page = desk.settle(LATE, about="late").content.decode()
    assert "已经有人定了" in page
    assert REASON in page


def test_a_verifier_is_told_that_lateness_is_for_a_leader(desk, work):
    page = desk.page(LATE)
    assert "这件事由负责人（审批）定" in page
    assert "<textarea" not in page
    page = desk.settle(LATE, about="late").content.decode()
    assert "这件事要由负责人（审批）定" in page
    assert not Settlement.objects.exists()


def test_the_reason_is_shown_for_a_purpose_and_that_is_recorded(desk, work):
    desk.sit(work.qin)
    desk.settle(LATE, about="late")
    desk.sit(work.huang)
    assert "看理由（留痕）" in desk.page(LATE)
    answer = desk.reason(LATE, about="late", purpose="answer_objection")
    assert REASON in answer.content.decode()
    assert answer["Refresh"].endswith(f"url=/applications/{LATE}/")
    (event,) = audit.told_of("field.revealed")
    assert (event.actor, event.subject) == (work.huang.username, f"{LATE}:settlement:late")
    assert event.payload == {"kind": "text", "purpose": "answer_objection"}


@pytest.mark.parametrize("given", [{"about": "late", "purpose": "curiosity"}, {"about": "tie", "purpose": "inspect"}])
def test_no_reason_is_shown_for_another_purpose_or_of_another_question(desk, work, given):
    desk.sit(work.qin)
    desk.settle(LATE, about="late")
    assert desk.reason(LATE, **given).status_code == 404
    assert list(audit.told_of("field.revealed")) == []


def test_who_pays_or_prepares_is_not_offered_the_reason(desk, work, mo):
    desk.sit(work.qin)
    desk.settle(LATE, about="late")
    desk.sit(work.chen)
    assert "看理由" not in desk.page(LATE)
    assert desk.reason(LATE, about="late", purpose="inspect").status_code == 403
    desk.sit(mo)
    assert desk.reason(LATE, about="late", purpose="inspect").status_code == 404


@pytest.mark.parametrize("who", ["lu", "chen"])
def test_who_neither_verifies_nor_approves_settles_nothing(desk, work, who):
    desk.sit(getattr(work, who))
    assert desk.settle(LATE, about="late").status_code in {403, 404}
    assert not Settlement.objects.exists()


def test_without_reason_or_tick_nothing_is_settled_and_the_reason_comes_back(desk, work):
    desk.sit(work.qin)
    assert REASON in desk.settle(LATE, about="late", sure="").content.decode()
    assert "还没有记下" in desk.settle(LATE, about="late", reason=" ").content.decode()
    assert not Settlement.objects.exists()


def test_a_question_that_is_not_open_cannot_be_settled(desk, work):
    desk.sit(work.qin)
    assert desk.settle(WEI, about="late").status_code == 404
    assert desk.settle(LATE, about="certificate").status_code == 404
    assert not Settlement.objects.exists()


def test_choosing_one_household_settles_the_student_for_both(desk, work):
    desk.settle(TWICE, about="household")
    assert Application.objects.get(reference=TWICE).status == "eligible"
    assert Application.objects.get(reference=TWICE_TOO).status == "refused"
    assert "已定由另一户申请" in desk.page(TWICE_TOO)
    assert "<textarea" not in desk.page(TWICE_TOO)


def test_a_tie_is_settled_and_counts_when_places_are_shared_again(desk, work):
    desk.sit(work.qin)
    desk.settle(TIED, about="tie")
    assert Application.objects.get(reference=TIED).status == "tied"
    work.share()
    assert Application.objects.get(reference=TIED).status == "placed"


def test_opening_the_address_of_settling_settles_nothing(desk, client):
    assert client.get(reverse("application-settle", args=[LATE])).status_code == 405


def test_a_verifier_says_on_the_page_that_the_households_aid_was_for_another_need(desk, work, client):
    held = Application.objects.get(reference=WEI)
    payments.hold(WEI, reason=Hold.Reason.SAME_NEED, about="x", officer="qin", at=work.at)
    assert "不是同一需要" in desk.page(WEI)
    page = client.post(reverse("application-need", args=[WEI]), follow=True).content.decode()
    assert "不再因此暂停" in page
    assert not Hold.objects.filter(case_reference=held.reference, lifted_at=None).exists()
    assert "没有因为另获资助暂停" in client.post(reverse("application-need", args=[WEI]), follow=True).content.decode()
