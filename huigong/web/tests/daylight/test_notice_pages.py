"""An officer's page of a notice, and of one place where it hung: from the board's sheet to its taking down."""

import io
import re
from datetime import date
from html import unescape

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from huigong.audit import queries as audit
from huigong.casework.tests.worked import picture
from huigong.documents import actions as documents
from huigong.organisations import actions as organisations
from huigong.publicnotices import query_codes
from huigong.publicnotices.models import NoticePosting
from huigong.studentaid.models import Application

pytestmark = pytest.mark.django_db


def text_of(answer):
    return unescape(answer.content.decode())


@pytest.fixture
def board(work, notice):
    return notice.postings.get(unit=work.lu.organisation)


def paper_of(client, board, paper):
    return docx.Document(io.BytesIO(client.get(reverse("posting-paper", args=[board.pk, paper])).content))


def test_a_notice_shows_its_clock_both_faces_and_where_it_hangs(sit, work, notice):
    client = sit(work.huang)
    assert notice.number in text_of(client.get(reverse("notices", args=[work.campaign.code])))
    page = text_of(client.get(reverse("notice", args=[notice.number])))
    for told in ("公示中", "还有 4 个工作日", "韦**", "韦*兰", "补充通知（四）", "还没有人打开过", notice.chain_digest):
        assert told in page
    assert page.count(reverse("posting", args=[notice.postings.first().pk])) == 1
    assert client.get(reverse("notice-code", args=[notice.number])).content.startswith(b"\x89PNG")


def test_a_unit_sees_its_own_lines_and_its_own_board_only(sit, work, notice, board):
    page = text_of(sit(work.lu).get(reverse("notice", args=[notice.number])))
    own = Application.objects.filter(unit=work.lu.organisation).values_list("reference", flat=True)
    for line in notice.lines.all():
        assert (line.number in page) == (line.case_reference in own)
    boards = [one for one in notice.postings.all() if reverse("posting", args=[one.pk]) in page]
    assert boards == [board]
    other = notice.postings.exclude(pk=board.pk).first()
    assert sit(work.lu).get(reverse("posting", args=[other.pk])).status_code == 404


def test_the_boards_sheet_is_of_one_unit_and_names_no_student(sit, work, board):
    paper = paper_of(sit(work.lu), board, "board")
    rows = [[cell.text for cell in row.cells] for row in paper.tables[0].rows][1:]
    assert rows
    assert {row[0] for row in rows} == {"藤县糖业公司工会"}
    text = "\n".join(one.text for one in paper.paragraphs) + str(rows)
    for one in Application.objects.filter(unit=work.lu.organisation):
        assert one.student_name not in text
        assert one.worker_name not in text
        assert one.reference not in text
    assert len(paper.inline_shapes) == 1  # the code of the public page


def test_slips_carry_codes_that_open_the_line_and_their_taking_is_on_record(sit, work, notice, board):
    rows = [[cell.text for cell in row.cells] for row in paper_of(sit(work.lu), board, "slips").tables[0].rows][1:]
    lines = {line.case_reference: line for line in notice.lines.all()}
    assert rows
    assert all(query_codes.is_right(lines[reference], code) for _, reference, code in rows)
    taken = audit.history(work.campaign.code)[-1]
    assert (taken.action, taken.payload["file"], taken.actor) == ("output.downloaded", "slips.docx", work.lu.username)


def test_after_the_window_no_slip_is_handed_out_any_more(sit, work, notice, board, on):
    client, slips = sit(work.lu), reverse("posting-paper", args=[board.pk, "slips"])
    assert slips in text_of(client.get(reverse("posting", args=[board.pk])))
    on(8, 26)
    client = sit(work.lu)
    assert slips not in text_of(client.get(reverse("posting", args=[board.pk])))
    refused = client.get(slips, follow=True)
    assert "已经结束" in text_of(refused)
    assert "attachment" not in refused.headers.get("Content-Disposition", "")


def enter(client, board, **changes):
    told = {
        "hung_on": "2017-08-21",
        "until": "2017-08-25",
        "objections": "0",
        "statement": SimpleUploadedFile("说明.pdf", b"%PDF-1.4 stamped"),
        "photograph": SimpleUploadedFile("现场.png", picture()),
    }
    return text_of(client.post(reverse("posting-enter", args=[board.pk]), told | changes, follow=True))


def test_from_the_stamped_statement_to_the_empty_board(sit, work, board, on, at):
    on(8, 28)
    assert "请去取下" in text_of(sit(work.lu).get(reverse("posting", args=[board.pk])))
    assert "请另一位对照原件核对" in enter(sit(work.lu), board)
    confirm = reverse("posting-confirm", args=[board.pk])
    own = text_of(sit(work.lu).post(confirm, {"sure": "yes"}, follow=True))
    assert "换一位" in own
    assert "还没有核对" in text_of(sit(work.huang).post(confirm, follow=True))
    assert "记下了" in text_of(sit(work.huang).post(confirm, {"sure": "yes"}, follow=True))
    down = text_of(sit(work.lu).post(reverse("posting-down", args=[board.pk]), {"on": "2017-08-26"}, follow=True))
    assert "已取下" in down
    board.refresh_from_db()
    assert (board.confirmed_by, board.taken_down_by) == (work.huang.username, work.lu.username)
    photo = sit(work.huang).get(reverse("posting-file", args=[board.pk, "photograph"]))
    assert (photo["Content-Type"], photo.content) == ("image/png", picture())


