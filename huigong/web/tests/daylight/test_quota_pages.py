"""Places on their page: the tree, moving them with a letter, and the annex's table that counts only after a second yes."""

import io
import re
from datetime import UTC, datetime
from html import unescape

import docx
import pytest
from django.urls import reverse

from huigong.audit.queries import head
from huigong.organisations import actions as organisations
from huigong.organisations.models import Organisation
from huigong.quotas import actions as allotting
from huigong.quotas import queries
from huigong.quotas.letter import letter
from huigong.quotas.models import Allotment, FundSource, PlaceMove
from huigong.registry.models import Household
from huigong.web.tests.campaign_at_work import campaign_at_work

pytestmark = pytest.mark.django_db
COUNTY = "450422"


@pytest.fixture
def shared(db, at, on):
    """With places to pass on: what the city's own cases hold is not passed on."""
    on(8, 18)
    work = campaign_at_work(at, up_to="shared")
    quota = work.circular.quota
    told = {"fund_source": quota.fund_source, "name": quota.fund_source_name, "officer": "system", "at": at}
    allotting.allot(work.campaign, {"450400": 40}, **told)
    return work


def text_of(answer):
    return unescape(answer.content.decode())


def look(client, work):
    return text_of(client.get(reverse("quotas", args=[work.campaign.code])))


def move(client, work, **changes):
    told = {"kind": "issue", "giver": "450400", "taker": COUNTY, "places": "1", "reason": "补一名"} | changes
    return text_of(client.post(reverse("quota-move", args=[work.campaign.code]), told, follow=True))


def paste(client, work, table):
    return client.post(reverse("quota-table", args=[work.campaign.code]), {"table": table})


def held(code=COUNTY):
    row = Allotment.objects.get(organisation__code=code)
    return row.places, row.issued


def test_who_takes_may_be_named_and_who_is_unknown_is_named(sit, shared):
    client, before = sit(shared.qin), held()[0]
    assert "没有叫“藤县工会”的工会" in move(client, shared, taker="藤县工会")
    assert held()[0] == before
    move(client, shared, taker=" 藤县总工会 ")
    assert held()[0] == before + 1


def test_places_are_passed_on_once_however_often_the_form_is_sent(sit, shared):
    client, before = sit(shared.qin), held()[0]
    number = re.search(r'name="once" value="([0-9a-f]{32})"', look(client, shared))[1]
    assert "函已起草" in move(client, shared, once=number)
    assert "没有再办第二次" in move(client, shared, once=number)
    assert (held()[0], PlaceMove.objects.count()) == (before + 1, 1)


def test_the_tree_adds_up_and_a_move_drafts_its_letter(sit, shared):
    client, (before, _), (city, issued) = sit(shared.qin), held(), held("450400")
    assert "名额 = 已下达 + 占用 + 余" in look(client, shared)
    assert "函已起草" in move(client, shared)
    assert (held(), held("450400")) == ((before + 1, 0), (city, issued + 1))
    sent = client.get(reverse("quota-letter", args=[shared.campaign.code, 1]))
    words = "\n".join(one.text for one in docx.Document(io.BytesIO(sent.content)).paragraphs)
    assert "关于下达助学指标的函" in words
    assert "补一名" in words
    assert "没有这一号" in text_of(client.get(reverse("quota-letter", args=[shared.campaign.code, 9]), follow=True))


def test_a_letter_between_others_is_not_read_and_not_listed(sit, shared, at):
    move(sit(shared.qin), shared)
    address = reverse("quota-letter", args=[shared.campaign.code, 1])
    for county, reads in ((COUNTY, True), ("450481", False)):
        where = Organisation.objects.get(code=county)
        one = organisations.add_officer(f"岑{county}", role="verifier", organisation=where, by="system", at=at)
        client = sit(one)
        assert (address in look(client, shared)) == reads
        assert (client.get(address).status_code == 200) == reads


def test_a_letter_is_of_the_day_here_and_not_in_greenwich(sit, shared):
    move(sit(shared.qin), shared)
    one = queries.moves_in(shared.campaign).get()
    one.at = datetime(2017, 8, 18, 16, 30, tzinfo=UTC)
    words = "\n".join(part.text for part in docx.Document(io.BytesIO(letter(one))).paragraphs)
    assert "2017年8月19日" in words


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"places": "9999"}, "可动"),
        ({"places": "0"}, "不能这样办"),
        ({"places": "x"}, "还没有办"),
        ({"taker": "450999"}, "还没有办"),
        ({"kind": "steal"}, "还没有办"),
        ({"kind": "return"}, "不能这样办"),
    ],
)
def test_what_cannot_be_moved_says_why_and_moves_nothing(sit, shared, changes, said):
    assert said in move(sit(shared.qin), shared, **changes)
    assert PlaceMove.objects.count() == 0


def test_a_county_gives_back_its_own_and_takes_none_of_another(sit, shared, at):
    move(sit(shared.qin), shared)
    county = Organisation.objects.get(code=COUNTY)
    nong = organisations.add_officer("农", role="approver", organisation=county, by="system", at=at)
    client = sit(nong)
    page = look(client, shared)
    assert "藤县总工会" in page
    assert "岑溪市总工会" not in page
    assert "不归藤县总工会动" in move(client, shared)
    assert "办好了" in move(client, shared, kind="return", giver=COUNTY, taker="450400")
    assert [one.kind for one in PlaceMove.objects.all()] == ["issue", "return"]


