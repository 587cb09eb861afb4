"""A leader signed on paper: a question of a case, an enrolment. Two clerks carry it in; what was entered wrongly is rejected."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huigong.audit import queries as audit
from huigong.figures import books
from huigong.organisations import actions as organisations
from huigong.organisations.models import SignedSheet
from huigong.registry import actions as registry
from huigong.registry import code_lists
from huigong.registry.models import Household
from huigong.registry.tests.lives import Life, drafted
from huigong.studentaid.models import Application, Settlement
from huigong.values.working_days import shipped_calendar
from huigong.web import factors
from huigong.web.tests.campaign_at_work import campaign_at_work


@pytest.fixture
def work(db, at, on):
    work = campaign_at_work(at, up_to="decided")
    on(8, 16)
    return work


@pytest.fixture
def nong(work, at):
    return organisations.add_officer("农", role="aid_centre", organisation=work.city, by="system", at=at)


@pytest.fixture(autouse=True)
def proven(monkeypatch):
    """Everybody has just given the code of their authenticator."""
    monkeypatch.setattr(factors, "is_fresh", lambda _request, *, at: bool(at))


@pytest.fixture
def at_desk(desk, on):
    on(8, 16)
    return desk


@pytest.fixture
def late(work):
    """A case whose form came after the last day."""
    rows = Application.objects.filter(status="to_settle", submissions__row__form__name="08-with-cover.xlsx")
    return rows.order_by("reference").first()


def pdf():
    return SimpleUploadedFile("签字单.pdf", b"%PDF-1.4 signed by the leader")


def enter(desk, work, late, clerk, **changes):
    told = {"leader": work.qin.username, "signed_on": "2017-08-15", "matter": "late", "scan": pdf()} | changes
    return desk.sit(clerk).post("application-sheet", late.reference, **told)


def confirm(desk, late, clerk, **more):
    version = Application.objects.get(pk=late.pk).version
    return desk.sit(clerk).post(
        "sheet-confirm", SignedSheet.objects.get().pk, **{"sure": "yes", "version": version} | more
    )


def test_a_late_form_is_settled_by_the_leader_who_signed_on_paper(at_desk, work, nong, late):
    assert "领导在纸上签了，录入签字单" in at_desk.sit(nong).look("application", late.reference)
    enter(at_desk, work, late, nong)
    sheet = SignedSheet.objects.get()
    assert not Settlement.objects.filter(application=late).exists()
    assert sheet.number in at_desk.sit(work.huang).look("application", late.reference)
    assert sheet.number in at_desk.look("sheets", work.campaign.code)
    _, page = confirm(at_desk, late, work.huang)
    assert "由覃定下" in page
    settled = Settlement.objects.get(application=late)
    assert (settled.settled_by, sheet.number in settled.reason.plain()) == (work.qin.username, True)
    assert Application.objects.get(pk=late.pk).version > late.version
    assert audit.history(sheet.number)[-1].payload == {
        "leader": work.qin.username,
        "entered": "nong",
        "confirmed": "huang",
    }
    assert books.verify().holds


def test_who_entered_it_does_not_confirm_it_and_nothing_happens(at_desk, work, late):
    enter(at_desk, work, late, work.huang)
    _, page = confirm(at_desk, late, work.huang)
    assert "录入的人不能自己核对" in page
    assert not Settlement.objects.exists()


def test_a_case_that_moved_since_is_not_settled_and_the_sheet_stays_unconfirmed(at_desk, work, nong, late):
    enter(at_desk, work, late, nong)
    _, page = confirm(at_desk, late, work.huang, version=0)
    assert "有了变化" in page
    assert SignedSheet.objects.get().confirmed_by == ""


def test_a_sheet_entered_wrongly_is_rejected_and_the_right_one_entered(at_desk, work, nong, late):
    enter(at_desk, work, late, nong, signed_on="2017-08-14")
    sheet = SignedSheet.objects.get()
    _, page = at_desk.sit(work.huang).post("sheet-reject", sheet.pk, reason="签的是 8 月 15 日")
    assert "录错，退了" in page
    assert "核对并执行" not in page
    assert "等另一位核对" not in at_desk.look("application", late.reference)
    enter(at_desk, work, late, nong)
    assert SignedSheet.objects.filter(rejected_by="").count() == 1


@pytest.mark.parametrize("wrong", [{"matter": "tie"}, {"leader": "chen"}, {"scan": SimpleUploadedFile("a.pdf", b"no")}])
def test_no_sheet_about_what_is_not_asked_by_nobodys_leader_or_without_a_scan(at_desk, work, nong, late, wrong):
    enter(at_desk, work, late, nong, **wrong)
    assert not SignedSheet.objects.exists()


def test_an_enrolment_signed_on_paper_stands_in_the_leaders_name_with_its_scan(at_desk, work, nong, at, on, client):
    registry.keep_codes(code_lists.shipped(), source="shipped", officer="system", at=at)
    one = on_notice(work, at)
    on(8, 28)
    told = {"leader": work.qin.username, "signed_on": "2017-08-28", "matter": "县级", "scan": pdf()}
    at_desk.sit(nong).post("household-sheet", one.pk, **told)
    sheet = SignedSheet.objects.get()
    client.force_login(work.chen, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("sheet-scan", args=[sheet.pk])).status_code == 404, "finance opens no file"
    version = Household.objects.get(pk=one.pk).version
    _, page = at_desk.sit(work.huang).post("sheet-confirm", sheet.pk, sure="yes", version=version)
    assert "由覃批准建档" in page
    kept = Household.objects.get(pk=one.pk)
    entry = kept.entries.get(kind="enrolled")
    assert (kept.status, kept.enrolment_level, entry.by, entry.paper.pk) == (
        "enrolled",
        "县级",
        work.qin.username,
        sheet.scan_id,
    )
    assert books.verify().holds


def test_an_enrolment_is_entered_and_confirmed_only_where_the_circular_has_the_file_reviewed(
    at_desk, work, nong, at, on
):
    registry.keep_codes(code_lists.shipped(), source="shipped", officer="system", at=at)
    one = on_notice(work, at)
    on(8, 28)
    told = {"leader": work.qin.username, "signed_on": "2017-08-28", "matter": "县级"}
    at_desk.sit(nong).post("household-sheet", one.pk, **told, scan=pdf())
    sheet = SignedSheet.objects.get()
    Household.objects.filter(pk=one.pk).update(unit=work.lu.organisation)
    _, page = at_desk.post("household-sheet", one.pk, **told, scan=pdf())
    assert "由别的帮扶中心审核，这里不录" in page
    assert SignedSheet.objects.count() == 1
    version = Household.objects.get(pk=one.pk).version
    _, page = at_desk.sit(work.huang).post("sheet-confirm", sheet.pk, sure="yes", version=version)
    assert "梧州市总工会不办" in page
    sheet.refresh_from_db()
    assert (sheet.confirmed_by, Household.objects.get(pk=one.pk).status) == ("", "on_notice")


def test_whoever_enters_a_sheet_about_a_case_of_their_unit_on_anothers_quota_opens_it(at_desk, work, late, officer):
    sugar = work.lu.organisation
    Application.objects.filter(pk=late.pk).update(unit=sugar, federation=work.city)
    deng = officer("邓", "verifier", sugar.parent)
    status, page = enter(at_desk, work, late, deng)
    assert (status, "录好了" in page, SignedSheet.objects.get().number in page) == (200, True, True)
    assert at_desk.download("sheet-scan", SignedSheet.objects.get().pk).status_code == 200
    assert SignedSheet.objects.get().number in at_desk.look("application", late.reference)


def test_whoever_enters_a_sheet_about_a_file_of_their_unit_opens_it(at_desk, work, at, on, officer):
    registry.keep_codes(code_lists.shipped(), source="shipped", officer="system", at=at)
    one = on_notice(work, at)
    sugar = work.lu.organisation
    Household.objects.filter(pk=one.pk).update(unit=sugar)
    on(8, 28)
    told = {"leader": work.qin.username, "signed_on": "2017-08-28", "matter": "县级", "scan": pdf()}
    status, page = at_desk.sit(officer("邓", "verifier", sugar.parent)).post("household-sheet", one.pk, **told)
    number = SignedSheet.objects.get().number
    assert (status, "录好了" in page, number in page) == (200, True, True)
    assert number in at_desk.look("household", one.pk)
    assert number not in at_desk.sit(work.lu).look("household", one.pk), "a preparer opens no sheet"


def test_a_preparer_is_shown_no_sheet_that_would_not_open(at_desk, work, nong, late):
    Application.objects.filter(pk=late.pk).update(unit=work.lu.organisation)
    enter(at_desk, work, late, nong)
    page = at_desk.sit(work.lu).look("application", late.reference)
    assert late.reference in page
    assert SignedSheet.objects.get().number not in page


def test_why_a_leader_settled_is_not_read_off_the_sheet_by_who_may_not_know_why(at_desk, work, nong, late, officer):
    assert enter(at_desk, work, late, work.chen)[0] == 403
    enter(at_desk, work, late, nong)
    sheet = SignedSheet.objects.get()
    assert [at_desk.sit(work.chen).download(name, sheet.pk).status_code for name in ("sheet", "sheet-scan")] == [
        404,
        404,
    ]
    for name, word in (("sheets", work.campaign.code), ("application", late.reference)):
        assert sheet.number not in at_desk.look(name, word)
    for who in (work.qin, work.huang, officer("查", "auditor", work.city)):
        assert at_desk.sit(who).download("sheet-scan", sheet.pk).status_code == 200
        assert sheet.number in at_desk.look("sheets", work.campaign.code)


def on_notice(work, at):
    life = Life(drafted(work.huang, at), at)
    life.checked()
    life.verb(registry.put_on_notice, extra={"calendar": shipped_calendar()})
    return life.file


def test_an_enrolment_sheet_waits_on_today_of_the_second_clerk_and_not_of_the_first(at_desk, work, nong, at, on):
    registry.keep_codes(code_lists.shipped(), source="shipped", officer="system", at=at)
    one = on_notice(work, at)
    on(8, 28)
    told = {"leader": work.qin.username, "signed_on": "2017-08-28", "matter": "县级", "scan": pdf()}
    at_desk.sit(nong).post("household-sheet", one.pk, **told)
    line = "份建档签字单等您核对"
    assert line not in at_desk.look("today")
    assert line in at_desk.sit(work.huang).look("today")
    assert one.file_number in at_desk.look("files-waiting", list="to-confirm")
    assert line not in at_desk.sit(work.lu).look("today"), "a preparer confirms none"
    version = Household.objects.get(pk=one.pk).version
    at_desk.sit(work.huang).post("sheet-confirm", SignedSheet.objects.get().pk, sure="yes", version=version)
    assert line not in at_desk.look("today")
