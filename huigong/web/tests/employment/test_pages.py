"""The pages of the employment programme: from the morning list to the frozen return, what is refused, and what it costs."""

import io
import re

import openpyxl
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huigong.audit import queries as audit
from huigong.casework.tests.worked import picture
from huigong.documents.models import Document
from huigong.employment import actions
from huigong.employment.models import Graduate, Opening, Service, StatisticalReturn
from huigong.employment.tests.served import Centre, campaign_of, cast, code_of_employer, greedy
from huigong.employment.tests.test_lists import ADVERT, GOOD, HEADINGS, OPENINGS, POST, sheet
from huigong.web.portal.asked_often import OF_A_CASE

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def centre(city, huang, at, on):
    on(8, 7)
    cache.clear()
    return Centre(city, huang, at=at)


@pytest.fixture
def desk(client, centre):
    client.force_login(centre.officer, backend=BACKEND)
    return client


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def post(desk, name, one, **fields):
    return text(desk.post(reverse(name, args=[one.pk]), fields, follow=True))


def test_the_morning_list_says_whom_to_call_and_why(desk, centre):
    centre.graduate(1)
    zero = centre.graduate(2, zero_employment=True)
    page = text(desk.get(reverse("employment")))
    assert page.index(zero.name) < page.index("韦小雨")
    assert "还没有联系过" in page


def test_fifty_on_the_list_cost_no_more_questions_than_one(desk, centre, django_assert_max_num_queries):
    for number in range(1, 30):
        centre.graduate(number)
    with django_assert_max_num_queries(16):
        desk.get(reverse("employment"))


def test_the_call_sheet_shows_the_number_on_record_and_one_click_notes_the_answer(desk, centre):
    one = centre.graduate(1)
    sheet = text(desk.post(reverse("graduate-sheet", args=[one.pk])))
    assert "13800000001" in sheet
    assert [told.payload["kind"] for told in audit.looks(one.reference)] == ["phone"]
    done = post(desk, "graduate-call", one, channel="phone", answer="spoke", promise="寄简历", due="2017-08-11")
    assert "这次联系记下了" in done
    assert Graduate.objects.get().promise.plain() == "寄简历"
    assert "寄简历" not in done


def test_half_a_promise_is_refused_and_nothing_is_noted(desk, centre):
    one = centre.graduate(1)
    assert "一起写" in post(desk, "graduate-call", one, channel="phone", answer="spoke", promise="寄简历")
    assert not one.contacts.exists()


def test_a_plan_is_kept_and_never_shows_the_obstacles(desk, centre):
    one = centre.graduate(1)
    fields = {
        "version": one.version,
        "wanted_work": ["office"],
        "wanted_places": "藤县、岑溪",
        "obstacles": "母亲要人照顾",
    }
    assert "一人一策存好了" in post(desk, "graduate-plan", one, **fields)
    found = Graduate.objects.get()
    assert (found.wanted_places, found.obstacles.plain()) == (["藤县", "岑溪"], "母亲要人照顾")
    page = post(desk, "graduate-plan", one, **{**fields, "version": found.version, "obstacles": ""})
    assert "母亲要人照顾" not in page
    assert Graduate.objects.get().obstacles.plain() == "母亲要人照顾"


def test_an_outcome_gives_a_code_and_the_graduate_confirms_by_it(desk, client, centre):
    one = centre.graduate(1)
    fields = {
        "kind": "employed",
        "on": "2017-08-07",
        "by_aid": "on",
        "employer": "糖厂",
        "evidence": "contract",
        "evidence_on": "2017-08-07",
    }
    page = post(desk, "graduate-outcome", one, **fields)
    code = re.search(r"<strong class=\"whole\">([A-Z]{8})</strong>", page)[1]
    client.logout()
    answer = client.post(reverse("outcome-confirm"), {"number": one.reference, "code": code})
    assert "收到了" in text(answer)
    assert one.outcomes.get().confirmed_at


CONTRACT = {
    "kind": "employed",
    "on": "2017-08-07",
    "employer": "糖厂",
    "evidence": "contract",
    "evidence_on": "2017-08-07",
}


