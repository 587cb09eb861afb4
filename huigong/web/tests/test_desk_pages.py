"""The review desk: what was looked at is not what is missing, one case is in one officer's hands, and a family is told once."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from huigong.audit import queries as audit
from huigong.casework import actions as casework
from huigong.casework import queries as of_casework
from huigong.casework.models import CaseLock, Check, NoticePoint, OneTimeNotice, Scan
from huigong.casework.tests.worked import picture
from huigong.registry.models import FileMark
from huigong.studentaid import actions
from huigong.studentaid.models import Application
from huigong.web.tests.campaign_at_work import campaign_at_work

BACKEND = "django.contrib.auth.backends.ModelBackend"
EIGHTH, LACKS, NO_FILE = "SA-450422-2017-00008", "incomplete", "SA-450400-2017-00001"


@pytest.fixture
def work(db, at, on):
    on(8, 16)
    return campaign_at_work(at, up_to="shared")


@pytest.fixture
def desk(client, work):
    """Opens cases on the desk as one of the cast, ticks, and tells."""

    class Desk:
        def __init__(self):
            self.sit(work.huang)

        def sit(self, officer):
            client.force_login(officer, backend=BACKEND)

        def page(self, reference, query=""):
            return unescape(client.get(reverse("desk", args=[reference]) + query).content.decode())

        def criteria(self, reference):
            return re.findall(r'name="check-([\w-]+)" value="fine"', self.page(reference))

        def tick(self, reference, act="note", **outcomes):
            told = {f"check-{name}": outcome for name, outcome in outcomes.items()}
            seen = Application.objects.get(reference=reference).facts_digest
            answer = client.post(
                reverse("desk-check", args=[reference]), {"seen": seen, "act": act} | told, follow=True
            )
            return unescape(answer.content.decode())

        def tell(self, reference, *points, act="send", **more):
            given = {"point": points, "due_on": "2017-08-30", "act": act} | more
            answer = client.post(reverse("application-tell", args=[reference]), given, follow=True)
            return unescape(answer.content.decode())

        def choices(self, reference):
            page = unescape(client.get(reverse("application-tell", args=[reference])).content.decode())
            return re.findall(r'name="point" value="([^"]+)"([^>]*)>', page)

    return Desk()


@pytest.fixture
def lacking():
    """A case that lacks a paper."""
    return Application.objects.filter(status="incomplete", household__isnull=False).order_by("reference").first()


@pytest.fixture
def open_case(work):
    """A case that waits for a verification again."""
    case = Application.objects.get(reference=EIGHTH)
    actions.unverify([case], officer=work.huang, at=work.at)
    return case


def told(page):
    return re.findall(r'<p class="said [^"]*">([^<]*)</p>', page)


def test_every_criterion_is_a_task_with_its_clause(desk, lacking):
    page = desk.page(lacking.reference)
    assert "还有" in page
    assert "条没看" in page
    assert "系统比对过" in page
    assert page.count('value="doubt"') == len(desk.criteria(lacking.reference)) > 15


def test_not_looked_at_is_not_missing(desk, lacking):
    name = desk.criteria(lacking.reference)[0]
    assert "缺 1 样" not in desk.page(lacking.reference)
    page = desk.tick(lacking.reference, **{name: "missing"})
    assert "核对记下了" in page
    assert "缺 1 样" in page
    check = Check.objects.get()
    assert (check.criterion, check.outcome, check.facts_digest) == (name, "missing", lacking.facts_digest)


def test_a_check_of_other_facts_is_asked_again(desk, lacking):
    name = desk.criteria(lacking.reference)[0]
    desk.tick(lacking.reference, **{name: "fine"})
    Application.objects.filter(pk=lacking.pk).update(facts_digest="f" * 64)
    assert "事实变了，再看一眼" in desk.page(lacking.reference)


def test_ticks_made_before_the_facts_changed_are_not_written(desk, lacking, client):
    answer = client.post(
        reverse("desk-check", args=[lacking.reference]), {"seen": "old", "check-x": "fine"}, follow=True
    )
    assert "您打开以后事实变了" in unescape(answer.content.decode())
    assert not Check.objects.exists()


def test_finishing_waits_until_everything_was_looked_at(desk, open_case):
    page = desk.tick(EIGHTH, act="finish")
    assert "条没看，没有审核" in page
    open_case.refresh_from_db()
    assert not open_case.is_verified


def test_a_doubt_stops_the_verification(desk, open_case):
    page = desk.tick(EIGHTH, act="finish", **dict.fromkeys(desk.criteria(EIGHTH), "doubt"))
    assert "还有疑问，没有审核" in page
    open_case.refresh_from_db()
    assert not open_case.is_verified


def test_what_is_missing_at_the_desk_and_decided_as_there_stops_the_verification(desk, open_case, client):
    ticks = dict.fromkeys(desk.criteria(EIGHTH), "fine")
    page = desk.tick(EIGHTH, act="finish", **ticks | {"stamped": "missing"})
    assert "盖章" in page
    assert "勾了缺东西，可现在按有来认定" in page
    sent = {"seen": open_case.facts_digest, "sure": "yes"}
    answer = client.post(reverse("application-verify", args=[EIGHTH]), sent, follow=True)
    assert "勾了缺东西" in answer.content.decode()
    open_case.refresh_from_db()
    assert not open_case.is_verified


def test_a_paper_that_is_not_asked_of_the_case_is_no_task(desk, open_case):
    page = desk.page(EIGHTH).split("系统比对过")[0]
    assert "不要求" not in page
    assert "盖章" in page


def test_finishing_verifies_and_lets_the_case_go(desk, open_case, work):
    page = desk.tick(EIGHTH, act="finish", **dict.fromkeys(desk.criteria(EIGHTH), "fine"))
    assert "审核了，由您署名" in page
    open_case.refresh_from_db()
    assert open_case.is_verified
    assert not CaseLock.objects.filter(case_reference=EIGHTH).exists()


def test_the_next_case_is_one_that_nobody_has_in_hand(desk, open_case, work, at):
    first = Application.objects.filter(status="placed").first()
    assert reverse("desk", args=[EIGHTH]) in desk.page(first.reference)
    casework.take(EIGHTH, officer=work.qin, at=timezone.now())
    assert f'href="{reverse("desk", args=[EIGHTH])}"' not in desk.page(first.reference)


def test_who_only_reads_takes_nothing_out_of_hands(desk, lacking, work):
    desk.sit(work.qin)
    desk.page(lacking.reference)
    assert not CaseLock.objects.exists()
    desk.sit(work.huang)
    assert 'value="fine"' in desk.page(lacking.reference)
    desk.sit(work.qin)
    assert "正在办" in desk.page(lacking.reference)


def test_what_somebody_else_has_in_hand_is_read_and_not_written(desk, lacking, work):
    casework.take(lacking.reference, officer=work.qin, at=timezone.now())
    page = desk.page(lacking.reference)
    assert "覃" in page
    assert "正在办" in page
    assert 'value="fine"' not in page
    assert "您勾的没有记" in desk.tick(lacking.reference, anything="fine")
    assert not Check.objects.exists()
    CaseLock.objects.update(until=timezone.now())
    assert 'value="fine"' in desk.page(lacking.reference)


def test_a_family_is_told_once_what_is_lacking(desk, lacking, client):
    (chosen, *_) = [key for key, marks in desk.choices(lacking.reference) if "checked" in marks]
    letter = desk.tell(lacking.reference, chosen, act="look", own="请带户口本。")
    assert "就这样告知吗" in letter
    assert "2. 请带户口本。" in letter
    assert not OneTimeNotice.objects.exists()
    page = desk.tell(lacking.reference, chosen, own="请带户口本。")
    assert "告知记下了：2 项" in page
    assert "从那以后事实没有变" in page
    paper = client.get(reverse("application-letter", args=[lacking.reference, 1]))
    assert paper["Content-Disposition"].startswith("attachment")
    assert audit.history(lacking.reference)[-1].action == "point.told"


def test_what_was_not_asked_is_closed_afterwards(desk, lacking, work):
    desk.tell(lacking.reference, own="请带户口本。")
    keys = [key for key, marks in desk.choices(lacking.reference) if "disabled" in marks]
    assert keys
    assert "上次没提" in desk.tell(lacking.reference, keys[0])
    assert "“审批”" in desk.tell(lacking.reference, keys[0], reason="想起来了")
    assert OneTimeNotice.objects.count() == 1
    desk.sit(work.qin)
    assert "告知记下了" in desk.tell(lacking.reference, keys[0], reason="学校来函更正")
    assert NoticePoint.objects.get(ground="reasoned").reasoned_by == work.qin.username


def test_a_notice_needs_a_point_and_a_day_to_come(desk, lacking):
    assert "还没有选要补的事项" in desk.tell(lacking.reference)
    assert "今天以后" in desk.tell(lacking.reference, own="请带户口本。", due_on="2017-08-01")


@pytest.mark.parametrize("far", ["9999-12-31", "2018-08-30"])
def test_a_notice_asks_for_a_day_that_is_near(desk, lacking, far):
    assert "请核对年份" in desk.tell(lacking.reference, desk.choices(lacking.reference)[0][0], due_on=far)
    assert not OneTimeNotice.objects.exists()


def test_a_point_in_ones_own_words_is_answered_by_an_officer(desk, lacking, client):
    desk.tell(lacking.reference, own="请带户口本。")
    point = NoticePoint.objects.get()
    assert "补来了" in desk.page(lacking.reference)
    client.post(reverse("point-answered", args=[lacking.reference, point.pk]))
    assert "已补" in desk.page(lacking.reference)


def test_a_scan_is_shown_and_the_look_is_on_record(desk, lacking, client):
    file = SimpleUploadedFile("通知书.png", picture(), "image/png")
    add = reverse("scan-add", args=[lacking.reference])
    client.post(add, {"file": file, "paper": "admission_letter"})
    scan = Scan.objects.get()
    assert f"/scans/{scan.pk}/1/" in desk.page(lacking.reference)
    for _ in range(2):
        shown = client.get(reverse("scan-page", args=[lacking.reference, scan.pk, 1]) + "?t=1")
    assert shown["Content-Type"] == "image/png"
    assert [event.action for event in audit.history(lacking.reference)][-2:] == ["scan.added", "scan.shown"]
    assert client.get(reverse("scan-page", args=[lacking.reference, scan.pk, 2])).status_code == 404


def test_what_is_no_paper_is_refused_in_words(desk, lacking, client):
    file = SimpleUploadedFile("a.png", b"<svg/>", "image/png")
    answer = client.post(
        reverse("scan-add", args=[lacking.reference]), {"file": file, "paper": "admission_letter"}, follow=True
    )
    assert "不是 pdf 或图片" in unescape(answer.content.decode())


def test_a_scan_of_another_case_is_not_there(desk, lacking, work, client):
    scan = casework.add_scan(EIGHTH, picture(), paper="admission_letter", name="a", officer=work.huang, at=work.at)
    assert client.get(reverse("scan-page", args=[lacking.reference, scan.pk, 1])).status_code == 404


def test_no_number_of_a_person_stands_on_the_desk(desk, lacking):
    assert not re.search(r"\d{17}[\dX]", desk.page(lacking.reference))


def test_the_desk_asks_the_database_a_fixed_number_of_times(desk, lacking, client, django_assert_max_num_queries, work):
    desk.tell(lacking.reference, own="请带户口本。")
    with django_assert_max_num_queries(60):
        client.get(reverse("desk", args=[lacking.reference]))


def test_a_case_that_holds_a_place_is_told_nothing(desk):
    placed = Application.objects.filter(status="placed").first()
    assert "不再一次性告知" in desk.tell(placed.reference, own="x")


def test_the_lock_runs_out(work, lacking, at):
    casework.take(lacking.reference, officer=work.qin, at=at)
    later, own = at + timedelta(minutes=11), [lacking.reference]
    assert of_casework.locked_by_others(own, officer=work.huang, at=at) == set(own)
    assert of_casework.locked_by_others(own, officer=work.huang, at=later) == set()


def test_the_list_leads_to_its_first_case_that_waits(desk, open_case, work, client):
    home = reverse("applications", args=[work.campaign.code])
    assert reverse("desk", args=[EIGHTH]) in client.get(f"{home}?status=eligible").content.decode()
    assert "从第一件审起" not in client.get(f"{home}?status=placed").content.decode()


def draft_at(client, desk, reference, **fields):
    seen = Application.objects.get(reference=reference).facts_digest
    return client.post(
        reverse("desk-draft", args=[reference]), {"seen": seen} | fields, headers={"X-Requested-With": "keep"}
    )


def test_what_is_typed_comes_back_until_it_is_recorded(desk, lacking, client):
    criterion = desk.criteria(lacking.reference)[0]
    fields = {f"check-{criterion}": "doubt", f"note-{criterion}": "照片看不清"}
    assert draft_at(client, desk, lacking.reference, **fields).status_code == 200
    page = desk.page(lacking.reference)
    assert "已经填回来了" in page
    assert f'name="note-{criterion}" value="照片看不清"' in page
    assert f'name="check-{criterion}" value="doubt" checked' in page
    assert not Check.objects.exists()
    desk.tick(lacking.reference, **{criterion: "doubt"})
    assert "已经填回来了" not in desk.page(lacking.reference)


def test_a_tick_on_other_facts_is_not_put_back_but_its_note_is(desk, lacking, client):
    criterion = desk.criteria(lacking.reference)[0]
    fields = {f"check-{criterion}": "fine", f"note-{criterion}": "问过学校", "seen": "0" * 64}
    client.post(reverse("desk-draft", args=[lacking.reference]), fields)
    page = desk.page(lacking.reference)
    assert "问过学校" in page
    assert f'name="check-{criterion}" value="fine" checked' not in page


def test_what_was_typed_when_somebody_took_the_case_over_is_kept(desk, work, lacking, on):
    criterion = desk.criteria(lacking.reference)[0]
    casework.take(lacking.reference, officer=work.qin, at=timezone.now() + timedelta(minutes=11))
    page = desk.tick(lacking.reference, **{criterion: "fine"})
    assert "正由覃办" in page
    assert not Check.objects.exists()
    CaseLock.objects.all().delete()
    assert "已经填回来了" in desk.page(lacking.reference)


def test_a_button_keeps_the_case_and_the_ticks_for_ten_more_minutes(desk, lacking, monkeypatch):
    criterion = desk.criteria(lacking.reference)[0]
    first = CaseLock.objects.get(case_reference=lacking.reference).until
    later = timezone.now() + timedelta(minutes=8)
    monkeypatch.setattr(timezone, "now", lambda: later)
    page = desk.tick(lacking.reference, act="hold", **{criterion: "fine"})
    assert "又给您留了十分钟" in page
    assert f'name="check-{criterion}" value="fine" checked' in page
    assert CaseLock.objects.get(case_reference=lacking.reference).until == first + timedelta(minutes=8)
    assert not Check.objects.exists()


def test_words_for_a_letter_are_kept_until_it_is_sent(desk, lacking, client):
    client.post(reverse("tell-draft", args=[lacking.reference]), {"own": "请带户口本。", "due_on": "2017-09-01"})
    page = unescape(client.get(reverse("application-tell", args=[lacking.reference])).content.decode())
    assert "请带户口本。" in page
    assert 'value="2017-09-01"' in page
    desk.tell(lacking.reference, desk.choices(lacking.reference)[0][0])
    page = unescape(client.get(reverse("application-tell", args=[lacking.reference])).content.decode())
    assert "请带户口本。" not in page


def test_the_desk_says_how_long_a_case_waits_and_what_is_unusual_about_it(desk, lacking):
    FileMark.objects.filter(household=lacking.household).update(changed_on=date(2017, 8, 12))
    page = desk.page(lacking.reference)
    assert "报后改档" in page
    assert "档案 8月12日 又改过" in page
    assert re.search(r"在这一步 \d+ 个工作日", page)
    assert "9月30日 活动止" in page


def test_what_is_kept_too_late_leaves_no_draft_of_what_was_recorded(desk, lacking, client):
    criterion = desk.criteria(lacking.reference)[0]
    desk.tick(lacking.reference, **{criterion: "doubt"})
    CaseLock.objects.all().delete()
    assert draft_at(client, desk, lacking.reference, **{f"check-{criterion}": "doubt"}).status_code == 204
    assert not CaseLock.objects.exists()
    assert "已经填回来了" not in desk.page(lacking.reference)