def test_a_photograph_that_was_erased_in_its_time_is_told_on_the_page_of_its_board(sit, work, board, on, at):
    on(8, 28)
    enter(sit(work.lu), board)
    board.refresh_from_db()
    documents.erase(
        board.photograph, documents.Kept("会计凭证：30年", date(2017, 8, 1)), officer="qin", at=timezone.now()
    )
    answer = sit(work.lu).get(reverse("posting-file", args=[board.pk, "photograph"]), follow=True)
    assert "到期销毁" in text_of(answer)


@pytest.mark.parametrize(
    "wrong",
    [
        {"photograph": SimpleUploadedFile("现场.txt", b"words")},
        {"statement": ""},
        {"objections": "-1"},
        {"hung_on": "soon"},
    ],
    ids=["no picture", "no statement", "fewer than none", "no day"],
)
def test_a_statement_that_lacks_something_is_not_entered_and_says_what_there_must_be(sit, work, board, on, wrong):
    on(8, 28)
    assert "还没有录下" in enter(sit(work.lu), board, **wrong)
    board.refresh_from_db()
    assert board.entered_by == ""


def test_another_channel_becomes_a_task_to_take_down(sit, work, notice, on):
    client = sit(work.lu)
    address = reverse("notice-post-up", args=[notice.number])
    assert "发在哪里" in text_of(client.post(address, {"kind": "group", "place": ""}, follow=True))
    assert "提醒去取下" in text_of(client.post(address, {"kind": "group", "place": "公司工会群"}, follow=True))
    on(8, 28)
    page = text_of(sit(work.lu).get(reverse("notice", args=[notice.number])))
    assert page.count("请去取下") == 2
    assert NoticePosting.objects.get(kind="group").unit == work.lu.organisation


def test_a_channel_whose_form_is_sent_twice_is_noted_once(sit, work, notice):
    client, address = sit(work.lu), reverse("notice-post-up", args=[notice.number])
    page = text_of(client.get(reverse("notice", args=[notice.number])))
    drawn = re.search(r'name="once" value="([0-9a-f]{32})"', page)[1]
    sent = {"kind": "group", "place": "公司工会群", "once": drawn}
    assert "提醒去取下" in text_of(client.post(address, sent, follow=True))
    assert "没有再办第二次" in text_of(client.post(address, sent, follow=True))
    assert NoticePosting.objects.filter(kind="group").count() == 1


def test_somebody_of_another_county_finds_neither(sit, work, notice, board, at):
    county = organisations.add_officer(
        "农", role="verifier", organisation=work.lu.organisation.parent, by="system", at=at
    )
    assert sit(county).get(reverse("posting", args=[board.pk])).status_code == 200
    other = notice.postings.exclude(unit__parent=work.lu.organisation.parent).first()
    assert sit(county).get(reverse("posting", args=[other.pk])).status_code == 404


@pytest.mark.parametrize("kind", ["web", "site", "group", "paper"])
def test_a_units_own_channel_has_its_own_lines_and_no_slips(sit, work, notice, kind):
    client, unit = sit(work.lu), work.lu.organisation
    client.post(reverse("notice-post-up", args=[notice.number]), {"kind": kind, "place": "公司工会群"})
    channel = notice.postings.exclude(kind="board").get()
    own = notice.lines.filter(case_reference__in=Application.objects.filter(unit=unit).values("reference"))
    others = [one.worker_name for one in Application.objects.exclude(unit=unit)]
    assert others
    rows = [[cell.text for cell in row.cells] for row in paper_of(client, channel, "board").tables[0].rows][1:]
    assert (len(rows), {row[0] for row in rows}) == (own.count(), {unit.name})
    refused = client.get(reverse("posting-paper", args=[channel.pk, "slips"]), follow=True)
    page = text_of(refused)
    assert refused.redirect_chain
    assert "查询单没有取" in page
    assert reverse("posting-paper", args=[channel.pk, "slips"]) not in page
    assert not [name for name in others if name in page]


def test_a_federations_channel_has_the_lines_of_all_below_it_and_no_other(sit, work, notice, at):
    county = work.lu.organisation.parent
    clerk = organisations.add_officer("农", role="verifier", organisation=county, by="system", at=at)
    sit(clerk).post(reverse("notice-post-up", args=[notice.number]), {"kind": "site", "place": "县总网站"})
    channel = notice.postings.exclude(kind="board").get()
    rows = paper_of(sit(clerk), channel, "board").tables[0].rows[1:]
    below = Application.objects.filter(federation=county).values("reference")
    assert len(rows) == notice.lines.filter(case_reference__in=below).count() < notice.lines.count()


def test_approval_waits_for_a_board_and_says_which_until_it_is_proven_or_spoken_for(sit, work, board, on):
    on(8, 28)
    address, approvals = reverse("posting", args=[board.pk]), reverse("approvals", args=[work.campaign.code])
    assert address in text_of(sit(work.qin).get(approvals))
    enter(sit(work.lu), board, objections="2")
    sit(work.huang).post(reverse("posting-confirm", args=[board.pk]), {"sure": "yes"})
    assert "说明有 2 件异议，登记了 0 件" in text_of(sit(work.qin).get(approvals))
    assert "说明里收到 2 件异议，登记了 0 件" in text_of(sit(work.qin).get(address))
    word = reverse("posting-word", args=[board.pk])
    assert sit(work.lu).post(word, {"word": "没有别的异议了"}).status_code == 403
    assert "理由 6 到 200 个字" in text_of(sit(work.qin).post(word, {"word": "行"}, follow=True))
    said = text_of(sit(work.qin).post(word, {"word": "两件都是问别的事，不是异议"}, follow=True))
    assert ("不等说明" in said, "审批等着" in said) == (True, False)
    assert address not in text_of(sit(work.qin).get(approvals))