def test_a_paper_comes_with_its_outcome_and_is_shown_only_for_a_purpose_on_record(desk, centre):
    one = centre.graduate(1)
    post(desk, "graduate-outcome", one, **CONTRACT, paper=SimpleUploadedFile("合同.png", picture()))
    outcome = one.outcomes.get()
    address = reverse("graduate-evidence", args=[one.pk, outcome.pk, 1])
    assert desk.get(address).status_code == 302
    assert desk.post(reverse("graduate-reveal", args=[one.pk]), {"field": f"paper.{outcome.pk}"}).status_code == 404
    assert not audit.looks(one.reference)
    page = post(desk, "graduate-reveal", one, field=f"paper.{outcome.pk}", purpose="work")
    assert address in page
    assert [told.payload for told in audit.looks(one.reference)] == [{"kind": "evidence", "purpose": "work"}]
    assert desk.get(address)["Content-Type"] == "image/png"
    assert desk.get(reverse("graduate-evidence", args=[one.pk, outcome.pk, 2])).status_code == 404


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"evidence_on": "2017-08-08"}, "不能晚于今天"),
        ({"evidence": ""}, "请选是哪一种"),
        ({"evidence": "admission"}, "证明不了这个去向"),
        ({"paper": SimpleUploadedFile("合同.png", b"no picture")}, "不是 pdf 或图片"),
    ],
)
def test_a_paper_that_does_not_fit_is_refused_and_nothing_is_kept(desk, centre, changes, said):
    one = centre.graduate(1)
    paper = SimpleUploadedFile("合同.png", picture())
    assert said in post(desk, "graduate-outcome", one, **{**CONTRACT, "paper": paper, **changes})
    assert (one.outcomes.count(), Document.objects.count()) == (0, 0)


def test_evidence_that_comes_later_brings_its_paper(desk, centre):
    one = centre.graduate(1)
    post(desk, "graduate-outcome", one, **{**CONTRACT, "evidence": "own_word"})
    assert not Graduate.objects.get().proven
    told = {"evidence": "social_insurance", "evidence_on": "2017-08-07"}
    page = post(desk, "graduate-prove", one, **told, paper=SimpleUploadedFile("社保.png", picture()))
    assert "看凭据" in page
    assert Graduate.objects.get().proven


def test_the_public_page_tells_nothing_and_slows_who_guesses(client, centre):
    one = centre.graduate(1)
    answers = [
        client.post(reverse("outcome-confirm"), {"number": one.reference, "code": "ABCDEFGH"}).status_code
        for _ in range(OF_A_CASE + 2)
    ]
    assert answers == [422] * OF_A_CASE + [429] * 2
    assert one.name not in text(client.get(reverse("outcome-confirm")))


def test_the_plan_says_which_policy_may_be_claimed_and_an_answer_changes_it(desk, centre):
    one = centre.graduate(1)
    centre.hire(one, kind="self_employed", evidence="licence")
    page = text(desk.get(reverse("graduate", args=[one.pk])))
    assert "银发〔2016〕202号" in page
    assert "还要问</span> <strong>创业担保贷款" in page
    fields = {"question": "confirmed_no_other_loan", "answer": "yes"}
    assert "可以申领</span> <strong>创业担保贷款" in post(desk, "graduate-answer", one, **fields)
    assert "没有这一问" in post(desk, "graduate-answer", one, question="confirmed_rich", answer="yes")
    assert Graduate.objects.get().confirmed == {"confirmed_no_other_loan": True}


def test_the_catalogue_is_shown_for_a_day_and_says_where_it_has_nothing(desk):
    there, none = (text(desk.get(reverse("employment-policies"), {"on": day})) for day in ("2018-03-20", "2009-01-01"))
    assert "财社〔2017〕164号" in there
    assert "没有对过原文" in there
    assert "这一天没有收进目录的政策" in none