def test_a_pasted_table_shows_what_would_change_and_counts_after_a_second_yes(sit, shared):
    client, (before, _), stood = sit(shared.qin), held(), head()
    answer = paste(client, shared, f"单位\t名额\n藤县总工会\t{before + 3}\n合计\t{before + 3}")
    page = text_of(answer)
    assert "＋3" in page
    assert (held()[0], head()) == (before, stood)
    sealed = re.search(r'name="sealed" value="([^"]+)"', page)[1]
    address = reverse("quota-table", args=[shared.campaign.code])
    sent = client.post(address, {"sealed": sealed, "do": "letter"})
    rows = [[cell.text for cell in row.cells] for row in docx.Document(io.BytesIO(sent.content)).tables[0].rows]
    assert rows[1] == ["藤县总工会", str(before), str(before + 3), "+3"]
    assert held()[0] == before
    assert "办了 1 笔指标流转" in text_of(client.post(address, {"sealed": sealed, "do": "allot"}, follow=True))
    assert (held()[0], held("450400")[1]) == (before + 3, 3)
    assert "一点" not in page
    assert "什么也不变" in text_of(paste(client, shared, f"藤县总工会\t{before + 3}"))


def test_a_table_that_was_not_looked_at_is_not_allotted(sit, shared):
    client, before = sit(shared.qin), held()
    address = reverse("quota-table", args=[shared.campaign.code])
    assert "过期了" in text_of(client.post(address, {"sealed": "eyJ4IjoxfQ:x:y", "do": "allot"}, follow=True))
    answer = paste(client, shared, "藤县总工会\t7\n天上总工会\t3")
    assert (answer.status_code, "第 2 行" in text_of(answer), held()) == (422, True, before)


def test_money_of_the_region_goes_to_no_industrial_union_without_files_in_the_national_system(sit, shared):
    client = sit(shared.qin)
    union = Organisation.objects.get(name="梧州市船舶厂工会")
    Organisation.objects.filter(pk=union.pk).update(kind="directly_run_union")
    source = FundSource.objects.get()
    issue = {"taker": union.code}
    assert "办好了" in move(client, shared, **issue)  # nobody has said whose money it is: the rule is silent
    FundSource.objects.filter(pk=source.pk).update(kind="region")
    assert "五(四)" in move(client, shared, **issue)
    FundSource.objects.filter(pk=source.pk).update(kind="own_union")
    assert "办好了" in move(client, shared, **issue)
    FundSource.objects.filter(pk=source.pk).update(kind="region")
    Household.objects.filter(pk=Household.objects.first().pk).update(
        unit=union, enrolment_level="全国级", file_status="在档"
    )
    assert "办好了" in move(client, shared, **issue)


def test_a_table_of_more_than_the_city_holds_changes_nothing_and_says_how_many_there_are(sit, shared):
    client, before = sit(shared.qin), (held(), held("450400"))
    sealed = re.search(r'name="sealed" value="([^"]+)"', text_of(paste(client, shared, "藤县总工会\t150")))[1]
    address = reverse("quota-table", args=[shared.campaign.code])
    page = text_of(client.post(address, {"sealed": sealed, "do": "allot"}, follow=True))
    assert "梧州市总工会有 40 个名额" in page
    assert "一行也没有变" in page
    assert (held(), held("450400"), PlaceMove.objects.count()) == (*before, 0)


def test_a_table_may_name_a_union_that_the_city_runs_itself(sit, shared):
    union = Organisation.objects.get(name="梧州市船舶厂工会")
    Organisation.objects.filter(pk=union.pk).update(kind="directly_run_union")
    assert "＋2" in text_of(paste(sit(shared.qin), shared, "梧州市船舶厂工会\t2"))


def test_while_nobody_has_said_whose_money_it_is_the_page_says_that_the_rule_is_silent(sit, shared):
    client, where = sit(shared.qin), reverse("funds", args=[shared.campaign.code])
    page = look(client, shared)
    assert "还没有人说明这项资金是什么性质" in page
    assert f'<a href="{where}">到“资金”页写明性质和出处</a>' in page
    FundSource.objects.update(kind="own_union")
    page = look(client, shared)
    assert 'id="kind-unsaid"' not in page
    assert 'id="without-files"' not in page


def test_unions_without_files_that_hold_the_regions_places_are_named(sit, shared):
    client, union = sit(shared.qin), Organisation.objects.get(name="梧州市船舶厂工会")
    Organisation.objects.filter(pk=union.pk).update(kind="directly_run_union")
    move(client, shared, taker=union.code)
    named = re.compile(r'id="without-files">.*?<li>梧州市船舶厂工会</li>', re.DOTALL)
    assert not named.search(look(client, shared))
    FundSource.objects.update(kind="region")
    assert named.search(look(client, shared))
    file = Household.objects.order_by("pk")[:1].values("pk")
    Household.objects.filter(pk__in=file).update(unit=union, enrolment_level="全国级", file_status="在档")
    assert not named.search(look(client, shared))
