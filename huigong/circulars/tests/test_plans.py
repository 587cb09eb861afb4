"""实施方案: a county files how it carries a campaign out, and adds to the circular only where the city left room."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError

from huigong.audit import queries as history
from huigong.circulars import actions, plans, queries
from huigong.circulars.models import ImplementationPlan
from huigong.documents import actions as documents
from huigong.organisations import actions as organisations
from huigong.organisations.models import Organisation
from huigong.rules import checking, loading

FOLDER = Path(settings.BASE_DIR) / "circulars" / "2017-wuzhou-21"
SUPPLEMENT = FOLDER / "supplement-example.toml"


@pytest.fixture
def circular(city, at):
    return queries.circular_of_version(actions.publish(FOLDER, [SUPPLEMENT], officer="system", at=at))


@pytest.fixture
def campaign(circular, city, at):
    version = queries.version_named("2017-wuzhou-21")
    return actions.open_campaign(version, circular, city, received_on=None, notice_from=None, officer="system", at=at)


@pytest.fixture
def county(city):
    return Organisation.objects.get(code="450422")


@pytest.fixture
def scan(db, at):
    return documents.store(b"%PDF-1.4", name="方案.pdf", media_type="application/pdf", officer="deng", at=at)


@pytest.fixture
def file(campaign, circular, county, scan, at):
    def act(federation=county, circular=circular, **words):
        told = {"paper": "藤工发〔2017〕12号", "filed_on": date(2017, 7, 27), "provisions": [], "scan": scan} | words
        return plans.file_plan(campaign, circular, federation, **told, officer="deng", at=at)

    return act


def said(refused):
    return refused.value.sentence


def test_a_plan_is_kept_with_its_day_its_scan_and_its_event(file, campaign, county, scan):
    made = file(provisions=[("四(一)", "办辅导班")])
    assert (made.federation, made.number, made.provisions, made.scan) == (county, 1, [["四(一)", "办辅导班"]], scan)
    [told] = [one for one in history.history(campaign.code) if one.action == "plan.filed"]
    assert (told.actor, told.payload["federation"], told.payload["clause"]) == ("deng", "450422", "补(五)")
    assert "办辅导班" not in str(told.payload)


def test_a_second_one_follows_and_the_first_stands(file):
    first, second = file(), file(paper="藤工发〔2017〕15号")
    assert (first.number, second.number) == (1, 2)
    assert plans.plan_and_earlier(first) == [second, first]
    with pytest.raises(DatabaseError):
        ImplementationPlan.objects.filter(pk=second.pk).update(number=1)


@pytest.mark.parametrize("clause", ["五(三)", "补(一)", "五(九)"])
def test_what_the_city_laid_down_is_refused_with_its_clause(file, clause):
    with pytest.raises(plans.NoPlanError) as refused:
        file(provisions=[("四(一)", "多做一些"), (clause, "另定一个日期")])
    assert said(refused).code == "no_room"
    assert said(refused).zh.startswith(f"{clause} 由市里统一规定")
    assert "可以补充的是：第一部分" in said(refused).zh
    assert not ImplementationPlan.objects.exists()


def test_only_a_county_of_the_campaign_files_and_only_a_day_that_was(file, city, at):
    unit = organisations.add_unit(
        "糖厂工会", code="u1", kind="grassroots_union", level="grassroots", parent=city, officer="su", at=at
    )
    for words, code in (
        ({"federation": city}, "plan_elsewhere"),
        ({"federation": unit}, "plan_elsewhere"),
        ({"filed_on": date(2017, 8, 8)}, "plan_day"),
        ({"filed_on": date(2017, 7, 12)}, "plan_day"),
    ):
        with pytest.raises(plans.NoPlanError) as refused:
            file(**words)
        assert said(refused).code == code


def test_a_circular_that_asks_for_none_takes_none(file, circular):
    main = circular.texts["circular.toml"]
    start = main.index("[county_plan]")
    none = loading.from_texts({"circular.toml": main[:start] + main[main.index("# ---- clauses") :]} | {
        name: text for name, text in circular.texts.items() if name not in {"circular.toml", SUPPLEMENT.name}
    })  # fmt: skip
    with pytest.raises(plans.NoPlanError) as refused:
        file(circular=none)
    assert said(refused).code == "no_plan_asked"


def test_who_filed_and_who_is_late_is_told_by_the_first_plan(file, campaign, circular, huang, county):
    def told(today):
        return [
            (one.plan and one.plan.number, one.late) for one in plans.standing(huang, campaign, circular, today=today)
        ]

    assert told(date(2017, 7, 31)) == [(None, 0)]
    assert told(date(2017, 8, 3)) == [(None, 3)]
    file(filed_on=date(2017, 8, 2))
    file(filed_on=date(2017, 8, 5))
    assert told(date(2017, 9, 30)) == [(2, 2)]


def test_a_county_sees_and_files_its_own_alone(campaign, circular, city, county, at):
    other = organisations.found_federation("450481", "岑溪市总工会", parent=city, officer="system", at=at)
    deng = organisations.add_officer("邓", role="verifier", organisation=county, by="system", at=at)
    assert set(plans.counties_of(campaign)) == {county, other}
    assert [one.federation for one in plans.standing(deng, campaign, circular, today=at.date())] == [county]


def test_what_is_carried_out_for_the_whole_city_cannot_be_left_open():
    texts = dict(loading.load(FOLDER).texts)
    texts["circular.toml"] = texts["circular.toml"].replace('room = ["一"', 'room = ["五(三)", "五(九)", "一"')
    codes = [one.sentence.code for one in checking.check(loading.from_texts(texts))]
    assert sorted(codes) == ["clause_missing", "room_is_kept"]