def test_an_employer_confirms_its_opening_by_code_and_withdraws_it_later(client, desk, centre):
    one = centre.opening(confirmed="no")
    page = text(desk.get(reverse("opening", args=[one.pk])))
    code = re.search(r"<strong class=\"whole\">([A-Z]{8})</strong>", page)[1]
    client.logout()
    told = {"number": one.reference, "code": code}
    assert one.title in text(client.post(reverse("opening-answer"), told))
    for answer, status in (("yes", "on_offer"), ("yes", "on_offer"), ("no", "closed")):
        client.post(reverse("opening-answer"), told | {"answer": answer})
        assert Opening.objects.get().status == status
    wrong = client.post(reverse("opening-answer"), {"number": one.reference, "code": "ABCDEFGH"})
    assert (wrong.status_code, one.title in text(wrong)) == (422, False)
    tries = [client.post(reverse("opening-answer"), told).status_code for _ in range(OF_A_CASE)]
    assert tries[-1] == 429


def test_an_opening_that_ran_out_is_not_confirmed_by_code(client, centre):
    one = centre.opening(confirmed="no")
    Opening.objects.update(valid_until="2017-08-01")
    told = {"number": one.reference, "code": actions.code_of_opening(one), "answer": "yes"}
    answer = client.post(reverse("opening-answer"), told)
    assert (answer.status_code, "已经过期" in text(answer)) == (422, True)


def test_what_was_refused_is_put_back_and_leaves_once_it_is_noted(desk, client, centre, city, at):
    one = centre.graduate(1)
    told = {"kind": "employed", "employer": "糖厂", "note": "下周上班"}
    page = post(desk, "graduate-outcome", one, **told, on="2017-06-01")
    assert "早于毕业日期" in page
    assert 'value="糖厂"' in page
    assert 'value="2017-06-01"' in page
    assert 'value="employed" selected' in page
    plan = {"version": 99, "wanted_work": ["it", "health"], "wanted_places": "藤县、岑溪", "obstacles": "照顾母亲"}
    page = post(desk, "graduate-plan", one, **plan)
    assert [code for code in ("it", "health", "hospitality") if f'value="{code}" checked' in page] == ["it", "health"]
    assert "照顾母亲" in page
    post(desk, "graduate-outcome", one, **told, on="2017-08-01")
    page = text(desk.get(reverse("graduate", args=[one.pk])))
    assert ('value="2017-06-01"' in page, "照顾母亲" in page) == (False, True)
    client.force_login(cast(city, at, name="蓝"), backend=BACKEND)
    assert "照顾母亲" not in text(client.get(reverse("graduate", args=[one.pk])))


def test_a_call_that_was_refused_is_in_the_sheet_again(desk, centre):
    one = centre.graduate(1)
    post(desk, "graduate-call", one, channel="phone", answer="spoke", note="想留在县里", promise="寄简历")
    assert "想留在县里" in text(desk.post(reverse("graduate-sheet", args=[one.pk])))


def test_an_opening_is_kept_while_it_is_typed_and_gone_once_it_is_noted(desk, centre):
    desk.post(reverse("opening-draft"), {"title": "会计", "advert": ADVERT}, headers={"X-Requested-With": "keep"})
    page = text(desk.get(reverse("opening-new")))
    assert 'value="会计"' in page
    assert "您" in page
    fields = {"employer": "糖厂", "code": code_of_employer(3), "nature": "private", "title": "会计", "kind": "post"}
    desk.post(reverse("opening-new"), fields | {"places": "2"})
    assert 'value="会计"' not in text(desk.get(reverse("opening-new")))


def test_start_ups_stand_on_one_page_with_their_rate_and_its_names(desk, centre):
    one, planned = centre.graduate(1), centre.graduate(2)
    actions.plan_start_up(one, "六堡茶网店", "卖茶", on=centre.today, **centre.by)
    actions.plan_start_up(planned, "面包店", "烤面包", on=centre.today, **centre.by)
    actions.lose(centre.hire(one, kind="self_employed", evidence="licence"), on=centre.today, why="failed", **centre.by)
    address = reverse("employment-start-ups")
    page, counted = text(desk.get(address)), text(desk.get(address, {"kind": "settled"}))
    assert "<strong>0.0%</strong>" in page
    assert ("六堡茶网店" in page, "面包店" in page) == (True, True)
    assert ("六堡茶网店" in counted, "面包店" in counted) == (True, False)


