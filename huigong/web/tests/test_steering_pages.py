"""The steps of a campaign on its pages: who may, what each shows before, that it does just that, and does it once."""

import re
from collections import Counter
from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from huigong.audit import queries as audit
from huigong.circulars import actions as circulars
from huigong.circulars import queries
from huigong.circulars.models import Campaign
from huigong.intake.models import FormReceived, FormRow, Paper
from huigong.organisations import actions as organisations
from huigong.organisations.queries import by_code
from huigong.publicnotices.models import NoticeLine, PublicNotice
from huigong.registry.models import Household
from huigong.studentaid.models import Application
from huigong.web.permissions import PERMISSIONS
from huigong.web.tests.campaign_at_work import FOLDER, NOTICE_FROM, campaign_at_work, empty_campaign

BACKEND = "django.contrib.auth.backends.ModelBackend"
STEPS = ("step-submit", "step-verify", "step-share", "step-publish")
ROLES = ("preparer", "verifier", "approver", "finance", "auditor", "administrator")
WEI, LATE, NO_LETTER = "SA-450422-2017-00001", "SA-450406-2017-00002", "SA-450403-2017-00001"
NOTHING, CHANGED = "这一步没有要办的", "您打开以后有了变化"


@pytest.fixture
def on(monkeypatch):
    """Puts the clock of the pages to a day of 2017, at noon."""

    def day(month, day):
        moment = datetime(2017, month, day, 4, 0, tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return day


@pytest.fixture
def taken(db, at, on):
    """Forms have come and their good rows are taken; no case is open."""
    on(8, 16)
    work = empty_campaign(at)
    work.receive()
    work.note_papers()
    return work


@pytest.fixture
def shared(db, at, on):
    on(8, 16)
    return campaign_at_work(at, up_to="shared")


@pytest.fixture
def undated(shared):
    """Nobody has said yet from which day the notice hangs."""
    Campaign.objects.update(notice_from=None)
    return shared


class Desk:
    """An officer at the pages of a campaign, who looks first and then says yes to what was shown."""

    def __init__(self, client, work):
        self.client, self.code = client, work.campaign.code
        self.sit(work.huang)

    def sit(self, officer):
        self.client.force_login(officer, backend=BACKEND)
        return self

    def look(self, step, **query):
        return unescape(self.client.get(reverse(step, args=[self.code]), query).content.decode())

    def say_yes(self, step, page, **more):
        """Post the form of a page that was looked at."""
        fields = dict(re.findall(r'<input type="hidden" name="(seen|from)" value="([^"]*)"', page))
        answer = self.client.post(reverse(step, args=[self.code]), fields | {"sure": "yes"} | more, follow=True)
        return told(unescape(answer.content.decode()))

    def do(self, step, **query):
        return self.say_yes(step, self.look(step, **query))

    def campaign(self):
        return unescape(self.client.get(reverse("campaign", args=[self.code])).content.decode())

    def case(self, reference):
        return unescape(self.client.get(reverse("application", args=[reference])).content.decode())

    def post(self, name, args, **fields):
        answer = self.client.post(reverse(name, args=args), fields, follow=True)
        return told(unescape(answer.content.decode()))

    def verify(self, reference, **more):
        seen = re.search(r'name="seen" value="([^"]*)"', self.case(reference))
        return self.post("application-verify", [reference], **{"seen": seen[1] if seen else "", "sure": "yes"} | more)

    def bring(self, reference, kind, **more):
        fields = {"kind": kind, "original_seen": "yes", "copy_kept": "yes", "seen_on": "2017-08-16"} | more
        return self.post("application-paper", [reference], **fields)


@pytest.fixture
def desk(client):
    return lambda work: Desk(client, work)


def told(page):
    return re.sub(r"<[^>]+>", "", re.search(r'<div id="told".*?</div>', page, re.DOTALL)[0])


def statuses():
    return Counter(Application.objects.values_list("status", flat=True))


def events(action):
    return [one for reference in references() for one in audit.history(reference) if one.action == action]


def references():
    return Application.objects.values_list("reference", flat=True)


def row_of(page, name):
    return re.search(rf'<th scope="row">{name}</th>(.*?)</tr>', page, re.DOTALL)[1]


# who may


@pytest.mark.parametrize("role", ROLES)
def test_each_step_opens_for_the_roles_of_the_table_and_for_nobody_else(desk, shared, at, role):
    officer = organisations.add_officer("辛", role=role, organisation=shared.city, by="system", at=at)
    client = desk(shared).sit(officer).client
    form = FormReceived.objects.get(name="01-as-printed.xlsx")
    addresses = {step: reverse(step, args=[shared.campaign.code]) for step in STEPS} | {
        "application-verify": reverse("application-verify", args=[WEI]),
        "application-paper": reverse("application-paper", args=[WEI]),
        "form-stamped": reverse("form-stamped", args=[form.pk]),
    }
    before = statuses(), Paper.objects.count()
    for name, address in addresses.items():
        for answer in (client.get(address), client.post(address)):
            assert (answer.status_code == 403) == (role not in PERMISSIONS[name]), (role, name)
    assert (statuses(), Paper.objects.count()) == before


def test_an_officer_of_another_city_finds_no_step(desk, shared, mo):
    client = desk(shared).sit(mo).client
    form = FormReceived.objects.first()
    addresses = [reverse(step, args=[shared.campaign.code]) for step in STEPS]
    addresses += [reverse(name, args=[WEI]) for name in ("application-verify", "application-paper")]
    for address in [*addresses, reverse("form-stamped", args=[form.pk])]:
        assert client.post(address).status_code == 404, address


def test_a_county_verifies_its_own_case_by_case_and_moves_no_city(desk, shared, at):
    county = organisations.add_officer("岑", role="verifier", organisation=by_code("450406"), by="system", at=at)
    at_desk = desk(shared).sit(county)
    for step in STEPS:
        assert at_desk.client.get(reverse(step, args=[shared.campaign.code])).status_code == 403
    page = at_desk.campaign()
    assert "由梧州市总工会" in page
    assert "/steps/" not in page
    Application.objects.filter(reference=LATE).update(verified_by="", verified_digest="")
    assert "审核了，由您署名" in at_desk.verify(LATE)
    assert Application.objects.get(reference=LATE).verified_by == county.username


def test_the_campaign_page_offers_each_step_to_who_may_with_its_count(desk, shared):
    at_desk = desk(shared)
    page = at_desk.campaign()
    assert re.search(r'<a class="do" href="[^"]*/steps/publish/">公示（15）</a>', page)
    assert "再看一遍" in page
    at_desk.sit(shared.qin)
    assert re.search(r'<a class="quiet small" href="[^"]*/steps/publish/">公示（15）', at_desk.campaign())
    assert "/steps/verify/" not in at_desk.campaign()
    at_desk.sit(shared.chen)
    assert "15 · 由审核或审批办" in at_desk.campaign()
    assert "/steps/" not in at_desk.campaign()


def test_what_comes_after_the_notice_is_named_as_the_command_that_does_it(desk, shared):
    shared.publish()
    page = desk(shared).campaign()
    assert "审批和发放现在用 huigong campaign run" in page
    assert not re.search(r"<a[^>]*>[^<]*审批和发放", page)


# 立案


def test_taken_rows_become_cases_that_are_decided_on_what_is_there(desk, taken):
    at_desk = desk(taken)
    assert "立案（30）" in at_desk.campaign()
    page = at_desk.look("step-submit")
    assert "30 行" in page
    assert row_of(page.replace(' class="broken"', ""), '<a href="[^"]*">01-as-printed.xlsx</a>').endswith(
        '<td class="number">6</td>'
    )
    assert "立案了：30 行成了 30 件新申请。" in at_desk.say_yes("step-submit", page)
    assert FormRow.objects.filter(status="accepted").count() == 0
    assert statuses() == {"eligible": 20, "incomplete": 6, "to_settle": 4}
    opened = events("application.submitted")
    assert len(opened) == 30
    assert {one.actor for one in opened} == {taken.huang.username}
    assert events("application.verified") == []


def test_looking_at_a_step_moves_nothing(desk, taken):
    at_desk = desk(taken)
    for step in STEPS:
        at_desk.look(step)
    assert not Application.objects.exists()
    at_desk.do("step-submit")
    before = audit.head()
    for step in STEPS:
        at_desk.look(step)
    assert audit.head() == before


@pytest.mark.parametrize("step", STEPS)
def test_saying_yes_twice_does_it_once(desk, taken, step):
    at_desk = desk(taken)
    for earlier in STEPS[: STEPS.index(step)]:
        at_desk.do(earlier)
    page = at_desk.look(step)
    assert NOTHING not in at_desk.say_yes(step, page)
    before = audit.head()
    assert NOTHING in at_desk.say_yes(step, page)
    assert audit.head() == before
    assert "确认" not in at_desk.look(step)


# 审核并认定


@pytest.fixture
def submitted(taken, desk):
    desk(taken).do("step-submit")
    return taken


def test_an_officer_vouches_for_every_case_as_shown(desk, submitted):
    at_desk = desk(submitted)
    page = at_desk.look("step-verify")
    assert "担保这 30 件事实属实" in page
    assert "符合条件 20，缺材料 6，请负责人定 4" in page
    assert "审核并认定了 30 件，由您署名：符合条件 20" in at_desk.say_yes("step-verify", page)
    assert {(one.verified_by, one.is_verified) for one in Application.objects.all()} == {
        (submitted.huang.username, True)
    }
    assert len(events("application.verified")) == 30


def test_without_the_tick_nobody_vouches(desk, submitted):
    at_desk = desk(submitted)
    page = at_desk.look("step-verify")
    assert "还没有办" in at_desk.say_yes("step-verify", page, sure="")
    assert events("application.verified") == []


def test_what_changed_since_it_was_shown_is_shown_again_and_not_vouched_for(desk, submitted):
    at_desk = desk(submitted)
    page = at_desk.look("step-verify")
    Household.objects.filter(worker_name="韦秀兰").update(file_status="已脱困")
    assert CHANGED in at_desk.say_yes("step-verify", page)
    assert events("application.verified") == []
    assert "审核并认定了 30 件" in at_desk.do("step-verify")


def test_three_cases_are_drawn_and_nobody_draws_others_by_asking_again(desk, submitted):
    at_desk = desk(submitted)
    drawn = [drawn_on(at_desk.look("step-verify")) for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert len(set(drawn[0])) == 3
    assert set(drawn[0]) <= set(references())
    at_desk.bring(NO_LETTER, "admission_letter")
    assert drawn_on(at_desk.look("step-verify")) != drawn[0]


def drawn_on(page):
    return re.findall(r">(SA-[\d-]+)<", page.split("要看一眼的")[0])


def test_cases_to_look_at_once_are_linked_with_what_to_look_at(desk, submitted):
    looks = desk(submitted).look("step-verify").split("要看一眼的")[1]
    links = re.findall(r'<a href="/applications/(SA-[\d-]+)/">', looks)
    assert links
    assert looks.count('class="tag look"') >= len(links)
    assert "：否" in looks


def test_a_file_that_changed_since_brings_its_case_back(desk, shared):
    at_desk = desk(shared)
    assert "没有等着审核的" in at_desk.look("step-verify")
    waiting = Application.objects.filter(status="waiting").first()
    Household.objects.filter(pk=waiting.household_id).update(file_status="已脱困")
    assert "担保这 1 件事实属实" in at_desk.look("step-verify")


# 排序分名额


@pytest.fixture
def verified(submitted, desk):
    desk(submitted).do("step-verify")
    return submitted


def test_sharing_gives_what_the_page_said_before(desk, verified):
    at_desk = desk(verified)
    page = at_desk.look("step-share")
    assert cells(page, "藤县总工会") == [7, 0, 7, 8, 7, 1, 0]
    assert "补(三)" in page
    assert "排好了：15 件有名额，3 件候补，2 件并列等负责人定。" in at_desk.say_yes("step-share", page)
    assert statuses() == {"placed": 15, "waiting": 3, "tied": 2, "incomplete": 6, "to_settle": 4}
    assert len(events("application.ranked")) == 20
    sums = [sum(column) for column in zip(*(cells(page, name) for name in named(page)), strict=True)]
    assert sums[4:] == [15, 3, 2]


def named(page):
    return re.findall(r'<th scope="row">([^<]+)</th>', page)


def cells(page, name):
    return [int(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row_of(page, name))]


def test_who_is_not_verified_is_counted_and_takes_no_part(desk, verified):
    Application.objects.filter(reference=WEI).update(verified_by="", verified_digest="")
    at_desk = desk(verified)
    page = at_desk.look("step-share")
    assert "还有 1 件没有审核，不参加这次排序" in page
    assert cells(page, "藤县总工会")[3] == 7
    at_desk.say_yes("step-share", page)
    assert Application.objects.get(reference=WEI).status == "eligible"


def test_a_tie_that_was_settled_is_shared_again(desk, verified):
    at_desk = desk(verified)
    at_desk.do("step-share")
    tied = Application.objects.filter(status="tied").first()
    at_desk.sit(verified.qin).post("application-settle", [tied.reference], about="tie", reason="大的先上学", sure="yes")
    at_desk.sit(verified.huang)
    assert "排序分名额（1）" in at_desk.campaign()
    at_desk.do("step-share")
    assert Application.objects.get(pk=tied.pk).status == "placed"


# 公示


def test_the_notice_hangs_as_it_was_shown_with_its_rule_and_masked_names(desk, undated):
    at_desk = desk(undated)
    page = at_desk.look("step-publish")
    for expected in ("2017-08-16", "2017-08-22", "5 个工作日", "补充通知（四）", "补(四)", "发布公示（15 件）", "韦**"):
        assert expected in page
    assert "韦小雨" not in page
    assert "韦秀兰" not in page
    shown = re.findall(r'<th scope="row">([A-Z2-7]{10})</th>', page)
    assert "15 件，8月16日到8月22日（当天还算）" in at_desk.say_yes("step-publish", page)
    assert sorted(shown) == sorted(NoticeLine.objects.values_list("number", flat=True))
    assert statuses()["on_notice"] == 15
    notice = PublicNotice.objects.get()
    assert [one.action for one in audit.history(notice.number)] == ["notice.published"]
    assert len(events("application.published")) == 15


def test_the_first_notice_sets_the_day_of_the_campaign_for_the_command_too(desk, undated, at):
    desk(undated).do("step-publish", **{"from": "2017-08-19"})  # a Saturday: the window begins on Monday
    campaign = Campaign.objects.get()
    assert campaign.notice_from == date(2017, 8, 21)
    dated = [one for one in audit.history(campaign.code) if one.action == "campaign.dated"]
    assert [one.actor for one in dated] == [undated.huang.username]
    days = {"received_on": campaign.received_on, "officer": "system", "at": at}
    again = (campaign.version, undated.circular, undated.city)
    assert circulars.open_campaign(*again, notice_from=date(2017, 8, 21), **days) == campaign
    with pytest.raises(circulars.OtherCampaignError, match="2017-08-21"):
        circulars.open_campaign(*again, notice_from=date(2017, 8, 14), **days)


def test_a_day_that_stands_is_offered_and_a_later_notice_leaves_it(desk, shared, on):
    at_desk = desk(shared)
    assert 'value="2017-08-21"' in at_desk.look("step-publish")
    on(8, 30)
    at_desk.sit(shared.huang)
    assert "8月30日到9月5日" in at_desk.do("step-publish")
    assert Campaign.objects.get().notice_from == NOTICE_FROM


@pytest.mark.parametrize("asked", ["2017-08-01", "yesterday", ""])
def test_a_notice_never_hangs_backwards_while_the_campaign_runs(desk, undated, asked):
    at_desk = desk(undated)
    assert "8月16日到8月22日" in at_desk.do("step-publish", **{"from": asked})


def test_a_campaign_of_the_past_hung_on_its_own_day_only_if_somebody_says_so(desk, shared, on):
    on(11, 20)
    at_desk = desk(shared)
    page = at_desk.look("step-publish", **{"from": "2017-08-21"})
    assert "这是过去的日子" in page
    assert "还没有办" in at_desk.say_yes("step-publish", page, sure="")
    assert not PublicNotice.objects.exists()
    assert "8月21日到8月25日" in at_desk.say_yes("step-publish", page)


def test_another_day_than_the_one_shown_is_not_published(desk, undated):
    at_desk = desk(undated)
    page = at_desk.look("step-publish")
    assert CHANGED in at_desk.say_yes("step-publish", page, **{"from": "2017-08-28"})
    assert not PublicNotice.objects.exists()


def test_a_year_that_the_calendar_lacks_is_said_and_another_day_may_be_asked(desk, undated):
    page = desk(undated).look("step-publish", **{"from": "2041-08-28"})
    assert "工作日历里没有2041年" in page
    assert 'name="seen"' not in page
    assert 'name="from"' in page


@pytest.mark.parametrize(("step", "why"), [("step-publish", "没有写公示几个工作日"), ("step-share", "公示期")])
def test_without_a_supplement_no_place_is_shared_and_no_notice_hangs(desk, at, db, step, why):
    work = empty_campaign(at)
    bare = circulars.publish(FOLDER, officer="system", at=at)
    Campaign.objects.update(version=bare)
    assert queries.circular_of_version(bare).notice is None
    at_desk = desk(work)
    page = at_desk.look(step)
    assert why in page
    assert 'name="seen"' not in page
    assert why in unescape(at_desk.client.post(reverse(step, args=[work.campaign.code])).content.decode())


# one case


def test_a_case_is_verified_as_it_was_shown_and_once(desk, submitted):
    at_desk = desk(submitted)
    assert "还没审核" in at_desk.case(WEI)
    assert "还没有记下" in at_desk.verify(WEI, sure="")
    assert "审核了，由您署名" in at_desk.verify(WEI)
    one = Application.objects.get(reference=WEI)
    assert (one.is_verified, one.verified_by, one.status) == (True, submitted.huang.username, "eligible")
    page = at_desk.case(WEI)
    assert re.search(r"仍然有效.*黄 · <time[^>]*>2017-08-16 12:00", page, re.DOTALL)
    assert 'name="sure"' not in page
    assert "已经审核过" in at_desk.verify(WEI)
    assert [told.action for told in audit.history(WEI)].count("application.verified") == 1


def test_facts_that_were_not_shown_are_decided_and_shown_first(desk, submitted):
    at_desk = desk(submitted)
    page = at_desk.case(WEI)
    Household.objects.filter(worker_name="韦秀兰").update(file_status="已脱困")
    assert "请看过下面各条，再审核" in at_desk.verify(WEI)
    one = Application.objects.get(reference=WEI)
    assert (one.verified_by, one.status) == ("", "incomplete")
    assert "仍然有效" not in page
    assert "审核了，由您署名" in at_desk.verify(WEI)


def test_who_verified_stays_told_when_the_facts_changed_since(desk, verified):
    at_desk = desk(verified)
    at_desk.bring(NO_LETTER, "admission_letter")
    page = at_desk.case(NO_LETTER)
    assert "审核以后事实变了" in page
    assert "事实变了，要再审核" in page


def test_a_case_that_holds_a_place_is_not_verified_again(desk, shared):
    at_desk = desk(shared)
    assert "application-verify" not in at_desk.case(WEI)
    assert "已经有名额，不再审核" in at_desk.verify(WEI)
    assert "材料不再改变认定" in at_desk.bring(WEI, "benefit_card_copy")


# papers


def test_a_missing_paper_completes_a_case_which_is_then_verified_again(desk, verified):
    at_desk = desk(verified)
    one = Application.objects.get(reference=NO_LETTER)
    assert one.status == "incomplete"
    page = at_desk.case(NO_LETTER)
    assert re.search(r'<option value="admission_letter">[^<]* · 还差</option>', page)
    assert "按现有材料重新认定 1 件：符合条件 1" in at_desk.bring(NO_LETTER, "admission_letter")
    paper = Paper.objects.get(kind="admission_letter", form_name="10-same-student.xlsx", row_number=1)
    assert (paper.seen_by, paper.seen_on, paper.original_seen, paper.copy_kept) == ("黄", date(2017, 8, 16), True, True)
    after = Application.objects.get(reference=NO_LETTER)
    assert (after.status, after.is_verified) == ("eligible", False)
    assert "不参加这次排序" in at_desk.look("step-share")
    at_desk.verify(NO_LETTER)
    assert "排序分名额（21）" in at_desk.campaign()
    assert "papers.noted" in [told.action for told in audit.history(verified.campaign.code)]


@pytest.mark.parametrize(
    ("fault", "fields"),
    [
        ("请至少勾一样", {"original_seen": "", "copy_kept": ""}),
        ("日期在今天以后", {"seen_on": "2017-08-17"}),
        ("请填哪天收到的", {"seen_on": "soon"}),
        ("请选一种通知要的材料", {"kind": "stamped_form"}),
        ("请选一种通知要的材料", {"kind": "household_enrolled"}),
    ],
)
def test_a_paper_that_is_not_told_whole_is_not_noted(desk, verified, fault, fields):
    before = Paper.objects.count()
    assert fault in desk(verified).bring(NO_LETTER, **{"kind": "admission_letter"} | fields)
    assert Paper.objects.count() == before


def test_the_stamped_sheet_is_noted_once_for_all_cases_of_its_form(desk, verified):
    at_desk = desk(verified)
    form = FormReceived.objects.get(name="07-gbk.csv")
    cases = Application.objects.filter(submissions__row__form=form)
    assert set(cases.values_list("status", flat=True)) == {"incomplete"}
    one = cases.first()
    assert f"/forms/{form.pk}/#stamped" in at_desk.case(one.reference)
    said = at_desk.post("form-stamped", [form.pk], kind="stamped_form", original_seen="yes", seen_on="2017-08-15")
    assert f"按现有材料重新认定 {cases.count()} 件" in said
    assert "eligible" in set(cases.values_list("status", flat=True))
    page = unescape(at_desk.client.get(reverse("form", args=[form.pk])).content.decode())
    assert re.search(r'<section class="card" id="stamped">.*来了.*黄 · 8月15日', page, re.DOTALL)
    assert "form-stamped" not in page


ENGLISH = {
    "step-submit": ("Rows that become cases", "Make cases (30 rows)"),
    "step-verify": (
        "Open these three first",
        "vouch for the facts of these 30 cases",
        "The form agrees with itself: no",
    ),
    "step-share": ("income per head, children in school", "Rank and share (20)", "Get a place"),
    "step-publish": ("How long it hangs", "5 working days", "Publish (15 cases)"),
}


def test_the_pages_of_the_steps_speak_english(desk, taken):
    at_desk = desk(taken)
    at_desk.client.cookies["django_language"] = "en"
    for step, words in ENGLISH.items():
        page = at_desk.look(step)
        assert [word for word in words if word not in page] == []
        at_desk.say_yes(step, page)
    for word in ("Onward", "huigong campaign run for now"):
        assert word in at_desk.campaign()