def test_what_cannot_be_is_told_at_the_top_of_the_page(desk, centre):
    one = centre.graduate(1)
    said = post(desk, "graduate-outcome", one, kind="employed", on="2017-06-01", employer="糖厂")
    assert "早于毕业日期" in said
    assert "请写成 2017-09-01" in post(desk, "graduate-outcome", one, kind="employed", on="昨天", employer="糖厂")


def test_a_visit_at_the_window_is_one_click_and_is_counted(desk, centre):
    one = centre.graduate(1)
    desk.post(reverse("window"), {"kind": "guidance", "who": one.reference})
    page = text(desk.post(reverse("window"), {"kind": "policy"}, follow=True))
    assert "今天窗口 2 人次" in page
    assert Service.objects.filter(graduate=None).count() == 1


def test_a_list_is_read_on_the_page_and_what_is_wrong_is_named(desk, tmp_path):
    late = list(GOOD)
    late[HEADINGS.index("毕业时间")] = "2010年6月"
    with sheet(tmp_path, HEADINGS, GOOD, late).open("rb") as file:
        page = text(desk.post(reverse("employment-import"), {"list": file}))
    assert "新列入 1 人" in page
    assert "超过往届毕业生算到的" in page


def test_a_list_comes_back_as_it_was_sent_with_its_faults_marked(desk, client, centre, city, at, tmp_path):
    late = list(GOOD)
    late[HEADINGS.index("毕业时间")] = "2010年6月"
    with sheet(tmp_path, HEADINGS, GOOD, late).open("rb") as file:
        page = text(desk.post(reverse("employment-import"), {"list": file}))
    address = re.search(r'href="(/employment/list/[^"]+)"', page)[1]
    book = openpyxl.load_workbook(io.BytesIO(desk.get(address).content))
    (first, *_rest) = book.worksheets
    told = [[cell.value for cell in row] for row in first.iter_rows(min_row=2)]
    assert (told[0][-1], told[1][-1], told[1][:4]) == ("系统提示", "可收", GOOD[:4])
    assert "超过往届毕业生算到的 2015 年" in told[2][-1]
    assert first.cell(4, HEADINGS.index("毕业时间") + 1).fill.fgColor.rgb.endswith("FAE6E3")
    assert "怎么改" in book.sheetnames
    assert [told.actor for told in audit.told_of("list.returned")] == [centre.officer.username]
    client.force_login(cast(city, at, name="蓝"), backend=BACKEND)
    assert client.get(address).status_code == 404


def test_a_list_of_openings_comes_back_too(desk, centre, tmp_path):
    with sheet(tmp_path, OPENINGS, [*POST[:-1], "2016-01-01"]).open("rb") as file:
        page = text(desk.post(reverse("openings-import"), {"list": file}))
    address = re.search(r'href="(/employment/list/[^"]+)"', page)[1]
    first = openpyxl.load_workbook(io.BytesIO(desk.get(address).content)).worksheets[0]
    assert "已经过了" in first.cell(3, len(OPENINGS) + 1).value


def test_a_pasted_advertisement_becomes_an_opening_that_its_employer_confirms(desk, centre):
    read = text(desk.post(reverse("opening-new"), {"advert": ADVERT, "read": "yes"}))
    assert "藤县糖业有限公司" in read
    fields = {
        "advert": ADVERT,
        "employer": "藤县糖业有限公司",
        "code": code_of_employer(3),
        "nature": "state_large",
        "title": "会计",
        "kind": "post",
        "places": "2",
        "pay": "3000",
        "valid_until": "2017-12-31",
    }
    wrong = desk.post(reverse("opening-new"), fields | {"code": "123"})
    assert (wrong.status_code, "18 位" in text(wrong)) == (422, True)
    desk.post(reverse("opening-new"), fields)
    one = Opening.objects.get()
    assert (one.status, one.source, one.advert.plain()[:4]) == ("proposed", "pasted", "藤县糖业")
    assert "单位确认了" in post(desk, "opening-confirm", one)
    assert Opening.objects.get().status == "on_offer"


def test_a_round_is_shown_with_reasons_and_sent_one_by_one(desk, centre, city):
    one, other = centre.graduate(1), centre.graduate(2)
    centre.opening()
    made = actions.propose(city, **centre.by, solve=greedy)
    page = text(desk.get(reverse("round", args=[made.pk])))
    assert one.name in page
    assert f'{other.name}</a> <span class="muted">合适的岗位名额已满' in page
    assert "0.000%" in page
    proposal = made.proposals.get()
    assert "推荐了" in post(desk, "proposal-answer", made, proposal=str(proposal.pk), to="sent")
    assert "录用了" in text(desk.get(reverse("round", args=[made.pk])))


def test_every_number_opens_its_names_and_four_more_are_four_people(desk, centre, city, at):
    campaign_of(city, at)
    people = [centre.graduate(number) for number in range(1, 11)]
    for one in people[:2]:
        centre.hire(one)
    centre.hire(people[2], by_aid=False)
    page = text(desk.get(reverse("employment-figures")))
    assert "还差 4 人" in page
    called = re.search(r"先联系这 4 位：(.*?)</p>", page)[1]
    assert called.count("<a ") == 4
    assert people[2].name not in called, "work that was found alone and is proven: no call makes it count"
    for group, number in (("graduates", 10), ("graduates_placed_by_aid", 2), ("graduates_settled", 3)):
        names = text(desk.get(reverse("employment-names"), {"group": group}))
        assert f'<span class="muted">{number}</span></h1>' in names
        assert names.count("GE-450400-2017-") == number


def test_a_return_is_frozen_taken_away_and_corrected(desk, centre, city, at):
    campaign_of(city, at)
    one = centre.graduate(1)
    assert "第 1 次" in text(desk.post(reverse("return-freeze"), {"as_of": "2017-08-07"}, follow=True))
    assert "要更正请写原因" in text(desk.post(reverse("return-freeze"), {"as_of": "2017-08-07"}, follow=True))
    centre.hire(one)
    page = text(desk.post(reverse("return-freeze"), {"as_of": "2017-08-07", "reason": "漏了一人"}, follow=True))
    assert "漏了一人" in page
    assert "原数" in page
    frozen = StatisticalReturn.objects.get(number=2)
    for form in ("xlsx", "docx"):
        answer = desk.post(reverse("return-download", args=[frozen.pk, form]), {"purpose": "report"})
        assert answer.content[:2] == b"PK"
    assert [told.action for told in audit.history(f"SA-450400-2017:{city.code}")][-2:] == ["output.downloaded"] * 2


def test_whoever_only_looks_changes_nothing_and_gives_money_only_as_approver(desk, client, centre, city, at):
    one = centre.graduate(1)
    actions.plan_start_up(one, "网店", "卖茶", on=centre.today, **centre.by)
    assert client.post(reverse("graduate-support", args=[one.pk]), {"yuan": "5000"}).status_code == 403
    client.force_login(cast(city, at, "approver", "覃"), backend=BACKEND)
    assert client.post(reverse("graduate-call", args=[one.pk]), {}).status_code == 403
    assert "扶持资金记账了" in post(client, "graduate-support", one, yuan="5000")


def test_somebody_of_another_city_sees_nobody(client, centre, mo):
    centre.graduate(1)
    client.force_login(mo, backend=BACKEND)
    assert "韦小雨" not in text(client.get(reverse("employment"), {"show": "all"}))


def test_pages_speak_english(desk, centre, city, at):
    campaign_of(city, at)
    one = centre.graduate(1)
    desk.cookies["django_language"] = "en"
    for address in (
        reverse("employment"),
        reverse("graduate", args=[one.pk]),
        reverse("employment-figures"),
        reverse("openings"),
        reverse("window"),
        reverse("employment-policies") + "?on=2018-03-20",
        reverse("opening-answer"),
        reverse("employment-start-ups"),
    ):
        page = re.sub(r"<[^>]+>", " ", text(desk.get(address)).split("<main")[1])
        left = re.findall(r"[\u4e00-\u9fff]{4,}", page)
        assert [word for word in left if word not in {"梧州市总工会", "二(二)"}] == [], address
